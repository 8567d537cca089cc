"""A first name in one cell and the surname in the next are shown, and nothing of them is changed."""

import pytest

from improvement.redacting.apart import find_apart
from improvement.redacting.words import Words
from plans.models import Action, Redaction
from plans.services.actions import edit_action
from tests.factories import make_action, make_area, make_board, make_plan, make_user
from tests.importing import bring_in, plan_book
from tests.pages import text_of
from tests.plans.undoing.taking_back import undo

pytestmark = pytest.mark.django_db
NAME = "Qxzzy Brambling"


def found(name=NAME, board=None):
    rows = find_apart(Words(name), board)
    return [(each.name, [said.words for said in each.said]) for each in rows]


@pytest.mark.parametrize(
    ("title", "outcome", "is_found"),
    [
        ("Meet Qxzzy", "The Brambling family is seen", True),
        ("Meet QXZZY weekly", "brambling", True),
        ("Meet Brambling, Qxzzy", "", True),
        ("Meet Qxzzy Brambling", "", False),
        ("Meet Qxzzy Brambling", "Qxzzy is seen", False),
        ("Meet Qxzzy Brambling", "Brambling, Qxzzy is seen", True),
        ("Meet Qxzzyish", "Brambling", False),
        ("Meet Qxzzy", "", False),
    ],
)
def test_each_word_stands_by_itself_in_one_row(title, outcome, is_found):
    make_action(title=title, outcome=outcome)
    assert [name for name, _ in found()] == ["actions"] * is_found


def test_short_words_and_one_alone():
    make_action(title="Meet Jo", outcome="Ng is seen")
    assert found("Jo Ng-Li") == []
    assert found("Jo Ng") == [("actions", ["Jo", "Ng"])]
    assert found("Meet") == []


def test_a_history_that_says_the_same_is_no_second_row():
    action = make_action(title="Meet Qxzzy", outcome="Brambling")
    edit_action(action, by=None, title="Meet somebody")
    assert found() == [("actions", ["Qxzzy", "Brambling"])]


def test_two_rows_are_no_one_row():
    area = make_area()
    make_action(area, title="Meet Qxzzy")
    make_action(area, title="Meet Brambling")
    assert found() == []


def test_rows_of_a_workbook():
    headers = ("Ref", "Action", "Lead", "RAG", "First name", "Surname")
    board = make_board()
    imported = bring_in(
        board, plan_book(("1", "Visit", "Head A", "Red", "Qxzzy", "Brambling"), headers=headers)
    )
    assert (f"Workbook of import {imported.pk}, “Plan”, row 3", ["Qxzzy", "Brambling"]) in found(board=board)
    assert found(board=make_board()) == []


def test_columns_without_a_field_are_notes_of_one_row():
    headers = ("Ref", "Action", "Lead", "RAG", "First name", "Surname")
    board = make_board()
    rows = ("1", "Visit", "Head A", "Red", "Qxzzy", "Brambling"), ("2", "Meet", "Head B", "Red", "Qxzzy", "")
    bring_in(board, plan_book(*rows, headers=headers))
    assert ("actions", ["Qxzzy", "Brambling"]) in found(board=board)


def test_a_note_and_a_column_are_one_row():
    make_action(title="Meet Qxzzy", notes=[["Family", "Brambling"], ["Visits", "2"]])
    assert found() == [("actions", ["Qxzzy", "Brambling"])]


def test_what_an_import_keeps_of_its_rows_is_no_one_row():
    board, headers = make_board(), ("Ref", "Action", "Lead", "RAG")
    rows = ("1", "Meet Qxzzy", "", "Red"), ("2", "Meet Brambling", "", "Red")
    undo(bring_in(board, plan_book(*rows, headers=headers)))
    assert "Brambling" in str(board.imports.get().undo_report)
    assert found(board=board) == []


@pytest.mark.parametrize("title", ["Meet Qxzzy Brambling", "Meet Brambling / Qxzzy"])
def test_the_surname_may_be_typed_first(title):
    make_action(title=title)
    assert [name for name, _ in found("Brambling, Qxzzy")] == ["actions"]


def test_the_page_lists_them_and_taking_out_leaves_them(signed_in):
    staff = signed_in(make_user(is_staff=True))
    area = make_area(make_plan())
    make_action(area, title=f"Meet {NAME}")
    apart = make_action(area, title="Meet Qxzzy", outcome="Brambling is seen")
    fields = {"words": NAME, "reason": "A name was typed by mistake.", "board": ""}
    page = staff.post("/redact/", fields)
    assert "Perhaps: the words stand apart here" in text_of(page)
    assert "Actions: Meet Qxzzy / Brambling is seen" in text_of(page)
    staff.post("/redact/", fields | {"sure": "yes"})
    done = text_of(staff.get(f"/redact/{Redaction.objects.get().pk}/"))
    assert "Perhaps they also stand in 1 row where each word stands by itself" in done
    assert "On no board" not in done
    assert Action.objects.get(pk=apart.pk).title == "Meet Qxzzy"


def test_the_page_of_what_was_done_is_silent_where_none_is_left(signed_in):
    make_action(title=f"Meet {NAME}")
    staff = signed_in(make_user(is_staff=True))
    staff.post("/redact/", {"words": NAME, "reason": "A mistake.", "sure": "yes"})
    assert "Perhaps" not in text_of(staff.get(f"/redact/{Redaction.objects.get().pk}/"))


def test_the_page_says_what_to_do_about_a_short_word(signed_in):
    """What the page says is what the search does."""
    make_action(title="Meet Qx, Brambling")
    staff = signed_in(make_user(is_staff=True))
    look = {"reason": "A name", "board": ""}
    assert "A word of one or two letters is refused alone, since it would take out too much" in text_of(
        staff.post("/redact/", look | {"words": "Brambling Qx"})
    )
    assert "Write at least three letters" in text_of(staff.post("/redact/", look | {"words": "Qx"}))
    assert "Meet Qx, Brambling" in text_of(staff.post("/redact/", look | {"words": "Qx, Brambling"}))


def test_the_page_counts_those_for_which_there_is_no_room(signed_in, settings):
    area = make_area()
    for number in range(52):
        make_action(area, title=f"Meet Qxzzy {number}", outcome="Brambling")
    page = signed_in(make_user(is_staff=True)).post("/redact/", {"words": NAME, "reason": "A mistake."})
    assert "and 2 more rows" in text_of(page)
