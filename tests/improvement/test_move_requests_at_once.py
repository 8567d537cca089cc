"""Two people deciding on the same move at the very same time."""

from datetime import date

import pytest

from plans.models import MoveRequest, Outcome, Role, TargetMove
from plans.services.moves import ask_move
from tests.factories import make_action, make_area, make_board, make_meeting, make_member, make_plan
from tests.improvement.test_my_updates_at_once import client_of, send_together
from tests.pages import fields_of
from tests.plans.editing import url

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_answer_stands_and_the_other_is_told():
    board = make_board()
    meeting = make_meeting(board)
    plan = make_plan(board, moves_need_agreement=True)
    action = make_action(make_area(plan), target="31 January 2026")
    asked = ask_move(action, to="30 April 2026", by=make_member(board, Role.LEAD), reason="Posts are open")
    address = url(board, "move_request", asked.pk)
    people = [client_of(make_member(board, role)) for role in (Role.CHAIR, Role.ADMINISTRATOR)]
    said = [{"answer": "agree"}, {"answer": "refuse", "reason": "Not again"}]
    sent = [
        (person, fields_of(person.get(address), "token") | answer | {"meeting": meeting.pk})
        for person, answer in zip(people, said, strict=True)
    ]
    answers = send_together(address, *sent)
    assert sorted(answers) == [200, 302]
    decided, agreed = MoveRequest.objects.get(), answers[0] == 302
    action.refresh_from_db()
    assert (decided.outcome, action.target_due, TargetMove.objects.count()) == (
        (Outcome.AGREED, date(2026, 4, 30), 1) if agreed else (Outcome.REFUSED, date(2026, 1, 31), 0)
    )
