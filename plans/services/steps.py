from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from plans.dates import parse_target
from plans.models import Action, Area, Step, User
from plans.services.actions import answer_recommendations, create_action, edit_action
from plans.services.history import remove, save
from plans.services.progress import set_step_done
from plans.steps import split_steps


@transaction.atomic
def create_step(
    action: Action, number: str, text: str, *, by: User | None, target_text: str = "", **fields
) -> Step:
    last = action.steps.aggregate(last=Max("position"))["last"]
    step = Step(
        action=action, number=number, text=text.strip(), position=0 if last is None else last + 1, **fields
    )
    step.target = parse_target(target_text, action.plan.period)
    save(step, by=by)
    return step


@transaction.atomic
def create_steps(action: Action, text: str, *, by: User) -> list[Step]:
    """Adds the steps of a numbered list; words before its first step go to the action's activity.

    Raises ValidationError where no numbered step is found.
    """
    introduction, parts = split_steps(text)
    if not parts:
        raise ValidationError(
            {"several": "No numbered steps were found. Put each on its own line, starting with its number."}
        )
    if introduction.strip():
        activity = "\n".join(filter(None, (action.activity, introduction.strip())))
        edit_action(action, by=by, activity=activity)
    return [
        create_step(action, part.number, part.text, by=by, target_text=part.target_text) for part in parts
    ]


@transaction.atomic
def edit_step(step: Step, *, number: str, text: str, done_on: date | None, by: User) -> None:
    """Changes a step's number and words and the day it was done. Raises ValidationError."""
    step.number, step.text = number.strip(), text.strip()
    set_step_done(step, done_on, by=by)


def remove_step(step: Step, *, by: User) -> None:
    """Takes a step off its action; its history stays. One whose date has been moved is part of the record."""
    if step.moves.exists() or step.move_requests.exists():
        raise ValidationError("This step's date has been moved, so the step stays. Tick it as done instead.")
    remove(step, by=by)


@transaction.atomic
def arrange_steps(action: Action, steps: Sequence[Step], numbers: Mapping[Step, str], *, by: User) -> None:
    """Puts all steps of the action in the order given and gives some of them new numbers."""
    if {step.pk for step in steps} != set(action.steps.values_list("pk", flat=True)):
        raise ValidationError("The steps have changed meanwhile. Look at them again, then reorder.")
    for position, step in enumerate(steps):
        step.position, step.number = position, numbers.get(step, step.number).strip()
        save(step, by=by, reason="Reordered")


def next_number(action: Action) -> str:
    """The number after the highest of the steps; where none bears one, the count plus one."""
    numbers = action.steps.values_list("number", flat=True)
    return str(max([int(number) for number in numbers if number.isdecimal()], default=len(numbers)) + 1)


@transaction.atomic
def add_action(
    area: Area, title: str, *, by: User, steps_text: str = "", recommendations: Iterable[str] = (), **fields
) -> Action:
    """An action written by hand; its steps are one numbered list. Raises ValidationError."""
    action = create_action(area, title, by=by, **fields)
    answer_recommendations(action, recommendations, by=by)
    if steps_text.strip():
        create_steps(action, steps_text, by=by)
    return action
