"""Meetings, attendance and decisions through their services."""

from datetime import date, time

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from plans.models import Attendance, Decision, Meeting, MeetingKind, Pack, Presence
from plans.services.challenges import raise_challenge
from plans.services.meetings import (
    MeetingDay,
    add_meeting,
    cancel_meeting,
    edit_decision,
    edit_meeting,
    record_attendance,
    record_decision,
    set_up_rhythm,
)
from plans.services.progress import move_target
from tests.factories import make_action, make_board, make_lead, make_meeting, make_member

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 17)
LATER = date(2026, 4, 14)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def board():
    return make_board()


def refusal(error):
    return " ".join(error.value.messages)


def test_a_meeting_has_its_day_kind_hour_and_place(board):
    editor = make_member(board, "editor")
    meeting = add_meeting(
        board, by=editor, on=TODAY, kind="partners", starts_at=time(14, 30), place=" Town  hall "
    )
    meeting.refresh_from_db()
    assert (meeting.on, meeting.kind, meeting.starts_at, meeting.place) == (
        TODAY,
        MeetingKind.PARTNERS,
        time(14, 30),
        "Town hall",
    )
    assert meeting.history.get().history_user == editor


def test_a_board_meets_once_a_day_unless_the_first_was_cancelled(board):
    meeting = make_meeting(board, LATER)
    with pytest.raises(ValidationError) as error:
        add_meeting(board, by=None, on=LATER)
    assert "already has a meeting on this day" in refusal(error)
    cancel_meeting(meeting, by=None, reason="No room was free")
    again = add_meeting(board, by=None, on=LATER)
    assert list(board.meetings.standing()) == [again]


def test_another_board_may_meet_on_the_same_day(board):
    make_meeting(board, LATER)
    assert make_meeting(make_board(), LATER).on == LATER


def test_moving_a_meeting_onto_anothers_day_is_refused(board):
    make_meeting(board, LATER)
    meeting = make_meeting(board, TODAY)
    with pytest.raises(ValidationError) as error:
        edit_meeting(meeting, by=None, on=LATER, kind="internal")
    assert "already has a meeting" in refusal(error)
    edit_meeting(meeting, by=None, on=date(2026, 4, 15), kind="partners")
    meeting.refresh_from_db()
    assert (meeting.on, meeting.kind) == (date(2026, 4, 15), "partners")


def test_cancelling_keeps_the_reason_and_happens_once(board):
    meeting = make_meeting(board, LATER)
    with pytest.raises(ValidationError):
        cancel_meeting(meeting, by=None, reason=" ")
    cancel_meeting(meeting, by=None, reason="The chair is ill")
    meeting.refresh_from_db()
    assert (meeting.cancelled_on, meeting.cancelled_reason) == (TODAY, "The chair is ill")
    for again in (
        lambda: cancel_meeting(meeting, by=None, reason="Twice"),
        lambda: edit_meeting(meeting, by=None, on=LATER, kind="internal"),
        lambda: record_attendance(meeting, by=None, people={}, guests=[("An observer", "apologies")]),
        lambda: record_decision(meeting, by=None, text="Something"),
    ):
        with pytest.raises(ValidationError) as error:
            again()
        assert refusal(error) == "This meeting is cancelled. Add another in its place."


def with_a_decision(meeting, action):
    record_decision(meeting, by=None, text="The plan is agreed.")


def with_a_pack(meeting, action):
    Pack.objects.create(
        board=meeting.board, plan=action.plan, meeting=meeting, number=1, closed_at=timezone.now()
    )


def with_a_move(meeting, action):
    move = move_target(action, to="1 May 2026", by=None, reason="Posts are open")
    move.meeting = meeting
    move.save()


@pytest.mark.parametrize(
    ("came", "words"),
    [
        (with_a_decision, "it has decisions"),
        (with_a_pack, "its papers are closed"),
        (with_a_move, "something was agreed at it"),
    ],
)
def test_a_meeting_from_which_something_came_is_not_cancelled(board, came, words):
    action = make_action(target="1 April 2026")
    meeting = make_meeting(action.plan.board, TODAY)
    came(meeting, action)
    with pytest.raises(ValidationError) as error:
        cancel_meeting(meeting, by=None, reason="Nobody came")
    assert refusal(error) == f"This meeting can’t be cancelled: {words}."
    meeting.refresh_from_db()
    assert meeting.cancelled_on is None


