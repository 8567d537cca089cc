"""A register comes in with the plan: one preview, one transaction, taken back together."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audits.models import AssuranceProduct
from audits.services.assurance import edit_product, record_review
from improvement.imports.sheets import all_not_understood, as_json, count_cells
from improvement.imports.workbooks import apply_import, check_workbook, keep_workbook, undo_import
from plans.models import Role
from tests.audits.factories import make_product
from tests.factories import make_board, make_member
from tests.importing import HEADERS, ROWS, TODAY, bring_in
from tests.pages import fields_of, text_of
from tests.plans.spreadsheets.workbooks import Page, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]

HEAD = ("Product", "How often", "Who", "Purpose")
REPORT = ("Performance report", "Monthly", "Leadership team", "To see what slips")
CLINICS = ("Clinics", "Every 6 weeks", "Heads of service", "To know why")
BOOK = build(Page("Plan", [HEADERS, *ROWS]), Page("Register", [HEAD, REPORT, CLINICS]))
ALONE = build(Page("Register", [HEAD, REPORT, CLINICS]))


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)


@pytest.fixture
def board():
    return make_board("harbour")


@pytest.fixture
def editor(board):
    return make_member(board, Role.EDITOR, "Editor One")


def check(board, content, **choices):
    return check_workbook(content, board, choices, today=TODAY)


def register(board):
    fields = ("name", "frequency", "reviewed_by", "purpose")
    return list(AssuranceProduct.objects.filter(board=board).current().values_list(*fields))


def test_the_register_comes_in_beside_the_plan(board, editor):
    previews = check(board, BOOK)
    assert previews["register"].counts == {"new": 2, "changed": 0, "unchanged": 0, "left_out": 0}
    assert len(previews["plan"].comparisons) == 3
    imported = bring_in(board, BOOK, by=editor)
    assert register(board) == [REPORT, CLINICS]
    assert imported.summary["register"]["new"] == 2
    change = AssuranceProduct.objects.first().history.get()
    assert (change.history_user, change.history_change_reason) == (editor, f"import {imported.pk}")


def test_every_cell_is_accounted_for(board):
    previews = check(board, BOOK)
    assert [cell for cell in all_not_understood(previews) if not cell.furniture] == []
    filled, placed = count_cells(previews)
    assert filled - placed == len(all_not_understood(previews))
    assert [(sheet["sheet"], sheet["kind"]) for sheet in as_json(previews)["sheets"]] == [
        ("Plan", "plan"),
        ("Register", "register"),
    ]
    assert as_json(previews)["register"][1] == {
        "sheet": "Register",
        "row": 3,
        "name": "Clinics",
        "frequency": "Every 6 weeks",
        "reviewed_by": "Heads of service",
        "purpose": "To know why",
        "status": "new",
    }


def test_the_same_again_changes_nothing(board, editor):
    bring_in(board, BOOK, by=editor)
    assert check(board, BOOK)["register"].counts == {"new": 0, "changed": 0, "unchanged": 2, "left_out": 0}
    bring_in(board, BOOK, by=editor)
    assert [product.history.count() for product in AssuranceProduct.objects.all()] == [1, 1]


def test_what_stands_is_changed_by_what_the_workbook_says_and_no_more(board, editor):
    make_product(
        board, "performance report", frequency="Weekly", purpose="Why", reviewed_by="Leadership team"
    )
    other = make_product(board, "Annex A")
    [one, _] = check(board, ALONE)["register"].comparisons
    assert (one.status, one.changes) == (
        "changed",
        {"frequency": ("Weekly", "Monthly"), "purpose": ("Why", "To see what slips")},
    )
    bring_in(board, ALONE, by=editor)
    assert register(board) == [
        ("performance report", *REPORT[1:]),
        (other.name, "", "", ""),
        CLINICS,
    ]


def test_a_product_may_be_left_out_and_its_words_stay_with_the_import(board, editor):
    imported = bring_in(board, ALONE, by=editor, products_left_out=["Register!2"])
    assert register(board) == [CLINICS]
    kept = [cell["text"] for cell in imported.not_understood if "left out" in cell["reason"]]
    assert kept == list(REPORT)


def test_taking_the_import_back(board, editor):
    standing = make_product(board, "Clinics", frequency="Weekly")
    imported = bring_in(board, ALONE, by=editor)
    undo_import(imported, by=editor)
    assert register(board) == [("Clinics", "Weekly", "", "")]
    standing.refresh_from_db()
    assert standing.history.first().history_change_reason == f"import {imported.pk} taken back"
    imported.refresh_from_db()
    assert [(row["title"], row["outcome"]) for row in imported.undo_report] == [
        ("Performance report", "reversed"),
        ("Clinics", "reversed"),
    ]


def test_what_was_worked_on_since_is_kept(board, editor):
    make_product(board, "Clinics", frequency="Weekly")
    imported = bring_in(board, ALONE, by=editor)
    report, clinics = (AssuranceProduct.objects.get(name=name) for name in (REPORT[0], CLINICS[0]))
    record_review(report, by=editor, learnt="Less waiting", on=date(2026, 6, 14))
    edit_product(clinics, by=editor, frequency="Fortnightly")
    undo_import(imported, by=editor)
    assert register(board) == [("Clinics", "Fortnightly", "", ""), REPORT]
    imported.refresh_from_db()
    assert [(row["outcome"], row["reasons"]) for row in imported.undo_report] == [
        ("kept", ["The product stays, because it was reviewed since."]),
        ("kept", ["Some of it was changed since, so the newer words stand."]),
    ]


def test_a_register_changed_meanwhile_is_not_written_over(board, editor):
    imported = keep_workbook(board, "register.xlsx", ALONE, by=editor)
    previews = check(board, ALONE)
    make_product(board, "Clinics", frequency="Weekly")
    with pytest.raises(ValidationError, match="changed the register while the import was being applied"):
        apply_import(imported, previews, by=editor)
    assert register(board) == [("Clinics", "Weekly", "", "")]


def test_the_pages_of_an_import_show_the_register(signed_in, board, editor):
    make_product(board, "Clinics", frequency="Weekly")
    client = signed_in(editor)
    imported = keep_workbook(board, "register.xlsx", ALONE, by=editor)
    address = reverse("import_check", args=[board.slug, imported.pk])
    page = client.get(address)
    assert "2 assurance products: 1 new, 1 changed, 0 unchanged" in text_of(page)
    assert "We found 2 assurance products." in text_of(page)
    page = client.post(address, fields_of(page, "seen") | {"apply": "yes"}, follow=True)
    assert register(board) == [CLINICS, REPORT]
    assert "2 assurance products." in text_of(page)
    undone = client.post(reverse("import_undo", args=[board.slug, imported.pk]), follow=True)
    assert "2 rows reversed" in text_of(undone)


def test_a_product_is_left_out_on_the_page(signed_in, board, editor):
    client = signed_in(editor)
    imported = keep_workbook(board, "register.xlsx", ALONE, by=editor)
    address = reverse("import_check", args=[board.slug, imported.pk])
    fields = fields_of(client.get(address), "seen") | {"product": ["Register!3"], "again": "yes"}
    page = client.post(address, fields, follow=True)
    assert "1 new, 0 changed, 0 unchanged" in text_of(page)
    imported.refresh_from_db()
    assert imported.choices["products_left_out"] == ["Register!2"]
