"""From one meeting to the next by role: update, challenge, answer, sign-off, papers closed, pack read."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Challenge, PackFile, Role
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_update,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "How do we know that every contact is counted?"
ANSWER = "A manager reads ten a week and reports the number."
# Making takes a process of its own, which a busy machine is slow to start.
MADE = 90_000


@pytest.fixture
def board(transactional_db):
    return make_board("teesmere")


@pytest.fixture
def coming(board):
    today = timezone.localdate()
    make_meeting(board, today - timedelta(28))
    return make_meeting(board, today + timedelta(4))


@pytest.fixture
def people(board):
    return {role: make_member(board, role, role.label) for role in Role}


@pytest.fixture
def action(board, people):
    lead = make_lead(board, "Head of Service for Assessment", people[Role.LEAD])
    area = make_area(make_plan(board, "Recovery plan", blue_needs_sign_off=True))
    action = make_action(area, "Answer every contact in a day", target="31 December 2099", leads=lead.name)
    make_update(action, "slippage", by=people[Role.LEAD])
    make_evidence(board, "Weekly count of contacts", kind="data", by=people[Role.LEAD])
    return action


def report(page, action, word, words, evidence=""):
    page.goto(f"/boards/teesmere/actions/{action.pk}/update/")
    page.locator(".app-chip", has_text=word).click()
    page.get_by_label("What has happened").fill(words)
    if evidence:
        page.get_by_text("Show evidence, needed for blue").click()
        page.get_by_label("Evidence that shows it").select_option(label=evidence)
    page.get_by_role("button", name="Save the update").click()
    expect(page.get_by_text("is saved").first).to_be_visible()


def test_from_one_meeting_to_the_next(new_page, sign_in, people, action, coming):
    here = f"/boards/teesmere/actions/{action.pk}/"
    pages = {role: new_page() for role in (Role.LEAD, Role.MEMBER, Role.CHAIR, Role.EDITOR)}
    for role, page in pages.items():
        sign_in(page, people[role], here)
    lead, member, chair, editor = pages.values()

    report(lead, action, "Green", "Nine of ten contacts were answered in a day.")

    member.get_by_role("link", name="Challenge this").first.click()
    member.get_by_label("What do you ask?").fill(QUESTION)
    member.get_by_role("button", name="Ask").click()
    expect(member.get_by_text("Waits for an answer")).to_be_visible()

    lead.goto(f"/boards/teesmere/challenges/{Challenge.objects.get().pk}/")
    lead.get_by_role("link", name="Answer", exact=True).click()
    lead.get_by_label("Your answer").fill(ANSWER)
    lead.get_by_role("button", name="Answer").click()
    expect(lead.get_by_text(ANSWER)).to_be_visible()

    report(lead, action, "Blue", "Every contact was answered in a day.", "Weekly count of contacts")

    chair.goto("/boards/teesmere/sign-off/")
    chair.get_by_role("link", name="Agree").click()
    chair.get_by_role("button", name="Agree: it is complete").click()
    expect(chair.get_by_text("is signed off.")).to_be_visible()

    editor.goto(f"/boards/teesmere/meetings/{coming.pk}/papers/")
    editor.get_by_role("button", name="Close the papers").click()
    expect(editor.get_by_role("link", name="PDF to print")).to_be_visible(timeout=MADE)

    # What is written from now on does not reach the pack.
    kept = {each.kind: bytes(each.content) for each in PackFile.objects.all()}
    chair.goto(f"/boards/teesmere/challenges/{Challenge.objects.get().pk}/")
    chair.get_by_role("link", name="Close", exact=True).click()
    chair.get_by_label("Answered: nothing more is needed").check()
    chair.get_by_label("In words").fill("The number comes to each meeting.")
    chair.get_by_role("button", name="Close").click()
    expect(chair.get_by_text("The number comes to each meeting.").first).to_be_visible()

    member.goto(f"/boards/teesmere/meetings/{coming.pk}/")
    member.get_by_role("link", name="Pack 1").first.click()
    member.wait_for_url("**/packs/*/")
    pack = member.get_by_role("main")
    for words in (QUESTION, ANSWER, "Every contact was answered in a day."):
        expect(pack.get_by_text(words).first).to_be_visible()
    expect(pack.get_by_text("The number comes to each meeting.")).to_have_count(0)
    assert {each.kind: bytes(each.content) for each in PackFile.objects.all()} == kept
    assert sorted(kept) == ["html", "pdf", "xlsx"]
