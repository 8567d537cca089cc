from datetime import date
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from plans.models import Action, Plan
from plans.services.actions import create_action
from tests.factories import make_action, make_area, make_board, make_plan, make_update
from tests.importing import AUDITS, PLANS, VISITS, bring_in, plan_book

pytestmark = pytest.mark.django_db
migration = import_module("plans.migrations.0008_say_when_actions_were_added")


def test_an_action_is_part_of_the_plan_from_the_day_it_is_created():
    with time_machine.travel("2026-03-02 12:00"):
        area = make_area(make_plan(make_board()))
    with time_machine.travel("2026-03-09 12:00"):
        action = create_action(area, "Train the team", by=None)
    assert action.added_on == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("made", "updated", "ends", "added_on"),
    [
        ("2026-03-02 15:00", None, None, None),
        ("2026-03-09 12:00", None, None, date(2026, 3, 9)),
        ("2026-03-09 12:00", date(2026, 3, 4), None, date(2026, 3, 4)),
        ("2026-03-09 12:00", None, date(2026, 3, 6), date(2026, 3, 6)),
    ],
)
def test_what_stood_before_is_told_by_its_history(made, updated, ends, added_on):
    with time_machine.travel("2026-03-02 12:00"):
        area = make_area(make_plan(make_board(), ends=ends))
    with time_machine.travel(made):
        action = make_action(area)
        if updated:
            make_update(action, on=updated)
    migration.say_when_added(apps, None)
    assert Action.objects.get(pk=action.pk).added_on == added_on


def test_an_import_adds_from_its_counting_day_to_a_plan_that_stands():
    with time_machine.travel("2026-06-15 12:00"):
        board = make_board()
        bring_in(board, plan_book(VISITS))
        assert list(Action.objects.values_list("reference", "added_on")) == [("1", None)]
        plan = str(Plan.objects.get().pk)
        bring_in(board, plan_book(VISITS, PLANS), plan=plan, on="2026-06-01")
        bring_in(board, plan_book(VISITS, PLANS, AUDITS), plan=plan)
    assert dict(Action.objects.values_list("reference", "added_on")) == {
        "1": None,
        "2": date(2026, 6, 1),
        "3": date(2026, 6, 15),
    }
