from datetime import date

import pytest
from django.core.exceptions import ValidationError

from plans.models import Area, Plan, RatingKey
from plans.rating import DEFAULT_KEY, KeyEntry
from plans.services.areas import create_area, edit_area, move_area, remove_area
from plans.services.plans import (
    close_plan,
    create_plan,
    edit_plan,
    key_version,
    set_key,
    set_level_names,
)
from tests.factories import make_action, make_area, make_board, make_plan, make_step, make_update, make_user

pytestmark = pytest.mark.django_db

LEVELS = ["Improvement area", "Outcome", "Objective"]
GREEN_IS_COMPLETE = (
    KeyEntry("complete", "green", "Green", "Completed"),
    KeyEntry("on_track", "amber", "Amber", "On track"),
    KeyEntry("off_track", "red", "Red", "Not on track"),
)


def shape(plan):
    return [(area.title, area.parent and area.parent.title, area.level) for area in plan.areas.all()]


def history_of(obj, field):
    return [getattr(row, field) for row in obj.history.order_by("history_id")]


def test_a_new_plan_has_the_usual_key_and_one_level():
    by = make_user()
    plan = create_plan(make_board(), " Recovery plan ", by=by)
    assert plan.title == "Recovery plan"
    assert plan.level_names == ["Improvement area"]
    assert [rating.entry for rating in plan.key.all()] == list(DEFAULT_KEY)
    assert plan.history.get().history_user == by


def test_a_title_stands_once_on_a_board():
    plan = make_plan()
    with pytest.raises(ValidationError, match="already has a plan with this title"):
        create_plan(plan.board, plan.title, by=None)
    assert Plan.objects.count() == 1


def test_an_edit_is_kept_in_history_and_none_writes_nothing():
    plan, by = make_plan(title="Recovery plan"), make_user()
    edit_plan(plan, by=by, title="Recovery plan 2026")
    edit_plan(plan, by=by, title="Recovery plan 2026")
    assert history_of(plan, "title") == ["Recovery plan", "Recovery plan 2026"]


def test_a_plan_can_not_end_before_it_starts():
    plan = make_plan(starts=date(2026, 1, 5))
    with pytest.raises(ValidationError, match="must end on or after the day it starts"):
        edit_plan(plan, by=make_user(), ends=date(2026, 1, 4))


def test_new_dates_read_words_without_a_year_anew():
    plan = make_plan(starts=date(2020, 1, 6), ends=date(2020, 3, 30))
    loose = make_action(make_area(plan), target="Mid Feb")
    fixed = make_action(make_area(plan), target="10 January 2020")
    step = make_step(loose, target="End Feb")
    changed = edit_plan(plan, by=make_user(), starts=date(2021, 1, 6), ends=date(2021, 3, 30))
    for row in (loose, fixed, step):
        row.refresh_from_db()
    assert changed == 2
    assert (loose.target_text, loose.target_due, loose.target_assumed) == ("Mid Feb", date(2021, 2, 15), True)
    assert (fixed.target_due, step.target_due) == (date(2020, 1, 10), date(2021, 2, 28))
    assert history_of(loose, "target_due") == [date(2020, 2, 15), date(2021, 2, 15)]


def test_a_plan_that_loses_its_dates_keeps_the_days_once_read():
    plan = make_plan(starts=date(2020, 1, 6), ends=date(2020, 3, 30))
    action = make_action(make_area(plan), target="Mid Feb")
    assert edit_plan(plan, by=make_user(), starts=None, ends=None) == 0
    action.refresh_from_db()
    assert action.target_due == date(2020, 2, 15)


def test_quarters_from_april_move_a_quarter():
    plan = make_plan()
    action = make_action(make_area(plan), target="Q2 2005")
    edit_plan(plan, by=make_user(), quarters_from=4)
    action.refresh_from_db()
    assert history_of(action, "target_due") == [date(2005, 6, 30), date(2005, 9, 30)]


def test_closing_sets_status_and_last_day():
    plan = make_plan(starts=date(2020, 1, 6))
    close_plan(plan, ends=date(2020, 3, 30), by=make_user())
    plan.refresh_from_db()
    assert (plan.status, plan.ends) == ("closed", date(2020, 3, 30))


