"""Writes what a preview shows, in batches; what undoing it needs is returned as plain JSON values."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone

from plans.dates import parse_target
from plans.imports.asking import Asking
from plans.imports.contents import COLUMNS, Contents
from plans.imports.decisions import Decisions
from plans.imports.headings import add_headings, path_of
from plans.leads import lead_key
from plans.models import (
    Action,
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
from plans.services.history import create_all
from plans.services.progress import build_move, dated
from plans.services.signed_off import drop_overtaken
from plans.spreadsheets.preview import Comparison, Proposal, Status

Pair = tuple[Comparison, Action]
Key = TypeVar("Key")
Row = TypeVar("Row", Lead, Recommendation)


class Applying:
    """One application of a preview to a plan: headings, leads, actions, updates and moves, in that order."""

    def __init__(
        self, plan: Plan, decisions: Decisions, *, imported: Import, by: User | None, makes_plan: bool = False
    ):
        self.plan, self.decisions, self.imported, self.by = plan, decisions, imported, by
        # Of a plan that the import makes, every action was there from the beginning.
        self.added_on = None if makes_plan else self._dated()["on"]
        self.reason = f"import {imported.pk}"
        self.undo: dict = {"areas": [], "actions": [], "updates": [], "moves": [], "requests": []}
        self.asking = Asking(plan)
        self.moves: list[tuple[TargetMove, Comparison]] = []

    def run(self, comparisons: Sequence[Comparison]) -> dict:
        """Writes the rows that are taken; returns what undoing needs. Raises ValidationError."""
        taken = [one for one in comparisons if self.decisions.takes_row(one)]
        new = [one for one in taken if one.status is Status.NEW]
        changed = [one for one in taken if one.status is Status.CHANGED]
        self._prepare(taken)
        actions = Action.objects.filter(plan=self.plan).in_bulk()
        self._check_references(taken, actions.values())
        pairs = [(one, actions[one.standing.id]) for one in changed]
        self._change(pairs, Contents(self.plan, actions))
        created = self._create(new)
        self._write_moves()
        self._update([*created, *pairs])
        return self.undo

    def _prepare(self, taken: Sequence[Comparison]) -> None:
        placed, led, answering = (
            [one for one in taken if self.decisions.writes(one, name)]
            for name in ("area", "leads", "recommendations")
        )
        self.areas, self.undo["areas"] = add_headings(
            self.plan, [one.proposal for one in placed], by=self.by, reason=self.reason
        )
        self.leads = self._leads(led)
        self.recommendations = self._recommendations(answering)

    def _leads(self, taken: Iterable[Comparison]) -> dict[str, Lead]:
        standing = {lead.key: lead for lead in self.plan.board.leads.all()}
        fresh: dict[str, tuple[Lead, Comparison]] = {}
        for one in taken:
            for name in one.proposal.leads:
                key = lead_key(name)
                if key not in standing and key not in fresh:
                    fresh[key] = Lead(board=self.plan.board, name=name, key=key), one
        return standing | self._made("leads", fresh)

    def _recommendations(self, taken: Iterable[Comparison]) -> dict[tuple[str, str], Recommendation]:
        board = self.plan.board
        standing = {(one.reference, one.text): one for one in board.recommendations.all()}
        fresh: dict[tuple[str, str], tuple[Recommendation, Comparison]] = {}
        for one in taken:
            for reference, text in one.proposal.recommendations:
                if (reference, text) not in standing and (reference, text) not in fresh:
                    wanted = Recommendation(board=board, reference=reference, text=text)
                    fresh[reference, text] = wanted, one
        return standing | self._made("recommendations", fresh)

    def _made(self, kind: str, fresh: Mapping[Key, tuple[Row, Comparison]]) -> dict[Key, Row]:
        """Writes what the board did not know, each with the first row of the workbook that names it."""
        create_all([row for row, _ in fresh.values()], by=self.by, reason=self.reason)
        self.undo[kind] = [{"id": row.pk, **where(one)} for row, one in fresh.values()]
        return {key: row for key, (row, _) in fresh.items()}

    def _check_references(self, taken: Iterable[Comparison], actions: Iterable[Action]) -> None:
        """The database would refuse them too, but could not say which row it is."""
        mine = {one.standing.id for one in taken if one.standing}
        used = {
            action.reference
            for action in actions
            if action.reference and not action.withdrawn_on and action.pk not in mine
        }
        for one in taken:
            reference = (
                one.proposal.texts["reference"]
                if self.decisions.writes(one, "reference")
                else _standing_reference(one)
            )
            if reference in used:
                raise ValidationError(
                    f"{place(one)}: another action of the plan has the reference {reference}. "
                    "Leave this row out, or change the reference in the workbook."
                )
            used.update({reference} - {""})

    def _change(self, pairs: Sequence[Pair], contents: Contents) -> None:
        entries = []
        for one, action in pairs:
            names = [change.field for change in self.decisions.taken_changes(one)]
            if names:
                before = {name: contents.value(action, name) for name in names}
                entries.append((action, {"id": action.pk, **where(one), "before": before}))
            for name in names:
                self._set(contents, one, action, name)
            if self.decisions.takes_move(one):
                self._move(contents, one, action)
        contents.write(by=self.by, reason=self.reason)
        for action, entry in entries:
            entry["after"] = {name: contents.value(action, name) for name in entry["before"]}
            self.undo["actions"].append(entry)

    def _set(self, contents: Contents, one: Comparison, action: Action, name: str) -> None:
        proposal = one.proposal
        if name in COLUMNS:
            contents.set_column(action, name, proposal.texts[name])
        elif name == "notes":
            contents.set_column(action, "notes", [list(note) for note in proposal.notes])
        elif name == "area":
            contents.set_column(action, "area", self.areas[path_of(proposal)])
        elif name == "leads":
            contents.set_leads(action, proposal.texts["leads_text"], self._lead_ids(proposal))
        elif name == "recommendations":
            contents.set_recommendations(action, self._recommendation_ids(proposal))
        elif name == "steps":
            steps = self._steps(proposal, action)
            if self.plan.moves_need_agreement:
                self.asking.keep_dates(contents.steps[action.pk], steps, one, **self._asked_by())
            contents.set_steps(action, steps, ticks=False, moved=partial(self._move_step, one))

    def _move_step(self, one: Comparison, standing: Step, wanted: Step) -> None:
        self.moves.append((build_move(standing, wanted.target, **self._dated()), one))

    def _move(self, contents: Contents, one: Comparison, action: Action) -> None:
        target, reason = one.proposal.target, self.decisions.reasons.get(one.key, "")
        if self.plan.moves_need_agreement:
            self.asking.ask(action, target, one, reason, **self._asked_by())
            return
        self.moves.append((build_move(action, target, reason=reason, **self._dated()), one))
        contents.set_target(action, target)

    def _lead_ids(self, proposal: Proposal) -> list[int]:
        return [self.leads[lead_key(name)].pk for name in proposal.leads]

    def _recommendation_ids(self, proposal: Proposal) -> list[int]:
        return [self.recommendations[key].pk for key in proposal.recommendations]

    def _steps(self, proposal: Proposal, action: Action) -> list[Step]:
        steps = []
        for position, (number, text, target_text) in enumerate(proposal.steps):
            step = Step(action=action, number=number[:10], text=text, position=position)
            step.target = parse_target(target_text, self.plan.period)
            steps.append(step)
        return steps

    def _create(self, new: Sequence[Comparison]) -> list[Pair]:
        places = dict(
            Action.objects.filter(plan=self.plan).order_by("position").values_list("area", "position")
        )
        pairs = []
        for one in new:
            area = self.areas[path_of(one.proposal)]
            places[area.pk] = places.get(area.pk, -1) + 1
            pairs.append((one, self._build(one.proposal, area, places[area.pk])))
        create_all([action for _, action in pairs], by=self.by, reason=self.reason)
        contents = Contents(self.plan, {})
        for one, action in pairs:
            self.undo["actions"].append({"id": action.pk, **where(one), "created": True})
            contents.add(
                action,
                self._steps(one.proposal, action),
                self._lead_ids(one.proposal),
                self._recommendation_ids(one.proposal),
            )
        contents.write(by=self.by, reason=self.reason)
        return pairs

    def _build(self, proposal: Proposal, area: Area, position: int) -> Action:
        action = Action(
            plan=self.plan,
            area=area,
            position=position,
            added_on=self.added_on,
            leads_text=proposal.texts["leads_text"],
            notes=[list(note) for note in proposal.notes],
            **{name: proposal.texts[name] for name in COLUMNS},
        )
        action.target = proposal.target
        return action

    def _write_moves(self) -> None:
        create_all([request for request, _ in self.asking.requests], by=self.by)
        create_all([move for move, _ in self.moves], by=self.by)
        self.undo["moves"] = [
            {"id": move.pk, "action": move.action_id, "step": move.step_id, **where(one)}
            for move, one in self.moves
        ]
        self.undo["requests"] = [
            {"id": request.pk, "action": request.action_id, "step": request.step_id, **where(one)}
            for request, one in self.asking.requests
        ]

    def _update(self, pairs: Iterable[Pair]) -> None:
        codes = set(RatingKey.objects.filter(plan=self.plan).values_list("code", flat=True))
        taken = [pair for pair in pairs if self.decisions.takes_update(pair[0])]
        updates = []
        for one, action in taken:
            rating = one.proposal.rating or (one.standing.rating if one.standing else "")
            if rating and rating not in codes:
                raise ValidationError(
                    f"{place(one)}: the plan's key has no rating “{rating}”. Add it to the key."
                )
            updates.append(
                ProgressUpdate(
                    action=action,
                    rating=rating,
                    happened=one.proposal.happened,
                    way_back=one.proposal.way_back,
                    **self._dated(),
                )
            )
        create_all(updates, by=self.by)
        drop_overtaken(updates)
        self.undo["updates"] = [
            {"id": update.pk, "action": action.pk, **where(one), "rates": one.rates}
            for update, (one, action) in zip(updates, taken, strict=True)
        ]

    def _asked_by(self) -> dict:
        """A request counts from today, however old the workbook is."""
        return dated(by=self.by, on=self.plan.as_at(timezone.localdate()), imported_by=self.imported)

    def _dated(self) -> dict:
        return dated(by=self.by, on=self.decisions.on, imported_by=self.imported)


def where(one: Comparison) -> dict:
    return {"sheet": one.proposal.row.sheet, "row": one.proposal.row.row}


def place(one: Comparison) -> str:
    return f"“{one.proposal.row.sheet}”, row {one.proposal.row.row}"


def _standing_reference(one: Comparison) -> str:
    return one.standing.texts["reference"] if one.standing else ""
