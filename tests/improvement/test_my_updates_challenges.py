"""The page of one's updates with what the board has asked of the reader."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Plan
from plans.services.challenges import answer_challenge
from tests.factories import make_challenge, make_lead, make_member
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def ask(scene, question="Who audits this?", day=date(2030, 4, 2), **fields):
    fields = {"owner": scene.lead, "on": date(2030, 3, 1), "due": day} | fields
    return make_challenge(scene.actions[0], question, **fields)


def test_they_stand_above_the_rows_with_the_first_due_first(scene):
    later, late = ask(scene), ask(scene, "What has changed?", date(2030, 3, 20))
    page = scene.open()
    words = "Challenges to answer What has changed? answer by 20 March 2030 3 days overdue"
    assert f"{words} Who audits this? answer by 2 April 2030 0 of your 3" in text_of(page)
    for challenge in (later, late):
        url = reverse("plans:challenge_answer", args=["teesmere", challenge.pk])
        assert f'href="{url}"' in page.content.decode()
        assert scene.client.get(url).status_code == 200


def test_those_answered_and_those_of_others_do_not(scene):
    answer_challenge(ask(scene), by=scene.head, text="The audit team.")
    ask(scene, owner=make_lead(scene.board, "Director", holder=make_member(scene.board)))
    assert "Challenges to answer" not in text_of(scene.open())


def test_beside_a_row_that_is_wrong_they_still_stand(scene):
    ask(scene)
    page = text_of(scene.save(a1={"rating": "off_track"}))
    assert "1 needs you" in page
    assert "Who audits this?" in page


@pytest.mark.parametrize("left", [{"status": "closed"}, {"status": "withdrawn"}])
def test_without_a_plan_that_takes_updates_they_still_wait(scene, left):
    ask(scene)
    Plan.objects.filter(pk=scene.plan.pk).update(**left)
    page = scene.open()
    assert page.context["round"] is None
    assert "Who audits this? answer by 2 April 2030" in text_of(page)


@pytest.mark.parametrize("count", [1, 3])
def test_they_take_no_query_of_their_own(scene, django_assert_num_queries, count):
    for _ in range(count):
        ask(scene)
    scene.open()
    with django_assert_num_queries(14):
        scene.open()
