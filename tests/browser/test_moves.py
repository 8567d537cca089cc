"""A lead asks for another date, the chair agrees, and the ledger and the changes show it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Meeting, Role
from tests.browser.test_my_updates import picture
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_lead,
    make_member,
    make_plan,
    make_step,
    make_update,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_lead_asks_the_chair_agrees_and_the_ledger_shows_it(page, sign_in, axe_violations, sideways):
    today = timezone.localdate()
    board = make_board("teesmere")
    head = make_member(board, Role.LEAD, "Head of Service for Assessment")
    chair = make_member(board, Role.CHAIR, "The chair of the board")
    lead = make_lead(board, holder=head)
    Meeting.objects.create(board=board, on=today - timedelta(28))
    plan = make_plan(board, "Recovery plan", moves_need_agreement=True)
    area = make_area(plan, "Front door")
    action = make_action(
        area, "Hold the panel every week", reference="4", target="30 April 2031", leads=lead.name
    )
    make_step(action, "1", "Agree who sits on the panel", target="30 March 2031")
    make_update(action, "slippage", by=head, on=today - timedelta(40))

    sign_in(page, head, "/boards/teesmere/updates/")
    page.locator("summary", has_text="Move the date").click()
    page.get_by_label("New date").fill("31 May 2031")
    page.get_by_label("Reason").fill("Two posts are open")
    page.get_by_role("button", name="Save action 4").click()
    expect(page.get_by_text("the chair is asked to move it to 31 May 2031")).to_be_visible()
    assert axe_violations(page) == []

    page.context.clear_cookies()
    sign_in(page, chair, "/boards/teesmere/sign-off/")
    assert axe_violations(page) == []
    page.get_by_role("link", name="Agree or refuse").click()
    page.wait_for_url("**/moves/*/")
    assert axe_violations(page) == []
    picture(page, "move-request")
    page.get_by_label("Agree: the date moves").check()
    page.get_by_role("button", name="Save the answer").click()
    page.wait_for_url(f"**/actions/{action.pk}/")
    expect(page.get_by_text("The date has moved.")).to_be_visible()
    assert axe_violations(page) == []

    for name in ("slippage", "changes"):
        page.goto(f"/boards/teesmere/{name}/")
        assert axe_violations(page) == []
        picture(page, name)
        page.set_viewport_size({"width": 375, "height": 800})
        assert sideways(page) == 0
        picture(page, f"{name}-375")
        page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/boards/teesmere/slippage/")
    expect(page.locator("#found")).to_have_text("1 date moved, 31 days later in all.")
    on = f"{timezone.localdate():%-d %B %Y}"
    told = f"Asked on {on} by Head of Service for Assessment, agreed on {on} by The chair of the board."
    expect(page.get_by_text(told)).to_be_visible()
