from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from plans.dates import target_from_day
from plans.models import Action, ActionRecommendation, Recommendation, Step
from plans.services.actions import (
    arrange_actions,
    create_action,
    edit_action,
    find_or_create_recommendation,
    reorder_actions,
    restore_action,
    set_recommendations,
    withdraw_action,
)
from plans.services.history import create_all, remove_all, save, update_all, version_of
from plans.services.people import rename_lead
from plans.services.progress import move_target
from plans.services.steps import (
    add_action,
    arrange_steps,
    create_steps,
    edit_step,
    next_number,
    remove_step,
)
from tests.factories import make_action, make_area, make_plan, make_step, make_user

pytestmark = pytest.mark.django_db


def leads_of(action):
    return [(str(link.lead), link.accountable) for link in action.action_leads.all()]


def test_a_new_action_reads_its_date_and_leads_and_stands_last():
    by, area = make_user(), make_area()
    make_action(area)
    leads = "Director of Education, Prevention and Partnerships\nHead of QA"
    action = create_action(
        area, " Sharpen the front door ", by=by, target_text="End March 2026", leads_text=leads
    )
    action.refresh_from_db()
    assert (action.title, action.position, action.target_due) == (
        "Sharpen the front door",
        1,
        date(2026, 3, 31),
    )
    assert leads_of(action) == [
        ("Director of Education, Prevention and Partnerships", True),
        ("Head of QA", False),
    ]
    assert action.history.get().history_user == by


def test_an_edit_keeps_what_it_replaces_with_its_reason():
    action, by = make_action(title="Old words"), make_user()
    edit_action(action, by=by, reason="Clearer", title="New words")
    rows = action.history.order_by("history_id").values_list("title", "history_change_reason", "history_user")
    assert list(rows) == [("Old words", "", None), ("New words", "Clearer", by.pk)]


def test_new_lead_words_make_new_links_and_old_ones_follow_a_renamed_lead():
    action = make_action(leads="Head of QA")
    rename_lead(action.leads.get(), "Head of Quality", by=make_user())
    edit_action(action, by=make_user(), leads_text="Head of QA", title="New words")
    assert leads_of(action) == [("Head of Quality", True)]
    edit_action(action, by=make_user(), leads_text="Director and Head of Quality")
    assert leads_of(action) == [("Director", True), ("Head of Quality", False)]
    edit_action(action, by=make_user(), leads_text="TBC")
    assert leads_of(action) == []


def test_an_action_moves_to_the_end_of_another_heading_of_its_plan():
    plan = make_plan()
    here, there = make_area(plan), make_area(plan, "Edge of care")
    make_action(there)
    action = make_action(here)
    edit_action(action, by=make_user(), area=there)
    action.refresh_from_db()
    assert (action.area, action.position) == (there, 1)
    with pytest.raises(ValidationError, match="area of the same plan"):
        edit_action(action, by=make_user(), area=make_area())


def test_a_reference_stands_once_among_actions_that_count():
    area, by = make_area(), make_user()
    first = make_action(area, reference="1")
    with pytest.raises(ValidationError, match="already has this reference"):
        create_action(area, "Another", by=by, reference="1")
    withdraw_action(first, by=by, reason="No longer needed")
    create_action(area, "Another", by=by, reference="1")
    with pytest.raises(ValidationError, match="already has this reference"):
        restore_action(first, by=by, reason="Needed after all")


def test_a_withdrawn_action_leaves_the_counts_and_comes_back():
    action, by = make_action(), make_user()
    withdraw_action(action, by=by, reason="Done elsewhere")
    assert list(Action.objects.current()) == []
    assert (action.withdrawn_on, action.withdrawn_reason) == (timezone.localdate(), "Done elsewhere")
    restore_action(action, by=by, reason="Needed after all")
    assert list(Action.objects.current()) == [action]
    reasons = action.history.order_by("history_id").values_list("history_change_reason", flat=True)
    assert list(reasons) == ["", "Done elsewhere", "Needed after all"]


