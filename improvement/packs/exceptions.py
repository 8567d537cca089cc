"""The actions that a board has to look at: ratings first, then by days overdue, each with why it is here."""

from collections.abc import Iterator

from improvement.packs.papers import Papers
from improvement.packs.telling import accountable, action_of, iso
from plans.models import Action
from plans.rating import NEEDS_WAY_BACK
from plans.standing import Standing
from plans.templatetags.components import long_date
from plans.wording.phrases import days_overdue, days_until, moved_words

NONE_GIVEN = "None given"


def exceptions(papers: Papers) -> list[dict]:
    found = [standing for standing in papers.standings.values() if is_exception(standing, papers)]
    found.sort(key=lambda standing: (papers.rank(standing), -days_late(standing, papers)))
    return [_told(papers, standing) for standing in found]


def is_exception(standing: Standing, papers: Papers) -> bool:
    """Red, amber, overdue, moved since the last meeting, without an update or without a date."""
    if standing.is_complete:
        return False
    return bool(
        standing.rating in NEEDS_WAY_BACK
        or standing.is_overdue(papers.shown)
        or standing.moves.lately
        or standing.is_quiet(papers.shown)
        or standing.due is None
    )


def days_late(standing: Standing, papers: Papers) -> int:
    """How many days overdue, 0 for what is not."""
    return (papers.day - standing.due).days if standing.is_overdue(papers.shown) else 0


def _told(papers: Papers, standing: Standing) -> dict:
    action, update = papers.actions[standing.pk], papers.updates.get(standing.pk)
    return action_of(action) | {
        "lead": accountable(action),
        "rating": standing.rating,
        "due": iso(standing.due),
        "why": "; ".join(_reasons(papers, standing, action)),
        "way_back": _way_back(standing, update),
    }


def _way_back(standing: Standing, update) -> str:
    if update and update.way_back:
        return update.way_back
    return NONE_GIVEN if standing.rating in NEEDS_WAY_BACK else ""


def _reasons(papers: Papers, standing: Standing, action: Action) -> list[str]:
    """At least one, the first with a capital."""
    reasons = list(_found(papers, standing, action)) or [_by_rating(papers, standing)]
    return [reasons[0][:1].upper() + reasons[0][1:], *reasons[1:]]


def _found(papers: Papers, standing: Standing, action: Action) -> Iterator[str]:
    if standing.change == "down":
        yield f"was {papers.key[standing.before].word.lower()}"
    if standing.is_overdue(papers.shown):
        yield days_overdue(standing.due, papers.day)
    if standing.moves.lately:
        yield moved_words(standing.moves.times, standing.moves.days)
    if standing.is_quiet(papers.shown):
        yield f"no update since {long_date(standing.updated_on)}" if standing.updated_on else "never updated"
    if standing.due is None:
        yield f"no date, only “{action.due_text}”" if action.due_text.strip() else "no date"
    elif standing.is_due_soon(papers.shown):
        yield f"due {days_until(standing.due, papers.day)}"


def _by_rating(papers: Papers, standing: Standing) -> str:
    entry = papers.key.get(standing.rating)
    return (entry.explanation or f"rated {entry.word.lower()}") if entry else "not rated"
