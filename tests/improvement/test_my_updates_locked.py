"""What a save of one's updates does while others wait for it, and what before and after."""

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.urls import reverse

from improvement.update_words import result
from improvement.updates import ALL, Rounds
from plans.access import Permission, enter
from plans.services.actions import withdraw_action
from tests.improvement.rounds import Scene
from tests.pages import fields_of

pytestmark = pytest.mark.django_db(transaction=True)


class Statements(list):
    """What is asked of the database inside a transaction."""

    def __call__(self, execute, sql, *rest):
        if connection.in_atomic_block:
            self.append(sql)
        return execute(sql, *rest)


def sent_inside(client, url, fields):
    with connection.execute_wrapper(inside := Statements()):
        assert client.post(url, fields).status_code == 302
    return inside


@pytest.mark.parametrize("count", [1, 20])
def test_others_wait_no_longer_where_the_page_has_more_rows(clock, signed_in, count):
    scene = Scene(signed_in, count)
    inside = sent_inside(scene.client, scene.url, scene.filled(a1={"happened": "One"}))
    assert len(inside) == 26
    assert scene.said(1)[0] == ("on_track", "One", "")


def test_each_row_saved_takes_its_own_few_statements(clock, signed_in):
    scene = Scene(signed_in, 3)
    changed = {f"a{n}": {"happened": "More"} for n in (1, 2, 3)}
    assert len(sent_inside(scene.client, scene.url, scene.filled(**changed))) == 26 + 2 * 12


def test_nothing_changed_looks_at_no_action(scene):
    inside = sent_inside(scene.client, scene.url, scene.filled())
    assert [sql for sql in inside if "plans_action" in sql] == []


def test_the_questions_are_asked_before_and_after(scene):
    url = reverse("plans:action_update", args=["teesmere", scene.actions[0].pk])
    fields = fields_of(scene.client.get(url), "token") | {f"a{scene.actions[0].pk}-happened": "One"}
    inside = sent_inside(scene.client, url, fields)
    assert len(inside) == 28
    assert [sql for sql in inside if "checkanswer" in sql] == []


def test_a_row_whose_action_is_withdrawn_right_after_it_was_saved_is_told_all_the_same(scene):
    rounds = Rounds(enter(scene.head, "teesmere", Permission.UPDATE), scene.plan)
    data = QueryDict(mutable=True)
    data.update(scene.filled(a1={"happened": "One", "new_date": "31 May 2030", "move_reason": "Later"}))
    facts = rounds.prepare(data)
    with transaction.atomic():
        sent = rounds.send(data, ALL, facts)
    withdraw_action(scene.actions[0], by=scene.head, reason="Done elsewhere")
    rounds.tell(sent)
    assert result(sent) == "Action 1 is saved. Action 1 is now due by 31 May 2030."
