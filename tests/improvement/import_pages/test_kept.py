"""What was chosen and written on the check page while the session ended."""

import pytest

from plans.models import KeptForm
from tests.importing import PLANS, ROWS, bring_in, changed, plan_book
from tests.improvement.import_pages.sending import check, send, started
from tests.pages import fields_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]
LATER = changed(PLANS, RAG="Red", Target_date="30/09/2026")


@pytest.fixture
def signed_out(browser, board, signed_in, editor):
    """The import, after a reason was sent without a session and its person has signed in again."""
    bring_in(board, plan_book(*ROWS))
    imported, page = started(browser, LATER)
    fields = {**fields_of(page, "seen"), "reason-Plan!3": "Two posts are empty", "apply": "yes"}
    browser.logout()
    answer = browser.post(check(imported), fields)
    assert answer.url == f"/account/login/?next={check(imported)}"
    signed_in(editor)
    return imported


def test_they_are_filled_in_again_and_nothing_is_applied(signed_out, browser):
    page = browser.get(check(signed_out))
    assert "We kept what you chose and wrote" in text_of(page)
    page = browser.post(check(signed_out), {**fields_of(page, "fill"), "fill": "yes"}, follow=True)
    assert fields_of(page, "seen")["reason-Plan!3"] == "Two posts are empty"
    assert "We kept what you chose and wrote" not in text_of(page)
    signed_out.refresh_from_db()
    assert (signed_out.state, KeptForm.objects.count()) == ("checked", 0)
    assert "1 date move" in text_of(send(browser, page, apply="yes"))


def test_they_are_thrown_away_on_request(signed_out, browser):
    kept = KeptForm.objects.get().pk
    page = browser.post(check(signed_out), {"forget": kept}, follow=True)
    assert fields_of(page, "seen")["reason-Plan!3"] == ""
    assert KeptForm.objects.count() == 0
