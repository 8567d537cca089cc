"""Recommendations that a workbook’s texts refer to: proposed, taken, found again, taken back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from improvement.imports.workbooks import check_workbook, undo_import
from plans.export import plan_table
from plans.imports.as_json import as_json
from plans.models import Import
from plans.services.actions import set_recommendations
from plans.services.recommendations import edit_recommendation
from plans.spreadsheets.writing import write_xlsx
from tests.factories import make_board, make_inspection, make_member, make_recommendation
from tests.importing import HEADERS, bring_in, plan_book, preview

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]

CITING = (
    "1",
    "Front door",
    "See every child within five days (Ofsted improvement action 3)",
    "Agree a rota, as JTAI priority actions 1 and 2 ask. See action 3 below.",
    "Head of Assessment",
    "End June 2026",
    "Green",
    "Recommendation 9 was talked about",
)
CITED = ["Ofsted improvement action 3", "JTAI priority action 1", "JTAI priority action 2"]


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def book():
    return plan_book(CITING)


def answers(board):
    action = board.plans.get().actions.get()
    return sorted(map(str, action.recommendations.all()))


def proposed(board, content):
    return [list(one.proposal.recommendations) for one in preview(board, content).comparisons]


def statuses_of(board, content):
    plan = board.plans.get()
    found = check_workbook(content, board, {"title": plan.title}, today=timezone.localdate())["plan"]
    return [(one.status.value, [each.field for each in one.changes]) for one in found.comparisons]


UNCHANGED = [("unchanged", [])]


def test_what_the_texts_cite_is_proposed_and_written(board, book):
    assert proposed(board, book) == [[(words, "") for words in CITED]]
    told = as_json(preview(board, book))["actions"][0]
    assert told["recommendations"] == CITED
    assert told["title"] == CITING[2]
    bring_in(board, book)
    assert answers(board) == sorted(CITED)


def test_the_same_workbook_and_the_download_change_nothing(board, book):
    bring_in(board, book)
    assert statuses_of(board, book) == UNCHANGED
    download = write_xlsx([plan_table(board.plans.get())])
    assert statuses_of(board, download) == UNCHANGED
    assert [column.field for column in _columns(board, download)].count("recommendation_reference") == 0


def _columns(board, content):
    return preview(board, content).reading.sheets[0].columns


def test_a_recommendation_of_the_board_is_found_by_body_and_number(board, book):
    ofsted = make_inspection(board, kind="ofsted", title="Full inspection")
    joint = make_inspection(board, kind="joint", title="Joint inspection")
    make_recommendation(board, inspection=ofsted, reference="3", text="Supervise every worker")
    make_recommendation(board, inspection=joint, reference="1", text="Share what is known")
    make_recommendation(board, inspection=joint, reference="3", text="Meet sooner")
    assert proposed(board, book) == [
        [("3", "Supervise every worker"), ("1", "Share what is known"), ("JTAI priority action 2", "")]
    ]
    bring_in(board, book)
    assert board.recommendations.count() == 4
    assert statuses_of(board, book) == UNCHANGED
    assert statuses_of(board, write_xlsx([plan_table(board.plans.get())])) == UNCHANGED


def test_two_that_fit_leave_the_words(board):
    for year in (2022, 2025):
        inspection = make_inspection(
            board, kind="ofsted", title=f"Inspection of {year}", received_on=date(year, 3, 2)
        )
        make_recommendation(board, inspection=inspection, reference="3", text=f"Asked in {year}")
    row = list(CITING)
    row[2:4] = ["See every child. Ofsted recommendation 3", "As Ofsted 2022 recommendation 3 says"]
    assert proposed(board, plan_book(row)) == [[("Ofsted recommendation 3", ""), ("3", "Asked in 2022")]]


def test_a_column_that_says_it_already_is_not_repeated(board):
    headers = (*HEADERS, "Recommendation number", "Recommendation")
    row = (*CITING, "3", "Supervise every worker")
    content = plan_book(row, headers=headers)
    named = ("3", "Supervise every worker")
    assert proposed(board, content) == [[named, *((words, "") for words in CITED[1:])]]
    bring_in(board, content)
    assert statuses_of(board, content) == UNCHANGED
    assert statuses_of(board, write_xlsx([plan_table(board.plans.get())])) == UNCHANGED


def test_what_people_named_stays_beside_it(board, book):
    bring_in(board, book)
    editor, action = make_member(board, "editor"), board.plans.get().actions.get()
    own = make_recommendation(board, reference="P1", text="Ask families")
    set_recommendations(action, [*action.recommendations.all(), own], by=editor)
    assert statuses_of(board, book) == UNCHANGED


def test_a_reference_put_in_its_place_is_still_the_same(board, book):
    bring_in(board, book)
    editor = make_member(board, "editor")
    ofsted = make_inspection(board, kind="ofsted", title="Full inspection")
    told = board.recommendations.get(reference=CITED[0])
    edit_recommendation(told, by=editor, inspection=ofsted, reference="3", text="Supervise every worker")
    assert statuses_of(board, book) == UNCHANGED


def test_taking_back_takes_the_answers_too(board, book):
    row = list(CITING)
    row[2:4] = ["See every child within five days", "Agree a rota"]
    bring_in(board, plan_book(row))
    row[3] = "Agree a rota. ILACS recommendation 5"
    bring_in(board, plan_book(row))
    assert answers(board) == ["ILACS recommendation 5"]
    undo_import(Import.objects.latest("pk"), by=None)
    assert answers(board) == []


@pytest.mark.parametrize("rows", [1, 30])
def test_a_preview_asks_once_whatever_cites(rows, board):
    plain = tuple("plain" if place in (2, 3) else cell for place, cell in enumerate(CITING))
    made = [
        plan_book(*((str(n), *row[1:2], f"{row[2]} {n}", *row[3:]) for n in range(rows)))
        for row in (plain, CITING)
    ]
    asked = []
    for content in made:
        with CaptureQueriesContext(connection) as queries:
            preview(board, content)
        asked.append(len(queries))
    assert asked[1] == asked[0] + 1
