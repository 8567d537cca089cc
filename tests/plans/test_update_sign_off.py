"""Reporting an action complete where the plan needs a sign-off: one by one, and in a round of updates."""

import pytest
from django.urls import reverse

from plans.models import ProgressUpdate, SignOff
from plans.services.sign_off import agree_sign_off
from tests.factories import make_evidence, make_member, report_done
from tests.improvement.rounds import Scene
from tests.pages import fields_of, text_of, words_of

pytestmark = pytest.mark.django_db
EVIDENCE_PLEASE = "Show evidence, so that somebody else can sign it off, or choose a rating other than blue."
OWN_PAGE = "Add it on the action’s own page, or under Evidence and save again."


@pytest.fixture
def scene(time_machine, signed_in):
    time_machine.move_to("2030-03-23 10:31:00+00:00", tick=False)
    scene = Scene(signed_in)
    scene.plan.blue_needs_sign_off = True
    scene.plan.save()
    return scene


def send(scene, query="", **changes):
    """Sends the page of the first action's own update."""
    url = reverse("plans:action_update", args=["teesmere", scene.actions[0].pk]) + query
    fields = fields_of(scene.client.get(url), "token")
    fields |= {f"a{scene.actions[0].pk}-{name}": value for name, value in changes.items()}
    return scene.client.post(url, fields, follow=True)


def asked():
    return list(SignOff.objects.waiting().values_list("action__reference", "update__happened", "by__name"))


def test_complete_without_evidence_is_not_saved_and_nothing_is_lost(scene):
    page = send(scene, rating="complete", happened="All is done")
    assert page.context["form"].errors == {"piece_title": [EVIDENCE_PLEASE]}
    assert fields_of(page, "token")[f"a{scene.actions[0].pk}-happened"] == "All is done"
    assert b'<details class="govuk-details" open>' in page.content
    make_evidence(scene.board)
    page = send(scene, rating="complete", happened="All is done")
    assert page.context["form"].errors == {"evidence": [EVIDENCE_PLEASE]}
    assert (len(scene.said(1)), asked()) == (1, [])


@pytest.mark.parametrize("new", [True, False])
def test_complete_with_evidence_asks_for_the_sign_off(scene, new):
    piece = {"evidence": make_evidence(scene.board).pk}
    if new:
        piece = {"piece_title": "Audit", "piece_kind": "audit", "piece_link": "https://www.example.org/audit"}
    page = send(scene, rating="complete", happened="All is done", **piece)
    assert "Action 1 is saved. Its sign-off is asked for." in page.content.decode()
    assert asked() == [("1", "All is done", "Head of Service")]


def test_in_a_round_of_updates_the_row_says_what_is_missing(scene):
    piece = make_evidence(scene.board)
    done = {"rating": "complete", "happened": "All is done"}
    page = scene.save(a1=done, a2=done | {"evidence": piece.pk}, a3={"happened": "We met"})
    assert text_of(page, f"a{scene.actions[0].pk}").count(EVIDENCE_PLEASE) == 1
    assert "The sign-off of action 2 is asked for." in page.content.decode()
    assert asked() == [("2", "All is done", "Head of Service")]
    assert [len(scene.said(n)) for n in (1, 2, 3)] == [1, 2, 2]
    page = scene.save(page, a1={"evidence": piece.pk})
    assert "Action 1 is saved. The sign-off of action 1 is asked for." in words_of(page)
    assert sorted(asked())[0] == ("1", "All is done", "Head of Service")


def test_where_the_board_has_no_evidence_yet_the_rating_says_where_to_add_it(scene):
    page = scene.save(a1={"rating": "complete", "happened": "All is done"})
    assert text_of(page, f"a{scene.actions[0].pk}").count(f"{EVIDENCE_PLEASE} {OWN_PAGE}") == 1
    assert fields_of(page, "save")[f"a{scene.actions[0].pk}-happened"] == "All is done"


def test_a_plan_that_needs_no_sign_off_asks_for_nothing(scene):
    scene.plan.blue_needs_sign_off = False
    scene.plan.save()
    page = scene.save(a1={"rating": "complete", "happened": "All is done"})
    assert "Action 1 is saved." in words_of(page)
    assert (asked(), scene.said(1)[0][0]) == ([], "complete")


def test_words_under_a_rating_that_is_complete_already_need_no_evidence(scene):
    report_done(scene.actions[0], by=scene.head, happened="All is done")
    scene.save(a1={"happened": "And it lasts"})
    assert scene.said(1)[0] == ("complete", "And it lasts", "")
    assert asked() == [("1", "All is done", "Head of Service")]


def test_a_signed_off_action_takes_no_other_rating(scene):
    sign_off = report_done(scene.actions[0], by=scene.head)
    agree_sign_off(sign_off, by=make_member(scene.board, "chair"))
    page = scene.save(a1={"rating": "on_track", "happened": "It slips"})
    said = "It was signed off on 23 March 2030: ask the chair or an administrator to open it again."
    assert f"The rating of this action stays as it is. {said}" in text_of(page, f"a{scene.actions[0].pk}")
    assert scene.said(1)[0][0] == "complete"
    page = send(scene, f"?replaces={sign_off.update_id}", happened="Other words", reason="A typing mistake")
    assert f"This update stays as it is. {said}" in words_of(page)


def test_an_update_is_not_corrected_to_complete_without_evidence(scene):
    first = ProgressUpdate.objects.get(action=scene.actions[0])
    page = send(scene, f"?replaces={first.pk}", rating="complete", reason="The colour was wrong")
    assert page.context["form"].errors == {
        "rating": ["Leave this one and add an update that is blue and shows the evidence"]
    }


def test_a_corrected_report_waits_for_its_sign_off_again(scene):
    first = report_done(scene.actions[0], by=scene.head)
    send(scene, f"?replaces={first.update_id}", happened="Done in every team", reason="A team was left out")
    assert asked() == [("1", "Done in every team", "Head of Service")]
    assert SignOff.objects.count() == 2