def test_levels_that_hold_headings_stay_named():
    plan = make_plan(level_names=LEVELS)
    make_area(plan, "Edge of care", parent=make_area(plan))
    with pytest.raises(ValidationError, match="Areas stand on 2 levels"):
        set_level_names(plan, ["Theme"], by=make_user())
    set_level_names(plan, ["Theme", "Aim"], by=make_user())
    plan.refresh_from_db()
    assert plan.level_names == ["Theme", "Aim"]


def test_two_ratings_may_swap_their_words():
    plan = make_plan()
    set_key(plan, GREEN_IS_COMPLETE, by=make_user())
    assert [rating.entry for rating in plan.key.all()] == list(GREEN_IS_COMPLETE)
    complete = plan.key.get(code="complete")
    assert history_of(complete, "word") == [DEFAULT_KEY[0].word, "Green"]


def test_a_rating_in_use_stays_in_the_key():
    action = make_action()
    make_update(action, "slippage")
    with pytest.raises(ValidationError, match="has been given to actions"):
        set_key(action.plan, GREEN_IS_COMPLETE, by=make_user())
    assert [rating.entry for rating in action.plan.key.all()] == list(DEFAULT_KEY)


def test_the_key_has_a_version_that_changes_with_it():
    plan = make_plan()
    before = key_version(plan)
    set_key(plan, DEFAULT_KEY, by=make_user())
    assert key_version(plan) == before
    set_key(plan, GREEN_IS_COMPLETE, by=make_user())
    assert key_version(plan) > before


def test_headings_stand_depth_first():
    plan = make_plan(level_names=LEVELS)
    first, second = make_area(plan, "First"), make_area(plan, "Second")
    make_area(plan, "Inside first", parent=first)
    make_area(plan, "Inside second", parent=second)
    make_area(plan, "Also inside first", parent=first)
    assert shape(plan) == [
        ("First", None, 0),
        ("Inside first", "First", 1),
        ("Also inside first", "First", 1),
        ("Second", None, 0),
        ("Inside second", "Second", 1),
    ]


def test_a_heading_moves_with_all_inside_it():
    plan = make_plan(level_names=LEVELS)
    first, second = make_area(plan, "First"), make_area(plan, "Second")
    make_area(plan, "Inside first", parent=first)
    move_area(first, parent=second, after=None, by=make_user())
    assert shape(plan) == [("Second", None, 0), ("First", "Second", 1), ("Inside first", "First", 2)]
    move_area(first, parent=None, after=None, by=make_user())
    assert shape(plan) == [("First", None, 0), ("Inside first", "First", 1), ("Second", None, 0)]


def test_a_heading_moves_behind_another():
    plan = make_plan()
    a, b, c = (make_area(plan, title) for title in "ABC")
    move_area(a, parent=None, after=b, by=make_user())
    assert [area.title for area in plan.areas.all()] == ["B", "A", "C"]
    move_area(c, parent=None, after=None, by=make_user())
    assert [area.title for area in plan.areas.all()] == ["C", "B", "A"]


def test_a_heading_never_stands_inside_itself_nor_below_the_last_level():
    plan = make_plan(level_names=LEVELS[:2])
    first, second = make_area(plan, "First"), make_area(plan, "Second")
    inside = make_area(plan, "Inside first", parent=first)
    with pytest.raises(ValidationError, match="inside itself"):
        move_area(first, parent=inside, after=None, by=make_user())
    with pytest.raises(ValidationError, match="no level inside “Outcome”"):
        move_area(first, parent=second, after=None, by=make_user())
    assert shape(plan) == [("First", None, 0), ("Inside first", "First", 1), ("Second", None, 0)]


def test_only_an_empty_heading_is_removed():
    by = make_user()
    area = make_area()
    inside = create_area(area.plan, "Inside", by=by, parent=area)
    action = make_action(inside)
    with pytest.raises(ValidationError, match="holds actions"):
        remove_area(inside, by=by)
    with pytest.raises(ValidationError, match="Other areas stand inside"):
        remove_area(area, by=by)
    action.delete()
    remove_area(inside, by=by)
    assert list(Area.objects.all()) == [area]
    assert list(Area.history.filter(history_type="-").values_list("title", "history_user")) == [
        ("Inside", by.pk)
    ]


def test_a_heading_needs_a_title():
    area = make_area(title="Front door")
    with pytest.raises(ValidationError):
        edit_area(area, by=make_user(), title="")
    area.refresh_from_db()
    assert area.title == "Front door"


def test_each_rating_of_a_key_has_history():
    assert RatingKey.history.filter(plan_id=make_plan().pk).count() == len(DEFAULT_KEY)
