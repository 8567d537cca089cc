"""Applying an import: what is written, what is left alone, all or nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connections

from improvement.imports.workbooks import apply_import, check_workbook, keep_workbook
from plans.export import plan_table
from plans.models import (
    WHOLE_PLAN,
    Action,
    Area,
    Import,
    ImportState,
    Lead,
    Plan,
    ProgressUpdate,
    RatingKey,
    Step,
    TargetMove,
)
from plans.services.actions import edit_action, withdraw_action
from plans.services.people import rename_lead
from plans.services.progress import move_target, record_update, set_step_done
from plans.spreadsheets.preview import Status
from plans.spreadsheets.writing import write_xlsx
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_update
from tests.importing import (
    AUDITS,
    HEADERS,
    PLANS,
    ROWS,
    TODAY,
    VISITS,
    bring_in,
    changed,
    plan_book,
    preview,
    statuses,
    without,
)
from tests.plans.spreadsheets.workbooks import Page, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)


@pytest.fixture
def board():
    return make_board()


def everything():
    """Every row of every table of ours, to see that nothing at all has changed."""
    return {
        model._meta.label: sorted(model._base_manager.values_list(), key=repr)
        for model in apps.get_models()
        if model._meta.app_label == "plans"
    }


def all_unchanged(found):
    return {one.status for one in found.comparisons} == {Status.UNCHANGED} and not found.missing


def test_a_new_plan_holds_what_the_workbook_says(board):
    imported = bring_in(board, plan_book(*ROWS))
    plan = imported.plan
    assert (plan.title, plan.starts, plan.ends) == (
        "Recovery plan, January to December 2026",
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    assert [area.title for area in plan.areas.all()] == ["Front door", "Quality"]
    action = plan.actions.get(reference="2")
    assert [(link.lead.name, link.accountable) for link in action.action_leads.all()] == [
        ("Head of Assessment", True),
        ("Principal Social Worker", False),
    ]
    assert [(step.number, step.text) for step in action.steps.all()] == [
        ("1", "Draft a form"),
        ("2", "Try it in two teams"),
    ]
    assert (action.target_text, action.target_due) == ("31/07/2026", date(2026, 7, 31))
    update = action.updates.get()
    assert (update.rating, update.happened, update.on, update.imported_by) == (
        "slippage",
        "Two teams try the form",
        date(2026, 6, 15),
        imported,
    )


def test_history_says_which_import_it_was(board):
    editor = make_member(board, "editor")
    imported = bring_in(board, plan_book(*ROWS), by=editor)
    for model in (Action, Area, Step, Lead):
        reasons = set(model.history.values_list("history_change_reason", "history_user"))
        assert reasons == {(f"import {imported.pk}", editor.pk)}


def test_the_same_file_again_changes_nothing(board):
    bring_in(board, plan_book(*ROWS))
    found = preview(board, plan_book(*ROWS))
    assert all_unchanged(found)
    before = Action.history.count(), ProgressUpdate.objects.count(), Lead.objects.count()
    bring_in(board, plan_book(*ROWS))
    assert (Action.history.count(), ProgressUpdate.objects.count(), Lead.objects.count()) == before


RICH = (
    "Ref",
    "Priority",
    "Outcome",
    "Objective",
    "Action",
    "Lead",
    "By when",
    "RAG",
    "Recommendation",
    "Folder",
)
AGAIN = {
    "levels merged over several actions": build(
        Page(
            "Plan",
            [
                RICH,
                (
                    "1",
                    "Front door",
                    "Safe",
                    "Quick visits",
                    "Visit",
                    "Head A",
                    "May 26",
                    "Green",
                    "Rec 1",
                    "Blue",
                ),
                ("2", None, None, None, "Record", "Head B", "June 26", "Red", "Rec 2", "Lilac"),
                ("3", None, None, "Good plans", "Write", "Head A", "Ongoing", "Blue", "Rec 1", None),
                (
                    "4",
                    "Quality",
                    "Sound",
                    "Audits",
                    "Audit",
                    "Head C and partners",
                    "TBC",
                    "",
                    "Rec 3",
                    "Blue",
                ),
            ],
            merges=("B2:B4", "C2:C4", "D2:D3"),
        )
    ),
    "words that are no rating": plan_book(
        changed(VISITS, RAG="In progress"), changed(PLANS, RAG="On hold", Progress=""), AUDITS
    ),
    "headings between the rows": build(
        Page(
            "Plan",
            [
                ("No", "Action", "Lead", "Timescale", "RAG"),
                ("Area 1: Front door", None, None, None, None),
                ("1.1", "Visit", "Head A", "May 26", "G"),
                ("Area 2: Quality", None, None, None, None),
                ("2.1", "Audit", "Head B", "Q2 2026", "R"),
            ],
            merges=("A2:E2", "A4:E4"),
            bold=("A1:E1", "A2", "A4"),
        )
    ),
    "further ratings of its own key": build(
        Page(
            "Plan",
            [
                ("Blue = complete. Green = on track. Purple = carried over to next year",),
                ("Ref", "Action", "Lead", "By when", "RAG"),
                ("1", "Visit", "Head A", "May 26", "Purple"),
                ("2", "Audit", "Head B", "June 26", "Green"),
            ],
        )
    ),
    "a key in which green is complete": build(
        Page(
            "Plan",
            [
                ("Green = complete. Amber = on track. Red = not started",),
                ("Ref", "Action", "Lead", "By when", "RAG"),
                ("1", "Visit", "Head A", "May 26", "Green"),
                ("2", "Audit", "Head B", "June 26", "Amber"),
            ],
        )
    ),
    "steps and their dates on rows of their own": build(
        Page(
            "Plan",
            [
                ("Ref", "Action", "Tasks", "Lead", "By when", "RAG"),
                ("1", "Visit", "1. Agree a rota", "Head A", "May 26", "Green"),
                (None, None, "2. Keep to it", None, "June 26", None),
                (None, None, "3. Report on it", "Head B", "July 26", None),
                ("2", "Audit", "1. Audit now", "Head B", "Immediate", "Red"),
                (None, None, "2. Audit again", None, "17 July 2026", None),
                ("3", "Write", "1. Draft\n2. Agree\n3. Print", "Head C", "1 - 2 May 26. 3 June 26", "Red"),
            ],
        )
    ),
    "a recommendation over several actions, its paragraph beside it": build(
        Page(
            "Plan",
            [
                ("Para", "Recommendation", "No", "Action", "Owner", "Deadline", "Done", "In hand"),
                ("9, 14", "Visit more often", "1", "Agree a rota", "Head A", "May 26", "✓", None),
                (None, None, "2", "Report on it", "Head B", "June 26", None, "✓"),
                ("22", "Write shorter plans", "3", "Draft a form", "Head A", "ASAP", "Y", None),
                (None, None, "4", "Try the form", "Head C", "31.5.26", None, "Y"),
            ],
            merges=("A2:A3", "B2:B3", "A4:A5", "B4:B5"),
        )
    ),
    "standards and recommendations as above": build(
        Page(
            "Plan",
            [
                ("Key: Green = completed. Amber = on track. Purple = carried over",),
                ("Standard", "Recommendation", "Action", "Owner", "Target", "Status"),
                ("1. Visits", "Visit more often", "Agree a rota", "Head A", "31/12/2026", "Green"),
                ("As above", "As above", "Report on it", "Head B", "Monthly", "Amber"),
                ("2. Plans", "Shorter plans", "Draft a form", "Head A", "9.12.26", "Purple"),
                ("As above", "Ditto", "Try the form", "Head C", "TBC", "Amber"),
            ],
        )
    ),
    "an action before the first area": plan_book(changed(VISITS, Area=None), PLANS, AUDITS),
    "very long texts": plan_book(changed(VISITS, Action="See " * 4000, Progress="Met. " * 4000), PLANS),
    "long leads and headings": plan_book(changed(VISITS, Lead="Head " * 60, Area="Front door " * 90), PLANS),
}


@pytest.mark.parametrize("content", AGAIN.values(), ids=AGAIN.keys())
def test_any_shape_comes_in_again_unchanged(board, content):
    bring_in(board, content)
    assert Action.objects.count() > 1
    assert all_unchanged(preview(board, content))


@pytest.mark.parametrize("content", AGAIN.values(), ids=AGAIN.keys())
def test_any_shape_goes_out_and_comes_in_again_unchanged(board, content):
    plan = bring_in(board, content).plan
    assert all_unchanged(preview(board, write_xlsx([plan_table(plan)]), plan=str(plan.pk)))


def test_the_plans_own_key_gives_each_rating_its_meaning(board):
    bring_in(board, AGAIN["a key in which green is complete"])
    assert [update.rating for update in ProgressUpdate.objects.order_by("action__reference")] == [
        "complete",
        "on_track",
    ]


def test_a_further_rating_of_the_workbooks_key_becomes_the_plans(board):
    bring_in(board, AGAIN["further ratings of its own key"])
    code = ProgressUpdate.objects.get(action__title="Visit").rating
    assert RatingKey.objects.get(code=code).colour == "purple"


def test_a_colour_that_the_plans_key_lacks_is_no_rating(board):
    plan = bring_in(board, AGAIN["a key in which green is complete"]).plan
    assert [entry.colour for entry in plan.key.all()] == ["green", "amber", "red"]
    later = AGAIN["further ratings of its own key"]
    found = preview(board, later, plan=str(plan.pk))
    assert [one.proposal.rating for one in found.comparisons] == ["", "complete"]


def test_a_meaning_that_the_plans_key_lacks_is_added_to_it_under_a_word_of_its_own(board):
    plan = bring_in(board, AGAIN["a key in which green is complete"]).plan
    later = plan_book(("1", "Visit", "Partly achieved"), headers=("Ref", "Action", "RAG"), above=())
    bring_in(board, later, plan=str(plan.pk))
    assert [(entry.code, entry.word) for entry in plan.key.all()] == [
        ("complete", "Green"),
        ("on_track", "Amber"),
        ("not-started", "Red"),
        ("slippage", "Some issues or slippage"),
    ]


def test_an_action_outside_any_heading_stands_under_the_whole_plan(board):
    headers = tuple(header for header in HEADERS if header != "Area")
    content = plan_book(*(without(row, "Area") for row in ROWS), headers=headers)
    bring_in(board, content)
    assert [area.title for area in Area.objects.all()] == [WHOLE_PLAN]
    assert all_unchanged(preview(board, content))


def test_what_people_did_since_is_left_alone(board):
    content = plan_book(*ROWS)
    plan = bring_in(board, content).plan
    visits, plans, _ = plan.actions.order_by("reference")
    make_update(visits, "off_track", on=date(2026, 6, 15))
    move_target(plans, to="End August 2026", by=None, reason="Two posts are empty", on=date(2026, 6, 15))
    set_step_done(plans.steps.first(), date(2026, 6, 10), by=None)
    found = preview(board, content)
    assert [(one.update, one.update_is_news, one.move, one.move_is_news) for one in found.comparisons] == [
        (True, False, False, False),
        (False, False, True, False),
        (False, False, False, False),
    ]
    bring_in(board, content)
    assert Action.objects.with_rating().get(reference="1").rating == "off_track"
    plans.refresh_from_db()
    assert plans.target_text == "End August 2026"
    assert plans.steps.first().done_on == date(2026, 6, 10)


def test_a_new_rating_is_an_update_and_a_new_date_a_move(board):
    bring_in(board, plan_book(*ROWS))
    second = bring_in(
        board,
        plan_book(changed(VISITS, RAG="Blue", Target_date="31/08/2026"), PLANS, AUDITS),
        reasons={"Plan!3": "The rota starts later"},
    )
    action = Action.objects.get(reference="1")
    assert [(update.rating, update.imported_by == second) for update in action.updates.all()] == [
        ("complete", True),
        ("on_track", False),
    ]
    move = action.moves.get()
    assert (move.from_text, move.to_text, move.reason, move.imported_by) == (
        "End June 2026",
        "31/08/2026",
        "The rota starts later",
        second,
    )
    assert action.target_text == "31/08/2026"


def test_fields_steps_leads_and_areas_change(board):
    bring_in(board, plan_book(*ROWS))
    done = Step.objects.get(text="Agree a rota")
    set_step_done(done, date(2026, 6, 1), by=None)
    bring_in(
        board,
        plan_book(
            changed(
                VISITS,
                Area="Children we visit",
                Activity="1. Agree a rota\n2. Check it daily\n3. Report it",
                Lead="Head of Safety",
            ),
            PLANS,
            AUDITS,
        ),
    )
    action = Action.objects.get(reference="1")
    assert action.area.title == "Children we visit"
    assert [lead.name for lead in action.leads.all()] == ["Head of Safety"]
    assert [(step.number, step.text, step.done_on) for step in action.steps.all()] == [
        ("1", "Agree a rota", date(2026, 6, 1)),
        ("2", "Check it daily", None),
        ("3", "Report it", None),
    ]


def test_steps_with_the_same_number_are_each_kept_once(board):
    first = changed(VISITS, Activity="1. Agree a rota\n2. Check it\n1. Tell the teams\n2. Listen")
    bring_in(board, plan_book(first))
    bring_in(board, plan_book(changed(first, Activity=first[3].replace("Listen", "Listen to them"))))
    action = Action.objects.get()
    assert action.steps.count() == len(preview(board, plan_book(first)).comparisons[0].proposal.steps)


def test_a_step_whose_date_was_moved_stays_on_the_record(board):
    bring_in(board, plan_book(changed(VISITS, Activity="1. Agree a rota\n2. Check it\n3. Report it")))
    move_target(Step.objects.get(text="Report it"), to="End July 2026", by=None, reason="Late")
    bring_in(board, plan_book(changed(VISITS, Activity="1. Agree a rota\n2. Check it")))
    assert [(step.text, step.moves.count()) for step in Step.objects.all()] == [
        ("Agree a rota", 0),
        ("Check it", 0),
        ("Report it", 1),
    ]


def test_references_can_be_swapped_and_moved_along(board):
    bring_in(board, plan_book(*ROWS))
    new = changed(VISITS, Ref="1", Action="Answer every call", Area="Front door")
    later = [new, changed(VISITS, Ref="3"), changed(PLANS, Ref="2"), changed(AUDITS, Ref="4")]
    bring_in(board, plan_book(*later))
    assert [str(action) for action in Action.objects.order_by("reference")] == [
        "1 Answer every call",
        "2 Write shorter plans",
        "3 See every child within five days",
        "4 Audit ten cases a month",
    ]
    swap = [changed(later[1], Ref="4"), changed(later[3], Ref="3"), later[0], later[2]]
    bring_in(board, plan_book(*swap))
    assert [action.title for action in Action.objects.order_by("reference")][2:] == [
        "Audit ten cases a month",
        "See every child within five days",
    ]


def test_a_reference_that_stays_in_use_is_refused_with_its_row(board):
    bring_in(board, plan_book(*ROWS))
    later = plan_book(
        changed(VISITS, Ref="9"), changed(AUDITS, Ref="1", Action="Answer calls", Area="Front door")
    )
    before = everything()
    with pytest.raises(ValidationError) as refused:
        bring_in(board, later, left_out=["Plan!3"])
    assert refused.value.messages == [
        "“Plan”, row 4: another action of the plan has the reference 1. "
        "Leave this row out, or change the reference in the workbook."
    ]
    after = everything()
    after["plans.Import"], after["plans.Workbook"] = before["plans.Import"], before["plans.Workbook"]
    assert after == before


def test_a_column_that_the_file_lacks_changes_nothing(board):
    bring_in(board, plan_book(*ROWS))
    headers = ("Ref", "Action", "RAG")
    short = [without(row, *(set(HEADERS) - set(headers))) for row in ROWS]
    assert all_unchanged(preview(board, plan_book(*short, headers=headers)))


def test_what_is_not_in_the_file_stays(board):
    bring_in(board, plan_book(*ROWS))
    found = preview(board, plan_book(VISITS, PLANS))
    assert [one.texts["reference"] for one in found.missing] == ["3"]
    bring_in(board, plan_book(VISITS, PLANS))
    assert Action.objects.current().count() == 3


def test_a_withdrawn_action_of_the_file_comes_in_as_new(board):
    bring_in(board, plan_book(*ROWS))
    withdraw_action(Action.objects.get(reference="3"), by=None, reason="Done elsewhere")
    assert statuses(preview(board, plan_book(*ROWS)))[2] == ("3", "new")


def test_a_lead_renamed_on_the_board_stays_renamed(board):
    bring_in(board, plan_book(*ROWS))
    rename_lead(Lead.objects.get(name="Quality Manager"), "Head of Quality", by=None)
    assert all_unchanged(preview(board, plan_book(*ROWS)))


def test_the_plan_is_found_by_its_title_else_by_its_actions(board):
    plan = bring_in(board, plan_book(*ROWS)).plan
    other_title = plan_book(*ROWS, above=(("Plan of June",),))
    assert preview(board, other_title).plan == plan
    assert preview(board, plan_book(changed(VISITS, Action="Else")), title=plan.title).plan == plan
    assert preview(board, other_title, title="Another plan").plan is None
    assert preview(board, other_title, plan="new").title == "Plan of June"


def test_a_second_plan_of_the_same_title_gets_a_number(board):
    bring_in(board, plan_book(*ROWS))
    bring_in(board, plan_book(*ROWS), plan="new")
    assert sorted(board.plans.values_list("title", flat=True)) == [
        "Recovery plan, January to December 2026",
        "Recovery plan, January to December 2026 (2)",
    ]


def test_a_plan_written_by_hand_takes_an_import(board):
    plan = make_plan(board, "Our plan")
    area = make_area(plan, "Front door")
    action = make_action(area, VISITS[2], target="End June 2026", leads="Head of Assessment")
    bring_in(board, plan_book(*ROWS), plan=str(plan.pk))
    action.refresh_from_db()
    assert (action.reference, action.area, plan.actions.count()) == ("1", area, 3)
    assert [step.text for step in action.steps.all()] == ["Agree a rota", "Check it weekly"]


def test_ratings_count_from_the_end_of_a_plan_that_has_ended(board):
    content = plan_book(*ROWS, above=(("Recovery plan, January to March 2020",),))
    bring_in(board, content)
    assert set(ProgressUpdate.objects.values_list("on", flat=True)) == {date(2020, 3, 31)}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("V 2 14 May 2026", date(2026, 5, 14)),
        ("Recovery plan 2026: position at 14 May 2026", date(2026, 5, 14)),
        ("Updated 30 June 2026", TODAY),
        ("May 2026", TODAY),
        ("January to March 2026", date(2026, 3, 31)),
    ],
)
def test_ratings_count_from_the_day_that_the_workbook_states(board, line, day):
    bring_in(board, plan_book(*ROWS, above=(("Recovery plan",), (line,))))
    assert set(ProgressUpdate.objects.values_list("on", flat=True)) == {day}


def test_ratings_count_from_the_day_that_was_chosen(board):
    bring_in(board, plan_book(*ROWS), on="2026-05-01")
    assert set(ProgressUpdate.objects.values_list("on", flat=True)) == {date(2026, 5, 1)}


def test_nothing_is_written_when_it_fails_in_the_middle(board):
    """The last thing written is the updates: the database refuses one that counts from the future."""
    bring_in(board, plan_book(*ROWS))
    content = plan_book(
        changed(VISITS, RAG="Red", Action="See every child daily", Lead="Head of Safety", Area="New area"),
        changed(PLANS, Target_date="31/08/2026"),
        AUDITS,
        ("4", "Health", "Meet the nurses", "1. Write\n2. Meet", "Head of Health", "May 2026", "Green", ""),
    )
    choices = {"on": "2026-07-01"}
    imported = keep_workbook(board, "later.xlsx", content, by=None, choices=choices)
    before = everything()
    with pytest.raises(Exception, match=r"(update|move)_not_in_the_future"):
        apply_import(imported, check_workbook(content, board, choices, today=TODAY), by=None)
    assert everything() == before
    assert Import.objects.get(pk=imported.pk).state == ImportState.CHECKED


def test_a_plan_that_changed_while_it_was_applied_is_left_alone(board):
    bring_in(board, plan_book(*ROWS))
    content = plan_book(changed(VISITS, Activity="1. Agree one rota"), PLANS, AUDITS)
    imported = keep_workbook(board, "later.xlsx", content, by=None)
    found = check_workbook(content, board, {}, today=TODAY)
    edit_action(Action.objects.get(reference="1"), by=None, activity="1. Agree another rota")
    before = everything()
    with pytest.raises(ValidationError, match="Somebody has changed the plan"):
        apply_import(imported, found, by=None)
    assert everything() == before


def test_two_people_who_apply_at_once_apply_once(board):
    content = plan_book(*ROWS)
    imported = keep_workbook(board, "plan.xlsx", content, by=None)
    first, second = (check_workbook(content, board, {}, today=TODAY) for _ in range(2))
    mine, theirs = Import.objects.get(pk=imported.pk), Import.objects.get(pk=imported.pk)
    assert apply_import(mine, first, by=None)
    assert not apply_import(theirs, second, by=None)
    assert (Plan.objects.count(), Action.objects.count()) == (1, 3)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_very_same_moment_apply_once(board):
    content = plan_book(*ROWS)
    imported = keep_workbook(board, "plan.xlsx", content, by=None)

    def press(_):
        try:
            mine = Import.objects.get(pk=imported.pk)
            return apply_import(mine, check_workbook(content, board, {}, today=TODAY), by=None)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == [False, True]
    assert (Plan.objects.count(), Action.objects.count()) == (1, 3)


def test_a_row_in_trouble_needs_a_decision(board):
    double = changed(AUDITS, Ref="1", Action="Meet the schools")
    with pytest.raises(ValidationError, match="row 4: Two rows have the reference 1"):
        bring_in(board, plan_book(VISITS, double))
    bring_in(board, plan_book(VISITS, double), left_out=["Plan!4"])
    assert [action.title for action in Action.objects.all()] == [VISITS[2]]


def test_nothing_to_bring_in_is_refused(board):
    with pytest.raises(ValidationError, match="There is no action to bring in"):
        bring_in(board, build(Page("Notes", [("Minutes",), ("We met",)])))


def many(number):
    return [
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


@pytest.mark.parametrize("number", [5, 50])
def test_a_preview_asks_the_database_as_often_for_any_number_of_rows(
    board, django_assert_num_queries, number
):
    content = plan_book(*many(number))
    bring_in(board, content)
    later = plan_book(*(changed(row, RAG="Green", Progress="We met") for row in many(number)))
    with django_assert_num_queries(14):
        preview(board, later)


@pytest.mark.parametrize("number", [5, 50])
def test_a_change_of_every_row_is_written_in_batches(board, django_assert_max_num_queries, number):
    bring_in(board, plan_book(*many(number)))
    later = plan_book(
        *(changed(r, RAG="Green", Activity="1. Agree\n2. Do", Target_date="June 2026") for r in many(number))
    )
    found = check_workbook(later, board, {}, today=TODAY)
    imported = keep_workbook(board, "later.xlsx", later, by=None)
    with django_assert_max_num_queries(78):
        apply_import(imported, found, by=None)
    assert (TargetMove.objects.count(), ProgressUpdate.objects.count()) == (number, 2 * number)


def test_a_rating_given_by_hand_counts_until_the_file_says_something_new(board):
    plan = bring_in(board, plan_book(*ROWS)).plan
    action = plan.actions.get(reference="1")
    record_update(action, by=None, rating="slippage", happened="Ill", way_back="Get well")
    bring_in(board, plan_book(changed(VISITS, RAG="Green", Progress="Everybody is well"), PLANS, AUDITS))
    assert plan.actions.with_rating().get(reference="1").rating == "on_track"
