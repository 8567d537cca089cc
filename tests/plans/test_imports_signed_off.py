"""What an import does to an action that is signed off or waits to be, and what taking it back does."""

import pytest

from improvement.imports.workbooks import undo_import
from plans.imports.as_json import as_json
from plans.models import Outcome, ProgressUpdate, Role, SignOff
from plans.services.evidence import show_evidence
from plans.services.sign_off import agree_sign_off, ask_sign_off
from tests.factories import make_board, make_evidence, make_member, report_done
from tests.importing import PLANS, VISITS, bring_in, changed, plan_book, preview

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]
SAYS_OTHERWISE = plan_book(changed(VISITS, RAG="Amber", Progress="The rota has gaps"), PLANS)


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def head(board):
    return make_member(board, Role.LEAD, "Head of Assessment")


@pytest.fixture
def chair(board):
    return make_member(board, Role.CHAIR, "Chair")


@pytest.fixture
def asked(board, head):
    """Action 1 as imported, then reported complete by its lead with evidence."""
    plan = bring_in(board, plan_book(VISITS, PLANS)).plan
    return report_done(plan.actions.get(reference="1"), by=head, happened="Every child is seen in time")


def standing(action):
    updates = ProgressUpdate.objects.standing().filter(action=action).latest_first()
    return [(update.rating, update.happened) for update in updates]


def test_the_rating_of_a_signed_off_action_is_left_alone_and_the_files_words_are_kept(board, asked, chair):
    agree_sign_off(asked, by=chair)
    found = preview(board, SAYS_OTHERWISE)
    assert [one.rating_left_alone for one in found.comparisons] == [True, False]
    assert [each["rating_left_alone"] for each in as_json(found)["actions"]] == [True, False]
    bring_in(board, SAYS_OTHERWISE)
    assert standing(asked.action)[0] == (
        "complete",
        "The rota has gaps\nRating in the workbook, left alone: Amber",
    )
    assert SignOff.objects.in_force().get() == asked
    again = preview(board, SAYS_OTHERWISE)
    assert [one.update for one in again.comparisons] == [False, False]


def test_a_file_that_says_complete_too_proposes_nothing_but_its_words(board, asked, chair):
    agree_sign_off(asked, by=chair)
    found = preview(board, plan_book(changed(VISITS, RAG="Blue", Progress="All is done"), PLANS))
    assert [(one.update, one.rates, one.rating_left_alone) for one in found.comparisons] == [
        (True, False, False),
        (False, False, False),
    ]


def test_a_request_falls_where_the_file_says_something_else(board, asked):
    bring_in(board, SAYS_OTHERWISE)
    asked.refresh_from_db()
    assert asked.outcome == Outcome.DROPPED
    assert standing(asked.action)[0] == ("slippage", "The rota has gaps")


def test_complete_out_of_a_file_asks_for_nothing(board):
    plan = bring_in(board, plan_book(VISITS)).plan
    plan.blue_needs_sign_off = True
    plan.save()
    bring_in(board, plan_book(changed(VISITS, RAG="Blue", Progress="All is done")))
    [action] = plan.actions.with_rating().with_sign_off()
    assert (action.rating, action.signed_off_on, action.sign_off_waiting) == ("complete", None, False)


@pytest.mark.parametrize(("agreed", "word"), [(True, "agreed"), (False, "waiting")])
def test_taking_the_import_back_takes_the_sign_off_with_it(board, head, chair, agreed, word):
    action = bring_in(board, plan_book(VISITS)).plan.actions.get()
    later = bring_in(board, plan_book(changed(VISITS, RAG="Blue", Progress="All is done")))
    update = action.updates.latest_first().first()
    show_evidence(update, [make_evidence(board)], by=head)
    sign_off = ask_sign_off(update, by=head)
    if agreed:
        agree_sign_off(sign_off, by=chair)
    assert undo_import(later, by=None)
    assert [(row["outcome"], *row["reasons"]) for row in later.undo_report] == [
        ("reversed", f"Its sign-off ({word}) fell with the imported rating.")
    ]
    assert standing(action) == [("on_track", "The rota started in May")]
    assert not SignOff.objects.standing().exists()
    assert SignOff.objects.get().withdrawn_at is not None


def test_an_action_of_the_import_whose_sign_off_was_asked_for_stays(board, head):
    imported = bring_in(board, plan_book(changed(VISITS, RAG="Blue")))
    update = ProgressUpdate.objects.get()
    show_evidence(update, [make_evidence(board)], by=head)
    ask_sign_off(update, by=head)
    assert undo_import(imported, by=None)
    assert [(row["outcome"], *row["reasons"]) for row in imported.undo_report] == [
        ("kept", "Kept, because Head of Assessment asked for its sign-off on 15 June 2026."),
        ("kept", "Kept, because an action names it."),
    ]
    assert SignOff.objects.waiting().count() == 1
