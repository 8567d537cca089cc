from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from impact.models import Measure, MeasureTarget, Observation, StepChange
from impact.months import months_after
from impact.services.measures import (
    agree_step_change,
    close_measure,
    create_measure,
    edit_measure,
    set_actions,
    set_areas,
    set_target,
    withdraw_step_change,
)
from impact.services.observations import Entry, add_note, set_value, set_values, withdraw_note
from tests.factories import make_action, make_area, make_board, make_lead, make_plan, make_user

pytestmark = pytest.mark.django_db
APRIL = date(2019, 4, 1)


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def measure(board):
    return create_measure(board, "Contacts on time", by=None, unit="percent", direction="higher")


def fill(measure, *values):
    entries = [Entry(measure, months_after(APRIL, n), value) for n, value in enumerate(values)]
    return set_values(entries, by=None)


def standing(measure):
    rows = Observation.objects.filter(measure=measure).latest().order_by("month")
    return list(rows.values_list("month", "value"))


def test_a_measure_is_created_at_the_end_with_its_links_and_history(board, measure):
    user, area = make_user(), make_area(make_plan(board))
    action = make_action(area)
    made = create_measure(board, " Days  to decide ", by=user, areas=[area], actions=[action], unit="days")
    assert (made.name, measure.position, made.position) == ("Days to decide", 0, 1)
    assert list(made.areas.all()) == [area]
    assert list(made.actions.all()) == [action]
    assert made.history.get().history_user == user


def test_links_become_exactly_those_given(board, measure):
    plan = make_plan(board)
    one, two = make_area(plan, "One"), make_area(plan, "Two")
    set_areas(measure, [one], by=None)
    set_areas(measure, [two], by=None)
    assert list(measure.areas.all()) == [two]
    with pytest.raises(ValidationError, match="Choose only actions of the measure's own board"):
        set_actions(measure, [make_action()], by=None)


def test_an_owner_of_another_board_is_refused(measure):
    with pytest.raises(ValidationError, match="Choose a lead of this board"):
        edit_measure(measure, by=None, owner=make_lead(make_board()))


def test_a_unit_that_its_values_do_not_fit_is_refused(board):
    measure = create_measure(board, "Referrals", by=None)
    set_value(measure, APRIL, Decimal(480), by=None)
    with pytest.raises(
        ValidationError, match=r"April 2019 does not fit this unit\. A percentage can't be above"
    ):
        edit_measure(measure, by=None, unit="percent")


def test_a_closed_measure_leaves_the_list_and_frees_its_name(board, measure):
    fill(measure, 50)
    close_measure(measure, by=make_user(), reason="Replaced")
    again = create_measure(board, "Contacts on time", by=None)
    assert list(Measure.objects.filter(board=board).current()) == [again]
    assert standing(measure) == [(APRIL, Decimal(50))]


def test_a_changed_value_is_appended_and_the_same_one_is_not(measure):
    assert set_value(measure, date(2019, 4, 17), Decimal("52.5"), by=None).month == APRIL
    assert set_value(measure, APRIL, Decimal("52.50"), by=None) is None
    set_value(measure, APRIL, Decimal(48), by=None)
    assert standing(measure) == [(APRIL, Decimal(48))]
    assert Observation.objects.filter(measure=measure).count() == 2


def test_none_takes_a_value_back_and_is_not_written_where_there_is_none(measure):
    assert set_value(measure, APRIL, None, by=None) is None
    set_value(measure, APRIL, Decimal(48), by=None)
    set_value(measure, APRIL, None, by=None)
    assert standing(measure) == [(APRIL, None)]


