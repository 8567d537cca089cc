"""Until when an answer to what a check asked stands."""

from datetime import date

import pytest
from django.utils import timezone

from plans.services.progress import move_target
from tests.factories import make_update
from tests.improvement.checking.scene import TODAY

pytestmark = pytest.mark.django_db


def test_an_answer_stands_until_something_changes(scene):
    action = scene.add(target="14 June 2030")
    [found] = scene.findings().open
    answer = scene.answer(found)
    assert scene.findings().open == []
    assert scene.findings().answered == [(found, answer)]
    make_update(action, "on_track", on=TODAY)
    assert scene.findings().open == []
    move_target(action, to="1 June 2030", by=scene.head, reason="Mended.")
    assert [each.check.name for each in scene.findings().open] == ["overdue_on_track"]


def test_an_answer_about_the_round_gone_by_stands_until_the_next_is_asked_about(scene, clock):
    action = scene.add(on=date(2030, 5, 8))
    [found] = scene.findings().open
    scene.answer(found)
    clock.move_to("2030-07-09T09:00:00+00:00")
    assert scene.of(action) == []
    clock.move_to("2030-07-10T09:00:00+00:00")
    assert scene.of(action) == ["no_update"]


def test_an_answer_about_updates_stands_for_the_days_of_its_month(scene, clock):
    clock.move_to("2030-09-01T09:00:00+00:00")
    action = scene.add(on=date(2030, 9, 1))
    clock.move_to("2030-11-05T09:00:00+00:00")
    [found] = scene.findings().open
    scene.answer(found, on=date(2030, 11, 5))
    clock.move_to("2030-11-20T09:00:00+00:00")
    assert scene.of(action) == []
    clock.move_to("2030-12-20T09:00:00+00:00")
    assert scene.of(action) == ["no_update"]


def test_an_answer_taken_back_or_given_later_does_not_stand(scene):
    action = scene.add(target="1 June 2030", on=date(2030, 6, 13))
    [found] = scene.findings().open
    answer = scene.answer(found)
    assert scene.of(action, day=date(2030, 6, 14)) == ["overdue_on_track"]
    answer.withdrawn_at = timezone.now()
    answer.save()
    assert scene.of(action) == ["overdue_on_track"]
