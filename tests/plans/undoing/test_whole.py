"""Taking an import back: every row says again what it said before."""

from datetime import date

import pytest

from improvement.imports.workbooks import undo_import
from plans.imports.undo_rows import counted
from plans.models import (
    Action,
    ActionRecommendation,
    Area,
    Plan,
    PlanStatus,
    ProgressUpdate,
    Step,
    TargetMove,
)
from plans.services.people import rename_lead
from plans.services.progress import set_step_done
from tests.factories import make_action, make_area, make_plan, make_update
from tests.importing import AUDITS, PLANS, ROWS, VISITS, bring_in, changed, plan_book, preview
from tests.plans.spreadsheets.workbooks import Page, build
from tests.plans.undoing.taking_back import LATER, state, undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


def test_a_new_plan_goes_out_of_sight_and_its_history_stays(board):
    imported = bring_in(board, plan_book(*ROWS))
    assert undo(imported) == [(3, "reversed"), (4, "reversed"), (5, "reversed")]
    plan = Plan.objects.get()
    assert (plan.status, list(board.plans.current())) == (PlanStatus.WITHDRAWN, [])
    assert not Area.objects.current().exists()
    assert (Action.objects.count(), Action.objects.current().count()) == (3, 0)
    assert (ProgressUpdate.objects.count(), ProgressUpdate.objects.standing().count()) == (3, 0)


def test_the_same_file_can_be_brought_in_again_after_it_was_taken_back(board):
    undo(bring_in(board, plan_book(*ROWS)))
    assert {one.status for one in preview(board, plan_book(*ROWS)).comparisons} == {"new"}
    again = bring_in(board, plan_book(*ROWS))
    assert (again.plan.title, again.plan.actions.count()) == ("Recovery plan, January to December 2026", 3)


def test_everything_that_an_import_changed_is_put_back(board):
    plan = bring_in(board, plan_book(*ROWS)).plan
    set_step_done(Step.objects.get(text="Agree a rota"), date(2026, 6, 1), by=None)
    before = state(plan)
    imported = bring_in(board, plan_book(*LATER))
    assert state(plan) != before
    assert undo(imported) == [(3, "reversed"), (4, "reversed"), (5, "reversed"), (6, "reversed")]
    assert state(plan) == before
    assert [area.title for area in Area.objects.current()] == ["Front door", "Quality"]
    assert TargetMove.objects.count() > 0
    assert TargetMove.objects.standing().count() == 0


def test_recommendations_and_notes_are_put_back(board):
    headers = ("Ref", "Action", "Lead", "RAG", "Recommendation", "Folder")
    one = plan_book(("1", "Visit", "Head A", "Red", "Ofsted 4", "Blue"), headers=headers)
    other = plan_book(("1", "Visit", "Head A", "Red", "Ofsted 5", "Lilac"), headers=headers)
    plan = bring_in(board, one).plan
    before = state(plan)
    imported = bring_in(board, other)
    assert undo(imported) == [(3, "reversed")]
    assert (state(plan), ActionRecommendation.objects.count()) == (before, 1)


def test_a_steps_date_that_an_import_moved_goes_back(board):
    first = build(
        Page(
            "Plan",
            [
                ("Ref", "Action", "Activity", "By when", "RAG"),
                ("1", "Visit", "1. A\n2. B", "1. End May 2026 2. End June 2026", "Red"),
            ],
        )
    )
    second = build(
        Page(
            "Plan",
            [
                ("Ref", "Action", "Activity", "By when", "RAG"),
                ("1", "Visit", "1. A\n2. B", "1. End May 2026 2. End July 2026", "Red"),
            ],
        )
    )
    plan = bring_in(board, first).plan
    before = state(plan)
    imported = bring_in(board, second)
    assert TargetMove.objects.filter(step__isnull=False).count() == 1
    assert undo(imported) == [(2, "reversed")]
    assert (state(plan), TargetMove.objects.standing().count(), TargetMove.objects.count()) == (before, 0, 2)


