"""Two people at a meeting's forms at the very same time."""

import pytest
from django.utils import timezone

from plans.models import Challenge, Decision, Role
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_meeting,
    make_member,
    make_plan,
)
from tests.improvement.test_my_updates_at_once import client_of, send_together
from tests.pages import fields_of
from tests.plans.editing import url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def board(transactional_db):
    return make_board()


def test_of_two_who_close_a_challenge_at_once_one_is_told(board):
    challenge = make_challenge(make_action(make_area(make_plan(board))))
    address = url(board, "challenge_close", challenge.pk)
    people = [client_of(make_member(board, Role.CHAIR)) for _ in range(2)]
    forms = [fields_of(person.get(address), "token") for person in people]
    sent = [
        (people[n], forms[n] | {"outcome": "decided", "words": f"Decided by chair {n}."}) for n in range(2)
    ]
    answers = send_together(address, *sent)
    assert sorted(answers) == [200, 302]
    assert Challenge.objects.get().outcome_words == f"Decided by chair {answers.index(302)}."


def test_a_decision_sent_twice_is_recorded_once(board):
    meeting = make_meeting(board, timezone.localdate())
    person = client_of(make_member(board, Role.EDITOR))
    address = url(board, "decision_new", meeting.pk)
    fields = fields_of(person.get(address), "token") | {"text": "The plan is agreed."}
    assert [person.post(address, fields).status_code for _ in range(2)] == [302, 302]
    assert Decision.objects.count() == 1
