"""Taking an import back: every row is reversed, kept because somebody worked on it since, or refused."""

from datetime import date

import pytest

from improvement.imports import undo_import
from plans.imports.undo_rows import counted
from plans.models import (
    Action,
    ActionRecommendation,
    Area,
    Plan,
    PlanStatus,
    ProgressUpdate,
    Recommendation,
    Step,
    TargetMove,
)
from plans.services.actions import edit_action, restore_action, set_recommendations, withdraw_action
from plans.services.people import rename_lead, set_holders
from plans.services.progress import correct_target, move_target, record_update, set_step_done
from plans.services.recommendations import edit_recommendation
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_member,
    make_plan,
    make_update,
)
from tests.importing import AUDITS, PLANS, ROWS, VISITS, bring_in, changed, plan_book, preview
from tests.plans.spreadsheets.workbooks import Page, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def editor(board):
    return make_member(board, "editor", "Editor One")


def undo(imported, by=None):
    """Takes it back; gives each row's outcome and reasons."""
    assert undo_import(imported, by=by)
    return [(row["row"], row["outcome"], *row["reasons"]) for row in imported.undo_report]


LATER = (
    changed(
        VISITS,
        Area="Visits",
        Activity="1. Agree one rota\n2. Check it daily\n3. Report",
        Lead="Head of Safety, Head of Assessment",
        Target_date="31/08/2026",
        RAG="Red",
        Progress="The rota has gaps",
    ),
    changed(PLANS, Ref="3"),
    changed(AUDITS, Ref="2", Target_date="Monthly"),
    ("4", "Health", "Meet the nurses", "1. Write\n2. Meet", "Head of Health", "May 2026", "Green", ""),
)


def state(plan):
    """What a reader sees of the plan."""
    return [
        (
            action.reference,
            action.title,
            action.activity,
            str(action.area),
            action.leads_text,
            [str(lead) for lead in action.leads.order_by("action_leads__position")],
            [(step.number, step.text, step.target_text, step.done_on) for step in action.steps.all()],
            action.target,
            action.rating,
            [str(each) for each in action.recommendations.all()],
            action.notes,
        )
        for action in plan.actions.current().with_rating().order_by("title")
    ]


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


NAMED = ("Ref", "Action", "Lead", "RAG", "Recommendation")
FIRST = plan_book(("1", "Visit", "Head A", "Red", "Ofsted 4"), headers=NAMED)
NEXT = plan_book(
    ("1", "Visit", "Head B, Head A", "Red", "Ofsted 5"),
    ("2", "Meet", "Head C", "Red", "Ofsted 6"),
    headers=NAMED,
)


def made(board):
    """What the board offers to choose from."""
    return [str(row) for rows in (board.leads, board.recommendations) for row in rows.all()]


def test_leads_and_recommendations_that_an_import_made_go_with_it(board):
    plan = bring_in(board, FIRST).plan
    before = (state(plan), made(board))
    imported = bring_in(board, NEXT)
    assert made(board) == ["Head A", "Head B", "Head C", "Ofsted 4", "Ofsted 5", "Ofsted 6"]
    assert undo(imported) == [(3, "reversed"), (4, "reversed")]
    assert (state(plan), made(board)) == before
    assert Recommendation.history.filter(text="Ofsted 6").first().history_type == "-"


def hold(board, editor):
    set_holders(board.leads.get(name="Head B"), [editor], by=editor)


def own_a_challenge(board, editor):
    make_challenge(Action.objects.get(title="Visit"), owner=board.leads.get(name="Head B"))


def lead_another(board, editor):
    make_action(make_area(make_plan(board)), "Elsewhere", leads="Head B")


def rename(board, editor):
    rename_lead(board.leads.get(name="Head B"), "Head of B", by=editor)


def answer_another(board, editor):
    set_recommendations(
        make_action(make_area(make_plan(board))), [board.recommendations.get(text="Ofsted 6")], by=editor
    )


def say_its_priority(board, editor):
    told = board.recommendations.get(text="Ofsted 6")
    edit_recommendation(told, by=editor, priority="High")


@pytest.mark.parametrize(
    ("use", "title", "reason"),
    [
        (hold, "Lead: Head B", "somebody holds it"),
        (own_a_challenge, "Lead: Head B", "the board’s challenges name it"),
        (lead_another, "Lead: Head B", "an action names it"),
        (rename, "Lead: Head of B", "somebody has edited it since"),
        (answer_another, "Recommendation: Ofsted 6", "an action answers it"),
        (say_its_priority, "Recommendation: Ofsted 6", "somebody has edited it since"),
    ],
)
def test_what_something_else_uses_by_now_stays_and_the_report_says_so(board, editor, use, title, reason):
    bring_in(board, FIRST)
    imported = bring_in(board, NEXT)
    use(board, editor)
    assert undo(imported)[2:] in (
        [(3, "kept", f"Kept, because {reason}.")],
        [(4, "kept", f"Kept, because {reason}.")],
    )
    assert imported.undo_report[-1]["title"] == title
    assert made(board) == sorted(["Head A", "Ofsted 4", title.partition(": ")[2]])


def test_an_action_that_is_brought_back_names_its_leads_again(board, editor):
    bring_in(board, FIRST)
    undo(bring_in(board, NEXT))
    action = Action.objects.get(title="Meet")
    assert not action.leads.exists()
    restore_action(action, by=editor, reason="Needed after all")
    assert [lead.name for lead in action.leads.all()] == ["Head C"]


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


def test_the_first_import_keeps_what_a_later_one_changed(board):
    first = bring_in(board, plan_book(*ROWS))
    bring_in(board, plan_book(changed(VISITS, Action="See all children"), PLANS, AUDITS))
    assert undo(first) == [
        (3, "kept", "Kept, because a later import edited it on 15 June 2026."),
        (4, "reversed"),
        (5, "reversed"),
        (3, "kept", "Kept, because an action names it."),
    ]


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
