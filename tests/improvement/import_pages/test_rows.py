"""Deciding about each row of an import: ticks, reasons, rows in trouble or changed meanwhile."""

import re
from datetime import date

import pytest
from django.urls import reverse

from plans.models import Action, Plan, ProgressUpdate
from plans.services.actions import edit_action
from tests.importing import AUDITS, PLANS, ROWS, VISITS, bring_in, changed, plan_book
from tests.improvement.import_pages.sending import send, started
from tests.pages import fields_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


def test_proposals_are_ticked_unticked_and_given_reasons(browser, board):
    bring_in(board, plan_book(*ROWS))
    later = [
        changed(VISITS, RAG="Blue", Target_date="End August 2026"),
        changed(PLANS, RAG="Red", Target_date="30/09/2026"),
        AUDITS,
    ]
    _, response = started(browser, *later)
    words = text_of(response, "main")
    assert "2 rating updates proposed" in words
    assert "a reason may stay empty: the board then reads “None given”." in words
    response = send(
        browser,
        response,
        update=["Plan!3"],
        move=["Plan!4"],
        apply="yes",
        **{"reason-Plan!4": "Two posts are empty"},
    )
    words = text_of(response)
    assert "is on the board: 0 new actions, 0 changed, 1 rating update, 1 date move. You can undo" in words
    assert words.count("0 new actions, 0 changed, 1 rating update, 1 date move.") == 2
    assert [
        (update.action.reference, update.rating) for update in ProgressUpdate.objects.filter(on="2026-06-15")
    ][:1] == [("1", "complete")]
    visits, plans, _ = Action.objects.order_by("reference")
    assert (visits.target_text, plans.target_text) == ("End June 2026", "30/09/2026")
    assert [move.reason for move in plans.moves.all()] == ["Two posts are empty"]


def test_what_was_decided_on_one_page_is_kept_on_the_next(browser, board):
    rows = [
        (str(n), "Front door", f"See family group {n}", "", "Head of Care", "", "Green", "")
        for n in range(1, 121)
    ]
    bring_in(board, plan_book(*rows))
    _, response = started(browser, *(changed(row, RAG="Red") for row in rows))
    assert "Rows 1 to 100 of 120" in text_of(response)
    ticked = fields_of(response, "seen")["update"]
    response = send(browser, response, page="2", update=ticked[1:])
    assert "Rows 101 to 120 of 120" in text_of(response)
    response = send(browser, response, apply="yes")
    assert ProgressUpdate.objects.filter(rating="off_track").count() == 119
    assert not ProgressUpdate.objects.filter(rating="off_track", action__reference="1").exists()


def test_a_row_in_trouble_is_left_out_unless_it_is_mended(browser, board):
    double = changed(AUDITS, Ref="1", Action="Meet the schools")
    _, response = started(browser, VISITS, double)
    words = text_of(response)
    assert "1 new, 0 changed, 0 unchanged and 1 in trouble." in words
    assert "Two rows have the reference 1: row 3 and this one." in words
    assert "1 row and 7 cells left out or not understood." in words
    mended = send(browser, response, again="yes", **{"trouble-Plan!4": "without"})
    assert "2 new, 0 changed, 2 rating updates, 0 date moves. Nothing is left out." in text_of(mended)
    done = text_of(send(browser, mended, apply="yes"))
    assert "2 new actions" in done
    assert "Rows 2 new, 0 changed, 0 unchanged" in done
    assert [(a.reference, a.title) for a in Action.objects.order_by("id")] == [
        ("1", "See every child within five days"),
        ("", "Meet the schools"),
    ]
    _, again = started(browser, VISITS, double)
    assert "0 new, 0 changed, 2 unchanged." in text_of(again)


def test_a_row_in_trouble_that_nobody_mends_stays_out(browser, board):
    imported, response = started(browser, VISITS, changed(AUDITS, Ref="1", Action="Meet the schools"))
    cells = reverse("import_cells", args=["harbour", imported.pk])
    before = text_of(browser.get(cells))
    assert "8 are in a field or a note" in text_of(response)
    applied = send(browser, response, apply="yes")
    assert [action.title for action in Action.objects.all()] == ["See every child within five days"]
    why = "This row is left out. Two rows have the reference 1: row 3 and this one."
    for words in (text_of(response), before, text_of(applied), text_of(browser.get(cells))):
        assert re.search(f"Plan, C4 ?“Meet the schools” ?{why}", words)
        assert re.search(f"Plan, H4 ?“No audits in May” ?{why}", words)


def test_a_row_without_words_is_not_quoted(browser):
    _, response = started(browser, VISITS, changed(AUDITS, Action=""))
    words = text_of(response)
    assert "This row has no words for the action." in words
    assert "It says:" not in words


