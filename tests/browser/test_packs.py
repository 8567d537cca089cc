"""Papers closed by an editor and read by a member, in a browser: made while the page looks on."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from improvement.packs.making import make_pack
from plans.models import Pack, PackState, Role
from plans.services.meetings import record_decision
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_step,
    make_update,
)
from tests.impact.factories import make_narrative
from tests.impact.measuring import FALLING, make_measure, make_stock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Making takes a process of its own, which a busy machine is slow to start.
MADE = 90_000


@pytest.fixture
def meeting(transactional_db):
    today = timezone.localdate()
    board = make_board("teesmere")
    last, coming = make_meeting(board, today - timedelta(28)), make_meeting(board, today + timedelta(4))
    make_lead(board, "Head of Service for Assessment")
    area = make_area(make_plan(board, "Recovery plan"), "Front door", reference="1")
    for number, rating in enumerate(("off_track", "slippage", "on_track", ""), 1):
        target = f"{today - timedelta(10):%d/%m/%Y}"
        action = make_action(area, f"Action {number}", reference=str(number), target=target)
        make_step(action)
        if rating:
            make_update(action, rating)
    make_challenge(action)
    make_measure(board, FALLING, "Contacts decided in a day")
    make_stock(board)
    make_narrative(area)
    record_decision(last, by=None, text="Report on thresholds.")
    return coming


@pytest.fixture
def editor(meeting):
    return make_member(meeting.board, Role.EDITOR, "An editor")


def close(page, meeting):
    page.goto(f"/boards/teesmere/meetings/{meeting.pk}/papers/")
    page.get_by_role("button", name="Close the papers").click()
    page.wait_for_url("**/packs/*/")


def test_the_page_shows_the_pack_by_itself_once_it_is_made(new_page, sign_in, editor, meeting):
    page = new_page()
    sign_in(page, editor, f"/boards/teesmere/meetings/{meeting.pk}/papers/")
    close(page, meeting)
    page.evaluate("window.still = true")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pack 1 for the meeting of")
    expect(page.get_by_text("2 of 4 actions", exact=False).or_(page.locator(".app-lead"))).to_be_visible(
        timeout=MADE
    )
    expect(page.get_by_role("link", name="PDF to print")).to_be_visible(timeout=MADE)
    assert page.evaluate("window.still")
    assert Pack.objects.get().state == PackState.READY
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF to print").click()
    assert download.value.suggested_filename == f"pack-1-{meeting.on.isoformat()}.pdf"


def test_without_scripts_a_link_looks_again(new_page, sign_in, editor, meeting):
    page = new_page(scripts=False)
    sign_in(page, editor, f"/boards/teesmere/meetings/{meeting.pk}/papers/")
    close(page, meeting)
    again = page.get_by_role("link", name="Look again")
    expect(again).to_be_visible()
    assert make_pack(Pack.objects.get())
    again.click()
    expect(page.get_by_role("link", name="Excel workbook")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 375])
def test_the_pack_and_its_forms_pass_axe(new_page, sign_in, editor, meeting, axe_violations, sideways, width):
    page = new_page(width=width)
    sign_in(page, editor, f"/boards/teesmere/meetings/{meeting.pk}/papers/")
    assert (axe_violations(page), sideways(page)) == ([], 0)
    close(page, meeting)
    make_pack(Pack.objects.get())
    page.reload()
    expect(page.get_by_role("link", name="PDF to print")).to_be_visible(timeout=MADE)
    expect(page.locator(".app-pack")).to_be_visible()
    assert (axe_violations(page), sideways(page)) == ([], 0)
    page.get_by_role("link", name="Send it by email").click()
    page.wait_for_url("**/send/")
    assert (axe_violations(page), sideways(page)) == ([], 0)
    page.goto(f"/boards/teesmere/meetings/{meeting.pk}/papers/?replaces={Pack.objects.get().pk}")
    assert (axe_violations(page), sideways(page)) == ([], 0)


def test_on_a_phone_the_contents_stay_in_reach(new_page, sign_in, editor, meeting):
    page = new_page(width=375, scripts=False)
    sign_in(page, editor, f"/boards/teesmere/meetings/{meeting.pk}/papers/")
    close(page, meeting)
    assert make_pack(Pack.objects.get())
    page.reload()
    to_contents = page.get_by_role("link", name="In this pack")
    page.get_by_role("heading", name="The plan in full").scroll_into_view_if_needed()
    expect(to_contents).to_be_in_viewport()
    to_contents.click()
    expect(page.get_by_role("heading", name="In this pack")).to_be_in_viewport()
    page.get_by_role("link", name="The plan in full").click()
    expect(page.get_by_role("heading", name="The plan in full")).to_be_in_viewport()
    page.emulate_media(media="print")
    expect(to_contents).to_be_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(to_contents).to_be_hidden()
