"""The contents of a plan's actions as plain JSON values, changed in memory and written in batches."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from plans.models import Action, ActionLead, ActionRecommendation, MoveRequest, Plan, Step, TargetMove, User
from plans.services.history import BATCH, create_all, remove_all, update_all

COLUMNS = frozenset(
    ("reference", "title", "activity", "outcome", "objective", "success_criteria", "what_it_means", "links")
)
TARGET_COLUMNS = ["target_text", "target_kind", "target_due", "target_assumed"]


class Contents:
    """What stands in the actions, by field: read it with `value`, change it with the `set_` methods and
    write all that was changed with `write`."""

    def __init__(self, plan: Plan, actions: Mapping[int, Action]):
        self.actions = actions
        self.steps = self._grouped(Step.objects.filter(action__plan=plan).order_by("position", "id"))
        self.answers = self._grouped(
            ActionRecommendation.objects.filter(action__plan=plan).order_by("recommendation")
        )
        self.leads = self._grouped(ActionLead.objects.filter(action__plan=plan).order_by("position", "id"))
        self.moved_steps = set(
            TargetMove.objects.filter(action__plan=plan, step__isnull=False).values_list("step", flat=True)
        )
        asked = MoveRequest.objects.filter(action__plan=plan, step__isnull=False)
        self.moved_steps |= set(asked.values_list("step", flat=True))
        self.columns: dict[int, set[str]] = defaultdict(set)
        self.new: list = []
        self.changed_steps: dict[int, Step] = {}
        self.step_columns: set[str] = set()
        self.gone: list = []

    def _grouped(self, rows: Iterable) -> dict[int, list]:
        found = defaultdict(list)
        for row in rows if self.actions else ():
            if row.action_id in self.actions:
                row.action = self.actions[row.action_id]
                found[row.action_id].append(row)
        return found

    def value(self, action: Action, name: str) -> Any:
        """A field's value now, as JSON."""
        read = READERS.get(name)
        return read(self, action) if read else getattr(action, name)

    def set_column(self, action: Action, name: str, value: Any) -> None:
        setattr(action, name, value)
        self.columns[action.pk].add(name)

    def set_target(self, action: Action, target) -> None:
        action.target = target
        self.columns[action.pk].update(TARGET_COLUMNS)

    def set_leads(self, action: Action, words: str, leads: Sequence[int]) -> None:
        """The leads by id, the accountable one first."""
        self.set_column(action, "leads_text", words)
        self.gone += self.leads[action.pk]
        self.leads[action.pk] = _lead_links(action, leads)
        self.new += self.leads[action.pk]

    def set_recommendations(self, action: Action, recommendations: Iterable[int]) -> None:
        wanted = dict.fromkeys(recommendations)
        standing = {link.recommendation_id: link for link in self.answers[action.pk]}
        self.gone += [link for pk, link in standing.items() if pk not in wanted]
        fresh = [
            ActionRecommendation(action=action, recommendation_id=pk) for pk in wanted if pk not in standing
        ]
        self.new += fresh
        kept = [link for pk, link in standing.items() if pk in wanted]
        self.answers[action.pk] = sorted([*kept, *fresh], key=lambda link: link.recommendation_id)

    def set_steps(
        self, action: Action, wanted: Sequence[Step], *, ticks: bool, moved: Callable[[Step, Step], None]
    ) -> None:
        """The steps as wanted. One that stands keeps its row, and its tick unless `ticks` are wanted too.

        `moved` is told of a standing step and the wanted one before its target changes. A step whose date
        has been moved is part of the record: it stays, behind the others.
        """
        standing = self.steps[action.pk]
        partners = pair_steps(standing, wanted)
        result = []
        for step in wanted:
            partner = partners.get(id(step))
            if partner is None:
                self.new.append(step)
                result.append(step)
                continue
            if partner.target != step.target:
                moved(partner, step)
            self._set_step(partner, step, step.done_on if ticks else partner.done_on)
            result.append(partner)
        staying = {id(one) for one in partners.values()}
        over = [step for step in standing if id(step) not in staying]
        self.gone += [step for step in over if step.pk not in self.moved_steps]
        result += [step for step in over if step.pk in self.moved_steps]
        for position, step in enumerate(result):
            if step.position != position:
                step.position = position
                self._note_step(step, "position")
        self.steps[action.pk] = result

    def _set_step(self, step: Step, wanted: Step, done_on: date | None) -> None:
        for name, value in (("number", wanted.number), ("text", wanted.text), ("done_on", done_on)):
            if getattr(step, name) != value:
                setattr(step, name, value)
                self._note_step(step, name)
        if step.target != wanted.target:
            step.target = wanted.target
            self._note_step(step, *TARGET_COLUMNS)

    def _note_step(self, step: Step, *columns: str) -> None:
        if step.pk:
            self.changed_steps.setdefault(step.pk, step)
            self.step_columns.update(columns)

    def add(
        self, action: Action, steps: Iterable[Step], leads: Iterable[int], recommendations: Iterable[int]
    ) -> None:
        """The contents of an action that is new, so that nothing stands in it yet."""
        self.new += steps
        self.new += _lead_links(action, leads)
        self.new += [
            ActionRecommendation(action=action, recommendation_id=pk) for pk in dict.fromkeys(recommendations)
        ]

    def write(self, *, by: User | None, reason: str) -> None:
        """Writes what was changed, those that go first so that nothing stands twice."""
        gone, new = _by_model(self.gone), _by_model(self.new)
        ActionLead.objects.filter(pk__in=[link.pk for link in gone[ActionLead] if link.pk]).delete()
        for model in (ActionRecommendation, Step):
            remove_all(gone[model], by=by, reason=reason)
            create_all(new[model], by=by, reason=reason)
        ActionLead.objects.bulk_create(new[ActionLead], batch_size=BATCH)
        update_all(list(self.changed_steps.values()), sorted(self.step_columns), by=by, reason=reason)
        self._write_columns(by=by, reason=reason)

    def _write_columns(self, *, by: User | None, reason: str) -> None:
        changed = [self.actions[pk] for pk in self.columns]
        names = set().union(*self.columns.values()) if changed else set()
        if "reference" in names:
            # Out of each other's way first, so that two actions may swap theirs.
            swapped = [pk for pk, columns in self.columns.items() if "reference" in columns]
            Action.objects.filter(pk__in=swapped).update(reference="")
        update_all(changed, sorted(names), by=by, reason=reason)


