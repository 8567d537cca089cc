"""Workbooks of plans in the tests' own words, and bringing them in as the pages and the command do."""

from datetime import date

from improvement.imports.workbooks import apply_import, check_workbook, keep_workbook
from tests.plans.spreadsheets.workbooks import Page, build

TODAY = date(2026, 6, 15)
HEADERS = ("Ref", "Area", "Action", "Activity", "Lead", "Target date", "RAG", "Progress")
VISITS = (
    "1",
    "Front door",
    "See every child within five days",
    "1. Agree a rota\n2. Check it weekly",
    "Head of Assessment",
    "End June 2026",
    "Green",
    "The rota started in May",
)
PLANS = (
    "2",
    "Front door",
    "Write shorter plans",
    "1. Draft a form\n2. Try it in two teams",
    "Head of Assessment, Principal Social Worker",
    "31/07/2026",
    "Amber",
    "Two teams try the form",
)
AUDITS = (
    "3",
    "Quality",
    "Audit ten cases a month",
    "",
    "Quality Manager",
    "Ongoing",
    "Red",
    "No audits in May",
)
ROWS = (VISITS, PLANS, AUDITS)


def changed(row, headers=HEADERS, **values):
    """The row with other values, named by its headers with "_" for spaces."""
    by_header = dict(zip(headers, row, strict=True))
    by_header.update({name.replace("_", " "): value for name, value in values.items()})
    return tuple(by_header[header] for header in headers)


def without(row, *names, headers=HEADERS):
    """The row without the cells of these columns."""
    return tuple(value for header, value in zip(headers, row, strict=True) if header not in names)


def plan_book(*rows, headers=HEADERS, title="Plan", above=(("Recovery plan, January to December 2026",),)):
    """One sheet with a title line, a header and these rows."""
    return build(Page(title, [*above, headers, *rows]))


def preview(board, content, *, today=TODAY, **choices):
    return check_workbook(content, board, choices, today=today)["plan"]


def bring_in(board, content, *, by=None, today=TODAY, name="plan.xlsx", **choices):
    """Applies the workbook; gives the import."""
    imported = keep_workbook(board, name, content, by=by, choices=choices)
    assert apply_import(imported, check_workbook(content, board, choices, today=today), by=by)
    return imported


def statuses(found):
    return [(one.proposal.row.reference, one.status.value) for one in found.comparisons]
