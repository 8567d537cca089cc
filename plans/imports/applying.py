"""Writes what a preview shows, in batches; what undoing it needs is returned as plain JSON values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from plans.dates import parse_target
from plans.imports.headings import add_headings, path_of
from plans.leads import lead_key
from plans.models import (
    Action,
    ActionLead,
    ActionRecommendation,
    Area,
    Import,
    Lead,
    Plan,
    ProgressUpdate,
    RatingKey,
    Recommendation,
    Step,
    TargetMove,
    User,
)
from plans.services.history import BATCH, create_all, remove, save, update_all
from plans.services.progress import build_move, dated
from plans.spreadsheets.preview import Comparison, Proposal, Status

COLUMN_FIELDS = {
    "reference",
    "title",
    "activity",
    "outcome",
    "objective",
    "success_criteria",
    "what_it_means",
    "links",
}


@dataclass
class Decisions:
    """What the administrator decided, row by row; a row is named by `Comparison.key`.

    `on` is the day from which the ratings count. Rows not named in a set follow the default.
    """

    on: date
    left_out: set[str] = field(default_factory=set)
    without_reference: set[str] = field(default_factory=set)
    updates: dict[str, bool] = field(default_factory=dict)
    moves: dict[str, bool] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def takes_row(self, one: Comparison) -> bool:
        return one.key not in self.left_out and (not one.trouble or one.key in self.without_reference)

    def takes_update(self, one: Comparison) -> bool:
        return one.update and self.updates.get(one.key, one.update_is_news)

    def takes_move(self, one: Comparison) -> bool:
        return one.move and self.moves.get(one.key, one.move_is_news)


class Applying:
    """One application of a preview to a plan: areas, leads, actions, updates and moves, in that order."""

    def __init__(self, plan: Plan, decisions: Decisions, *, imported: Import, by: User | None):
        self.plan, self.decisions, self.imported, self.by = plan, decisions, imported, by
        self.reason = f"import {imported.pk}"
        self.undo: dict = {"areas": [], "actions": [], "updates": [], "moves": []}

    def run(self, comparisons: Sequence[Comparison]) -> dict:
        """Writes the rows that are taken; returns what undoing needs."""
        taken = [one for one in comparisons if self.decisions.takes_row(one)]
        self.areas, self.undo["areas"] = add_headings(
            self.plan, [one.proposal for one in taken], by=self.by, reason=self.reason
        )
        self.leads = self._leads(taken)
        self.recommendations = self._recommendations(taken)
        new = [one for one in taken if one.status is Status.NEW]
        changed = [one for one in taken if one.status is Status.CHANGED]
        actions = self._create(new)
        standing = Action.objects.filter(plan=self.plan).in_bulk([one.standing.id for one in changed])
        pairs = [(one, standing[one.standing.id]) for one in changed]
        self._change(pairs)
        self._move(pairs)
        self._update([*zip(new, actions, strict=True), *pairs])
        return self.undo

    def _leads(self, taken: Iterable[Comparison]) -> dict[str, Lead]:
        standing = {lead.key: lead for lead in self.plan.board.leads.all()}
        fresh = {}
        for one in taken:
            for name in one.proposal.leads:
                key = lead_key(name)
                if key not in standing and key not in fresh:
                    fresh[key] = Lead(board=self.plan.board, name=name, key=key)
        create_all(list(fresh.values()), by=self.by, reason=self.reason)
        return standing | fresh

    def _recommendations(self, taken: Iterable[Comparison]) -> dict[tuple[str, str], Recommendation]:
        standing = {(one.reference, one.text): one for one in self.plan.board.recommendations.all()}
        fresh = {}
        for one in taken:
            for reference, text in one.proposal.recommendations:
                if (reference, text) not in standing:
                    fresh[reference, text] = Recommendation(
                        board=self.plan.board, reference=reference, text=text
                    )
        create_all(list(fresh.values()), by=self.by, reason=self.reason)
        return standing | fresh

    def _create(self, new: Sequence[Comparison]) -> list[Action]:
        places: dict[int, int] = _last_positions(self.plan)
        actions = []
        for one in new:
            area = self.areas[path_of(one.proposal)]
            places[area.pk] = places.get(area.pk, -1) + 1
            actions.append(self._build(one, area, places[area.pk]))
        create_all(actions, by=self.by, reason=self.reason)
        pairs = list(zip(new, actions, strict=True))
        for one, action in pairs:
            self.undo["actions"].append({"id": action.pk, **where(one), "created": True})
        self._link_leads(pairs)
        self._link_recommendations(pairs)
        create_all(
            [step for one, action in pairs for step in self._steps(one.proposal, action)],
            by=self.by,
            reason=self.reason,
        )
        return actions

    def _build(self, one: Comparison, area: Area, position: int) -> Action:
        proposal = one.proposal
        texts = {name: proposal.texts[name] for name in COLUMN_FIELDS}
        notes = [list(note) for note in proposal.notes]
        if one.key in self.decisions.without_reference:
            notes.append(["Reference in the workbook", texts["reference"]])
            texts["reference"] = ""
        action = Action(
            plan=self.plan,
            area=area,
            position=position,
            leads_text=proposal.texts["leads_text"],
            notes=notes,
            **texts,
        )
        action.target = proposal.target
        return action

    def _steps(self, proposal: Proposal, action: Action) -> list[Step]:
        steps = []
        for position, (number, text, target_text) in enumerate(proposal.steps):
            step = Step(action=action, number=number[:10], text=text, position=position)
            step.target = parse_target(target_text, self.plan.period)
            steps.append(step)
        return steps

    def _link_leads(self, pairs: Iterable[tuple[Comparison, Action]]) -> None:
        links = []
        for one, action in pairs:
            leads = dict.fromkeys(lead_key(name) for name in one.proposal.leads)
            links += [
                ActionLead(action=action, lead=self.leads[key], accountable=place == 0, position=place)
                for place, key in enumerate(leads)
            ]
        ActionLead.objects.bulk_create(links, batch_size=BATCH)

    def _link_recommendations(self, pairs: Iterable[tuple[Comparison, Action]]) -> None:
        links = [
            ActionRecommendation(action=action, recommendation=self.recommendations[key])
            for one, action in pairs
            for key in dict.fromkeys(one.proposal.recommendations)
        ]
        create_all(links, by=self.by, reason=self.reason)

    def _change(self, pairs: Sequence[tuple[Comparison, Action]]) -> None:
        columns: set[str] = set()
        for one, action in pairs:
            if not one.changes:
                continue
            changed = {change.field: change for change in one.changes}
            before = self._before(one, action, changed.keys())
            columns |= self._set_columns(one.proposal, action, changed.keys())
            self.undo["actions"].append({"id": action.pk, **where(one), "before": before})
        touched = [action for one, action in pairs if one.changes]
        update_all(touched, sorted(columns), by=self.by, reason=self.reason)
        with_leads = [pair for pair in pairs if _changes(pair[0], "leads")]
        ActionLead.objects.filter(action__in=[action for _, action in with_leads]).delete()
        self._link_leads(with_leads)
        for one, action in pairs:
            if _changes(one, "recommendations"):
                self._relink_recommendations(one.proposal, action)
            if _changes(one, "steps"):
                self._rewrite_steps(one, action)
        self._remember_after(pairs)

    def _before(self, one: Comparison, action: Action, fields: Iterable[str]) -> dict:
        """The value of each field that is about to change, as JSON."""
        return {name: snapshot(action, name) for name in fields}

    def _set_columns(self, proposal: Proposal, action: Action, fields: Iterable[str]) -> set[str]:
        columns = set()
        for name in fields:
            if name in COLUMN_FIELDS:
                setattr(action, name, proposal.texts[name])
                columns.add(name)
            elif name == "leads":
                action.leads_text = proposal.texts["leads_text"]
                columns.add("leads_text")
            elif name == "notes":
                action.notes = [list(note) for note in proposal.notes]
                columns.add("notes")
            elif name == "area":
                action.area = self.areas[path_of(proposal)]
                columns.add("area")
        return columns

    def _relink_recommendations(self, proposal: Proposal, action: Action) -> None:
        for link in action.action_recommendations.all():
            remove(link, by=self.by, reason=self.reason)
        links = [
            ActionRecommendation(action=action, recommendation=self.recommendations[key])
            for key in dict.fromkeys(proposal.recommendations)
        ]
        create_all(links, by=self.by, reason=self.reason)

    def _rewrite_steps(self, one: Comparison, action: Action) -> None:
        """Steps keep their place and their tick by number; a moved target of a step is a move."""
        standing = {step.number: step for step in action.steps.all()}
        for wanted in self._steps(one.proposal, action):
            step = standing.pop(wanted.number, None)
            if step is None:
                save(wanted, by=self.by, reason=self.reason)
                continue
            if step.target != wanted.target:
                self._record_move(build_move(step, wanted.target, **self._dated()), one)
            step.text, step.position, step.target = wanted.text, wanted.position, wanted.target
            save(step, by=self.by, reason=self.reason)
        for step in standing.values():
            remove(step, by=self.by, reason=self.reason)

    def _remember_after(self, pairs: Iterable[tuple[Comparison, Action]]) -> None:
        """What each changed field became, so that undo can tell a later edit."""
        actions = {action.pk: action for _, action in pairs}
        for entry in self.undo["actions"]:
            if "before" in entry:
                action = actions[entry["id"]]
                entry["after"] = {name: snapshot(action, name) for name in entry["before"]}

    def _move(self, pairs: Sequence[tuple[Comparison, Action]]) -> None:
        moved = []
        for one, action in pairs:
            if not self.decisions.takes_move(one):
                continue
            target = one.proposal.target
            reason = self.decisions.reasons.get(one.key, "")
            self._record_move(build_move(action, target, reason=reason, **self._dated()), one)
            action.target = target
            moved.append(action)
        update_all(
            moved,
            ["target_text", "target_kind", "target_due", "target_assumed"],
            by=self.by,
            reason=self.reason,
        )

    def _record_move(self, move: TargetMove, one: Comparison) -> None:
        move.clean_fields()
        move.save()
        self.undo["moves"].append({"id": move.pk, "action": move.action_id, **where(one)})

    def _update(self, pairs: Iterable[tuple[Comparison, Action]]) -> None:
        codes = set(RatingKey.objects.filter(plan=self.plan).values_list("code", flat=True))
        taken = [pair for pair in pairs if self.decisions.takes_update(pair[0])]
        updates = []
        for one, action in taken:
            proposal, standing = one.proposal, one.standing
            rating = proposal.rating or (standing.rating if standing else "")
            if rating and rating not in codes:
                place = f"“{proposal.row.sheet}”, row {proposal.row.row}"
                raise ValidationError(f"{place}: the plan's key has no rating “{rating}”. Add it to the key.")
            updates.append(
                ProgressUpdate(
                    action=action,
                    rating=rating,
                    happened=proposal.happened,
                    way_back=proposal.way_back,
                    **self._dated(),
                )
            )
        create_all(updates, by=self.by)
        self.undo["updates"] = [
            {"id": update.pk, "action": action.pk, **where(one)}
            for update, (one, action) in zip(updates, taken, strict=True)
        ]

    def _dated(self) -> dict:
        return dated(by=self.by, on=self.decisions.on, imported_by=self.imported)


def snapshot(action: Action, name: str):
    """A field's value now, as JSON."""
    if name == "leads":
        return action.leads_text
    if name == "area":
        return action.area_id
    if name == "steps":
        steps = Step.objects.filter(action=action).order_by("position", "id")
        done = steps.values_list("number", "text", "target_text", "done_on")
        return [[*texts, day.isoformat() if day else None] for *texts, day in done]
    if name == "recommendations":
        links = ActionRecommendation.objects.filter(action=action).order_by("recommendation")
        return list(links.values_list("recommendation", flat=True))
    value = getattr(action, name)
    return [list(note) for note in value] if name == "notes" else value


def where(one: Comparison) -> dict:
    return {"sheet": one.proposal.row.sheet, "row": one.proposal.row.row}


def _changes(one: Comparison, name: str) -> bool:
    return any(change.field == name for change in one.changes)


def _last_positions(plan: Plan) -> dict[int, int]:
    return dict(Action.objects.filter(plan=plan).order_by("position").values_list("area", "position"))