@pytest.mark.parametrize(("unit", "value"), [("percent", "52"), ("rate", "5200"), ("average", "0.52")])
def test_a_value_is_worked_out_from_its_parts(board, unit, value):
    measure = create_measure(board, unit, by=None, unit=unit)
    made = set_value(measure, APRIL, None, by=None, numerator=Decimal(26), denominator=Decimal(50))
    assert (made.value, made.numerator) == (Decimal(value), Decimal(26))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ((APRIL, Decimal("100.1")), "A percentage can't be above 100: 100.1 was given."),
        ((APRIL, Decimal(-1)), "A percentage can't be below 0."),
        ((APRIL, Decimal("NaN")), "Write the value as a number"),
        ((APRIL, None, Decimal(3)), "Give both parts of the figure, or neither."),
        ((APRIL, None, Decimal(3), Decimal(0)), "the whole must be above 0"),
        ((date(1900, 1, 1), Decimal(5)), "January 1900 is too long ago."),
        ((date(2999, 1, 1), Decimal(5)), "January 2999 has not begun yet."),
    ],
)
def test_a_wrong_entry_is_refused_with_the_rest(measure, entry, words):
    with pytest.raises(ValidationError, match=words):
        set_values([Entry(measure, date(2019, 5, 1), Decimal(60)), Entry(measure, *entry)], by=None)
    assert standing(measure) == []


def test_two_values_for_a_month_are_refused(measure):
    with pytest.raises(ValidationError, match="Contacts on time, April 2019: There are two values"):
        set_values([Entry(measure, APRIL, Decimal(1)), Entry(measure, date(2019, 4, 9), Decimal(2))], by=None)


def test_a_count_below_zero_is_refused(board):
    with pytest.raises(ValidationError, match="A count can't be below 0"):
        set_value(create_measure(board, "Referrals", by=None), APRIL, Decimal(-3), by=None)


def test_values_of_many_months_are_written_in_few_queries(measure, django_assert_num_queries):
    with django_assert_num_queries(6):
        fill(measure, *[Decimal(50)] * 60)


def test_a_target_is_followed_and_a_same_one_is_not_repeated(measure):
    set_target(measure, Decimal(80), APRIL, by=None)
    assert set_target(measure, Decimal(80), APRIL, by=None) is None
    set_target(measure, Decimal(90), date(2019, 9, 30), by=None, reason="The board asked for more.")
    found = MeasureTarget.objects.values_list("month", "value")
    assert list(found) == [(APRIL, 80), (date(2019, 9, 1), 90)]
    with pytest.raises(ValidationError, match="above 100"):
        set_target(measure, Decimal(900), APRIL, by=None)


def agree(measure, month, **changed):
    words = {"reason": "A new front door", "agreed_by": "The board", "agreed_on": date(2019, 9, 9)}
    return agree_step_change(measure, month, by=None, **words | changed)


@pytest.mark.parametrize("month", [date(2019, 3, 1), APRIL, date(2019, 8, 1)])
def test_a_step_change_outside_the_months_is_refused(measure, month):
    fill(measure, 50, 51, 52, 53)
    with pytest.raises(ValidationError, match=r"Choose a month after April 2019.* up to July 2019"):
        agree(measure, month)
    assert not StepChange.objects.exists()


@pytest.mark.parametrize("missing", [{"reason": " "}, {"agreed_by": ""}])
def test_a_step_change_needs_its_reason_and_who_agreed(measure, missing):
    fill(measure, 50, 51)
    with pytest.raises(ValidationError):
        agree(measure, date(2019, 5, 1), **missing)


def test_a_step_change_is_agreed_once_a_month_until_it_is_taken_back(measure):
    fill(measure, 50, 51, 52)
    first = agree(measure, date(2019, 5, 20))
    with pytest.raises(ValidationError, match="already starts in this month"):
        agree(measure, date(2019, 5, 1))
    user = make_user()
    withdraw_step_change(first, by=user)
    assert first.history.latest().history_user == user
    second = agree(measure, date(2019, 5, 1))
    assert list(StepChange.objects.standing()) == [second]


def test_a_step_change_needs_values(measure):
    with pytest.raises(ValidationError, match="no values yet"):
        agree(measure, APRIL)


def test_a_remark_stands_on_its_month_until_it_is_taken_back(measure):
    note = add_note(measure, date(2019, 5, 31), " Two teams merged. ", by=None)
    assert (note.month, note.text) == (date(2019, 5, 1), "Two teams merged.")
    user = make_user()
    withdraw_note(note, by=user)
    assert note.history.latest().history_user == user
    assert list(measure.notes.standing()) == []
    with pytest.raises(ValidationError, match="too long ago"):
        add_note(measure, date(1900, 1, 1), "Early", by=None)
