"""A new date on the page of one's updates, in a plan whose dates move once the chair agrees."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.models import MoveRequest, Plan, TargetMove
from tests.improvement.rounds import Scene
from tests.pages import text_of

pytestmark = pytest.mark.django_db

MAY = {"new_date": "31 May 2030", "move_reason": "Two posts are open"}


def ask_the_chair(scene):
    Plan.objects.filter(pk=scene.plan.pk).update(moves_need_agreement=True)


def test_it_is_asked_for_and_said_on_the_row(scene):
    ask_the_chair(scene)
    page = text_of(scene.save(a1=MAY))
    assert "Action 1: the chair is asked to move it to 31 May 2030." in page
    assert "Move to 31 May 2030 asked for" in page
    assert "Asked to move to 31 May 2030, waits for the chair" in page
    asked = MoveRequest.objects.get()
    assert (asked.action, asked.by, asked.reason) == (scene.actions[0], scene.head, "Two posts are open")
    scene.actions[0].refresh_from_db()
    assert (scene.actions[0].target_due, TargetMove.objects.count()) == (date(2030, 4, 30), 0)


def test_a_second_date_waits_for_the_answer_to_the_first(scene):
    ask_the_chair(scene)
    scene.save(a1=MAY)
    answer = scene.save(a1=MAY | {"new_date": "30 June 2030", "happened": "Kept as written."})
    assert "A move to “31 May 2030” was asked for by Head of Service" in text_of(answer)
    assert MoveRequest.objects.count() == 1


def test_without_such_a_rule_the_date_moves(scene):
    assert "Action 1 is now due by 31 May 2030." in text_of(scene.save(a1=MAY))
    assert (MoveRequest.objects.count(), TargetMove.objects.count()) == (0, 1)


def test_moves_alone_are_no_updates(scene):
    ask_the_chair(scene)
    page = text_of(scene.save(a1=MAY, a2=MAY, a3={"new_date": "31 May 2030"}))
    assert "2 moves asked for, 1 needs you" in page
    assert "0 of your 3 actions are updated in the last month" in page
    page = text_of(scene.save(a1={"happened": "One"}, a3=MAY))
    assert "1 update saved, 1 move asked for." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(clock, signed_in, count):
    scene = Scene(signed_in, count)
    ask_the_chair(scene)
    scene.save(**{f"a{n}": MAY for n in range(1, count + 1)})
    with CaptureQueriesContext(connection) as queries:
        scene.open()
    assert (MoveRequest.objects.count(), len(queries)) == (count, 15)
