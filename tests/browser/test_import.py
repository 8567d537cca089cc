"""An administrator brings a workbook in, mends a column, applies it, sees the plan and takes it back."""

import pytest
from django.conf import settings

from plans.models import Action, Import, Role
from tests.factories import make_board, make_member
from tests.importing import AUDITS, PLANS, VISITS, bring_in, changed, plan_book

WORKBOOK = settings.BASE_DIR / "fixtures" / "improvement-plan.xlsx"

pytestmark = pytest.mark.browser


@pytest.fixture
def board(transactional_db):
    return make_board("harbour")


@pytest.fixture
def administrator(board):
    return make_member(board, Role.ADMINISTRATOR, "Administrator One")


def upload(page, workbook):
    page.goto("/boards/harbour/imports/")
    page.get_by_role("link", name="Import a workbook").click()
    page.get_by_label("The workbook").set_input_files(workbook)
    page.get_by_role("button", name="Upload and check").click()
    page.get_by_role("heading", name="Check what we understood").wait_for()


@pytest.mark.journey
def test_an_administrator_imports_mends_applies_and_undoes(page, sign_in, administrator, axe_violations):
    sign_in(page, administrator, "/boards/harbour/")
    page.get_by_role("link", name="Import", exact=True).click()
    page.wait_for_url("**/imports/")
    assert axe_violations(page) == []
    page.get_by_role("link", name="Import a workbook").click()
    page.wait_for_url("**/imports/new/")
    assert axe_violations(page) == []
    upload(page, WORKBOOK)
    assert axe_violations(page) == []
    select = page.get_by_label("Success criteria")
    select.select_option("what_it_means")
    page.get_by_role("button", name="Read again with these columns").click()
    page.get_by_text("Chosen for this board").first.wait_for()
    page.get_by_role("button", name="Apply to the board").first.click()
    page.get_by_role("link", name="Undo this import").wait_for()
    assert axe_violations(page) == []
    number = Action.objects.current().count()
    assert Action.objects.exclude(what_it_means="").exists()
    page.get_by_role("link", name="See ").click()
    page.wait_for_url("**/plan/?plan=*")
    page.go_back()
    page.get_by_role("link", name="Undo this import").click()
    page.wait_for_url("**/undo/")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Undo the import").click()
    page.get_by_text(f"{number} rows reversed, 0 kept, 0 refused").wait_for()
    assert axe_violations(page) == []
    assert Action.objects.current().count() == 0


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_every_part_of_the_check_page_fits(
    new_page, sign_in, administrator, board, axe_violations, sideways, width
):
    bring_in(board, plan_book(VISITS, PLANS, AUDITS))
    rows = [
        changed(
            VISITS, RAG="Red", Target_date="End August 2026", Activity="1. Agree one rota\n2. Check it daily"
        ),
        changed(
            PLANS, Progress="All teams use the form, " + "which they find much shorter than the old one " * 9
        ),
        ("4", "Quality", "Meet the schools", "", "", "Mid May", "", "Antidisestablishmentarianism" * 4),
        ("4", "Quality", "Meet the nurseries", "", "Head of Early Years", "", "On hold", ""),
    ]
    page = new_page(width=width)
    sign_in(page, administrator, "/boards/harbour/imports/")
    content = plan_book(*rows)
    upload(page, {"name": "second.xlsx", "mimeType": "application/octet-stream", "buffer": content})
    page.get_by_role("heading", name="1 rating update, 1 progress note proposed").wait_for()
    assert (axe_violations(page), sideways(page)) == ([], 0)


def test_without_scripts_an_import_works_as_well(new_page, sign_in, administrator, board):
    page = new_page(scripts=False)
    sign_in(page, administrator, "/boards/harbour/imports/")
    upload(page, WORKBOOK)
    page.get_by_role("button", name="Apply to the board").first.click()
    page.get_by_role("link", name="Undo this import").wait_for()
    assert Import.objects.get().state == "applied"


def test_enter_in_a_field_reads_again_and_applies_nothing(page, sign_in, administrator, board):
    sign_in(page, administrator, "/boards/harbour/imports/")
    upload(page, WORKBOOK)
    page.get_by_label("Title of the new plan").fill("Harbour plan")
    page.get_by_label("Title of the new plan").press("Enter")
    page.get_by_text("becomes a new plan, Harbour plan").wait_for()
    assert Import.objects.get().state == "checked"
