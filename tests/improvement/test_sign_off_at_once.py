"""Two people deciding about the same sign-off at the very same time."""

import pytest
from django.urls import reverse

from plans.models import Outcome, Role, SignOff
from tests.factories import make_action, make_area, make_board, make_member, make_plan, report_done
from tests.improvement.test_my_updates_at_once import client_of, send_together
from tests.pages import fields_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_decides_and_the_other_is_told():
    board = make_board()
    action = make_action(make_area(make_plan(board)))
    asked = report_done(action, by=make_member(board, Role.LEAD))
    address = reverse("plans:sign_off_refuse", args=[board.slug, asked.pk])
    people = [client_of(make_member(board, role)) for role in (Role.CHAIR, Role.ADMINISTRATOR)]
    sent = [
        (person, fields_of(person.get(address), "token") | {"reason": f"Reason {n}", "rating": "on_track"})
        for n, person in enumerate(people)
    ]
    answers = send_together(address, *sent)
    assert sorted(answers) == [200, 302]
    decided = SignOff.objects.get()
    assert (decided.outcome, decided.decision_reason) == (Outcome.REFUSED, f"Reason {answers.index(302)}")
    assert action.updates.filter(happened__startswith="Sign-off refused").count() == 1
