"""The list of questions to ask, and answering them: by role, until something changes."""

import csv
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from plans.models import ActionRecommendation, CheckAnswer, Recommendation, Role
from plans.services.actions import withdraw_action
from plans.services.progress import move_target
from tests.factories import (
    make_area,
    make_board,
    make_lead,
    make_meeting,
    make_member,
    make_step,
    make_update,
)
from tests.improvement.asking import QUESTION, Scene
from tests.pages import fields_of, text_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2030-06-15 09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene():
    return Scene()


def groups(page, name="groups"):
    """What the page lists as {reference: [what is asked]}."""
    found = page.context["asked"].answered if name == "answered" else page.context[name]
    return {
        group.about.reference: [question.finding.words for question in group.questions] for group in found
    }


def test_what_is_asked_the_gravest_first(signed_in, scene):
    make_step(scene.add("2"), target="1 June 2030")
    scene.add("3", leads="")
    page = signed_in(scene.member).get(scene.url)
    assert groups(page) == {
        "1": [QUESTION],
        "2": ["14 days overdue: step 1 (due 1 June 2030), and still rated Green."],
        "3": ["Nobody is accountable for it."],
    }
    words = words_of(page)
    assert "3 questions about 3 actions." in words
    assert "1 Do 1 Green Head of Service for Assessment Ask first 14 days overdue" in words


@pytest.mark.parametrize(
    ("who", "mend", "answer"),
    [("member", False, False), ("head", True, True), ("editor", True, True), ("chair", False, True)],
)
def test_who_is_offered_to_mend_and_to_answer(signed_in, scene, who, mend, answer):
    [group] = signed_in(getattr(scene, who)).get(scene.url).context["groups"]
    [question] = group.questions
    update = reverse("plans:action_update", args=["teesmere", scene.late.pk])
    assert question.mend_url == (update if mend else "")
    answering = f"{scene.answer_url()}?plan={scene.plan.pk}&check=overdue_on_track"
    assert question.answer_url == (answering if answer else "")


def test_filters(signed_in, scene):
    client, homes = signed_in(scene.member), make_area(scene.plan, "Homes")
    inner = make_area(scene.plan, "Moves", parent=homes)
    scene.add("2", leads="", area=inner, target="1 June 2030")
    Recommendation.objects.create(board=scene.board, reference="R1")
    both = {"1": [QUESTION], "2": [QUESTION, "Nobody is accountable for it."]}
    assert groups(client.get(scene.url)) == both
    assert groups(client.get(scene.url, {"area": homes.pk})) == {"2": both["2"]}
    assert groups(client.get(scene.url, {"check": "no_lead"})) == {"2": both["2"][1:]}
    page = client.get(scene.url, {"lead": scene.lead.pk, "check": "overdue_on_track"})
    assert groups(page) == {"1": [QUESTION]}
    assert page.context["asked"].recommendation_groups == []
    said = (
        "1 question about 1 action, of the kind “On track, but overdue”, for Head of Service for Assessment."
    )
    assert said in words_of(page)
    assert groups(client.get(scene.url, {"area": "x", "check": "nonsense", "lead": "0"})) == both


def test_recommendations_are_asked_about_and_answered(signed_in, scene):
    nothing, red = (Recommendation.objects.create(board=scene.board, reference=f"R{n}") for n in (1, 2))
    action = scene.add("2", "off_track")
    ActionRecommendation.objects.create(recommendation=red, action=action)
    client = signed_in(scene.chair)
    page = client.get(scene.url)
    assert {
        group.about.reference: [question.finding.words for question in group.questions]
        for group in page.context["asked"].recommendation_groups
    } == {
        "R1": ["No action answers this recommendation."],
        "R2": ["1 action answers this recommendation, and it is not green or complete."],
    }
    url = reverse("recommendation_check", args=["teesmere", nothing.pk])
    fields = fields_of(client.get(url), "reason") | {"reason": "It is for the next plan."}
    client.post(url, fields)
    page = client.get(scene.url)
    assert [group.about for group in page.context["asked"].recommendation_groups] == [red]
    assert groups(page, "answered") == {"R1": ["No action answers this recommendation."]}


def test_every_page_counts_the_same_questions(signed_in, scene):
    scene.add("2", target="1 June 2030", leads="")
    Recommendation.objects.create(board=scene.board, reference="R1")
    meeting = make_meeting(scene.board, date(2030, 7, 1))
    client = signed_in(scene.member)
    said = {
        scene.url: "4 questions about 2 actions and 1 recommendation.",
        reverse("dashboard", args=["teesmere"]): "Ask about these All 4 questions",
        reverse("meeting", args=["teesmere", meeting.pk]): "4 questions on ratings.",
    }
    assert [words for url, words in said.items() if words not in words_of(client.get(url))] == []


def test_of_a_recommendation_alone_the_dashboard_says_that_it_is_asked_about(signed_in, scene):
    Recommendation.objects.create(board=scene.board, reference="R1")
    scene.answer(signed_in(scene.head))
    page = words_of(signed_in(scene.member).get(reverse("dashboard", args=["teesmere"])))
    assert "Ask about these 1 question No action raises a question. A recommendation does." in page