def test_what_was_merged_into_an_action_goes_with_it_into_another():
    area, by = make_area(), make_user()
    first, second, third = make_action(area), make_action(area), make_action(area)
    withdraw_action(first, by=by, reason="Same thing", merged_into=second)
    withdraw_action(second, by=by, reason="One covers both", merged_into=third)
    first.refresh_from_db()
    assert first.merged_into == third
    newest = first.history.order_by("-history_id").first()
    assert newest.history_change_reason == "What it was merged into has been merged: One covers both"


def test_an_action_that_covers_others_is_not_withdrawn_without_a_word():
    area, by = make_area(), make_user()
    first, second = make_action(area, "Agree"), make_action(area)
    withdraw_action(first, by=by, reason="Same thing", merged_into=second)
    with pytest.raises(ValidationError, match="“Agree” was merged into this action"):
        withdraw_action(second, by=by, reason="Not needed")
    withdraw_action(second, by=by, reason="Not needed", covers_others=True)
    assert list(Action.objects.current()) == []


def test_withdrawing_needs_a_reason():
    action = make_action()
    with pytest.raises(ValidationError, match="Give the reason"):
        withdraw_action(action, by=make_user(), reason=" ")
    assert Action.objects.current().count() == 1


def test_an_action_merges_into_a_standing_one_of_its_plan_alone():
    area, by = make_area(), make_user()
    action, other, gone = make_action(area), make_action(area), make_action(area)
    withdraw_action(gone, by=by, reason="Not needed")
    for into, words in (
        (make_action(), "same plan"),
        (gone, "is withdrawn"),
        (action, "Choose another action"),
    ):
        with pytest.raises(ValidationError, match=words):
            withdraw_action(action, by=by, reason="Same work", merged_into=into)
    action = Action.objects.get(pk=action.pk)
    withdraw_action(action, by=by, reason="Same work", merged_into=other)
    assert list(other.merged_from.all()) == [action]


def test_actions_are_reordered_and_renumbered_at_once():
    area, by = make_area(), make_user()
    one, two, three = (make_action(area, reference=number) for number in "123")
    arrange_actions(area, [three, one, two], {three: "1", one: "2", two: "3"}, by=by)
    assert list(area.actions.values_list("pk", "reference")) == [
        (three.pk, "1"),
        (one.pk, "2"),
        (two.pk, "3"),
    ]
    assert [row.reference for row in one.history.order_by("history_id")][:2] == ["1", "2"]


def test_a_reference_taken_elsewhere_changes_nothing():
    plan, by = make_plan(), make_user()
    area = make_area(plan)
    one, two = make_action(area, reference="1"), make_action(area, reference="2")
    make_action(make_area(plan), reference="9")
    with pytest.raises(ValidationError, match="already has this reference"):
        arrange_actions(area, [two, one], {one: "9"}, by=by)
    assert list(area.actions.values_list("pk", "reference")) == [(one.pk, "1"), (two.pk, "2")]


def test_an_order_of_other_actions_is_refused():
    area = make_area()
    one = make_action(area)
    make_action(area)
    with pytest.raises(ValidationError, match="changed meanwhile"):
        reorder_actions(area, [one], by=make_user())


def test_recommendations_are_found_again_and_set_with_history():
    action, by = make_action(), make_user()
    board = action.plan.board
    first = find_or_create_recommendation(board, "R1", "Improve supervision", by=by)
    assert find_or_create_recommendation(board, "R1", "Improve supervision", by=by) == first
    second = find_or_create_recommendation(board, "R2", "", by=by)
    set_recommendations(action, [first], by=by)
    set_recommendations(action, [second], by=by)
    assert list(action.recommendations.all()) == [second]
    types = ActionRecommendation.history.order_by("history_id").values_list("history_type", flat=True)
    assert sorted(types) == ["+", "+", "-"]
    assert Recommendation.objects.count() == 2


def test_steps_are_split_from_a_numbered_list():
    action = make_action(activity="Start here.")
    steps = create_steps(action, "1. Agree who does what\n2. Tell the teams\n3. Look again", by=make_user())
    assert [(step.number, step.text) for step in steps] == [
        ("1", "Agree who does what"),
        ("2", "Tell the teams"),
        ("3", "Look again"),
    ]
    assert list(action.steps.all()) == steps
    assert next_number(action) == "4"


