"""Takes back a whole import, row by row: reversed, kept because somebody edited it since, or refused."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date
from functools import cached_property

from django.utils import timezone

from plans.dates import parse_target
from plans.imports.contents import COLUMNS, Contents
from plans.imports.made import Made
from plans.imports.since import worked_on_since
from plans.imports.undo_rows import LABELS, NAMES, Row
from plans.models import (
    Action,
    Area,
    Import,
    Lead,
    MoveRequest,
    Outcome,
    Plan,
    PlanStatus,
    ProgressUpdate,
    Recommendation,
    SignOff,
    Step,
    TargetMove,
    User,
)
from plans.services.history import save, update_all
from plans.services.plans import lock_plan
from plans.wording.phrases import taken_back, undo_reason


class Undoing:
    """`undo` is what Applying.run returned for the import; `held` the ids of areas that something uses."""

    def __init__(self, imported: Import, undo: dict, *, by: User | None, held: Collection[int] = ()):
        self.imported, self.undo, self.by, self.held = imported, undo, by, set(held)
        self.reason = undo_reason(imported.pk)
        self.going: list[Action] = []
        self.restored: set[int] = set()
        self.gone_updates: list[int] = []
        self.gone_moves: list[int] = []
        self.gone_sign_offs: list[int] = []
        self.gone_requests: list[int] = []
        # Imports from before these were kept have none.
        for kind in ("requests", "leads", "recommendations"):
            undo.setdefault(kind, [])

    @cached_property
    def plan(self) -> Plan:
        return Plan.objects.get(pk=self.imported.plan_id)

    def run(self) -> list[dict]:
        """Takes back what can be; returns each row's outcome as JSON."""
        lock_plan(self.plan)
        rows = self.judge()
        update_all(self.going, ["withdrawn_on", "withdrawn_reason"], by=self.by, reason=self.reason)
        self.contents.write(by=self.by, reason=self.reason)
        now = timezone.now()
        _withdraw(ProgressUpdate, self.gone_updates, now)
        _withdraw(TargetMove, self.gone_moves, now)
        _withdraw(SignOff, self.gone_sign_offs, now)
        _withdraw(MoveRequest, self.gone_requests, now)
        self._close_empty_headings()
        made = Made(self.imported, by=self.by, reason=self.reason)
        kept = made.take_away(Lead, self.undo["leads"]) + made.take_away(
            Recommendation, self.undo["recommendations"]
        )
        return [asdict(row) for row in rows] + kept

    def judge(self) -> list[Row]:
        """What would come of each row; nothing is written."""
        self.actions = Action.objects.filter(plan=self.plan).in_bulk()
        self.created = {entry["id"] for entry in self.undo["actions"] if entry.get("created")}
        rows = self._rows()
        self._take_back_created([row for row in rows if row.action in self.created])
        self._take_back_changed([row for row in rows if row.action not in self.created])
        return rows

    @property
    def taken_back(self) -> dict:
        """The part of `undo` that was judged to go."""
        gone = {
            "actions": {action.pk for action in self.going} | self.restored,
            "updates": set(self.gone_updates),
            "moves": set(self.gone_moves),
            "requests": set(self.gone_requests),
        }
        return {
            kind: [entry for entry in self.undo[kind] if entry["id"] in ids] for kind, ids in gone.items()
        }

    def _rows(self) -> list[Row]:
        found: dict[int, Row] = {}
        for kind in ("actions", "updates", "moves", "requests"):
            for entry in self.undo[kind]:
                action = entry["id"] if kind == "actions" else entry["action"]
                title = str(self.actions[action]) if action in self.actions else "An action no longer there"
                found.setdefault(action, Row(entry["sheet"], entry["row"], action, title))
        return sorted(found.values(), key=lambda row: (row.sheet, row.row))

    def _by_action(self, kind: str) -> dict[int, list[dict]]:
        found: dict[int, list[dict]] = defaultdict(list)
        for entry in self.undo[kind]:
            found[entry["action"]].append(entry)
        return found

    def _take_back_created(self, rows: list[Row]) -> None:
        """An action of the import is withdrawn, never deleted, and so are its updates and moves."""
        since = worked_on_since(self.imported)
        updates, moves = self._by_action("updates"), self._by_action("moves")
        for row in rows:
            action = self.actions.get(row.action)
            if action is None:
                row.refuse("It is no longer there.")
            elif action.withdrawn_on:
                row.keep("It had been withdrawn before, and stays so.")
            elif row.action in since:
                row.keep(f"Kept, because {since[row.action]}.")
            else:
                action.withdrawn_on = timezone.localdate()
                action.withdrawn_reason = taken_back(self.imported.pk)
                self.going.append(action)
                self.gone_updates += [entry["id"] for entry in updates[row.action]]
                self.gone_moves += [entry["id"] for entry in moves[row.action]]

    def _take_back_changed(self, rows: list[Row]) -> None:
        self.contents = Contents(self.plan, self.actions)
        self.changed = {entry["id"]: entry for entry in self.undo["actions"] if "after" in entry}
        self.moves = TargetMove.objects.in_bulk([entry["id"] for entry in self.undo["moves"]])
        self.corrected = set(
            ProgressUpdate.objects.filter(
                action__plan=self.plan, replaces__isnull=False, withdrawn_at__isnull=True
            ).values_list("replaces", flat=True)
        )
        self.sign_offs = {
            each.update_id: each for each in SignOff.objects.standing().filter(action__plan=self.plan)
        }
        self.references = Counter(
            action.reference
            for action in self.actions.values()
            if action.reference and not action.withdrawn_on
        )
        self.areas = self.plan.areas.current().in_bulk()
        self.leads = set(Lead.objects.filter(board=self.plan.board_id).values_list("pk", flat=True))
        self.answers = set(
            Recommendation.objects.filter(board=self.plan.board_id).values_list("pk", flat=True)
        )
        self._free_references(rows)
        updates, moves = self._by_action("updates"), self._by_action("moves")
        for row in rows:
            self._take_back(row, updates[row.action], moves[row.action])

    def _free_references(self, rows: Iterable[Row]) -> None:
        """References that rows are about to give back, so that two that were swapped can be swapped again."""
        for row in rows:
            if self._gives_back(row, "reference"):
                self.references[self.actions[row.action].reference] -= 1

    def _gives_back(self, row: Row, name: str) -> bool:
        entry, action = self.changed.get(row.action), self.actions.get(row.action)
        if entry is None or action is None or action.withdrawn_on or name not in entry["before"]:
            return False
        return self.contents.value(action, name) == entry["after"][name]

    def _take_back(self, row: Row, updates: list[dict], moves: list[dict]) -> None:
        action = self.actions.get(row.action)
        if action is None or action.withdrawn_on:
            row.refuse("The action has been withdrawn since. Bring it back first, then mend it by hand.")
            return
        entry = self.changed.get(row.action, {"before": {}})
        same = {name for name in entry["before"] if self._gives_back(row, name)}
        for update in updates:
            if update["id"] in self.corrected:
                row.keep("Its update was corrected since, so the correction stands.")
            else:
                self.gone_updates.append(update["id"])
                row.taken_back.append("rating" if update.get("rates", True) else "progress note")
                self._take_back_sign_off(row, self.sign_offs.get(update["id"]))
        for request in self._asked[action.pk]:
            self._take_back_request(row, request)
        for move in reversed(moves):
            self._take_back_move(row, action, self.moves.get(move["id"]), "steps" in same)
        for name, before in entry["before"].items():
            if name in same:
                refused = len(row.reasons)
                self._restore(row, action, name, before)
                if len(row.reasons) == refused:
                    self.restored.add(action.pk)
                    row.taken_back.append(NAMES.get(name, name))
            else:
                row.keep(f"{LABELS.get(name, f'The {name} was')} edited since.")
        row.tell_parts()

    def _take_back_sign_off(self, row: Row, sign_off: SignOff | None) -> None:
        """A sign-off falls with the update that it was asked for."""
        if sign_off is not None:
            self.gone_sign_offs.append(sign_off.pk)
            row.taken_back.append("sign-off")
            row.reasons.append(
                f"Its sign-off ({sign_off.get_outcome_display().lower()}) fell with the imported rating."
            )

    @cached_property
    def _asked(self) -> dict[int, list[MoveRequest]]:
        """By action what the import asked the chair for."""
        asked = MoveRequest.objects.in_bulk([entry["id"] for entry in self.undo["requests"]])
        found: dict[int, list[MoveRequest]] = defaultdict(list)
        for request in asked.values():
            found[request.action_id].append(request)
        return found

    def _take_back_request(self, row: Row, request: MoveRequest) -> None:
        if request.is_waiting:
            self.gone_requests.append(request.pk)
            row.taken_back.append("the new date asked for")
        elif request.outcome == Outcome.AGREED:
            row.keep("The chair has agreed its new date since.")

    def _take_back_move(self, row: Row, action: Action, move: TargetMove | None, steps: bool) -> None:
        if move is None:
            return
        if move.step_id:
            # The steps themselves say whether they were edited since.
            self.gone_moves += [move.pk] if steps else []
        elif action.target == move.after:
            self.gone_moves.append(move.pk)
            row.taken_back.append("date")
            self.contents.set_target(action, move.before)
        else:
            row.keep("Its date was moved again since.")

    def _restore(self, row: Row, action: Action, name: str, before) -> None:
        if name == "reference" and not self._restore_reference(action, before):
            row.refuse(f"Reference {before} has been given to another action since.")
        elif name == "area" and before not in self.areas:
            row.refuse("The heading that it stood under is no longer there.")
        elif name == "area":
            self.contents.set_column(action, "area", self.areas[before])
        elif name == "leads" and not self.leads.issuperset(before[1]):
            row.refuse("A lead that it had is no longer on the board. Name its leads by hand.")
        elif name == "leads":
            self.contents.set_leads(action, *before)
        elif name == "recommendations" and not self.answers.issuperset(before):
            row.refuse("A recommendation that it answered is no longer on the board. Name it by hand.")
        elif name == "recommendations":
            self.contents.set_recommendations(action, before)
        elif name == "steps":
            steps = [self._step(action, *values) for values in before]
            self.contents.set_steps(action, steps, ticks=True, moved=lambda standing, wanted: None)
        elif name in COLUMNS and name != "reference":
            self.contents.set_column(action, name, before)
        elif name == "notes":
            self.contents.set_column(action, "notes", before)

    def _restore_reference(self, action: Action, before: str) -> bool:
        taken = before and self.references[before] > 0
        self.references[action.reference if taken else before] += 1
        if not taken:
            self.contents.set_column(action, "reference", before)
        return not taken

    def _step(self, action: Action, number: str, text: str, target_text: str, done_on: str | None) -> Step:
        step = Step(action=action, number=number, text=text)
        step.target = parse_target(target_text, self.plan.period)
        step.done_on = date.fromisoformat(done_on) if done_on else None
        return step

    def _close_empty_headings(self) -> None:
        """Headings, and the plan, that the import made and that now hold no action go out of sight."""
        mine = Area.objects.filter(plan=self.plan).in_bulk(self.undo["areas"])
        in_use = set(Action.objects.filter(plan=self.plan).current().values_list("area", flat=True))
        in_use |= self.held
        others = self.plan.areas.current().exclude(pk__in=mine)
        in_use |= set(others.values_list("parent", flat=True))
        closing = []
        for area in sorted(mine.values(), key=lambda area: -area.position):
            if area.pk in in_use:
                in_use.add(area.parent_id)
            elif not area.withdrawn_on:
                area.withdrawn_on = timezone.localdate()
                closing.append(area)
        update_all(closing, ["withdrawn_on"], by=self.by, reason=self.reason)
        held = self.plan.areas.current().filter(pk__in=self.held).exists()
        if self.undo.get("created_plan") and not held and not self.plan.actions.current().exists():
            self.plan.status = PlanStatus.WITHDRAWN
            save(self.plan, by=self.by, reason=self.reason)


def _withdraw(model, ids: list[int], now) -> None:
    for start in range(0, len(ids), 500):
        model.objects.filter(pk__in=ids[start : start + 500]).update(withdrawn_at=now)
