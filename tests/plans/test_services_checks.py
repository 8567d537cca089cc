"""Answers to what a check asks: given once, kept for ever, taken back by name."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from plans.history import board_changes, changes_of
from plans.models import CheckAnswer, Recommendation
from plans.services.actions import withdraw_action
from plans.services.checks import answer_check, withdraw_answer
from tests.factories import make_action, make_user

pytestmark = pytest.mark.django_db

QUESTION = "44 days overdue and still rated Green."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2030-06-15 09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def action():
    return make_action(title="Meet weekly")


@pytest.fixture
def user():
    return make_user("Ada Finch")


def answer(about, by, reason="The board knows.", basis="a" * 64, **fields):
    fields |= {"check_name": "overdue_on_track", "question": QUESTION}
    return answer_check(about, by=by, reason=reason, basis=basis, **fields)


def test_an_answer_keeps_the_question_who_and_when(action, user):
    given = answer(action, user, "  The board knows. ", on=date(2030, 6, 10))
    kept = CheckAnswer.objects.get()
    assert kept == given
    assert (kept.action, kept.recommendation, kept.by) == (action, None, user)
    assert (kept.check_name, kept.basis, kept.question) == ("overdue_on_track", "a" * 64, QUESTION)
    assert (kept.reason, kept.on, kept.recorded_on) == (
        "The board knows.",
        date(2030, 6, 10),
        date(2030, 6, 15),
    )


def test_a_recommendation_is_answered_too(action, user):
    recommendation = Recommendation.objects.create(board=action.plan.board, reference="R1")
    assert answer(recommendation, user).recommendation == recommendation


@pytest.mark.parametrize(
    ("fields", "field"), [({"reason": " \n"}, "reason"), ({"on": date(2030, 6, 16)}, "__all__")]
)
def test_what_is_refused(action, user, fields, field):
    with pytest.raises(ValidationError) as refusal:
        answer(action, user, **fields)
    assert list(refusal.value.error_dict) == [field]
    assert CheckAnswer.objects.count() == 0


def test_it_is_answered_once(action, user):
    first = answer(action, user)
    with pytest.raises(ValidationError, match="This has been answered meanwhile"):
        answer(action, make_user())
    assert CheckAnswer.objects.get() == first
    answer(make_action(), user)
    answer(action, user, basis="b" * 64)
    assert CheckAnswer.objects.count() == 3


def test_nothing_is_asked_of_a_withdrawn_action(action, user):
    withdraw_action(action, by=user, reason="Not needed.")
    with pytest.raises(ValidationError, match="This action is withdrawn"):
        answer(action, user)


def test_an_answer_is_taken_back_once_and_may_be_given_again(action, user):
    given, other = answer(action, user), make_user()
    withdraw_answer(given, by=other)
    given.refresh_from_db()
    assert (given.withdrawn_by, given.withdrawn_at.isoformat()) == (other, "2030-06-15T09:00:00+00:00")
    with pytest.raises(ValidationError, match="taken back already"):
        withdraw_answer(given, by=user)
    again = answer(action, user, "Still so.")
    assert list(CheckAnswer.objects.standing()) == [again]


def test_the_history_tells_both(action, user, clock):
    given = answer(action, user)
    clock.shift(60)
    other = make_user("Cleo Lark")
    withdraw_answer(given, by=other)
    told = [
        (each.who, each.what, each.field, each.before, each.after)
        for each in changes_of(action)
        if each.who in ("Ada Finch", "Cleo Lark")
    ]
    assert told == [
        ("Cleo Lark", "Action Meet weekly", "Answer taken back", "The board knows.", ""),
        (
            "Ada Finch",
            "Action Meet weekly",
            "Question answered",
            QUESTION,
            "Accepted because: The board knows.",
        ),
    ]


def test_the_boards_history_tells_those_of_recommendations(action, user):
    board = action.plan.board
    recommendation = Recommendation.objects.create(board=board, reference="R1")
    withdraw_answer(answer(recommendation, user), by=user)
    elsewhere = make_action()
    answer(elsewhere, user)
    found = board_changes(board, person=user.pk).object_list
    assert sorted((each.what, each.field) for each in found) == [
        ("Recommendation R1", "Answer taken back"),
        ("Recommendation R1", "Question answered"),
    ]
