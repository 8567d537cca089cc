"""What pages say of actions that an import had made, once that import is taken back."""

from datetime import date

import pytest
from django.urls import reverse

from improvement.imports.workbooks import undo_import
from plans.models import Action, Role
from plans.services.actions import withdraw_action
from plans.services.boards import close_board
from tests.factories import make_action, make_area, make_meeting, make_member, make_plan, make_update
from tests.importing import ROWS, bring_in, plan_book
from tests.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


@pytest.fixture
def undone(board):
    imported = bring_in(board, plan_book(*ROWS))
    undo_import(imported, by=None)
    return imported


def page_of(client, action=None):
    action = action or Action.objects.first()
    return client.get(reverse("action", args=["harbour", action.pk]))


def link_to(imported):
    return f'href="{reverse("import_check", args=["harbour", imported.pk])}"'


def test_it_leads_an_editor_to_the_import_and_its_workbook(browser, undone):
    page = page_of(browser)
    assert "See the import of plan.xlsx, where the workbook can be downloaded." in text_of(page)
    assert link_to(undone) in page.content.decode()
    file = reverse("import_file", args=["harbour", undone.pk])
    record = browser.get(reverse("import_check", args=["harbour", undone.pk]))
    assert f'href="{file}"' in record.content.decode()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEAD, Role.CHAIR])
def test_who_may_not_look_at_imports_is_led_to_none(signed_in, board, undone, role):
    page = page_of(signed_in(make_member(board, role)))
    assert "Its plan was taken back with the import that made it" in text_of(page)
    assert link_to(undone) not in page.content.decode()


def test_of_a_closed_board_nobody_is_led_there(browser, board, undone):
    close_board(board, by=None, reason="Over", keep_years=1)
    assert link_to(undone) not in page_of(browser).content.decode()


def test_an_action_withdrawn_by_hand_names_no_import(browser, board, undone):
    action = make_action(make_area(make_plan(board)))
    withdraw_action(action, by=None, reason="Not needed.")
    assert "the import of" not in text_of(page_of(browser, action))


def test_any_number_of_digits_in_a_reason_names_no_import(browser, board):
    action = make_action(make_area(make_plan(board)))
    withdraw_action(action, by=None, reason=f"Import {'7' * 4400} was taken back")
    assert "the import of" not in text_of(page_of(browser, action))


@pytest.mark.parametrize(("applied", "left"), [(6, "3 actions left the plan"), (12, "")])
def test_only_what_somebody_saw_at_a_meeting_has_left_the_plan_since(
    browser, board, time_machine, applied, left
):
    plan = make_plan(board, "Getting to good")
    action = make_action(make_area(plan), added_on=date(2026, 6, 1))
    make_update(action, "on_track", on=date(2026, 6, 1))
    make_meeting(board, date(2026, 6, 10))
    time_machine.move_to(f"2026-06-{applied:02}T09:00:00+01:00", tick=True)
    imported = bring_in(board, plan_book(*ROWS), plan=str(plan.pk), on="2026-06-05")
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)
    undo_import(imported, by=None)
    dashboard = browser.get(reverse("dashboard", args=["harbour"]))
    assert dashboard.context["dashboard"].came_and_left == left
    changes = text_of(browser.get(reverse("changes", args=["harbour"])))
    assert ("3 actions were taken out" in changes) is bool(left)
