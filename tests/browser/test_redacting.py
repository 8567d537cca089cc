"""Taking out a name on the pages of the site's staff, at both widths and without scripts."""

import pytest
from playwright.sync_api import expect

from plans.models import Action, Redaction
from tests.factories import make_action, make_evidence, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME = "Qxzzy Brambling"


@pytest.fixture
def staff(transactional_db):
    return make_user("A member of staff", is_staff=True)


@pytest.fixture
def action(transactional_db):
    action = make_action(title=f"Meet {NAME} weekly")
    make_evidence(action.plan.board, upload=("a.pdf", b"%PDF-1.7\n\0(Qxzzy Brambling)\n%%EOF"))
    return action


def ask(page):
    page.get_by_label("Words to take out").fill("qxzzy brambling")
    page.get_by_label("Why is it taken out?").fill("A name was typed by mistake.")
    page.get_by_role("button", name="Look where they stand").click()


def test_a_name_is_looked_for_and_taken_out(page, staff, action, sign_in, axe_violations, sideways):
    def looks_right():
        for width, height in ((1280, 900), (375, 800)):
            page.set_viewport_size({"width": width, "height": height})
            assert axe_violations(page) == []
            assert sideways(page) == 0

    sign_in(page, staff, "/redact/")
    looks_right()
    page.get_by_role("button", name="Look where they stand").click()
    expect(page.get_by_role("link", name="Write the words to take out.")).to_be_visible()
    looks_right()
    ask(page)
    expect(page.locator("mark").first).to_have_text(NAME)
    looks_right()
    page.get_by_role("link", name="File of evidence").click()
    page.wait_for_url("**/redact/file/*/")
    looks_right()
    assert Action.objects.get().title == f"Meet {NAME} weekly"
    page.goto("/redact/")
    ask(page)
    page.get_by_role("button", name="Take them out everywhere").click()
    expect(page.get_by_text("A member of staff did it because")).to_be_visible()
    looks_right()
    assert Action.objects.get().title == f"Meet {Redaction.objects.get().marker} weekly"
    page.get_by_role("link", name="Take out more").click()
    page.wait_for_url("**/redact/")
    looks_right()


def test_without_scripts(new_page, staff, action, sign_in):
    page = new_page(scripts=False)
    sign_in(page, staff, "/redact/")
    ask(page)
    page.get_by_role("button", name="Take them out everywhere").click()
    expect(page.get_by_text("A member of staff did it because")).to_be_visible()
    assert NAME not in page.content()
