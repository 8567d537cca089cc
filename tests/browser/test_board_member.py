"""A board member's two minutes: the dashboard, a number followed to its list, and the pages behind it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Role
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


@pytest.fixture
def member(transactional_db):
    """A member of a board whose plan has two actions off track, one of them overdue, and one on track."""
    board = make_board("teesmere")
    plan = make_plan(board, "Recovery plan")
    today = timezone.localdate()
    make_lead(board, "Head of Service for Assessment")
    for title, rating, days in [
        ("Fill the two posts", "off_track", -40),
        ("Agree the procedures", "off_track", 20),
        ("Audit each week", "on_track", 200),
    ]:
        day = f"{today + timedelta(days):%d/%m/%Y}"
        area = make_area(plan, f"Area of {title.lower()}")
        action = make_action(area, title, target=day, leads="Head of Service for Assessment")
        make_step(action, target=day)
        make_update(action, rating)
    return make_member(board, Role.MEMBER, "Morgan Reed")


@pytest.mark.journey
def test_a_number_of_the_dashboard_leads_to_the_very_list(page, sign_in, member, axe_violations):
    sign_in(page, member, to="/boards/teesmere/")
    expect(page.get_by_text("2 of 3 actions are off track")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("link", name="2 of 3 actions").click()
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(3)
    expect(page.get_by_role("link", name="Fill the two posts")).to_be_visible()
    expect(page.get_by_role("link", name="Agree the procedures")).to_be_visible()
    page.get_by_role("link", name="Fill the two posts").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fill the two posts")
    expect(page.get_by_text("40 days overdue").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_that_a_member_reads_is_accessible_and_fits(
    new_page, sign_in, member, axe_violations, sideways, width
):
    page = new_page(width=width)
    page.goto(reverse("account_login"))
    assert (axe_violations(page), sideways(page)) == ([], 0)
    sign_in(page, member, to="/boards/teesmere/")
    plan = member.memberships.get().board.plans.get()
    action = plan.actions.first()
    addresses = [
        reverse("dashboard", args=["teesmere"]),
        reverse("plans:plan", args=["teesmere"]),
        reverse("plans:plan_list", args=["teesmere"]),
        reverse("action", args=["teesmere", action.pk]),
        reverse("area", args=["teesmere", action.area_id]),
        reverse("plans:history", args=["teesmere"]),
        reverse("help"),
        reverse("accessibility"),
    ]
    found = {}
    for address in addresses:
        page.goto(address)
        found[address] = (axe_violations(page), sideways(page))
    assert found == dict.fromkeys(addresses, ([], 0))
