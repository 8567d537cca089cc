"""The same update sent from a page that was opened anew: it stands once, and the page says so."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from plans.models import ProgressUpdate, Role, SignOff
from plans.services.people import set_holders
from tests.factories import make_evidence, make_member, make_update
from tests.improvement.rounds import FEBRUARY, Scene
from tests.improvement.test_my_updates_at_once import client_of, send_together
from tests.pages import fields_of, text_of

pytestmark = pytest.mark.django_db

ONE = ("on_track", "It met.", "")
ALREADY = "Action 1 says this already, so nothing is changed."


@pytest.fixture
def clock():
    with time_machine.travel("2030-03-23 10:31:00+00:00", tick=False) as clock:
        yield clock


@pytest.fixture
def scene(clock, signed_in):
    return Scene(signed_in)


def send(scene, **changes):
    """Sends the page of the first action's own update, opened anew."""
    [action, *_] = scene.actions
    address = reverse("plans:action_update", args=["teesmere", action.pk])
    changes = {f"a{action.pk}-{name}": value for name, value in changes.items()}
    return scene.client.post(address, fields_of(scene.client.get(address), "token") | changes, follow=True)


def test_the_same_words_of_the_same_day_stand_once(scene):
    scene.save(a1={"happened": "It met."})
    answer = scene.save(a1={"happened": " It met.\r\n"})
    assert ALREADY in text_of(answer)
    assert scene.said(1) == [ONE, FEBRUARY]


def test_the_action_s_own_page_says_it_too(scene):
    said = {"rating": "slippage", "happened": "It met.", "way_back": "A third post."}
    assert "Action 1 is saved." in text_of(send(scene, **said))
    assert ALREADY in text_of(send(scene, **said))
    assert scene.said(1) == [("slippage", "It met.", "A third post."), FEBRUARY]


def test_beside_others_it_is_counted_as_saved_before(scene):
    scene.save(a1={"happened": "It met."})
    answer = scene.save(a1={"happened": "It met."}, a2={"happened": "It met."})
    assert "1 update saved, 1 update saved before." in text_of(answer)
    assert (scene.said(1), scene.said(2)) == ([ONE, FEBRUARY], [ONE, FEBRUARY])


def test_its_row_says_when_it_was_saved_not_when_it_was_sent_again(scene, clock):
    scene.save(a1={"happened": "It met."})
    clock.move_to("2030-03-23 14:45:00+00:00")
    said = {"happened": "It met."}
    answer = scene.save(a1=said, a2=said, a3={"rating": "off_track"})
    flags = [row.flag[0] for row in answer.context["round"].rows]
    assert flags == ["Saved 10:31", "Saved 14:45", "Not saved: 2 mistakes"]


def test_what_comes_with_the_same_words_is_saved(scene):
    scene.save(a1={"happened": "It met."})
    moved = {"new_date": "31 May 2030", "move_reason": "The partner signs late."}
    answer = scene.save(a1={"happened": "It met."} | moved)
    assert "Action 1 is saved. Action 1 is now due by 31 May 2030." in text_of(answer)
    assert scene.said(1) == [ONE, FEBRUARY]


@pytest.mark.parametrize(
    "other",
    [
        {"rating": "complete"},
        {"happened": "It met twice."},
        {"way_back": "A third post."},
        {"on": "20/3/2030"},
    ],
)
def test_whatever_differs_is_an_update_of_its_own(scene, other):
    send(scene, happened="It met.")
    send(scene, **({"happened": "It met."} | other))
    assert len(scene.said(1)) == 3


def test_the_same_words_from_an_older_page_count_from_its_other_day(scene):
    [action, *_] = scene.actions
    address = reverse("plans:action_update", args=["teesmere", action.pk])
    said = {f"a{action.pk}-happened": "It met."}
    first, second = (fields_of(scene.client.get(address), "token") | said for _ in range(2))
    send(scene, happened="It met.")
    assert ALREADY in text_of(scene.client.post(address, first, follow=True))
    answer = scene.client.post(address, second | {f"a{action.pk}-on": "20/3/2030"}, follow=True)
    assert "Action 1 is saved." in text_of(answer)
    updates = ProgressUpdate.objects.filter(action=action, happened="It met.").order_by("on")
    assert [update.on for update in updates] == [date(2030, 3, 20), date(2030, 3, 23)]


def test_the_same_words_on_the_next_day_say_something(scene, clock):
    scene.save(a1={"happened": "It met."})
    clock.move_to("2030-03-24 09:00:00+00:00")
    scene.save(a1={"happened": "It met."})
    assert scene.said(1) == [ONE, ONE, FEBRUARY]


def test_the_same_words_say_something_after_somebody_else_s(scene):
    scene.save(a1={"happened": "It met."})
    make_update(scene.actions[0], "complete", by=make_member(scene.board), happened="Closed.")
    scene.save(a1={"happened": "It met.", "rating": "on_track"})
    assert scene.said(1) == [ONE, ("complete", "Closed.", ""), ONE, FEBRUARY]


def test_another_person_s_same_words_are_theirs(scene, signed_in):
    scene.save(a1={"happened": "It met."})
    other = make_member(scene.board, Role.LEAD)
    set_holders(scene.lead, [scene.head, other], by=None)
    signed_in(other)
    scene.save(a1={"happened": "It met."})
    assert scene.said(1) == [ONE, ONE, FEBRUARY]


def test_nothing_new_ticked_once_more_counts_once_more(scene):
    scene.save(a1={"same": "on"})
    scene.save(a1={"same": "on"})
    assert len(scene.said(1)) == 3


def test_evidence_is_shown_once_under_the_same_words(scene):
    piece = make_evidence(scene.board)
    send(scene, happened="It met.")
    for _ in range(2):
        send(scene, happened="It met.", evidence=piece.pk)
    assert scene.said(1) == [ONE, ONE, FEBRUARY]
    new = {"piece_title": "Audit", "piece_kind": "audit", "piece_link": "https://www.example.org/audit"}
    send(scene, happened="It met.", evidence=piece.pk, **new)
    assert len(scene.said(1)) == 4


def test_the_same_report_asks_for_the_sign_off_that_was_dropped(scene):
    scene.plan.blue_needs_sign_off = True
    scene.plan.save()
    report = {"rating": "complete", "happened": "It met.", "evidence": make_evidence(scene.board).pk}
    for _ in range(2):
        send(scene, **report)
    assert (len(scene.said(1)), SignOff.objects.count()) == (2, 1)
    SignOff.objects.all().delete()
    send(scene, **report)
    assert (len(scene.said(1)), SignOff.objects.count()) == (3, 1)


@pytest.mark.django_db(transaction=True)
def test_two_pages_sent_at_once_stand_once(scene):
    pages = [scene.filled(a1={"happened": "It met."}) | {"save": "all"} for _ in range(2)]
    assert pages[0]["token"] != pages[1]["token"]
    assert send_together(scene.url, *((client_of(scene.head), fields) for fields in pages)) == [302, 302]
    assert scene.said(1) == [ONE, FEBRUARY]
