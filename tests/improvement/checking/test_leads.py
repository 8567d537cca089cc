"""What the checks find in the leads of actions."""

import pytest

from plans.services.people import set_holders

pytestmark = pytest.mark.django_db


def test_nobody_accountable_and_a_lead_that_has_left(scene):
    nobody = scene.add(leads="")
    held = scene.add()
    assert scene.asked() == {("action", nobody.pk): ["no_lead"]}
    scene.head.is_active = False
    scene.head.save()
    assert scene.of(held) == ["lead_left"]
    scene.head.is_active = True
    scene.head.save()
    set_holders(scene.lead, [], by=None)
    assert scene.of(held) == ["lead_left"]


def test_a_lead_whom_nobody_ever_held_has_not_left(scene):
    assert scene.of(scene.add(leads="Principal Social Worker")) == []
