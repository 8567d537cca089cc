"""The forms of meetings: a year from a rhythm, attendance and decisions."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from plans.models import Decision, Meeting, Role
from plans.services.meetings import record_attendance
from plans.services.progress import move_target
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_meeting,
    make_member,
    make_plan,
)
from tests.pages import words_of
from tests.plans.editing import errors_of, fill, messages_of, url

pytestmark = pytest.mark.django_db

MARCH, APRIL = date(2026, 3, 10), date(2026, 4, 14)
TODAY = date(2026, 3, 17)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def board():
    return make_board("teesmere")


@pytest.fixture
def plan(board):
    return make_plan(board, "Recovery plan")


@pytest.fixture
def editor(signed_in, board):
    client = signed_in(make_member(board, Role.EDITOR, "E Ditor"))
    return client


def agenda(client, meeting, **query):
    return client.get(reverse("meeting", args=[meeting.board.slug, meeting.pk]), query)


class TestAYear:
    query = {"first": "14/4/2026", "rhythm": "same_week", "partners": "second"}

    def address(self, board):
        return url(board, "meeting_rhythm", **self.query)

    def test_the_days_are_proposed_and_nothing_is_saved(self, editor, board):
        make_meeting(board, date(2026, 5, 12))
        response = editor.get(self.address(board))
        words = words_of(response)
        assert "Tuesday 12 May 2026 Left out: the board has a meeting on this day already" in words
        assert len(response.context["proposed"]) == 12
        assert Meeting.objects.count() == 1

    def test_what_is_ticked_is_set_up_as_changed(self, editor, board):
        changes = {"take_1": None, "on_2": "10/6/2026", "kind_0": "partners", "starts_at": "14:00"}
        response = fill(editor, self.address(board), **changes)
        assert messages_of(response) == ["11 meetings are set up."]
        first, second, third = board.meetings.all()[:3]
        assert [first.on, second.on, third.on] == [APRIL, date(2026, 6, 10), date(2026, 7, 14)]
        assert [first.kind, second.kind, third.kind] == ["partners", "internal", "partners"]
        assert str(first.starts_at) == "14:00:00"

    def test_a_bank_holiday_is_pointed_out(self, editor, board):
        query = {"first": "27/4/2026", "rhythm": "four_weeks", "partners": "none"}
        words = words_of(editor.get(url(board, "meeting_rhythm", **query)))
        assert "Monday 25 May 2026" in words
        assert "Bank holiday Spring Bank Holiday" in words

    def test_days_that_have_passed_are_left_out_until_they_are_ticked(self, editor, board):
        query = {"first": "17/2/2026", "rhythm": "four_weeks", "partners": "none"}
        address = url(board, "meeting_rhythm", **query)
        response = editor.get(address)
        ticks = [tick.value() for _, _, tick, *_ in response.context["form"].lines()]
        # The second day is today, and has not passed.
        assert ticks == [False] + [True] * 12
        words = words_of(response)
        assert words.count("This day has passed") == 1
        assert words.index("This day has passed") < words.index("Tuesday 17 March 2026")
        fill(editor, address, take_0="on")
        assert board.meetings.first().on == date(2026, 2, 17)

    def test_two_on_one_day_and_none_at_all_are_refused(self, editor, board):
        response = fill(editor, self.address(board), on_1="14/4/2026")
        assert errors_of(response) == {"on_1": ["There is a meeting on 14 April 2026 already. Change one."]}
        nothing = {f"take_{number}": None for number in range(12)}
        assert errors_of(fill(editor, self.address(board), **nothing)) == {
            "__all__": ["Tick at least one meeting."]
        }
        assert Meeting.objects.count() == 0

    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ({"first": "soon", "rhythm": "same_week", "partners": "none"}, "first"),
            ({"first": "1/1/9999", "rhythm": "same_week", "partners": "none"}, "first"),
            ({"first": "14/4/2026", "rhythm": "daily", "partners": "none"}, "rhythm"),
            ({"first": "14/4/2026", "rhythm": "same_week", "partners": "all"}, "partners"),
        ],
    )
    def test_bad_input_proposes_nothing(self, editor, board, query, name):
        response = editor.get(url(board, "meeting_rhythm", **query))
        assert (response.status_code, response.context["proposed"]) == (200, [])
        assert list(response.context["rhythm"].errors) == [name]
        assert editor.post(url(board, "meeting_rhythm", **query)).status_code == 200


class TestAttendance:
    def test_the_rest_is_present_with_one_tick(self, editor, board):
        meeting, away = make_meeting(board, MARCH), make_member(board, Role.MEMBER, "A Way")
        address = url(board, "meeting_attendance", meeting.pk)
        fill(editor, address, **{f"person_{away.pk}": "apologies", "rest": "on", "new_0": "DfE adviser"})
        assert sorted(map(str, meeting.attendance.all())) == [
            "A Way: apologies",
            "DfE adviser: present",
            "E Ditor: present",
        ]
        words = words_of(agenda(editor, meeting))
        assert "Present E Ditor, DfE adviser (guest) Apologies A Way" in words

    def test_only_what_was_changed_here_is_written(self, editor, board):
        meeting, first, second = make_meeting(board, MARCH), make_member(board), make_member(board)
        address = url(board, "meeting_attendance", meeting.pk)
        opened = editor.get(address)
        record_attendance(meeting, by=None, people={first: "present"})
        fields = {f"initial-person_{first.pk}": "", f"initial-person_{second.pk}": ""}
        assert opened.status_code == 200
        fill(editor, address, **fields, **{f"person_{first.pk}": "", f"person_{second.pk}": "absent"})
        assert {row.user: row.presence for row in meeting.attendance.all()} == {
            first: "present",
            second: "absent",
        }

    def test_before_the_meeting_apologies_alone_can_be_noted(self, editor, board):
        meeting, member = make_meeting(board, APRIL), make_member(board)
        address = url(board, "meeting_attendance", meeting.pk)
        response = fill(editor, address, **{f"person_{member.pk}": "present"})
        assert list(errors_of(response)) == [f"person_{member.pk}"]
        fill(editor, address, **{f"person_{member.pk}": "apologies", "new_1": "An inspector"})
        assert sorted(str(row.user or row.guest) for row in meeting.attendance.all()) == sorted(
            [member.name, "An inspector"]
        )

    def test_who_has_left_the_board_stays_on_the_list(self, editor, board):
        meeting, member = make_meeting(board, MARCH), make_member(board, Role.MEMBER, "L Eft")
        record_attendance(meeting, by=None, people={member: "present"})
        member.memberships.all().delete()
        words = words_of(editor.get(url(board, "meeting_attendance", meeting.pk)))
        assert "L Eft No longer on the board" in words


class TestDecisions:
    def test_a_decision_names_its_challenge_and_the_move_that_it_made(self, editor, board, plan):
        action = make_action(make_area(plan), "Fill the posts", target="1 April 2026")
        challenge = make_challenge(action)
        move = move_target(action, to="1 May 2026", by=None, reason="Posts are open")
        meeting = make_meeting(board, MARCH)
        address = url(board, "decision_new", meeting.pk)
        told = {"text": "May it is.", "move": str(move.pk), "challenge": str(challenge.pk)}
        assert fill(editor, address, **told).headers["Location"].endswith("#decisions")
        decision = Decision.objects.get()
        assert (decision.move, decision.challenge, decision.action) == (move, challenge, action)
        words = words_of(agenda(editor, meeting))
        assert "May it is." in words
        assert "date moved from 1 April 2026 to 1 May 2026" in words
        again = editor.get(address).context["form"].fields["move"].queryset
        assert list(again) == []
        fill(editor, url(board, "decision_edit", decision.pk), text="June it is.")
        assert [row.text for row in decision.history.all()] == ["June it is.", "May it is."]

    def test_another_boards_things_are_not_offered(self, editor, board):
        elsewhere = make_action(target="1 April 2026")
        challenge = make_challenge(elsewhere)
        move = move_target(elsewhere, to="1 May 2026", by=None, reason="Posts are open")
        address = url(board, "decision_new", make_meeting(board, MARCH).pk)
        told = {"action": elsewhere.pk, "challenge": challenge.pk, "move": move.pk}
        response = fill(editor, address, text="Agreed.", **{name: str(pk) for name, pk in told.items()})
        assert set(errors_of(response)) == {"action", "challenge", "move"}
        opened = editor.get(f"{address}?action={elsewhere.pk}&challenge=%C2%B2&move={'9' * 40}")
        assert opened.status_code == 200

    def test_they_wait_for_the_meeting(self, editor, board):
        meeting = make_meeting(board, APRIL)
        response = fill(editor, url(board, "decision_new", meeting.pk), text="Agreed.")
        assert "still to come" in str(errors_of(response))
