"""The page of one action's update in a real browser."""

import pytest

from plans.models import Role
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


def test_one_update_and_its_replacement(page, sign_in, axe_violations, sideways):
    board = make_board("teesmere")
    head = make_member(board, Role.LEAD, "Head of Service for Assessment")
    lead = make_lead(board, holder=head)
    action = make_action(
        make_area(make_plan(board)),
        "Hold the panel every week",
        reference="4",
        target="30 April 2031",
        leads=lead.name,
    )
    make_step(action, "1", "Agree who sits on the panel", target="30 March 2031")
    mistaken = make_update(action, "slippage", by=head)
    address = f"/boards/teesmere/actions/{action.pk}/update/"
    sign_in(page, head, address)
    assert axe_violations(page) == []
    picture(page, "action-update")
    page.get_by_role("button", name="Save the update").click()
    page.wait_for_selector(".govuk-error-summary")
    assert axe_violations(page) == []
    page.goto(f"{address}?replaces={mistaken.pk}")
    assert axe_violations(page) == []
    page.set_viewport_size({"width": 375, "height": 800})
    assert sideways(page) == 0
    picture(page, "action-replace-375")
    page.locator(".app-chip", has_text="Green").click()
    page.get_by_label("What had happened?").fill("The panel met every week.")
    page.get_by_label("What was wrong").fill("Typed on the wrong row")
    page.get_by_role("button", name="Replace the update").click()
    page.wait_for_url(f"**/actions/{action.pk}/")
    latest = action.updates.first()
    assert (latest.rating, latest.replaces) == ("on_track", mistaken)
