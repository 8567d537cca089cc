"""What a person saved themselves in another window is told as theirs, not as somebody else's."""

import pytest
import time_machine
from django.urls import reverse

from plans.models import Role
from tests.factories import make_member, make_update
from tests.improvement.rounds import Scene
from tests.pages import fields_of, text_of

pytestmark = pytest.mark.django_db

MINE = "You saved this at 10:31 in another window. Choose which text stands"


@pytest.fixture
def clock():
    with time_machine.travel("2030-03-23 10:31:00+00:00", tick=False) as clock:
        yield clock


@pytest.fixture
def scene(clock, signed_in):
    return Scene(signed_in, 1)


def row_of(scene, page):
    return text_of(page, f"a{scene.actions[0].pk}")


def test_one_s_own_update_is_put_beside_the_new_one(scene):
    page = scene.open()
    scene.save(a1={"happened": "It met."})
    answer = scene.save(page, a1={"happened": "It met twice."})
    assert [words for words, _ in answer.context["wrong"]] == [f"Action 1: {MINE}"]
    row = row_of(scene, answer)
    assert "Saved already You, in another window, 23 Mar 2030, 10:31 Green It met." in row
    assert "These words, after the earlier ones" in row
    assert "Theirs" not in row
    scene.save(answer, a1={"keep": "both"})
    assert scene.said(1)[0] == ("on_track", "It met.\n\nIt met twice.", "")


def test_an_update_of_an_earlier_day_says_which(scene, clock):
    page = scene.open()
    scene.save(a1={"happened": "It met."})
    clock.move_to("2030-03-24 09:00:00+00:00")
    answer = scene.save(page, a1={"happened": "It met twice."})
    assert "You saved this on 23 March 2030 at 10:31 in another window." in row_of(scene, answer)


def test_what_somebody_else_saved_too_is_theirs(scene):
    page = scene.open()
    scene.save(a1={"happened": "It met."})
    other = make_member(scene.board, Role.EDITOR, "Head of Safeguarding")
    make_update(scene.actions[0], "on_track", by=other, happened="The chair has left.")
    row = row_of(scene, scene.save(page, a1={"happened": "It met twice."}))
    assert "Somebody else updated this. Choose which text stands" in row
    assert "Mine, after theirs" in row


def test_the_action_s_own_page_says_it_too(scene):
    [action] = scene.actions
    address = reverse("plans:action_update", args=["teesmere", action.pk])
    fields = fields_of(scene.client.get(address), "token")
    scene.save(a1={"happened": "It met."})
    form = scene.client.post(address, fields | {f"a{action.pk}-happened": "It met twice."}).context["form"]
    assert form.errors["keep"] == [MINE]
