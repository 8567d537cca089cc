"""When the checks ask for an update."""

from datetime import date

import pytest

from plans.models import Meeting
from tests.factories import make_action
from tests.improvement.checking.scene import FAR

pytestmark = pytest.mark.django_db


def test_no_update_since_the_last_meeting_but_one_while_a_round_is_young(scene):
    missed = scene.add(on=date(2030, 5, 8))
    scene.add(on=date(2030, 5, 9))
    never = scene.add(None)
    make_action(scene.area, leads=scene.lead.name, target=FAR, added_on=date(2030, 5, 8))
    assert scene.asked() == {("action", missed.pk): ["no_update"], ("action", never.pk): ["no_update"]}


def test_no_update_since_the_last_meeting_once_the_next_one_is_near(scene):
    quiet = scene.add(on=date(2030, 6, 12))
    scene.add(on=date(2030, 6, 13))
    never = scene.add(None)
    new = make_action(scene.area, leads=scene.lead.name, target=FAR, added_on=date(2030, 6, 12))
    Meeting.objects.create(board=scene.board, on=date(2030, 6, 18))
    assert scene.asked() == {("action", quiet.pk): ["no_update"], ("action", never.pk): ["no_update"]}
    assert scene.of(new) == []
    assert scene.of(quiet, day=date(2030, 6, 14)) == []


def test_without_a_recent_meeting_an_update_is_asked_for_after_a_month(scene, clock):
    clock.move_to("2030-09-30T09:00:00+00:00")
    action = scene.add(on=date(2030, 9, 30))
    found = {}
    for day in ("2030-10-01", "2030-10-31", "2030-11-01"):
        clock.move_to(f"{day}T09:00:00+00:00")
        found[day] = [each.words for each in scene.findings().of_action(action.pk)]
    words = ["No update since 30 September 2030."]
    assert found == {"2030-10-01": [], "2030-10-31": words, "2030-11-01": words}
