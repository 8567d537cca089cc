"""Audit results come in with the same engine: preview, apply, undo, nothing lost."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from audits.models import Audit
from audits.services.audits import edit_audit
from improvement.imports.sheets import all_not_understood, all_problems, as_json
from improvement.imports.workbooks import apply_import, check_workbook, keep_workbook, undo_import
from plans.models import Role
from tests.audits.factories import make_audit, make_done, make_finding
from tests.factories import make_board, make_member
from tests.importing import HEADERS, ROWS, TODAY, bring_in
from tests.pages import fields_of, text_of
from tests.plans.spreadsheets.workbooks import Page, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]

HEAD = ("Audit", "Theme", "Date", "Cases", "Inadequate", "Requires improvement", "Good", "Outstanding")
VISITS = ("Visits", "Seen", "31/03/2026", 22, 2, 8, 9, 1)
PLANS = ("Plans", "", "May 2026", 20, 1, 4, 12, 3)
ALONE = build(Page("Audits", [HEAD, VISITS, PLANS]))


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


def audits(board):
    rows = Audit.objects.filter(board=board).order_by("title", "pk")
    return [
        (row.title, row.status, row.done_on, row.sample, [grade.count for grade in row.grades.all()])
        for row in rows
    ]


BROUGHT_IN = [
    ("Plans", "done", date(2026, 5, 31), 20, [1, 4, 12, 3]),
    ("Visits", "done", date(2026, 3, 31), 22, [2, 8, 9, 1]),
]


def test_results_come_in_beside_a_plan(board, editor):
    book = build(Page("Plan", [HEADERS, *ROWS]), Page("Audits", [HEAD, VISITS, PLANS]))
    previews = check(board, book)
    assert len(previews["plan"].comparisons) == 3
    assert [cell for cell in all_not_understood(previews) if not cell.furniture] == []
    bring_in(board, book, by=editor)
    assert audits(board) == BROUGHT_IN
    visits = Audit.objects.get(title="Visits")
    assert (visits.theme, visits.planned_text, visits.grading) == ("Seen", "31 March 2026", "grades")


def test_the_same_again_changes_nothing(board, editor):
    bring_in(board, ALONE, by=editor)
    assert check(board, ALONE)["audits"].counts == {
        "new": 0,
        "done": 0,
        "changed": 0,
        "unchanged": 2,
        "left_out": 0,
    }


def test_an_audit_of_the_programme_becomes_done_and_other_results_are_mended(board, editor):
    planned = make_audit(board, "visits", planned="April 2026")
    done = make_done(board, "Plans", on=date(2026, 5, 31), counts=(1, 4, 5, 0))
    statuses = [one.status for one in check(board, ALONE)["audits"].comparisons]
    assert statuses == ["done", "changed"]
    imported = bring_in(board, ALONE, by=editor)
    assert [row[1:] for row in audits(board)] == [row[1:] for row in BROUGHT_IN]
    undo_import(imported, by=editor)
    planned.refresh_from_db()
    done.refresh_from_db()
    assert (planned.status, done.sample) == ("planned", 10)
    assert [grade.count for grade in done.grades.all()] == [1, 4, 5, 0]


def test_taking_the_import_back_leaves_what_was_worked_on(board, editor):
    imported = bring_in(board, ALONE, by=editor)
    make_finding(Audit.objects.get(title="Visits"))
    undo_import(imported, by=editor)
    assert [row[0] for row in audits(board)] == ["Visits"]
    imported.refresh_from_db()
    assert [(row["title"], row["outcome"]) for row in imported.undo_report] == [
        ("Visits", "kept"),
        ("Plans", "reversed"),
    ]


def test_an_audit_edited_since_is_kept(board, editor):
    imported = bring_in(board, ALONE, by=editor)
    edit_audit(Audit.objects.get(title="Visits"), by=editor, team="Assessment")
    undo_import(imported, by=editor)
    assert [row[0] for row in audits(board)] == ["Visits"]


def test_what_is_in_trouble_is_listed_and_left_out(board, editor):
    wrong = ("Visits", "", "May 2026", 10, 9, 9, 0, 0)
    book = build(Page("Audits", [HEAD, wrong, PLANS]))
    previews = check(board, book)
    assert [(each.row, each.message) for each in all_problems(previews)] == [
        (2, "Visits: Its grades add up to 18, more than its 10 cases.")
    ]
    assert [audit["status"] for audit in as_json(previews)["audits"]] == ["in trouble", "new"]
    imported = bring_in(board, book, by=editor)
    assert [row[0] for row in audits(board)] == ["Plans"]
    assert "Visits" in [cell["text"] for cell in imported.not_understood]


def test_an_audit_graded_by_another_scale_is_not_written_over(board):
    make_done(board, "Plans", on=date(2026, 5, 31), grading="agreement", counts=(1, 19))
    [_, one] = check(board, ALONE)["audits"].comparisons
    assert one.trouble.startswith("On the board it is graded by another scale.")


def test_audits_changed_meanwhile_are_not_written_over(board, editor):
    imported = keep_workbook(board, "audits.xlsx", ALONE, by=editor)
    previews = check(board, ALONE)
    make_done(board, "Plans", on=date(2026, 5, 31))
    with pytest.raises(ValidationError, match="changed the audits while the import was being applied"):
        apply_import(imported, previews, by=editor)


def test_the_pages_of_an_import_show_the_results(signed_in, board, editor):
    client = signed_in(editor)
    imported = keep_workbook(board, "audits.xlsx", ALONE, by=editor)
    address = reverse("import_check", args=[board.slug, imported.pk])
    page = client.get(address)
    assert "We found results of 2 audits." in text_of(page)
    assert "Results of 2 audits: 2 new, 0 changed, 0 unchanged" in text_of(page)
    assert "Inadequate 2, Requires improvement 8, Good 9, Outstanding 1" in text_of(page)
    client.post(address, fields_of(page, "seen") | {"audit": ["Audits!3"], "again": "yes"}, follow=True)
    page = client.get(address)
    page = client.post(address, fields_of(page, "seen") | {"apply": "yes"}, follow=True)
    assert [row[0] for row in audits(board)] == ["Plans"]
    assert "results of 1 audit" in text_of(page)


def test_the_command_says_what_it_found(board, editor, tmp_path):
    path = tmp_path / "audits.xlsx"
    path.write_bytes(ALONE)
    said = StringIO()
    call_command("import_plan", str(path), "--board", board.slug, "--dry-run", stdout=said)
    assert "Audit results: 2 new, 0 changed, 0 unchanged, 0 in trouble." in said.getvalue()
