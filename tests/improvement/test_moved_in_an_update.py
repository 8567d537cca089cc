"""A date moved with an update: all that is wrong with it is said at once, on both pages."""

import pytest
import time_machine
from django.urls import reverse

from tests.improvement.rounds import Scene
from tests.pages import fields_of

pytestmark = pytest.mark.django_db

PAST = "1 March 2030 has passed. Write a day that is still to come"
SAME = "30 April 2030 is the date it already has. Write the new one"
NO_DAY = "No day was found in “soon”. Write one, such as 30 April 2026"
WHY = "Say why the date moves"


@pytest.fixture
def scene(signed_in):
    with time_machine.travel("2030-03-23 10:31:00+00:00", tick=False):
        yield Scene(signed_in, 1)


@pytest.mark.parametrize(("written", "said"), [("1 March 2030", PAST), ("30/4/2030", SAME), ("soon", NO_DAY)])
def test_a_wrong_date_and_a_missing_reason_are_said_together(scene, written, said):
    page = scene.save(a1={"new_date": written})
    assert [words for words, _ in page.context["wrong"]] == [f"Action 1: {said}", f"Action 1: {WHY}"]
    [action] = scene.actions
    own = reverse("plans:action_update", args=["teesmere", action.pk])
    fields = fields_of(scene.client.get(own), "token") | {f"a{action.pk}-new_date": written}
    form = scene.client.post(own, fields).context["form"]
    assert (form.errors["new_date"], form.errors["move_reason"]) == ([said], [WHY])
    assert not action.moves.exists()


def test_of_a_date_that_is_asked_to_move_no_reason_is_wanted(scene):
    scene.plan.moves_need_agreement = True
    scene.plan.save()
    scene.save(a1={"new_date": "30 June 2030", "move_reason": "The partner signs late."})
    page = scene.save(a1={"new_date": "31 July 2030"})
    [words] = [words for words, _ in page.context["wrong"]]
    assert words.startswith("Action 1: ")
    assert words.endswith("Clear yours, or drop that one first")
