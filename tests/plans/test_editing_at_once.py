"""Two people saving the same form at the very same time."""

import pytest

from plans.models import Role
from tests.factories import make_action, make_area, make_board, make_member, make_plan
from tests.improvement.test_my_updates_at_once import client_of, send_together
from tests.pages import fields_of
from tests.plans.editing import url

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_is_saved_and_the_other_is_shown_both():
    board = make_board()
    action = make_action(make_area(make_plan(board)), "Old words")
    address = url(board, "action_edit", action.pk)
    people = [client_of(make_member(board, Role.EDITOR)) for _ in range(2)]
    forms = [fields_of(person.get(address), "token") for person in people]
    sent = [(people[n], forms[n] | {"title": f"Words {n}"}) for n in range(2)]
    answers = send_together(address, *sent)
    assert sorted(answers) == [200, 302]
    action.refresh_from_db()
    assert action.title == f"Words {answers.index(302)}"
    assert action.history.count() == 2
