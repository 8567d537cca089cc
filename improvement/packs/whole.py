"""The plan in full: its headings and under each its actions, in the plan's own words and order."""

from improvement.packs.papers import Papers
from improvement.packs.telling import iso, person
from plans.document import Entry
from plans.models import WHOLE_PLAN, Action, Area, ProgressUpdate
from plans.wording.phrases import sentence


def whole_plan(papers: Papers) -> list[dict]:
    """Headings in the plan's order, each with its depth from 0; those with nothing under them too."""
    by_area: dict[int, list[Action]] = {}
    for action in papers.actions.values():
        by_area.setdefault(action.area_id, []).append(action)
    depths: dict[int, int] = {}
    parts = []
    for area in papers.areas:
        depths[area.pk] = depths.get(area.parent_id, -1) + 1
        actions = by_area.get(area.pk, [])
        if actions or area.title != WHOLE_PLAN:
            parts.append(_part(papers, area, depths[area.pk], actions))
    return parts


def _part(papers: Papers, area: Area, depth: int, actions: list[Action]) -> dict:
    return {
        "title": " ".join(str(area).split()),
        "depth": depth,
        "description": area.description,
        "actions": [_action(papers, action) for action in actions],
    }


def _action(papers: Papers, action: Action) -> dict:
    entry = Entry(action, papers.key.get(papers.standings[action.pk].rating), papers.labels)
    standing = papers.standings[action.pk]
    return {
        "reference": action.reference,
        "title": " ".join(action.title.split()),
        "rating": standing.rating,
        "leads": [{"name": name, "accountable": accountable} for name, accountable in entry.leads],
        "target": action.due_text,
        "due": iso(standing.due),
        "moved": sentence(entry.moved) if action.standing_moves else "",
        "first": _first(entry),
        "activity": entry.activity,
        "steps": [_step(step) for step in papers.steps.get(action.pk, [])],
        "texts": [[label, words] for label, words in entry.texts],
        "update": _update(papers.updates.get(action.pk)),
    }


def _first(entry: Entry) -> dict | None:
    move = entry.first_move
    return {"text": move.from_text, "due": iso(move.from_due)} if move else None


def _step(step) -> dict:
    return {
        "number": step.number,
        "text": step.text,
        "target": step.target_text,
        "due": iso(step.target_due),
        "done": iso(step.done_on),
    }


def _update(update: ProgressUpdate | None) -> dict | None:
    if update is None:
        return None
    return {
        "on": iso(update.on),
        "by": person(update.by),
        "happened": update.happened,
        "way_back": update.way_back,
    }