def _lead_links(action: Action, leads: Iterable[int]) -> list[ActionLead]:
    return [
        ActionLead(action=action, lead_id=lead, accountable=place == 0, position=place)
        for place, lead in enumerate(dict.fromkeys(leads))
    ]


def _by_model(rows: Iterable) -> dict[type, list]:
    found = defaultdict(list)
    for row in rows:
        found[type(row)].append(row)
    return found


def pair_steps(standing: Sequence[Step], wanted: Sequence[Step]) -> dict[int, Step]:
    """The standing step of each wanted one, by `id(wanted)`: the same number and words, else the number."""
    found: dict[int, Step] = {}
    free = list(standing)
    for sign in (lambda step: (step.number, step.text), lambda step: step.number):
        for step in wanted:
            partner = next((one for one in free if sign(one) == sign(step)), None)
            if id(step) not in found and partner is not None:
                found[id(step)] = partner
                free.remove(partner)
    return found


def _steps(contents: Contents, action: Action) -> list:
    return [
        [step.number, step.text, step.target_text, step.done_on.isoformat() if step.done_on else None]
        for step in contents.steps[action.pk]
    ]


READERS: Mapping[str, Callable[[Contents, Action], Any]] = {
    "leads": lambda contents, action: [
        action.leads_text,
        [link.lead_id for link in contents.leads[action.pk]],
    ],
    "steps": _steps,
    "recommendations": lambda contents, action: [
        link.recommendation_id for link in contents.answers[action.pk]
    ],
    "area": lambda contents, action: action.area_id,
    "notes": lambda contents, action: [list(note) for note in action.notes],
}
