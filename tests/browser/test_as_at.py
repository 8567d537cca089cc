"""Looking back: from today's dashboard to that of a meeting, along its links, and back to today."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Meeting, Role
from plans.templatetags.components import long_date
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_update

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(transactional_db):
    """The board's last meeting, at which one action was on track that has gone off track since."""
    board, today = make_board("teesmere"), timezone.localdate()
    action = make_action(make_area(make_plan(board, "Recovery plan")), "Fill the two posts")
    make_update(action, "on_track", on=today - timedelta(30))
    make_update(action, "off_track", on=today - timedelta(3))
    return Meeting.objects.create(board=board, on=today - timedelta(10))


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (375, False)])
def test_to_a_meeting_and_back(new_page, sign_in, meeting, axe_violations, sideways, width, scripts):
    page = new_page(width=width, scripts=scripts)
    sign_in(page, make_member(meeting.board, Role.EDITOR), to="/boards/teesmere/")
    expect(page.get_by_text("1 of 1 action is off track")).to_be_visible()
    page.get_by_text("Show another date or meeting").click()
    page.get_by_label("A meeting").select_option(long_date(meeting.on))
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_text("the day of the board’s meeting")).to_be_visible()
    expect(page.get_by_text("None of 1 action is off track")).to_be_visible()
    for name in ("Plan", "Actions", "Measures", "Impact"):
        link = page.get_by_role("navigation").get_by_role("link", name=name, exact=True)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        expect(page.get_by_text(f"As at {meeting.on:%A} {long_date(meeting.on)}")).to_be_visible()
        assert sideways(page) == 0
        assert not scripts or axe_violations(page) == []
    page.get_by_role("link", name="Back to today").click()
    expect(page.get_by_text("Nothing can be changed here")).to_have_count(0)


def test_a_day_typed_wrongly_is_explained_at_the_field(page, sign_in, meeting, axe_violations):
    sign_in(page, make_member(meeting.board), to="/boards/teesmere/")
    page.get_by_text("Show another date or meeting").click()
    page.get_by_label("Or any other day").fill("31/2/2026")
    page.get_by_role("button", name="Show that day").click()
    page.get_by_role("link", name="Choose a meeting, or type a real day").click()
    expect(page.get_by_label("Or any other day")).to_be_focused()
    assert axe_violations(page) == []
    page.get_by_label("Or any other day").fill(f"{timezone.localdate() - timedelta(20):%d/%m/%Y}")
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_text("This is a past day.")).to_be_visible()
    assert axe_violations(page) == []