@pytest.mark.parametrize(
    ("came", "words"), [(with_a_decision, "it has decisions"), (with_a_move, "something was agreed at it")]
)
def test_a_meeting_that_settled_something_was_held(came, words):
    action = make_action(target="1 April 2026")
    meeting = make_meeting(action.plan.board, TODAY)
    came(meeting, action)
    with pytest.raises(ValidationError) as error:
        edit_meeting(meeting, by=None, on=LATER, kind="internal")
    assert refusal(error) == f"This meeting was held: {words}. Give a day up to today."


def test_a_rhythm_adds_the_days_that_have_no_meeting_yet(board):
    make_meeting(board, LATER)
    days = [
        MeetingDay(date(2026, 5, 12), MeetingKind.PARTNERS),
        MeetingDay(LATER),
        MeetingDay(TODAY),
        MeetingDay(TODAY),
    ]
    added = set_up_rhythm(board, days, by=None, starts_at=time(10), place="Room 4")
    assert [(each.on, each.kind, each.place) for each in added] == [
        (TODAY, "internal", "Room 4"),
        (date(2026, 5, 12), "partners", "Room 4"),
    ]
    assert Meeting.objects.count() == 3


def test_attendance_of_people_and_guests_is_kept_and_changed(board):
    meeting = make_meeting(board, TODAY)
    chair, member = make_member(board, "chair", "A Chair"), make_member(board, "member", "B Member")
    told = {chair: Presence.PRESENT, member: Presence.APOLOGIES}
    guests = [("DfE adviser", Presence.PRESENT), ("  ", Presence.PRESENT)]
    assert record_attendance(meeting, by=chair, people=told, guests=guests) == 3
    assert record_attendance(meeting, by=chair, people=told, guests=guests) == 0
    again = {chair: Presence.PRESENT, member: Presence.DEPUTY}
    assert record_attendance(meeting, by=chair, people=again, guests=[("DfE adviser", "")]) == 2
    assert [str(row) for row in meeting.attendance.all()] == [
        "A Chair: present",
        "B Member: sent a deputy",
    ]
    assert record_attendance(meeting, by=chair, people={chair: ""}) == 1
    assert [row.user for row in meeting.attendance.all()] == [member]


def test_before_a_meeting_only_apologies_and_deputies_are_known(board):
    meeting, member = make_meeting(board, LATER), make_member(board)
    record_attendance(meeting, by=None, people={member: Presence.APOLOGIES})
    with pytest.raises(ValidationError) as error:
        record_attendance(meeting, by=None, people={member: Presence.PRESENT})
    assert "still to come" in refusal(error)
    assert Attendance.objects.get().presence == "apologies"


def test_a_decision_on_a_move_or_a_challenge_is_on_its_action():
    action = make_action(target="1 April 2026")
    board = action.plan.board
    meeting = make_meeting(board, TODAY)
    move = move_target(action, to="1 May 2026", by=None, reason="Posts are open")
    lead = make_lead(board)
    challenge = raise_challenge(board, by=None, question="Why?", owner=lead, due=LATER, action=action)
    moved = record_decision(meeting, by=None, text=" The new date stands. ", move=move)
    asked = record_decision(meeting, by=None, text="An audit follows.", challenge=challenge)
    assert (moved.text, moved.action, asked.action) == ("The new date stands.", action, action)
    assert list(action.decisions.all()) == [moved, asked]


def test_a_decision_waits_for_the_meeting_and_keeps_to_its_board(board):
    action = make_action()
    other = make_action(area=action.area, target="1 April 2026")
    move = move_target(other, to="1 May 2026", by=None, reason="Posts are open")
    with pytest.raises(ValidationError) as early:
        record_decision(make_meeting(board, LATER), by=None, text="Agreed.")
    held = make_meeting(board, TODAY)
    with pytest.raises(ValidationError) as elsewhere:
        record_decision(held, by=None, text="Agreed.", action=action)
    with pytest.raises(ValidationError) as mixed:
        record_decision(make_meeting(action.plan.board, TODAY), by=None, text="Go", action=action, move=move)
    with pytest.raises(ValidationError) as empty:
        record_decision(held, by=None, text=" ")
    assert "still to come" in refusal(early)
    assert refusal(elsewhere) == "Choose an action of this board."
    assert refusal(mixed) == "This move is on another action. Choose that action, or none."
    assert refusal(empty) == "Write what was decided."
    assert Decision.objects.count() == 0


def test_editing_a_decision_keeps_what_it_said(board):
    meeting, editor = make_meeting(board, TODAY), make_member(board, "editor")
    decision = record_decision(meeting, by=None, text="Two posts.")
    edit_decision(decision, by=editor, text="Three posts.")
    assert [(row.text, row.history_user) for row in decision.history.all()] == [
        ("Three posts.", editor),
        ("Two posts.", None),
    ]
