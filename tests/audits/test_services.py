"""Audits, findings and the register as the services write them."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from audits.models import Audit
from audits.services.assurance import (
    close_product,
    edit_product,
    record_review,
    reopen_product,
    withdraw_review,
)
from audits.services.audits import (
    cancel_audit,
    edit_audit,
    mix_of,
    plan_audit,
    record_results,
    reopen_audit,
    repeat_of,
    share_learning,
    take_results_back,
)
from audits.services.scales import create_scale, edit_scale
from tests.audits.factories import make_audit, make_done, make_product, make_repeat, make_review
from tests.factories import make_action, make_area, make_board, make_lead, make_plan

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def on_a_day():
    with time_machine.travel("2026-11-22 12:00", tick=False):
        yield


@pytest.fixture
def board():
    return make_board()


def counts(audit):
    return list(audit.grades.values_list("word", "count", "is_good", "sample"))


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("March 2026", date(2026, 3, 31)),
        ("27/3/2026", date(2026, 3, 27)),
        ("Mid Feb 2027", date(2027, 2, 15)),
        ("Q4 2019/20", date(2020, 3, 31)),
    ],
)
def test_the_words_of_the_programme_are_kept_beside_their_latest_day(board, words, due):
    audit = plan_audit(board, by=None, title=" Visits  in time ", planned_text=words)
    assert (audit.title, audit.planned_text, audit.planned_due) == ("Visits in time", words, due)


def test_an_audit_is_planned_for_a_day_that_can_be_read(board):
    with pytest.raises(ValidationError, match="Write a month or a day"):
        plan_audit(board, by=None, title="Visits", planned_text="when we can")


def test_results_are_counts_of_the_four_words(board):
    audit = make_audit(board)
    record_results(audit, by=None, done_on=date(2026, 3, 31), sample=22, counts=[2, 8, 9, 1])
    audit.refresh_from_db()
    assert (audit.status, audit.sample, audit.graded, audit.recorded_on) == ("done", 22, 20, TODAY)
    assert counts(audit) == [
        ("Inadequate", 2, False, 22),
        ("Requires improvement", 8, False, 22),
        ("Good", 9, True, 22),
        ("Outstanding", 1, True, 22),
    ]


def test_results_are_mended_and_the_earlier_ones_stay_in_history(board):
    audit = make_done(board, counts=(4, 10, 6, 0))
    record_results(audit, by=None, done_on=date(2026, 3, 30), sample=21, counts=[4, 10, 7, 0])
    good = audit.grades.get(word="Good")
    assert (good.count, good.sample, good.history.last().count) == (7, 21, 6)
    assert mix_of(audit).good == 7


def test_agreeing_with_the_decision_audited(board):
    audit = make_done(board, grading="agreement", counts=(1, 39))
    assert counts(audit) == [("Disagreed", 1, False, 40), ("Agreed", 39, True, 40)]


def test_a_boards_own_scale_and_audits_that_keep_its_words(board):
    scale = create_scale(board, "Standards", ["Not met", "Partly met", "Met"], by=None, good=1)
    audit = make_done(board, scale=scale, counts=(1, 4, 5))
    edit_scale(scale, "Standards", ["No", "Yes"], by=None, good=1)
    assert [row[:3] for row in counts(audit)] == [
        ("Not met", 1, False),
        ("Partly met", 4, False),
        ("Met", 5, True),
    ]
    assert [grade.word for grade in scale.grades.all()] == ["No", "Yes"]


@pytest.mark.parametrize(
    ("words", "good", "message"),
    [
        (["Met"], 1, "two grades or more"),
        (["Met", "met"], 1, "a word of its own"),
        (["Not met", "Met"], 2, "Give a number from 1 to 1"),
    ],
)
def test_a_scale_that_cannot_be_used_is_refused(board, words, good, message):
    with pytest.raises(ValidationError, match=message):
        create_scale(board, "Standards", words, by=None, good=good)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"done_on": date(2026, 11, 23)}, "today or earlier"),
        ({"counts": [9, 9, 9, 9]}, "The grades add up to 36, but 20 cases were looked at"),
        ({"read_twice": 21}, "More cases were read again than were looked at"),
        ({"read_twice": 8, "agreed": 9}, "agreed with more cases than they read"),
        ({"sample": 0, "counts": []}, "a sample of 1 case or more"),
    ],
)
def test_results_that_cannot_be_are_refused(board, fields, message):
    audit = make_audit(board)
    given = {"done_on": date(2026, 3, 31), "sample": 20, "counts": [4, 10, 6, 0]}
    with pytest.raises(ValidationError, match=message):
        record_results(audit, by=None, **(given | fields))
    assert not Audit.objects.get().is_done


def test_results_entered_by_mistake_are_taken_back(board):
    audit = make_done(board)
    take_results_back(audit, by=None, reason="Of another audit")
    audit.refresh_from_db()
    assert (audit.status, audit.done_on, audit.sample, list(audit.grades.all())) == (
        "planned",
        None,
        None,
        [],
    )


def test_a_cancelled_audit_says_why_and_can_come_back(board):
    audit = make_audit(board)
    with pytest.raises(ValidationError, match="Say why"):
        cancel_audit(audit, by=None, reason=" ")
    cancel_audit(audit, by=None, reason="Moved to next year")
    with pytest.raises(ValidationError, match="cancelled"):
        record_results(audit, by=None, done_on=TODAY, sample=3)
    reopen_audit(audit, by=None)
    assert (audit.status, audit.cancelled_reason) == ("planned", "")


def test_what_is_done_is_not_cancelled(board):
    with pytest.raises(ValidationError, match="can no longer be cancelled"):
        cancel_audit(make_done(board), by=None, reason="Too late")


def test_nothing_of_another_board_is_taken(board):
    other = make_board()
    given = {
        "lead": make_lead(other),
        "area": make_area(make_plan(other)),
        "scale": create_scale(other, "Theirs", ["No", "Yes"], by=None, good=1),
        "repeats": make_audit(other),
    }
    for name, value in given.items():
        kind = "repeat" if name == "repeats" else "internal"
        with pytest.raises(ValidationError, match="of this board"):
            make_audit(board, kind=kind, **{name: value})


def test_audits_do_not_repeat_each_other_in_a_circle(board):
    first = make_done(board)
    second = make_repeat(first)
    with pytest.raises(ValidationError, match="repeats this audit already"):
        edit_audit(first, by=None, kind="repeat", repeats=second)


def test_a_repeat_begins_with_what_the_earlier_one_was_about(board):
    audit = make_done(board, "Plans", theme="Planning", sample_wanted=20)
    begun = repeat_of(audit)
    assert (begun["title"], begun["kind"], begun["repeats"]) == ("Plans: repeat", "repeat", audit)
    assert (begun["theme"], begun["sample_wanted"], begun["grading"]) == ("Planning", 20, "grades")


def test_the_scale_of_results_is_not_changed_under_them(board):
    audit = make_done(board)
    with pytest.raises(ValidationError, match="given by another scale"):
        edit_audit(audit, by=None, grading="agreement", scale=None)


def test_learning_is_shared_on_a_day(board):
    audit = make_done(board)
    with pytest.raises(ValidationError, match="today or earlier"):
        share_learning(audit, by=None, text="Plan sooner", on=date(2026, 12, 1))
    with pytest.raises(ValidationError, match="Write what was learnt"):
        share_learning(audit, by=None, text=" ", on=TODAY)
    share_learning(audit, by=None, text="Plan sooner", on=TODAY)
    assert (audit.learning, audit.learning_on) == ("Plan sooner", TODAY)


def test_a_review_says_when_the_product_is_due_next(board):
    product = make_product(board, frequency="Quarterly")
    make_review(product, on=date(2026, 3, 2))
    assert product.next_due == date(2026, 6, 2)
    make_review(product, on=date(2026, 1, 2))
    assert product.next_due == date(2026, 6, 2)
    last = record_review(product, by=None, learnt="More", on=date(2026, 6, 1), due_next=date(2026, 7, 1))
    assert product.next_due == date(2026, 7, 1)
    withdraw_review(last, by=None)
    product.refresh_from_db()
    assert product.next_due == date(2026, 6, 2)
    assert [review.on for review in product.reviews.standing()] == [date(2026, 3, 2), date(2026, 1, 2)]


def test_a_review_of_the_future_or_with_anothers_action_is_refused(board):
    product = make_product(board)
    with pytest.raises(ValidationError, match="must not lie in the future"):
        make_review(product, on=date(2026, 11, 23))
    with pytest.raises(ValidationError, match="Choose an action of this board"):
        make_review(product, action=make_action())


def test_a_product_leaves_the_register_and_comes_back(board):
    product = make_product(board, "Performance report")
    close_product(product, by=None)
    assert product.closed_on == TODAY
    make_product(board, "Performance report")
    with pytest.raises(ValidationError, match="already has a product of this name"):
        reopen_product(product, by=None)
    with pytest.raises(ValidationError, match="Choose a lead of this board"):
        edit_product(product, by=None, lead=make_lead(make_board()))
