"""The database itself refuses measures and narratives that must never stand."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from impact.models import (
    Measure,
    MeasureAction,
    MeasureArea,
    MeasureTarget,
    Narrative,
    NarrativeEvidence,
    NarrativeMeasure,
    Note,
    Observation,
    StepChange,
)
from plans.models import Evidence
from tests.factories import make_action

pytestmark = pytest.mark.django_db

DAY, MONTH = date(2026, 1, 5), date(2025, 12, 1)
TOO_OLD = date(1900, 1, 1)
TOMORROW = date(2026, 1, 6)


class Rows:
    """A board with a measure and a narrative, to be broken in one place."""

    def __init__(self):
        self.action = make_action()
        self.area, self.board = self.action.area, self.action.plan.board
        self.measure = Measure.objects.create(board=self.board, name="Contacts decided on time")
        self.narrative = Narrative.objects.create(area=self.area, starts=MONTH, ends=DAY, done="Two posts")
        self.evidence = Evidence.objects.create(
            board=self.board, title="Notes", kind="audit", dated=DAY, link="https://example.org/notes"
        )

    def dated(self, model, **fields):
        now = {"month": MONTH, "on": DAY, "recorded_on": DAY, "recorded_at": timezone.now()}
        return model.objects.create(measure=self.measure, **(now | fields))

    def target(self, **fields):
        return self.dated(MeasureTarget, value=Decimal(90), **fields)

    def observation(self, **fields):
        return self.dated(Observation, value=Decimal(52), **fields)

    def step_change(self, **fields):
        told = {"reason": "One front door", "agreed_by": "The board", "agreed_on": DAY}
        return self.dated(StepChange, **(told | fields))

    def note(self, **fields):
        return self.dated(Note, **({"text": "Staff moved"} | fields))

    def change(self, row, **fields):
        type(row).objects.filter(pk=row.pk).update(**fields)


def twice(model, *names):
    """Creates two rows of `model` that tie the same things, named as they are in the rows."""

    def write(rows):
        for _ in range(2):
            model.objects.create(**{name: getattr(rows, name) for name in names})

    return write


def two_step_changes(rows):
    rows.step_change()
    rows.step_change()


BROKEN = {
    "measure_name_once_per_board": lambda rows: Measure.objects.create(
        board=rows.board, name=rows.measure.name
    ),
    "measure_has_a_name": lambda rows: rows.change(rows.measure, name=""),
    "measure_unit_known": lambda rows: rows.change(rows.measure, unit="miles"),
    "measure_direction_known": lambda rows: rows.change(rows.measure, direction="up"),
    "measure_decimals_few": lambda rows: rows.change(rows.measure, decimals=5),
    "limits_from_twelve_months_or_more": lambda rows: rows.change(rows.measure, fix_after=11),
    "rule_lengths_usual": lambda rows: rows.change(rows.measure, run_length=4),
    "measure_linked_once_to_an_area": twice(MeasureArea, "measure", "area"),
    "measure_linked_once_to_an_action": twice(MeasureAction, "measure", "action"),
    "measure_target_not_in_the_future": lambda rows: rows.target(on=TOMORROW),
    "measure_target_from_a_month": lambda rows: rows.target(month=TOO_OLD),
    "observation_not_in_the_future": lambda rows: rows.observation(on=TOMORROW),
    "observation_of_a_month": lambda rows: rows.observation(month=TOO_OLD),
    "observation_parts_together": lambda rows: rows.observation(numerator=13),
    "observation_month_has_begun": lambda rows: rows.observation(month=date(2026, 2, 1)),
    "step_change_not_in_the_future": lambda rows: rows.step_change(on=TOMORROW),
    "step_change_from_a_month": lambda rows: rows.step_change(month=TOO_OLD),
    "step_change_once_a_month": two_step_changes,
    "step_change_has_a_reason_and_agreement": lambda rows: rows.step_change(agreed_by=""),
    "note_not_in_the_future": lambda rows: rows.note(on=TOMORROW),
    "note_on_a_month": lambda rows: rows.note(month=TOO_OLD),
    "note_says_something": lambda rows: rows.note(text=""),
    "narrative_period_in_order": lambda rows: rows.change(rows.narrative, ends=date(2025, 11, 30)),
    "narrative_says_something": lambda rows: rows.change(rows.narrative, done=""),
    "narrative_published_on_a_day": lambda rows: rows.change(rows.narrative, status="published"),
    "narrative_shown_once_by_a_measure": twice(NarrativeMeasure, "narrative", "measure"),
    "narrative_shown_once_by_evidence": twice(NarrativeEvidence, "narrative", "evidence"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    rows = Rows()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BROKEN[name](rows)
    assert name in str(refusal.value) or isinstance(constraints()[name], models.UniqueConstraint)


def constraints():
    return {
        constraint.name: constraint
        for model in apps.get_app_config("impact").get_models()
        for constraint in model._meta.constraints
    }


def test_each_constraint_is_tried():
    assert sorted(BROKEN) == sorted(constraints())


def test_what_stands_beside_a_broken_row_is_fine():
    rows = Rows()
    rows.step_change(withdrawn_at=timezone.now())
    rows.step_change()
    rows.observation(numerator=13, denominator=25)
    rows.change(rows.measure, closed_on=DAY)
    Measure.objects.create(board=rows.board, name=rows.measure.name)
    assert (Measure.objects.count(), StepChange.objects.count()) == (2, 2)
