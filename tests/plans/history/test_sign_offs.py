"""What a board's history tells of sign-offs: asked for, decided, opened again, and fallen with an import."""

import pytest

from improvement.imports.workbooks import undo_import
from plans.history import board_changes, changes_of
from plans.models import Role
from plans.services.evidence import show_evidence
from plans.services.sign_off import agree_sign_off, ask_sign_off, refuse_sign_off, reopen_action
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_member,
    make_plan,
    report_done,
)
from tests.importing import VISITS, bring_in, changed, plan_book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def head(board):
    return make_member(board, Role.LEAD, "Head of Service")


@pytest.fixture
def chair(board):
    return make_member(board, Role.CHAIR, "Chair")


def told(changes):
    return [
        (each.who, each.field, each.reason)
        for each in changes
        if "ign-off" in each.field or "again" in each.field
    ]


def test_each_step_of_a_sign_off_is_told(board, head, chair):
    action = make_action(make_area(make_plan(board)))
    refuse_sign_off(report_done(action, by=head), by=chair, reason="One team is behind", rating="on_track")
    agree_sign_off(report_done(action, by=head), by=chair)
    reopen_action(action, by=chair, reason="It slips", rating="on_track")
    steps = [
        ("Chair", "Action opened again", "It slips"),
        ("Chair", "Sign-off agreed", ""),
        ("Head of Service", "Sign-off asked for", ""),
        ("Chair", "Sign-off refused", "One team is behind."),
        ("Head of Service", "Sign-off asked for", ""),
    ]
    assert told(board_changes(board).object_list) == steps
    assert told(changes_of(action)) == steps
    assert told(board_changes(board, person=head.pk).object_list) == [steps[2], steps[4]]


def test_a_sign_off_that_fell_with_an_import_is_told(board, head, chair):
    action = bring_in(board, plan_book(VISITS)).plan.actions.get()
    later = bring_in(board, plan_book(changed(VISITS, RAG="Blue", Progress="All is done")))
    update = action.updates.latest_first().first()
    show_evidence(update, [make_evidence(board)], by=head)
    agree_sign_off(ask_sign_off(update, by=head), by=chair)
    assert undo_import(later, by=chair)
    assert told(board_changes(board, person=chair.pk).object_list) == [
        ("Chair", f"Sign-off fell: import {later.pk} was taken back", ""),
        ("Chair", "Sign-off agreed", ""),
    ]
