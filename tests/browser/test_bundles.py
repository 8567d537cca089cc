"""An inspector's bundle asked for in a browser, made by a process of its own, and read as a page."""

import io
import zipfile
from hashlib import sha256

import pytest
from playwright.sync_api import expect

from plans.models import Bundle, Role
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_step, make_update

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Making takes a process of its own, which a busy machine is slow to start.
MADE = 120_000


@pytest.fixture
def member(transactional_db):
    board = make_board("teesmere")
    area = make_area(make_plan(board, "Recovery plan"), "Front door", reference="1")
    for number, rating in enumerate(("off_track", "on_track"), 1):
        action = make_action(area, f"Action {number}", reference=str(number), target="5 January 2026")
        make_step(action)
        make_update(action, rating)
    return make_member(board, Role.MEMBER, "A member")


@pytest.mark.parametrize("width", [1280, 375])
def test_a_member_asks_waits_and_reads(new_page, sign_in, member, axe_violations, sideways, width):
    page = new_page(width=width)
    sign_in(page, member, "/boards/teesmere/plan/")
    page.get_by_role("link", name="Inspector’s bundle").click()
    expect(page.get_by_label("What is it about?").locator("option:checked")).to_have_text("Recovery plan")
    assert (axe_violations(page), sideways(page)) == ([], 0)
    page.get_by_role("button", name="Make the bundle").click()
    link = page.get_by_role("link", name="Zip file of Plan: Recovery plan")
    expect(link).to_be_visible(timeout=MADE)
    assert (axe_violations(page), sideways(page)) == ([], 0)
    with page.expect_download() as download:
        link.click()
    content = download.value.path().read_bytes()
    bundle = Bundle.objects.get()
    assert sha256(content).hexdigest() == bundle.sha256
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        reading = archive.read("bundle.html").decode()
    page = new_page(width=width)
    page.set_content(reading)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan: Recovery plan")
    assert (axe_violations(page), sideways(page)) == ([], 0)