def test_an_update_of_an_import_no_longer_counts_and_a_later_one_does(board):
    plan = bring_in(board, plan_book(*ROWS)).plan
    imported = bring_in(board, plan_book(changed(VISITS, RAG="Red"), changed(PLANS, RAG="Red"), AUDITS))
    make_update(plan.actions.get(reference="2"), "complete")
    assert undo(imported) == [(3, "reversed"), (4, "reversed")]
    ratings = dict(plan.actions.with_rating().values_list("reference", "rating"))
    assert ratings == {"1": "on_track", "2": "complete", "3": "off_track"}


def test_references_that_were_swapped_are_swapped_back(board):
    plan = bring_in(board, plan_book(*ROWS)).plan
    before = state(plan)
    imported = bring_in(board, plan_book(changed(VISITS, Ref="2"), changed(PLANS, Ref="1")))
    assert state(plan) != before
    assert undo(imported) == [(3, "reversed"), (4, "reversed")]
    assert state(plan) == before


def test_a_lead_renamed_since_comes_back_under_its_new_name(board, editor):
    bring_in(board, plan_book(*ROWS))
    imported = bring_in(board, plan_book(changed(VISITS, Lead="Head of Safety")))
    rename_lead(board.leads.get(name="Head of Assessment"), "Head of First Contact", by=editor)
    undo(imported)
    action = Action.objects.get(reference="1")
    assert ([str(lead) for lead in action.leads.all()], action.leads_text) == (
        ["Head of First Contact"],
        "Head of Assessment",
    )


def test_imports_are_taken_back_one_after_the_other(board):
    first = bring_in(board, plan_book(*ROWS))
    second = bring_in(board, plan_book(*LATER))
    assert {outcome for _, outcome, *_ in undo(second)} == {"reversed"}
    assert {outcome for _, outcome, *_ in undo(first)} == {"reversed"}
    assert list(board.plans.current()) == []


def test_an_import_into_a_plan_written_by_hand_leaves_that_plan(board):
    plan = make_plan(board, "Our plan")
    action = make_action(make_area(plan, "Front door"), "Ring every child")
    imported = bring_in(board, plan_book(*ROWS), plan=str(plan.pk))
    undo(imported)
    plan.refresh_from_db()
    assert (plan.status, list(plan.actions.current())) == (PlanStatus.LIVE, [action])
    assert [area.title for area in plan.areas.current()] == ["Front door"]


def test_taking_back_twice_takes_back_once(board):
    imported = bring_in(board, plan_book(*ROWS))
    undo(imported)
    before = Action.history.count()
    assert not undo_import(imported, by=None)
    assert Action.history.count() == before


def test_history_says_which_import_was_taken_back_and_by_whom(board, editor):
    imported = bring_in(board, plan_book(*ROWS))
    undo(imported, by=editor)
    newest = Action.objects.first().history.first()
    assert (newest.history_change_reason, newest.history_user) == (f"import {imported.pk} taken back", editor)
    imported.refresh_from_db()
    assert (imported.state, imported.undone_by) == ("undone", editor)


@pytest.mark.parametrize("number", [5, 50])
def test_taking_back_is_written_in_batches(board, django_assert_max_num_queries, number):
    rows = [
        (
            str(n),
            f"Area {n % 5}",
            f"See family group {n}",
            "1. Agree\n2. Act",
            f"Head {n % 7}",
            "May 2026",
            "Red",
            "",
        )
        for n in range(1, number + 1)
    ]
    bring_in(board, plan_book(*rows))
    later = [changed(r, RAG="Green", Activity="1. Agree\n2. Do", Target_date="June 2026") for r in rows]
    imported = bring_in(board, plan_book(*later))
    with django_assert_max_num_queries(60):
        undo_import(imported, by=None)
    assert counted(imported.undo_report) == {"reversed": number, "kept": 0, "refused": 0}
