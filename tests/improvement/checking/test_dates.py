"""What the checks find in the dates of actions and steps."""

from datetime import date

import pytest

from plans.services.progress import move_target, set_step_done
from tests.factories import make_step

pytestmark = pytest.mark.django_db


def test_a_date_that_has_passed_and_a_step(scene):
    late = scene.add(target="14 June 2030")
    stepped = scene.add()
    make_step(stepped, target="1 June 2030")
    done = make_step(stepped, "2", target="2 June 2030")
    set_step_done(done, date(2030, 6, 10), by=None)
    assert scene.asked() == {
        ("action", late.pk): ["overdue_on_track"],
        ("action", stepped.pk): ["step_overdue_on_track"],
    }
    words = [each.words for each in scene.findings().open]
    assert words == [
        "1 day overdue (due 14 June 2030) and still rated Green.",
        "14 days overdue: step 1 (due 1 June 2030), and still rated Green.",
    ]


def test_a_date_moved_twice(scene):
    action = scene.add()
    for day, to in ((date(2030, 6, 1), "1 July 2030"), (date(2030, 6, 14), "31 August 2030")):
        move_target(action, to=to, by=scene.head, reason="The partner asked for time.", on=day)
    assert scene.of(action) == ["moved_twice"]
    assert scene.of(action, day=date(2030, 6, 13)) == []
