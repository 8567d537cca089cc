"""An import into a plan whose dates move once the chair agrees: asked for, answered, taken back."""

from datetime import date

import pytest

from improvement.imports.workbooks import undo_import
from plans.models import Action, MoveRequest, Outcome, Plan, Step, TargetMove
from plans.services.moves import agree_move, refuse_move
from tests.factories import make_board, make_member
from tests.importing import AUDITS, PLANS, VISITS, bring_in, changed, plan_book, preview

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]

LATER = plan_book(changed(VISITS, Target_date="31/08/2026"), PLANS, AUDITS)
LATEST = plan_book(changed(VISITS, Target_date="30/09/2026"), PLANS, AUDITS)


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=False)


@pytest.fixture
def board():
    board = make_board()
    bring_in(board, plan_book(VISITS, PLANS, AUDITS))
    Plan.objects.update(moves_need_agreement=True)
    return board


@pytest.fixture
def editor(board):
    return make_member(board, "editor")


@pytest.fixture
def chair(board):
    return make_member(board, "chair")


def visits_due():
    return Action.objects.get(reference="1").target_due


def test_a_new_date_is_asked_for_and_the_old_one_stays(board, editor):
    imported = bring_in(board, LATER, by=editor)
    asked = MoveRequest.objects.get()
    assert (asked.to_due, asked.by, asked.imported_by) == (date(2026, 8, 31), editor, imported)
    assert asked.reason == "The imported workbook has another date and gives no reason."
    assert (visits_due(), TargetMove.objects.count()) == (date(2026, 6, 30), 0)


def test_the_same_file_again_asks_for_nothing(board, editor, chair):
    bring_in(board, LATER, by=editor)
    assert [one.status.value for one in preview(board, LATER).comparisons] == ["unchanged"] * 3
    refuse_move(MoveRequest.objects.get(), by=chair, reason="Too late")
    [again] = [one for one in preview(board, LATER).comparisons if one.move]
    assert (again.move_is_news, again.was_asked) == (False, True)


def test_another_date_waits_for_the_answer_to_the_first(board, editor):
    bring_in(board, LATER, by=editor)
    [one] = [one for one in preview(board, LATEST).comparisons if one.move]
    assert (one.move_waits, one.move_is_news) == (True, False)
    bring_in(board, LATEST, by=editor, moves={one.key: True})
    assert MoveRequest.objects.get().to_due == date(2026, 8, 31)


def test_a_steps_new_date_is_asked_for_once(board, editor):
    dated = changed(VISITS, Target_date="1. 31/07/2026\n2. 30/09/2026")
    bring_in(board, plan_book(dated, PLANS, AUDITS), by=editor)
    steps = Step.objects.filter(action__reference="1").order_by("position")
    asked = MoveRequest.objects.filter(step__isnull=False).order_by("id")
    before = [(step.number, step.target_text) for step in steps]
    assert before == [("1", ""), ("2", "")]
    assert [request.step.number for request in asked] == ["1", "2"]


def test_taking_the_import_back_withdraws_what_waits(board, editor):
    imported = bring_in(board, LATER, by=editor)
    assert undo_import(imported, by=editor)
    assert [(row["row"], row["outcome"]) for row in imported.undo_report] == [(3, "reversed")]
    assert MoveRequest.objects.waiting().count() == 0
    assert MoveRequest.objects.get().withdrawn_at is not None


def test_what_the_chair_has_agreed_since_stays(board, editor, chair):
    imported = bring_in(board, LATER, by=editor)
    agree_move(MoveRequest.objects.get(), by=chair)
    assert undo_import(imported, by=editor)
    [row] = imported.undo_report
    assert (row["outcome"], row["reasons"]) == ("kept", ["The chair has agreed its new date since."])
    assert (visits_due(), MoveRequest.objects.get().outcome) == (date(2026, 8, 31), Outcome.AGREED)
