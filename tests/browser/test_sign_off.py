"""A lead reports done, the chair refuses, then agrees, and at last opens the action again."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from plans.models import Role, SignOff
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_lead,
    make_member,
    make_plan,
    make_update,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(transactional_db):
    board = make_board("teesmere")
    head = make_member(board, Role.LEAD, "Head of Service for Assessment")
    chair = make_member(board, Role.CHAIR, "Independent Chair")
    lead = make_lead(board, holder=head)
    area = make_area(make_plan(board, "Recovery plan", blue_needs_sign_off=True))
    action = make_action(
        area,
        "Answer every contact within one working day",
        reference="1",
        target="31 December 2099",
        leads=lead.name,
    )
    make_update(action, "on_track", by=head)
    make_evidence(board, "Weekly count of contacts", kind="data", by=head)
    return head, chair, action


def picture(page, name):
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def report_done(page, words):
    page.locator(".app-chip", has_text="Blue").click()
    page.get_by_label("What has happened").fill(words)


def test_from_reporting_done_to_opening_again(new_page, scene, sign_in, axe_violations, sideways):
    head, chair, action = scene
    lead_page, chair_page = new_page(), new_page()
    update, here = f"/boards/teesmere/actions/{action.pk}/update/", f"/boards/teesmere/actions/{action.pk}/"
    sign_in(lead_page, head, update)
    report_done(lead_page, "Every contact was answered in a day for four weeks.")
    lead_page.get_by_role("button", name="Save the update").click()
    summary = lead_page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Show evidence, so that somebody else can sign it off").click()
    expect(lead_page.get_by_label("Evidence that shows it")).to_be_focused()
    assert axe_violations(lead_page) == []
    picture(lead_page, "sign-off-needs-evidence")
    lead_page.get_by_label("Evidence that shows it").select_option(label="Weekly count of contacts")
    lead_page.get_by_role("button", name="Save the update").click()
    expect(lead_page.get_by_text("Action 1 is saved. Its sign-off is asked for.")).to_be_visible()
    picture(lead_page, "sign-off-waits")

    sign_in(chair_page, chair, "/boards/teesmere/")
    chair_page.get_by_role("link", name="1 request waits for your decision").click()
    expect(chair_page.get_by_text("1 sign-off waits for a decision.")).to_be_visible()
    assert axe_violations(chair_page) == []
    picture(chair_page, "sign-off-list")
    chair_page.set_viewport_size({"width": 375, "height": 800})
    assert sideways(chair_page) == 0
    picture(chair_page, "sign-off-list-375")
    chair_page.get_by_role("link", name="Refuse").click()
    chair_page.wait_for_url("**/refuse/")
    picture(chair_page, "sign-off-refuse-375")
    assert sideways(chair_page) == 0
    chair_page.set_viewport_size({"width": 1280, "height": 900})
    assert axe_violations(chair_page) == []
    expect(chair_page.locator(".app-chip", has_text="Blue")).to_have_count(0)
    picture(chair_page, "sign-off-refuse")
    chair_page.locator(".app-chip", has_text="Amber").click()
    chair_page.get_by_label("Reason").fill("The out-of-hours team is not counted.")
    chair_page.get_by_role("button", name="Refuse the sign-off").click()
    expect(chair_page.get_by_text("is refused, and your update says why.")).to_be_visible()
    expect(chair_page.get_by_text("Nothing waits for a decision.")).to_be_visible()

    lead_page.goto(here)
    expect(
        lead_page.get_by_text("Sign-off refused: The out-of-hours team is not counted.").first
    ).to_be_visible()
    picture(lead_page, "sign-off-refused")
    lead_page.get_by_role("link", name="Add an update").click()
    lead_page.wait_for_url(f"**{update}")
    report_done(lead_page, "The out-of-hours team is counted too.")
    lead_page.get_by_text("Show evidence, needed for blue").click()
    lead_page.get_by_label("Evidence that shows it").select_option(label="Weekly count of contacts")
    lead_page.get_by_role("button", name="Save the update").click()
    expect(lead_page.get_by_text("Its sign-off is asked for.")).to_be_visible()

    chair_page.goto("/boards/teesmere/sign-off/")
    chair_page.get_by_role("link", name="Agree").click()
    chair_page.wait_for_url("**/agree/")
    picture(chair_page, "sign-off-agree")
    assert axe_violations(chair_page) == []
    chair_page.get_by_role("button", name="Agree: it is complete").click()
    expect(chair_page.get_by_text("is signed off.")).to_be_visible()
    picture(chair_page, "sign-off-decided")
    chair_page.goto("/boards/teesmere/actions/")
    expect(
        chair_page.get_by_role("row", name="Answer every contact").get_by_text("Signed off")
    ).to_be_visible()
    picture(chair_page, "sign-off-action-list")

    chair_page.goto(here)
    assert axe_violations(chair_page) == []
    picture(chair_page, "sign-off-signed")
    chair_page.get_by_role("link", name="Open it again").click()
    chair_page.wait_for_url("**/reopen/")
    chair_page.locator(".app-chip", has_text="Amber").click()
    chair_page.get_by_label("Reason").fill("Contacts at weekends wait again.")
    chair_page.get_by_role("button", name="Open it again").click()
    expect(chair_page.get_by_text("is open again, and your update says why.")).to_be_visible()
    picture(chair_page, "sign-off-reopened")
    assert axe_violations(chair_page) == []
    assert list(SignOff.objects.order_by("pk").values_list("outcome", "reopened_reason")) == [
        ("refused", ""),
        ("agreed", "Contacts at weekends wait again."),
    ]
    assert action.updates.latest_first().first().rating == "slippage"
