"""Words of a file that the board had and has changed by hand since are left alone, unless they are ticked."""

import pytest
from django.utils import timezone

from improvement.imports.workbooks import undo_import
from plans.imports.edited import was_edited
from plans.models import Action, Lead
from plans.services.actions import edit_action
from plans.services.progress import move_target, set_step_done
from tests.factories import make_area, make_board, make_member
from tests.importing import AUDITS, PLANS, ROWS, VISITS, bring_in, changed, plan_book, preview

pytestmark = pytest.mark.django_db
KEY = "Plan!3"


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def editor(board):
    return make_member(board, "editor", "Editor One")


@pytest.mark.parametrize(
    ("trail", "wanted", "expected"),
    [
        ([], "a", False),
        ([("a", "import 1")], "a", False),
        ([("a", "import 1"), ("b", "")], "a", True),
        ([("a", ""), ("b", "Mistyped")], "a", True),
        ([("a", "import 1"), ("b", "")], "c", False),
        ([("a", "import 1"), ("b", ""), ("c", "import 2")], "a", False),
        ([("a", "import 1"), ("b", "import 2"), ("c", "")], "a", True),
        ([("a", "import 1"), ("b", ""), ("b", "import 2")], "a", True),
        ([("a", ""), ("b", "import 1"), ("a", "import 1 taken back")], "b", False),
    ],
)
def test_a_value_was_edited_where_a_person_changed_it_last(trail, wanted, expected):
    assert was_edited(trail, wanted) is expected


def changes(found, row=0):
    one = found.comparisons[row]
    return one.status.value, one.is_left_alone, {each.field: each.is_news for each in one.changes}


def visits():
    return Action.objects.get(title__startswith="See")


EDITS = {
    "title": lambda action, by: edit_action(action, by=by, title="See every child within four days"),
    "success_criteria": lambda action, by: edit_action(action, by=by, success_criteria="All are seen"),
    "leads": lambda action, by: edit_action(action, by=by, leads_text="Principal Social Worker"),
    "steps": lambda action, by: move_target(action.steps.first(), to="May 2031", by=by, reason="Agreed"),
    "area": lambda action, by: edit_action(action, by=by, area=make_area(action.plan, "Visits")),
}
HEADERS = ("Ref", "Area", "Action", "Activity", "Success criteria", "Lead", "Target date", "RAG", "Progress")


def wide(*rows):
    """A file with an empty column of success criteria."""
    return plan_book(*((*row[:4], "", *row[4:]) for row in rows), headers=HEADERS)


@pytest.mark.parametrize("name", EDITS)
def test_what_was_edited_on_the_board_is_left_alone(board, editor, name):
    content = wide(*ROWS)
    bring_in(board, content)
    EDITS[name](visits(), editor)
    found = preview(board, content)
    assert changes(found) == ("changed", True, {name: False})
    assert {key: found.counts[key] for key in ("new", "changed", "unchanged", "left_alone", "fields")} == {
        "new": 0,
        "changed": 0,
        "unchanged": 2,
        "left_alone": 1,
        "fields": 0,
    }
    before = preview(board, content).standing
    bring_in(board, content)
    assert preview(board, content).standing == before


def test_the_files_words_are_taken_where_they_are_ticked(board, editor):
    content = plan_book(*ROWS)
    bring_in(board, content)
    edit_action(visits(), by=editor, title="See every child within four days")
    bring_in(board, content, stale={KEY: True})
    assert visits().title == VISITS[2]


def test_new_words_of_the_file_are_taken_unless_they_are_unticked(board, editor):
    bring_in(board, plan_book(*ROWS))
    edit_action(visits(), by=editor, title="See every child within four days")
    content = plan_book(changed(VISITS, Activity="1. Agree one rota\n2. Keep it"), PLANS, AUDITS)
    assert changes(preview(board, content)) == (
        "changed",
        False,
        {"title": False, "activity": True, "steps": True},
    )
    bring_in(board, content, changes={KEY: False})
    assert visits().activity == VISITS[3]
    bring_in(board, content)
    assert (visits().title, visits().activity) == (
        "See every child within four days",
        "1. Agree one rota\n2. Keep it",
    )


def test_a_heading_renamed_on_the_board_moves_nothing(board, editor):
    content = plan_book(*ROWS)
    bring_in(board, content)
    area = visits().area
    area.title = "First contact"
    area._history_user = editor
    area.save()
    assert [changes(preview(board, content), row) for row in (0, 1)] == [
        ("changed", True, {"area": False})
    ] * 2
    bring_in(board, content)
    assert {str(area) for area in board.plans.get().areas.current()} == {"First contact", "Quality"}


def test_a_ticked_step_is_no_edit_of_its_words(board, editor):
    bring_in(board, plan_book(*ROWS))
    set_step_done(visits().steps.first(), timezone.localdate(), by=editor)
    later = plan_book(changed(VISITS, Activity="1. Agree one rota\n2. Check it weekly"), PLANS, AUDITS)
    bring_in(board, later)
    assert changes(preview(board, plan_book(*ROWS))) == ("changed", False, {"activity": True, "steps": True})


def test_what_an_import_brought_and_took_back_comes_in_again(board):
    bring_in(board, plan_book(*ROWS))
    later = plan_book(changed(VISITS, Activity="1. Agree one rota\n2. Keep it"), PLANS, AUDITS)
    undo_import(bring_in(board, later), by=None)
    assert changes(preview(board, later)) == ("changed", False, {"activity": True, "steps": True})


def test_a_lead_of_words_that_are_not_taken_is_not_made(board):
    bring_in(board, plan_book(*ROWS))
    later = plan_book(changed(VISITS, Lead="Head of Visits"), PLANS, AUDITS)
    bring_in(board, later, changes={KEY: False})
    assert not Lead.objects.filter(name="Head of Visits").exists()
