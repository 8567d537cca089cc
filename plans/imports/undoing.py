"""Takes back a whole import, row by row: reversed, kept because somebody edited it since, or refused."""

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date

from django.utils import timezone

from plans.dates import parse_target
from plans.imports.applying import COLUMN_FIELDS, snapshot
from plans.models import (
    Action,
    ActionRecommendation,
    Area,
    Import,
    Plan,
    PlanStatus,
    ProgressUpdate,
    Step,
    TargetMove,
    User,
)
from plans.services.actions import link_leads
from plans.services.history import remove, save, update_all

REVERSED, KEPT, REFUSED = "reversed", "kept", "refused"


@dataclass
class Row:
    """What came of one row; `reasons` say why something of it is kept or refused."""

    sheet: str
    row: int
    action: int
    title: str
    outcome: str = REVERSED
    reasons: list[str] = field(default_factory=list)

    def keep(self, reason: str) -> None:
        self.reasons.append(reason)
        if self.outcome == REVERSED:
            self.outcome = KEPT

    def refuse(self, reason: str) -> None:
        self.reasons.append(reason)
        self.outcome = REFUSED


class Undoing:
    """`undo` is what Applying.run returned for the import."""

    def __init__(self, imported: Import, undo: dict, *, by: User | None):
        self.imported, self.undo, self.by = imported, undo, by
        self.reason = f"import {imported.pk} taken back"
        self.now = timezone.now()

    def run(self) -> list[dict]:
        """Takes back what can be; returns each row's outcome as JSON."""
        self.actions = Action.objects.filter(plan=self.imported.plan_id).in_bulk()
        self.created = {entry["id"] for entry in self.undo["actions"] if entry.get("created")}
        self.touched = self._touched_since()
        rows = self._rows()
        self._take_back_created([row for row in rows if row.action in self.created])
        changed = {entry["id"]: entry for entry in self.undo["actions"] if "after" in entry}
        updates, moves = self._by_action("updates"), self._by_action("moves")
        for row in rows:
            if row.action not in self.created:
                self._take_back(row, changed.get(row.action), updates[row.action], moves[row.action])
        self._close_empty_headings()
        return [asdict(row) for row in rows]

    def _rows(self) -> list[Row]:
        found: dict[int, Row] = {}
        for kind in ("actions", "updates", "moves"):
            for entry in self.undo[kind]:
                action = entry["id"] if kind == "actions" else entry["action"]
                title = str(self.actions[action]) if action in self.actions else "An action no longer there"
                found.setdefault(action, Row(entry["sheet"], entry["row"], action, title))
        return sorted(found.values(), key=lambda row: (row.sheet, row.row))

    def _by_action(self, kind: str) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for entry in self.undo[kind]:
            found[entry["action"]].append(entry["id"])
        return found

    def _touched_since(self) -> dict[int, str]:
        """Actions made by the import on which somebody has worked since, with who and when."""
        plan, mine = self.imported.plan_id, f"import {self.imported.pk}"
        found: dict[int, str] = {}
        histories = (
            Action.history.filter(plan=plan).values_list("id", "history_user__name", "history_date"),
            Step.history.filter(action__plan=plan).values_list(
                "action", "history_user__name", "history_date"
            ),
            ActionRecommendation.history.filter(action__plan=plan).values_list(
                "action", "history_user__name", "history_date"
            ),
        )
        for history in histories:
            for action, name, moment in history.exclude(history_change_reason=mine):
                found[action] = _who("edited it", name, timezone.localdate(moment))
        later = {"action__plan": plan, "withdrawn_at__isnull": True}
        for model, verb in ((ProgressUpdate, "updated it"), (TargetMove, "moved its date")):
            rows = model.objects.filter(**later).exclude(imported_by=self.imported)
            for action, name, day in rows.values_list("action", "by__name", "recorded_on"):
                found[action] = _who(verb, name, day)
        for action in Action.objects.filter(plan=plan, merged_into__isnull=False):
            found[action.merged_into_id] = "another action was merged into it"
        return found

    def _take_back_created(self, rows: list[Row]) -> None:
        """An action of the import is withdrawn, never deleted, and so are its updates and moves."""
        going = []
        for row in rows:
            action = self.actions.get(row.action)
            if action is None:
                row.refuse("It is no longer there.")
            elif row.action in self.touched:
                row.keep(f"Kept, because {self.touched[row.action]}.")
            else:
                action.withdrawn_on = timezone.localdate()
                action.withdrawn_reason = f"Import {self.imported.pk} was taken back"
                going.append(action)
        update_all(going, ["withdrawn_on", "withdrawn_reason"], by=self.by, reason=self.reason)
        gone = {action.pk for action in going}
        for model, kind in ((ProgressUpdate, "updates"), (TargetMove, "moves")):
            ids = [entry["id"] for entry in self.undo[kind] if entry["action"] in gone]
            self._withdraw(model, ids)

    def _withdraw(self, model, ids: list[int]) -> None:
        for start in range(0, len(ids), 500):
            model.objects.filter(pk__in=ids[start : start + 500]).update(withdrawn_at=self.now)

    def _take_back(self, row: Row, entry: dict | None, updates: list[int], moves: list[int]) -> None:
        action = self.actions.get(row.action)
        if action is None or action.withdrawn_on:
            row.refuse("The action has been withdrawn since. Bring it back first, then undo by hand.")
            return
        for pk in updates:
            self._take_back_update(row, pk)
        for pk in reversed(moves):
            self._take_back_move(row, action, pk)
        if entry:
            self._take_back_fields(row, action, entry)

    def _take_back_update(self, row: Row, pk: int) -> None:
        if ProgressUpdate.objects.filter(replaces=pk).exists():
            row.keep("Its update was corrected since, so the correction stands.")
        else:
            self._withdraw(ProgressUpdate, [pk])

    def _take_back_move(self, row: Row, action: Action, pk: int) -> None:
        move = TargetMove.objects.select_related("step").get(pk=pk)
        obj = move.step or action
        later = TargetMove.objects.standing().filter(action=action, step=move.step, pk__gt=pk).exists()
        if later or obj.target != move.after:
            row.keep("Its date was moved again since.")
            return
        self._withdraw(TargetMove, [pk])
        obj.target = move.before
        save(obj, by=self.by, reason=self.reason)

    def _take_back_fields(self, row: Row, action: Action, entry: dict) -> None:
        for name, before in entry["before"].items():
            if snapshot(action, name) != entry["after"][name]:
                row.keep(f"{_label(name)} was edited since.")
            elif name == "reference" and self._reference_taken(action, before):
                row.refuse(f"Reference {before} has been given to another action since.")
            else:
                self._restore(action, name, before)

    def _reference_taken(self, action: Action, reference: str) -> bool:
        others = Action.objects.filter(plan=action.plan_id, reference=reference).current()
        return bool(reference) and others.exclude(pk=action.pk).exists()

    def _restore(self, action: Action, name: str, before) -> None:
        if name in COLUMN_FIELDS or name == "notes":
            setattr(action, name, before)
        elif name == "leads":
            action.leads_text = before
        elif name == "area":
            action.area_id = before
        elif name == "steps":
            self._restore_steps(action, before)
        elif name == "recommendations":
            self._restore_recommendations(action, before)
        save(action, by=self.by, reason=self.reason)
        if name == "leads":
            link_leads(action, by=self.by)

    def _restore_steps(self, action: Action, before: list) -> None:
        standing = {step.number: step for step in action.steps.all()}
        for position, (number, text, target_text, done_on) in enumerate(before):
            step = standing.pop(number, None) or Step(action=action, number=number)
            step.text, step.position = text, position
            step.target = parse_target(target_text, action.plan.period)
            step.done_on = date.fromisoformat(done_on) if done_on else None
            save(step, by=self.by, reason=self.reason)
        for step in standing.values():
            remove(step, by=self.by, reason=self.reason)

    def _restore_recommendations(self, action: Action, before: list[int]) -> None:
        for link in action.action_recommendations.all():
            remove(link, by=self.by, reason=self.reason)
        for pk in before:
            save(ActionRecommendation(action=action, recommendation_id=pk), by=self.by, reason=self.reason)

    def _close_empty_headings(self) -> None:
        """Headings, and the plan, that the import made and that now hold no action go out of sight."""
        areas = list(Area.objects.filter(pk__in=self.undo["areas"]).order_by("-position"))
        in_use = set(
            Action.objects.filter(plan=self.imported.plan_id).current().values_list("area", flat=True)
        )
        parents = set(
            Area.objects.filter(plan=self.imported.plan_id)
            .current()
            .exclude(pk__in=self.undo["areas"])
            .values_list("parent", flat=True)
        )
        closing = []
        for area in areas:
            if area.pk in in_use or area.pk in parents:
                parents.add(area.parent_id)
            else:
                area.withdrawn_on = timezone.localdate()
                closing.append(area)
        update_all(closing, ["withdrawn_on"], by=self.by, reason=self.reason)
        plan = Plan.objects.get(pk=self.imported.plan_id)
        if self.undo.get("created_plan") and not plan.actions.current().exists():
            plan.status = PlanStatus.WITHDRAWN
            save(plan, by=self.by, reason=self.reason)


def _who(verb: str, name: str | None, day: date) -> str:
    return f"{name or 'an import'} {verb} on {day:%-d %B %Y}"


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