def test_an_answer_moves_the_question_apart_with_who_when_and_why(signed_in, scene):
    client = signed_in(scene.head)
    page = scene.answer(client, "Partners sign in July.")
    assert "Your answer stands until something changes." in text_of(page)
    answer = CheckAnswer.objects.get()
    assert (answer.action, answer.check_name, answer.by) == (scene.late, "overdue_on_track", scene.head)
    assert (answer.reason, answer.question) == ("Partners sign in July.", QUESTION)
    page = client.get(scene.url)
    assert groups(page) == {}
    assert groups(page, "answered") == {"1": [QUESTION]}
    said = f"Accepted {QUESTION} Accepted because: Partners sign in July. Head of Service, 15 June 2030."
    assert said in words_of(page)
    assert "No open question." in words_of(page)
    assert "Accepted 1 question" in words_of(page)


def test_it_is_asked_again_once_something_changes(signed_in, scene, clock):
    client = signed_in(scene.head)
    scene.answer(client)
    clock.shift(86400)
    make_update(scene.late, "on_track")
    assert groups(client.get(scene.url)) == {}
    move_target(scene.late, to="14 June 2030", by=scene.head, reason="Mended.")
    page = client.get(scene.url)
    assert groups(page) == {"1": ["2 days overdue (due 14 June 2030) and still rated Green."]}
    assert groups(page, "answered") == {}


def test_an_answer_is_taken_back(signed_in, scene):
    client = signed_in(scene.head)
    scene.answer(client)
    url = reverse("checkanswer_withdraw", args=["teesmere", CheckAnswer.objects.get().pk])
    assert QUESTION in text_of(client.get(url))
    page = client.post(url, follow=True)
    assert "The answer is taken back, so the question is asked again." in text_of(page)
    assert groups(client.get(scene.url)) == {"1": [QUESTION]}
    assert client.get(url).status_code == 404


def test_of_several_questions_one_is_chosen(signed_in, scene):
    make_step(scene.late, target="1 June 2030")
    client, url = signed_in(scene.chair), scene.answer_url()
    page = client.post(url, {"reason": "Known."})
    assert "Choose the question that you answer" in text_of(page)
    page = client.post(url, {"reason": "", "basis": "gone"})
    assert "What this question rests on has changed meanwhile. Read the questions again" in text_of(page)
    assert "Say why it is accepted" in text_of(page)
    assert CheckAnswer.objects.count() == 0
    page = client.get(url, {"check": "step_overdue_on_track"})
    client.post(url, fields_of(page, "reason") | {"reason": "Known."})
    assert [answer.check_name for answer in CheckAnswer.objects.all()] == ["step_overdue_on_track"]


def test_where_nothing_is_asked_the_page_says_so(signed_in, scene):
    client = signed_in(scene.chair)
    withdraw_action(scene.late, by=scene.editor, reason="Not needed.")
    assert "Nothing is asked about this now." in text_of(client.get(scene.answer_url()))
    page = client.post(scene.answer_url(), {"reason": "Known."})
    assert (page.status_code, CheckAnswer.objects.count()) == (200, 0)


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("head", 200), ("editor", 200), ("chair", 200)])
def test_who_may_answer(signed_in, scene, who, status):
    other = make_member(scene.board, Role.LEAD)
    make_lead(scene.board, "Principal Social Worker", other)
    assert signed_in(getattr(scene, who)).get(scene.answer_url()).status_code == status
    assert signed_in(other).get(scene.answer_url()).status_code == 403


def test_an_answer_of_another_board_is_not_found(signed_in, scene):
    scene.answer(signed_in(scene.chair))
    other = make_board("elsewhere")
    url = reverse("checkanswer_withdraw", args=["elsewhere", CheckAnswer.objects.get().pk])
    assert signed_in(make_member(other, Role.CHAIR)).get(url).status_code == 404


def test_as_at_a_past_day_nothing_can_be_answered(signed_in, scene):
    scene.answer(signed_in(scene.chair))
    page = signed_in(scene.chair).get(scene.url, {"as_at": "2030-06-14"})
    [group] = page.context["groups"]
    [question] = group.questions
    assert (question.finding.words, question.mend_url, question.answer_url) == (
        "13 days overdue (due 1 June 2030) and still rated Green.",
        "",
        "",
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_download_holds_open_and_accepted_questions(signed_in, scene, kind):
    client = signed_in(scene.chair)
    scene.answer(client)
    scene.add("2", leads="")
    file = client.get(scene.url, {"_export": kind})
    assert f'filename="recovery-plan-questions-2030-06-15.{kind}"' in file.headers["Content-Disposition"]
    if kind == "csv":
        rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig"))))
        assert [row[0] for row in rows] == ["About", "Action 2", "Action 1"]
        assert rows[2][7:] == [QUESTION, "The board knows.", "Cleo Lark", "15/06/2030"]
    assert client.get(scene.url, {"_export": "pdf"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_queries(signed_in, scene, django_assert_num_queries, rows):
    client = signed_in(scene.chair)
    for n in range(rows):
        scene.add(f"1{n}", target="1 June 2030")
        Recommendation.objects.create(board=scene.board, reference=f"R{n}")
        scene.answer(client, action=scene.add(f"2{n}", leads=""))
    with django_assert_num_queries(19):
        page = client.get(scene.url)
    assert len(page.context["groups"]) == rows + 1
    assert timezone.localdate() == date(2030, 6, 15)
