"""The list of actions: its filter on wide and narrow windows, and the list on paper."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Role
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_update

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

A4_WIDTH = 680
FILTERED = ("plans:history", "questions", "challenge_list", "evidence_list", "audits:audit_list")
LONG = "Answer each contact within a working day and tell the person who made it what comes next"


@pytest.fixture
def ada(transactional_db):
    return make_member(make_board("teesmere"), Role.ADMINISTRATOR, "Ada Finch")


@pytest.fixture
def address(ada):
    area = make_area(make_plan(ada.memberships.get().board), "Contacts, referrals and the front door")
    for number in range(1, 4):
        leads = "Director of Education, Prevention and Partnerships"
        make_update(make_action(area, LONG, reference=str(number), leads=leads, target="1 May 2026"))
    return reverse("plans:action_list", args=["teesmere"])


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("width", "shown"), [(1280, True), (375, False)])
def test_on_a_phone_the_filter_waits_behind_its_words(new_page, sign_in, ada, address, width, shown, scripts):
    page = new_page(width=width, scripts=scripts)
    sign_in(page, ada, address)
    expect(page.get_by_label("Rating", exact=True)).to_be_visible(visible=shown)
    expect(page.get_by_text("Narrow the list")).to_be_visible(visible=not shown)
    if not shown:
        page.get_by_text("Narrow the list").click()
    page.get_by_label("Rating", exact=True).select_option("Green")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("3 of 3 actions: rated Green")).to_be_visible()
    expect(page.get_by_label("Rating", exact=True)).to_be_visible()


def test_on_a_phone_the_filters_of_other_lists_wait_too(new_page, sign_in, ada, address):
    page = new_page(width=375)
    sign_in(page, ada, address)
    for name in FILTERED:
        page.goto(reverse(name, args=["teesmere"]))
        show = page.get_by_role("button", name="Show", exact=True)
        expect(show).to_be_hidden()
        page.get_by_text("Narrow the list").click()
        expect(show).to_be_visible()


@pytest.mark.parametrize("width", [1280, 375])
def test_the_list_is_accessible_and_fits(new_page, sign_in, ada, address, axe_violations, sideways, width):
    page = new_page(width=width)
    sign_in(page, ada, address)
    assert (axe_violations(page), sideways(page)) == ([], 0)


def test_the_list_fits_on_paper(new_page, sign_in, ada, address, sideways):
    page = new_page(width=A4_WIDTH)
    sign_in(page, ada, address)
    page.emulate_media(media="print")
    assert sideways(page) == 0
    table = page.get_by_role("table").bounding_box()
    assert table["x"] + table["width"] <= A4_WIDTH
    expect(page.get_by_role("columnheader", name="Updated")).to_be_hidden()
    expect(page.get_by_role("contentinfo")).to_have_text(
        "No child, family or case is named on this site.", use_inner_text=True
    )
