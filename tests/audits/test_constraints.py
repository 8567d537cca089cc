"""The database itself refuses audits, findings and products that must never stand."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from audits.models import (
    AssuranceProduct,
    Audit,
    AuditGrade,
    Finding,
    FindingAction,
    Grade,
    GradeScale,
    Review,
)
from tests.factories import make_action

pytestmark = pytest.mark.django_db

DAY, TOMORROW = date(2026, 1, 5), date(2026, 1, 6)


class Rows:
    """A board with a finished audit, to be broken in one place."""

    def __init__(self):
        self.action = make_action()
        self.board = self.action.plan.board
        self.scale = GradeScale.objects.create(board=self.board, name="Three levels")
        self.grade = Grade.objects.create(scale=self.scale, word="Not met", position=0)
        self.planned = self.audit(title="Visits")
        self.done = self.audit(
            title="Thresholds", status="done", done_on=DAY, recorded_on=DAY, sample=40, graded=40
        )
        self.good = self.count("Good", 2, 39)
        self.finding = Finding.objects.create(audit=self.done, text="Plans are late")
        self.product = AssuranceProduct.objects.create(board=self.board, name="Performance report")

    def audit(self, **fields):
        due = {"planned_text": "January 2026", "planned_due": DAY}
        return Audit.objects.create(board=self.board, **(due | fields))

    def count(self, word, position, count):
        return AuditGrade.objects.create(
            audit=self.done, word=word, position=position, count=count, sample=40
        )

    def review(self, **fields):
        now = {"on": DAY, "recorded_on": DAY, "recorded_at": timezone.now(), "learnt": "Visits are on time"}
        return Review.objects.create(product=self.product, **(now | fields))

    def change(self, row, **fields):
        type(row).objects.filter(pk=row.pk).update(**fields)


BROKEN = {
    "grade_scale_named_once_per_board": lambda rows: GradeScale.objects.create(
        board=rows.board, name=rows.scale.name
    ),
    "grade_scale_has_a_name": lambda rows: rows.change(rows.scale, name=""),
    "grade_word_once_per_scale": lambda rows: Grade.objects.create(
        scale=rows.scale, word=rows.grade.word, position=1
    ),
    "grade_place_once_per_scale": lambda rows: Grade.objects.create(scale=rows.scale, word="Met", position=0),
    "grade_has_a_word": lambda rows: rows.change(rows.grade, word=""),
    "audit_has_a_title": lambda rows: rows.change(rows.planned, title=""),
    "audit_kind_known": lambda rows: rows.change(rows.planned, kind="surprise"),
    "audit_status_known": lambda rows: rows.change(rows.planned, status="lost"),
    "audit_grading_known": lambda rows: rows.change(rows.planned, grading="stars"),
    "audit_repeat_names_the_earlier_one": lambda rows: rows.change(rows.planned, kind="repeat"),
    "audit_repeats_another": lambda rows: rows.change(rows.planned, kind="repeat", repeats=rows.planned),
    "audit_scale_is_for_grades": lambda rows: rows.change(
        rows.planned, grading="agreement", scale=rows.scale
    ),
    "audit_sample_wanted_of_one_or_more": lambda rows: rows.change(rows.planned, sample_wanted=0),
    "audit_done_with_a_day_and_a_sample": lambda rows: rows.change(rows.done, sample=None, graded=0),
    "audit_not_done_in_the_future": lambda rows: rows.change(rows.done, done_on=TOMORROW),
    "audit_graded_within_sample": lambda rows: rows.change(rows.done, graded=41),
    "audit_read_twice_within_sample": lambda rows: rows.change(rows.done, read_twice=41),
    "audit_agreed_within_read_twice": lambda rows: rows.change(rows.done, read_twice=8, agreed=9),
    "audit_cancelled_with_a_reason": lambda rows: rows.change(rows.planned, status="cancelled"),
    "audit_learning_shared_in_words": lambda rows: rows.change(rows.done, learning_on=DAY),
    "audit_grade_word_once": lambda rows: rows.count("Good", 3, 1),
    "audit_grade_place_once": lambda rows: rows.count("Outstanding", 2, 1),
    "audit_grade_has_a_word": lambda rows: rows.change(rows.good, word=""),
    "audit_grade_within_sample": lambda rows: rows.change(rows.good, count=41),
    "finding_says_something": lambda rows: rows.change(rows.finding, text=""),
    "finding_kind_known": lambda rows: rows.change(rows.finding, kind="worry"),
    "finding_linked_once_to_an_action": lambda rows: [
        FindingAction.objects.create(finding=rows.finding, action=rows.action) for _ in range(2)
    ],
    "product_name_once_per_board": lambda rows: AssuranceProduct.objects.create(
        board=rows.board, name=rows.product.name
    ),
    "product_has_a_name": lambda rows: rows.change(rows.product, name=""),
    "review_not_in_the_future": lambda rows: rows.review(on=TOMORROW),
    "review_says_what_was_learnt": lambda rows: rows.review(learnt=""),
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
        for model in apps.get_app_config("audits").get_models()
        for constraint in model._meta.constraints
    }


def test_each_constraint_is_tried():
    assert sorted(BROKEN) == sorted(constraints())


@pytest.mark.parametrize(
    "fields",
    [
        {"sample": 4},
        {"graded": 1},
        {"read_twice": 1},
        {"done_on": DAY},
        {"recorded_on": DAY},
    ],
)
def test_an_audit_that_is_not_done_has_no_results(fields):
    rows = Rows()
    with pytest.raises(IntegrityError, match="audit_done_with_a_day_and_a_sample"), transaction.atomic():
        rows.change(rows.planned, **fields)


def test_what_stands_beside_a_broken_row_is_fine():
    rows = Rows()
    rows.change(rows.planned, kind="repeat", repeats=rows.done)
    rows.change(rows.done, read_twice=10, agreed=9, learning="Plan sooner", learning_on=DAY)
    rows.change(rows.product, closed_on=DAY)
    AssuranceProduct.objects.create(board=rows.board, name=rows.product.name)
    assert list(Audit.objects.filter(repeats=rows.done)) == [rows.planned]
    assert AssuranceProduct.objects.current().count() == 1