def test_a_change_on_the_board_meanwhile_is_shown_before_it_is_overwritten(browser, board, editor):
    bring_in(board, plan_book(*ROWS))
    _, response = started(browser, changed(VISITS, Activity="1. Agree one rota"), PLANS, AUDITS)
    action = Action.objects.get(reference="2")
    edit_action(action, by=editor, activity="1. Draft a better form")
    response = send(browser, response, apply="yes")
    assert "has changed since the page was shown. Check it again, then apply it." in text_of(response)
    action.refresh_from_db()
    assert action.activity == "1. Draft a better form"


def test_what_was_edited_on_the_board_is_shown_as_left_alone_and_can_be_ticked(browser, board, editor):
    bring_in(board, plan_book(*ROWS))
    edit_action(Action.objects.get(reference="3"), by=editor, title="Audit twelve cases a month")
    _, response = started(browser)
    words = text_of(response)
    assert "0 new, 0 changed, 2 unchanged, 1 left alone because the board has changed since." in words
    assert "Left alone The board has changed this since." in words
    assert "Nothing would change." in words
    response = send(browser, response, again="yes", stale=["Plan!5"])
    assert "0 new, 1 changed, 0 rating updates, 0 date moves." in text_of(response)
    send(browser, response, apply="yes")
    assert Action.objects.get(reference="3").title == "Audit ten cases a month"


def test_a_date_that_waits_for_the_chair_is_not_counted_as_proposed(browser, board, editor):
    bring_in(board, plan_book(*ROWS))
    Plan.objects.update(moves_need_agreement=True)
    bring_in(board, plan_book(changed(VISITS, Target_date="31/08/2026"), PLANS, AUDITS), by=editor)
    _, response = started(
        browser, changed(VISITS, Target_date="30/09/2026"), changed(PLANS, Target_date="30/09/2026")
    )
    assert "1 date move proposed, 1 left alone" in text_of(response)
    fields = fields_of(response, "seen")
    assert fields["move-shown"] == "Plan!4"
    assert [name for name in fields if name.startswith("reason-")] == ["reason-Plan!4"]


def test_a_day_that_no_calendar_has_is_listed_and_moves_nothing_by_itself(browser, board):
    bring_in(board, plan_book(*ROWS))
    imported, page = started(
        browser, changed(VISITS, Target_date="31/06/2026"), PLANS, changed(AUDITS, Target_date="30 Feb")
    )
    words = text_of(page)
    assert "0 date moves proposed, 2 left alone" in words
    assert "“31/06/2026” No date Left alone The calendar has no such day." in words
    assert "Nothing would change. 0 rows and 2 cells left out or not understood." in words
    applied = send(browser, page, apply="yes", move="Plan!5")
    cells = reverse("import_cells", args=["harbour", imported.pk])
    for told in (words, text_of(applied), text_of(browser.get(cells))):
        assert re.search("Plan, F3 ?“31/06/2026” ?The calendar has no such day", told)
        assert re.search("Plan, F5 ?“30 Feb” ?The calendar has no such day", told)
    targets = [action.target for action in Action.objects.order_by("reference")]
    assert [(target.text, target.due) for target in targets] == [
        ("End June 2026", date(2026, 6, 30)),
        ("31/07/2026", date(2026, 7, 31)),
        ("30 Feb", None),
    ]


@pytest.mark.parametrize(
    ("day", "told"),
    [("30/05/2026", True), ("30/06/2026", False), ("30/08/2026", False)],
    ids=["over", "earlier, but not over", "later"],
)
def test_many_dates_put_back_to_days_that_are_over_are_told(browser, board, day, told):
    rows = [changed(VISITS, Ref=str(n), Action=f"Visit team {n}", Target_date="31/07/2026") for n in range(6)]
    bring_in(board, plan_book(*rows))
    _, page = started(browser, *(changed(row, Target_date=day) for row in rows))
    question = "6 date moves would put the board’s dates back to days that are over."
    assert (question in text_of(page)) is told
    some = send(browser, page, again="yes", move=[f"Plan!{n}" for n in range(3, 7)])
    assert "days that are over" not in text_of(some)


def test_a_change_of_words_can_be_unticked(browser, board):
    bring_in(board, plan_book(*ROWS))
    _, response = started(browser, changed(VISITS, Activity="1. Agree one rota\n2. Keep it"), PLANS, AUDITS)
    assert fields_of(response, "seen")["change"] == "Plan!3"
    response = send(browser, response, apply="yes", change=None)
    assert "0 new actions, 0 changed, 0 rating updates, 0 date moves." in text_of(response)
    assert Action.objects.get(reference="1").activity == VISITS[3]


def test_words_without_a_rating_are_progress_notes(browser, board):
    _, response = started(browser, VISITS, changed(PLANS, RAG=""))
    assert "2 new, 0 changed, 1 rating update, 1 progress note, 0 date moves." in text_of(response)
    response = send(browser, response, apply="yes")
    words = text_of(response)
    assert "is on the board: 2 new actions, 0 changed, 1 rating update, 1 progress note." in words
    assert "2 new actions, 0 changed, 1 rating update, 1 progress note, 0 date moves." in words
