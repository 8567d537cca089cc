"""Applying, cancelling and undoing an import, and the pages that tell of it."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from plans.models import Action, Area, Import, Plan, PlanStatus, ProgressUpdate
from plans.services.actions import edit_action
from plans.services.progress import move_target, record_update
from tests.factories import make_board
from tests.importing import AUDITS, PLANS, ROWS, VISITS, bring_in, changed, plan_book
from tests.improvement.import_pages.sending import send, started, upload
from tests.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


def test_applying_writes_the_plan_and_the_record_says_so(browser, board, editor):
    imported, response = started(browser)
    response = send(browser, response, apply="yes")
    plan = Plan.objects.get()
    imported.refresh_from_db()
    assert (imported.state, imported.plan, imported.by) == ("applied", plan, editor)
    words = text_of(response)
    assert "3 new actions, 0 changed, 3 rating updates, 0 date moves." in words
    assert "Editor One, 15 Jun 2026, 09:00" in words
    assert [str(action) for action in plan.actions.all()] == [
        "1 See every child within five days",
        "2 Write shorter plans",
        "3 Audit ten cases a month",
    ]


def test_applying_twice_applies_once(browser, board):
    _, response = started(browser)
    send(browser, response, apply="yes")
    again = send(browser, response, apply="yes")
    assert "This import was finished already. Nothing has been done twice." in text_of(again)
    assert (Plan.objects.count(), Action.objects.count(), ProgressUpdate.objects.count()) == (1, 3, 3)


def test_cancelling_changes_nothing_and_can_be_repeated(browser, board):
    imported, _ = started(browser)
    address = reverse("import_cancel", args=["harbour", imported.pk])
    first, second = (browser.post(address, follow=True) for _ in range(2))
    assert (
        "The import is cancelled. Nothing on the board has changed. The workbook is kept with the import."
    ) in text_of(first)
    assert "there was nothing to cancel" in text_of(second)
    imported.refresh_from_db()
    assert (imported.state, Plan.objects.count()) == ("cancelled", 0)


def test_undoing_asks_once_and_reports_row_by_row(browser, board):
    imported = bring_in(board, plan_book(*ROWS))
    edited = Action.objects.get(reference="3")
    edit_action(edited, by=None, outcome="Audits find what is wrong")
    address = reverse("import_undo", args=["harbour", imported.pk])
    words = text_of(browser.get(address))
    assert "2 new actions would go, 1 would stay because somebody has worked on it since" in words
    assert "2 rating updates and 0 date moves of the import no longer count." in words
    assert "The import made 3 leads and 0 recommendations: they go, unless something" in words
    assert Action.objects.current().count() == 3
    first = browser.post(address, follow=True)
    assert "2 rows reversed, 2 kept, 0 refused. 2 leads that it had made went, too." in text_of(first)
    assert re.search("Lead: Quality Manager ?Kept ?Kept, because an action names it.", text_of(first))
    second = browser.post(address, follow=True)
    assert "There is nothing to take back. Nothing has been done twice." in text_of(second)
    assert [str(action) for action in Action.objects.current()] == ["3 Audit ten cases a month"]
    assert [area.title for area in Area.objects.current()] == ["Quality"]
    assert Plan.objects.get().status == PlanStatus.LIVE


def test_the_question_counts_only_what_goes(browser, board, editor):
    bring_in(board, plan_book(*ROWS))
    imported = bring_in(
        board,
        plan_book(
            changed(VISITS, RAG="Red", Action="See all children", Target_date="31/08/2026"),
            changed(PLANS, RAG="", Progress="Three teams try it", Lead="Head of Safety"),
            changed(AUDITS, RAG="Green", Activity="1. Draw\n2. Read", Target_date="31/08/2026"),
        ),
    )
    visits, _, audits = Action.objects.order_by("reference")
    wrong = visits.updates.latest_first().first()
    record_update(visits, by=editor, rating="on_track", replaces=wrong, reason="Not yet so")
    move_target(visits, to="End October 2026", by=editor, reason="Ill")
    edit_action(visits, by=editor, title="See all of the children")
    page = browser.get(reverse("import_undo", args=["harbour", imported.pk]))
    words = text_of(page)
    assert "0 new actions would go, 2 would say again what they said before." in words
    assert "1 rating update, 1 progress note and 1 date move of the import no longer count." in words
    assert [update.withdrawn_at for update in ProgressUpdate.objects.all()] == [None] * 7
    browser.post(page.request["PATH_INFO"])
    assert ProgressUpdate.objects.standing().count() == 4
    assert [action.moves.standing().count() for action in (visits, audits)] == [2, 0]


def test_the_workbook_comes_back_byte_for_byte(browser, board):
    content = plan_book(*ROWS)
    upload(browser, content, name="Our “plan” v2.xlsx")
    imported = Import.objects.get()
    response = browser.get(reverse("import_file", args=["harbour", imported.pk]))
    assert response.content == content
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''Our%20_plan_%20v2.xlsx"


def test_the_template_can_be_downloaded_and_imported(browser, board):
    response = browser.get(reverse("import_template", args=["harbour"]))
    content = b"".join(response.streaming_content)
    assert load_workbook(BytesIO(content)).sheetnames
    assert "What each column was taken for" in text_of(upload(browser, content))


def test_the_cells_outside_the_actions_are_listed(browser, board):
    imported, _ = started(browser, *ROWS, above=(("Harbour plan",), ("Ask the office",)))
    response = browser.get(reverse("import_cells", args=["harbour", imported.pk]))
    assert "Plan, A1 “Harbour plan” Title above the table" in text_of(response)


def test_the_list_of_imports(browser, board):
    page = browser.get(reverse("import_list", args=["harbour"]))
    assert "Nothing has been imported yet." in text_of(page)
    started(browser)
    bring_in(board, plan_book(*ROWS), name="second.xlsx")
    words = text_of(browser.get(reverse("import_list", args=["harbour"])))
    assert (
        "second.xlsx Recovery plan, January to December 2026 Applied 3 new, 0 changed, 0 unchanged" in words
    )
    assert "plan.xlsx Not chosen yet Waiting to be applied Nothing Editor One" in words


def test_another_boards_import_is_not_found(browser, board):
    other = bring_in(make_board("elsewhere"), plan_book(*ROWS))
    for name in ("import_check", "import_file", "import_cells", "import_undo"):
        assert browser.get(reverse(name, args=["harbour", other.pk])).status_code == 404
