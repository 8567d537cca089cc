"""The whole plan as a workbook: read back with openpyxl, and brought in again, which changes nothing."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from improvement.imports.workbooks import apply_import, check_workbook, keep_workbook
from plans.export import plan_table
from plans.models import Action, Plan
from plans.rating import colour_of_fill
from plans.services.actions import find_or_create_recommendation, set_recommendations, withdraw_action
from plans.services.progress import move_target
from plans.spreadsheets.writing import write_xlsx
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_step, make_update

pytestmark = pytest.mark.django_db
FIXTURES = [Path("fixtures") / name for name in ("recovery-plan-2020.xlsx", "improvement-plan.xlsx")]


def read_back(plan):
    return openpyxl.load_workbook(io.BytesIO(write_xlsx([plan_table(plan)]))).active


def rows_of(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def bring_in(path, board):
    content, today = path.read_bytes(), timezone.localdate()
    imported = keep_workbook(board, path.name, content, by=None, choices={})
    apply_import(imported, check_workbook(content, board, {}, today=today), by=None)
    return board.plans.get()


def counts_of_bringing_in_again(plan):
    content = write_xlsx([plan_table(plan)])
    previews = check_workbook(content, plan.board, {"title": plan.title}, today=timezone.localdate())
    return previews["plan"].counts


def all_unchanged(plan):
    none = dict.fromkeys(
        ("new", "changed", "left_alone", "fields", "ratings", "moves", "trouble", "missing"), 0
    )
    return none | {"unchanged": plan.actions.current().count()}


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_what_came_in_goes_out_in_its_own_columns_and_comes_in_unchanged(path):
    plan = bring_in(path, make_board())
    assert plan.actions.count() > 20
    assert counts_of_bringing_in_again(plan) == all_unchanged(plan)
    headers = [[cell for cell in row if cell] for row in rows_of(read_back(plan))]
    assert [column["header"] for column in plan.columns] in headers


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_what_was_written_since_goes_out_too_and_comes_in_unchanged(path):
    plan = bring_in(path, make_board())
    editor = make_member(plan.board, "editor")
    first, second, third = plan.actions.all()[:3]
    make_update(first, "off_track", by=editor, happened="Two posts are empty.", way_back="Fill both posts.")
    make_update(second, "complete", by=editor)
    move_target(second, to="30 June 2031", by=editor, reason="The partner asked for time.")
    withdraw_action(third, by=editor, reason="Another action does it.")
    assert counts_of_bringing_in_again(plan) == all_unchanged(plan)
    words = {cell for row in rows_of(read_back(plan)) for cell in row}
    assert {"Progress", "Two posts are empty.", "Fill both posts.", "30 June 2031"} <= words


def test_a_plan_written_by_hand_goes_out_in_the_usual_columns():
    plan = make_plan(
        make_board(),
        "Our plan",
        starts=date(2026, 1, 5),
        ends=date(2026, 6, 30),
        level_names=["Area", "Outcome"],
    )
    door = make_area(plan, "Front door")
    outcome = make_area(plan, "Decisions are right the first time", parent=door, reference="1.1")
    action = make_action(outcome, "Audit decisions", target="End March 2026", leads="PSW, DCS", reference="7")
    make_step(action, "1", "Choose the cases")
    make_step(action, "2", "Read them")
    make_update(action, "slippage", happened="Half are read.", way_back="Find a second reader.")
    link = find_or_create_recommendation(plan.board, "R4", "Audit more often", by=None)
    set_recommendations(action, [link], by=None)
    assert rows_of(read_back(plan))[:6] == [
        ["Our plan", *[None] * 10],
        ["5 January 2026 – 30 June 2026", *[None] * 10],
        [
            "Outcome",
            "Reference",
            "Action",
            "Activity",
            "Leads",
            "Target date",
            "Rating",
            "Progress",
            "What would make it green",
            "Recommendation reference",
            "Recommendation",
        ],
        ["Front door", *[None] * 10],
        [
            "1.1 Decisions are right the first time",
            7,
            "Audit decisions",
            "1. Choose the cases\n2. Read them",
            "PSW, DCS",
            "End March 2026",
            "Amber",
            "Half are read.",
            "Find a second reader.",
            "R4",
            "Audit more often",
        ],
        [None] * 11,
    ]


def test_a_plan_written_by_hand_comes_in_unchanged():
    plan = make_plan(make_board(), "Our plan", level_names=["Area", "Outcome"])
    for heading in ("Front door", "Homelessness"):
        outcome = make_area(plan, f"{heading} decides well", parent=make_area(plan, heading), reference="1.1")
        for title in ("Audit decisions", "Train staff"):
            action = make_action(outcome, f"{title}: {heading}", target="End March 2031", leads="PSW, DCS")
            make_update(action, "slippage", happened="Half are read.", way_back="Find a second reader.")
    assert counts_of_bringing_in_again(plan) == all_unchanged(plan)


@pytest.mark.parametrize("target", ["End June 2031", "1 - 2 End May 2031", ""])
@pytest.mark.parametrize(
    "dates", [("May 2031",), ("End May 2031", ""), ("", "End June 2031"), ("", ""), ("Monthly", "asap")]
)
def test_the_dates_of_steps_come_in_unchanged(target, dates):
    plan = make_plan(make_board(), "Our plan")
    action = make_action(make_area(plan, "Front door"), "Audit decisions", target=target)
    for number, words in enumerate(dates, 1):
        make_step(action, str(number), f"Read file {number}", target=words)
    assert counts_of_bringing_in_again(plan) == all_unchanged(plan)


def test_a_rating_has_the_plans_word_and_its_colour():
    plan = make_plan(make_board())
    area = make_area(plan)
    for entry in plan.key.all():
        make_update(make_action(area, f"Rated {entry.word}"), entry.code)
    cells = {cell.value: cell for row in read_back(plan).iter_rows() for cell in row}
    for entry in plan.key.all():
        assert colour_of_fill(cells[entry.word].fill.fgColor.rgb) == entry.colour


def test_notes_go_back_under_their_own_headings():
    plan = make_plan(
        make_board(), columns=[{"header": "Task", "field": "title"}, {"header": "Cost", "field": "note"}]
    )
    area = make_area(plan)
    make_action(area, "Fill the posts", notes=[["Cost", "£40,000"], ["Budget holder", "Finance"]])
    make_action(area, "Train staff")
    rows = [[str(cell) for cell in row if cell] for row in rows_of(read_back(plan))]
    assert ["Task", "Cost", "Budget holder"] in rows
    assert ["Fill the posts", "£40,000", "Finance"] in rows
    assert ["Train staff"] in rows


def test_nothing_becomes_a_formula():
    plan = make_plan(make_board())
    make_action(make_area(plan, "=1+1"), "=HYPERLINK(1)", target="+1", leads="@everyone")
    cells = [cell for row in read_back(plan).iter_rows() for cell in row if cell.value is not None]
    assert "=HYPERLINK(1)" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} == {"s"}


def test_anybody_on_the_board_may_download_the_plan(signed_in):
    plan = make_plan(make_board(), "Recovery plan")
    make_action(make_area(plan), "Audit decisions")
    page = signed_in(make_member(plan.board)).get(
        reverse("plans:plan_download", args=[plan.board.slug, plan.pk])
    )
    assert page["Content-Disposition"] == f'attachment; filename="recovery-plan-{timezone.localdate()}.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(page.content)).active
    assert sheet["A1"].value == "Recovery plan"
    assert sheet.freeze_panes == "A3"


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_queries(django_assert_num_queries, rows):
    plan = make_plan(make_board())
    for number in range(rows):
        make_update(make_action(make_area(plan), f"Action {number}"))
    plan = Plan.objects.get(pk=plan.pk)
    with django_assert_num_queries(6):
        plan_table(plan)
    assert Action.objects.count() == rows
