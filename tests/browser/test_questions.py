"""A question on a rating: the lead meets it while updating and answers, the chair sees the answer."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import CheckAnswer, Role
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_update

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "and still rated Green."


@pytest.fixture
def story(transactional_db):
    """An overdue action rated green, its head of service and the chair."""
    today = timezone.localdate()
    board = make_board("teesmere")
    head = make_member(board, Role.LEAD, "Head of Service")
    lead = make_lead(board, holder=head)
    chair = make_member(board, Role.CHAIR, "Cleo Lark")
    due = today - timedelta(12)
    target = f"{due.day} {due:%B %Y}"
    action = make_action(
        make_area(make_plan(board)), "Audit decisions weekly", reference="6", target=target, leads=lead.name
    )
    make_update(action, "on_track", on=today - timedelta(2), by=head)
    return head, chair, action


def picture(page, name):
    """Kept where PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_lead_answers_and_the_chair_sees_it(new_page, story, sign_in, axe_violations, sideways):
    head, chair, action = story
    page = new_page()
    sign_in(page, head, "/boards/teesmere/updates/")
    row = page.locator(f"#a{action.pk}")
    expect(row.get_by_text(QUESTION)).to_be_visible()
    assert axe_violations(page) == []
    picture(page, "updates")

    row.get_by_label("What has happened").fill("Two audits are outstanding.")
    row.get_by_role("button", name="Save action 6").click()
    expect(page.get_by_text("Action 6 now raises a question.")).to_be_visible()
    picture(page, "updates-raised")

    asked = row.get_by_role("listitem").filter(has_text=QUESTION)
    asked.get_by_role("link", name="accept it with a reason").click()
    expect(page.get_by_label(QUESTION)).to_be_checked()
    assert axe_violations(page) == []
    picture(page, "answer")
    page.get_by_role("button", name="Accept it").click()
    expect(page.get_by_role("alert").get_by_text("Say why it is accepted").first).to_be_visible()
    page.get_by_label("Accepted because").fill("The partner signs next week.")
    page.get_by_role("button", name="Accept it").click()
    expect(page.get_by_text("Your answer stands until something changes.")).to_be_visible()
    raised = page.get_by_role("region", name="Questions it raises")
    expect(raised.get_by_text("The partner signs next week.")).to_be_visible()
    assert axe_violations(page) == []
    picture(page, "action")
    assert CheckAnswer.objects.get().by == head

    board = new_page()
    sign_in(board, chair, "/boards/teesmere/questions/")
    expect(board.get_by_text("1 question about 1 action.")).to_be_visible()
    accepted = board.get_by_role("region", name="Accepted")
    expect(accepted.get_by_text("The partner signs next week.")).to_be_visible()
    expect(accepted.get_by_text("Head of Service,")).to_be_visible()
    assert axe_violations(board) == []
    picture(board, "questions")
    board.set_viewport_size({"width": 375, "height": 800})
    picture(board, "questions-375")
    assert sideways(board) == 0
    accepted.get_by_role("link", name="Take it back").click()
    board.get_by_role("button", name="Take it back").click()
    expect(board.get_by_text("The answer is taken back, so the question is asked again.")).to_be_visible()
