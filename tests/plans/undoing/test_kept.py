"""What somebody worked on since the import is kept, or refused, and the report says why."""

from datetime import date

import pytest

from plans.models import Action, Area, Plan, PlanStatus, Step
from plans.services.actions import edit_action, withdraw_action
from plans.services.progress import correct_target, move_target, record_update, set_step_done
from tests.factories import make_action
from tests.importing import AUDITS, PLANS, ROWS, VISITS, bring_in, changed, plan_book
from tests.plans.undoing.taking_back import undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


def edit(action, editor):
    edit_action(action, by=editor, outcome="Children are safe")


def update(action, editor):
    record_update(action, by=editor, rating="complete", happened="Done")


def move(action, editor):
    move_target(action, to="End October 2026", by=editor, reason="Ill")


def tick(action, editor):
    set_step_done(action.steps.first(), date(2026, 6, 10), by=editor)


def merge(action, editor):
    other = make_action(action.area, "Ring every child")
    withdraw_action(other, by=editor, reason="The same", merged_into=action)


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (edit, "Kept, because Editor One edited it on 15 June 2026."),
        (update, "Kept, because Editor One updated it on 15 June 2026."),
        (move, "Kept, because Editor One moved its date on 15 June 2026."),
        (tick, "Kept, because Editor One edited it on 15 June 2026."),
        (merge, "Kept, because another action was merged into it."),
    ],
)
def test_a_new_action_on_which_somebody_has_worked_is_kept(board, editor, work, reason):
    imported = bring_in(board, plan_book(*ROWS))
    work(Action.objects.get(reference="1"), editor)
    assert undo(imported)[0] == (3, "kept", reason)
    kept = Action.objects.get(reference="1")
    assert (kept.withdrawn_on, kept.updates.standing().exists()) == (None, True)
    assert [area.title for area in Area.objects.current()] == ["Front door"]
    assert Plan.objects.get().status == PlanStatus.LIVE


def test_a_new_action_that_was_withdrawn_by_hand_stays_so(board, editor):
    imported = bring_in(board, plan_book(*ROWS))
    withdraw_action(Action.objects.get(reference="3"), by=editor, reason="Done elsewhere")
    assert undo(imported)[2] == (5, "kept", "It had been withdrawn before, and stays so.")
    assert Action.objects.get(reference="3").withdrawn_reason == "Done elsewhere"


def test_a_field_that_was_edited_since_is_kept_and_the_others_go_back(board, editor):
    bring_in(board, plan_book(*ROWS))
    imported = bring_in(board, plan_book(changed(VISITS, Action="See all children", Lead="Head of Safety")))
    action = Action.objects.get(reference="1")
    edit_action(action, by=editor, title="See all of the children")
    assert undo(imported) == [
        (3, "kept", "Partly reversed: leads taken back.", "The action's words were edited since.")
    ]
    action.refresh_from_db()
    assert (action.title, action.leads_text) == ("See all of the children", "Head of Assessment")


def test_steps_that_were_ticked_since_are_kept(board, editor):
    bring_in(board, plan_book(*ROWS))
    imported = bring_in(board, plan_book(changed(VISITS, Activity="1. Agree one rota\n2. Check it weekly")))
    set_step_done(Step.objects.get(text="Agree one rota"), date(2026, 6, 10), by=editor)
    assert undo(imported) == [
        (3, "kept", "Partly reversed: activity taken back.", "The steps were edited since.")
    ]
    assert Step.objects.get(text="Agree one rota").done_on == date(2026, 6, 10)


def test_a_date_that_was_moved_again_is_kept(board, editor):
    bring_in(board, plan_book(*ROWS))
    imported = bring_in(board, plan_book(changed(VISITS, Target_date="31/08/2026")))
    action = Action.objects.get(reference="1")
    move_target(action, to="End October 2026", by=editor, reason="Ill")
    assert undo(imported) == [(3, "kept", "Its date was moved again since.")]
    action.refresh_from_db()
    assert (action.target_text, action.moves.standing().count()) == ("End October 2026", 2)


def test_a_date_that_was_corrected_since_is_kept(board, editor):
    bring_in(board, plan_book(*ROWS))
    imported = bring_in(board, plan_book(changed(VISITS, Target_date="31/08/2026")))
    correct_target(Action.objects.get(reference="1"), to="30/08/2026", by=editor, reason="Mistyped")
    assert undo(imported) == [(3, "kept", "Its date was moved again since.")]


def test_an_update_that_was_corrected_since_is_kept(board, editor):
    bring_in(board, plan_book(*ROWS))
    imported = bring_in(board, plan_book(changed(VISITS, RAG="Blue")))
    action = Action.objects.get(reference="1")
    wrong = action.updates.latest_first().first()
    record_update(action, by=editor, rating="on_track", replaces=wrong, reason="Not yet done")
    assert undo(imported) == [(3, "kept", "Its update was corrected since, so the correction stands.")]
    assert Action.objects.with_rating().get(reference="1").rating == "on_track"


def test_an_action_that_was_withdrawn_since_is_refused(board, editor):
    bring_in(board, plan_book(*ROWS))
    imported = bring_in(board, plan_book(changed(VISITS, Action="See all children")))
    withdraw_action(Action.objects.get(reference="1"), by=editor, reason="Done elsewhere")
    reason = "The action has been withdrawn since. Bring it back first, then mend it by hand."
    assert undo(imported) == [(3, "refused", reason)]
    assert Action.objects.get(reference="1").title == "See all children"


def test_a_reference_that_another_action_has_since_is_refused(board, editor):
    plan = bring_in(board, plan_book(*ROWS)).plan
    imported = bring_in(board, plan_book(changed(VISITS, Ref="9", Action=VISITS[2])))
    make_action(plan.areas.first(), "Ring every child", reference="1")
    assert undo(imported) == [(3, "refused", "Reference 1 has been given to another action since.")]
    assert Action.objects.get(title=VISITS[2]).reference == "9"


def test_the_first_import_keeps_what_a_later_one_changed(board):
    first = bring_in(board, plan_book(*ROWS))
    bring_in(board, plan_book(changed(VISITS, Action="See all children"), PLANS, AUDITS))
    assert undo(first) == [
        (3, "kept", "Kept, because a later import edited it on 15 June 2026."),
        (4, "reversed"),
        (5, "reversed"),
        (3, "kept", "Kept, because an action names it."),
    ]
