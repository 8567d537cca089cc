"""The board's meeting by role: a year set up, a challenge asked, answered, decided on and closed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Challenge, Decision, Meeting, Role
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "Who checks the procedures each week?"


@pytest.fixture
def board(transactional_db):
    return make_board("teesmere")


@pytest.fixture
def holder(board):
    return make_member(board, Role.MEMBER, "H Older")


@pytest.fixture
def action(board, holder):
    lead = make_lead(board, "Head of Service for Assessment", holder)
    return make_action(make_area(make_plan(board, "Recovery plan")), "Agree the procedures", leads=lead.name)


def test_an_administrator_sets_up_a_year_of_meetings(page, sign_in, board, action, axe_violations, sideways):
    administrator = make_member(board, Role.ADMINISTRATOR)
    first = timezone.localdate() + timedelta(7)
    sign_in(page, administrator, reverse("meeting_list", args=["teesmere"]))
    page.get_by_role("link", name="Set up a year of meetings").click()
    page.get_by_label("First meeting").fill(f"{first:%d/%m/%Y}")
    page.get_by_label("Every 6 weeks").check()
    page.get_by_label("Every second one, from the second on").check()
    page.get_by_role("button", name="Show the dates").click()
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(10)
    assert (axe_violations(page), sideways(page)) == ([], 0)
    page.get_by_role("checkbox").last.uncheck()
    page.get_by_label("Place").fill("Town hall")
    page.get_by_role("button", name="Set up these meetings").click()
    expect(page.get_by_text("8 meetings are set up.")).to_be_visible()
    assert axe_violations(page) == []
    kinds = list(Meeting.objects.order_by("on").values_list("kind", flat=True))
    assert kinds == ["internal", "partners"] * 4


def test_a_challenge_is_asked_answered_decided_and_closed(
    new_page, sign_in, board, action, holder, axe_violations
):
    make_meeting(board, timezone.localdate())
    make_meeting(board, timezone.localdate() + timedelta(28))
    people = {role: make_member(board, role) for role in (Role.MEMBER, Role.EDITOR, Role.CHAIR)}
    problems = []

    member = new_page()
    sign_in(member, people[Role.MEMBER], reverse("action", args=["teesmere", action.pk]))
    member.get_by_role("link", name="Challenge this").first.click()
    member.wait_for_url("**/challenge/**")
    problems += axe_violations(member)
    member.get_by_label("What do you ask?").fill(QUESTION)
    member.get_by_role("button", name="Ask").click()
    expect(member.get_by_text("Waits for an answer")).to_be_visible()
    problems += axe_violations(member)
    address = reverse("challenge", args=["teesmere", Challenge.objects.get().pk])

    lead = new_page(width=375)
    sign_in(lead, holder, reverse("challenge_list", args=["teesmere"]))
    problems += axe_violations(lead)
    lead.get_by_role("link", name=QUESTION).click()
    lead.get_by_role("link", name="Answer", exact=True).click()
    lead.get_by_label("Your answer").fill("The team manager samples ten a week.")
    lead.get_by_role("button", name="Answer").click()
    expect(lead.get_by_text("The team manager samples ten a week.")).to_be_visible()
    problems += axe_violations(lead)

    editor = new_page()
    sign_in(editor, people[Role.EDITOR], reverse("meeting_list", args=["teesmere"]))
    editor.get_by_role("table").get_by_role("link").first.click()
    expect(editor.get_by_text("Answered, to be closed")).to_be_visible()
    problems += axe_violations(editor)
    editor.get_by_role("link", name="Record a decision").click()
    editor.get_by_label("What was decided?").fill("The sample comes to each meeting.")
    editor.get_by_label("Challenge that it settles").select_option(label=QUESTION)
    problems += axe_violations(editor)
    editor.get_by_role("button", name="Record the decision").click()
    expect(editor.get_by_text("The sample comes to each meeting.")).to_be_visible()
    editor.get_by_role("link", name="Attendance").click()
    editor.get_by_label("Everybody of whom nothing is said was present").check()
    problems += axe_violations(editor)
    editor.get_by_role("button", name="Save").click()
    expect(editor.get_by_text("The attendance is saved.")).to_be_visible()

    chair = new_page()
    sign_in(chair, people[Role.CHAIR], address)
    expect(chair.get_by_text("The sample comes to each meeting.")).to_be_visible()
    chair.get_by_role("link", name="Close", exact=True).click()
    chair.get_by_label("A decision was made").check()
    chair.get_by_label("In words").fill("We see a sample each time.")
    chair.get_by_role("button", name="Close").click()
    expect(chair.get_by_text("We see a sample each time.").first).to_be_visible()
    problems += axe_violations(chair)
    assert problems == []
    challenge, decision = Challenge.objects.get(), Decision.objects.get()
    assert (challenge.outcome, challenge.closed_by) == ("decided", people[Role.CHAIR])
    assert (decision.challenge, decision.action) == (challenge, action)