def test_words_before_the_first_step_are_kept_in_the_activity():
    action = make_action(activity="Start here.")
    create_steps(action, "With partners:\n1. Agree\n2. Tell", by=make_user())
    action.refresh_from_db()
    assert action.activity == "Start here.\nWith partners:"


def test_a_list_without_numbers_makes_no_steps():
    action = make_action()
    with pytest.raises(ValidationError, match="No numbered steps were found"):
        create_steps(action, "Agree and tell", by=make_user())
    assert action.steps.count() == 0


def test_an_action_written_by_hand_with_its_steps():
    action = add_action(make_area(), "Sharpen", by=make_user(), steps_text="1. Agree\n2. Tell")
    assert [step.text for step in action.steps.all()] == ["Agree", "Tell"]


def test_a_step_is_edited_renumbered_and_removed():
    action, by = make_action(), make_user()
    one, two = make_step(action, "1", "Agree"), make_step(action, "2", "Tell")
    edit_step(two, number="2a", text="Tell everyone", done_on=date(2026, 1, 5), by=by)
    arrange_steps(action, [two, one], {one: "3"}, by=by)
    rows = list(action.steps.values_list("number", "text", "done_on"))
    assert rows == [("2a", "Tell everyone", date(2026, 1, 5)), ("3", "Agree", None)]
    remove_step(one, by=by)
    assert list(action.steps.all()) == [two]
    assert Step.history.filter(history_type="-").get().number == "3"


def test_a_step_is_not_done_in_the_future():
    step = make_step(make_action())
    with pytest.raises(ValidationError, match="still to come"):
        edit_step(step, number="1", text="Agree", done_on=timezone.localdate() + timedelta(1), by=make_user())


def test_a_step_whose_date_has_moved_stays():
    step = make_step(make_action(), target="1 March 2026")
    move_target(step, to="1 April 2026", by=make_user(), reason="Two posts are open")
    with pytest.raises(ValidationError, match="date has been moved"):
        remove_step(step, by=make_user())
    assert step.moves.count() == 1


def test_an_order_of_other_steps_is_refused():
    action = make_action()
    make_step(action)
    with pytest.raises(ValidationError, match="changed meanwhile"):
        arrange_steps(action, [], {}, by=make_user())


def test_a_row_unchanged_writes_no_history():
    action = make_action()
    before = version_of(action)
    assert save(action, by=make_user()) is False
    assert version_of(action) == before


def test_many_rows_are_written_with_history_and_checked():
    action, by = make_action(), make_user()
    steps = [Step(action=action, number=str(n), text=f"Step {n}", position=n) for n in range(3)]
    create_all(steps, by=by, reason="import 7")
    steps[0].text = "Changed"
    update_all(steps[:1], ["text"], by=by, reason="import 8")
    remove_all(steps[2:], by=by, reason="import 9")
    told = ("text", "history_type", "history_user__name", "history_change_reason")
    assert list(Step.history.order_by("history_id").values_list(*told)) == [
        ("Step 0", "+", by.name, "import 7"),
        ("Step 1", "+", by.name, "import 7"),
        ("Step 2", "+", by.name, "import 7"),
        ("Changed", "~", by.name, "import 8"),
        ("Step 2", "-", by.name, "import 9"),
    ]
    assert list(action.steps.values_list("text", flat=True)) == ["Changed", "Step 1"]


def test_many_rows_are_checked_before_any_is_written():
    action, by = make_action(), make_user()
    steps = [Step(action=action, number=number, text="Words") for number in ("1", "long" * 9)]
    with pytest.raises(ValidationError):
        create_all(steps, by=by)
    assert create_all([], by=by) == []
    assert list(action.steps.all()) == []


def test_a_row_of_history_holds_every_column_of_the_row():
    step = Step(action=make_action(), number="1", text="Agree who does what", done_on=date(2026, 3, 1))
    step.target = target_from_day(date(2026, 6, 1))
    create_all([step], by=None)
    names = [field.attname for field in Step._meta.concrete_fields]
    assert Step.history.values(*names).get() == Step.objects.values(*names).get()
    assert Step.history.get().history_user is None
