"""Meetings on their pages: the list, one meeting, and the agenda."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from plans.models import Meeting, Pack, Role
from plans.services.challenges import answer_challenge, close_challenge
from plans.services.meetings import cancel_meeting, record_attendance, record_decision
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_update,
    make_user,
)
from tests.pages import words_of
from tests.plans.editing import errors_of, fill, messages_of, url

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY, MARCH, APRIL = (
    date(2026, 1, 13),
    date(2026, 2, 10),
    date(2026, 3, 10),
    date(2026, 4, 14),
)

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


class TestTheList:
    def test_the_next_comes_first_then_those_held_and_cancelled(self, editor, board):
        for day in (JANUARY, MARCH, date(2026, 5, 12), APRIL):
            make_meeting(board, day)
        gone = make_meeting(board, date(2026, 6, 9))
        cancel_meeting(gone, by=None, reason="School holidays")
        page = editor.get(reverse("meeting_list", args=[board.slug])).context["page"]
        assert [each.on for each in page.coming] == [APRIL, date(2026, 5, 12)]
        assert [each.on for each in page.past] == [MARCH, JANUARY]
        assert page.cancelled == [gone]
        assert page.next.on == APRIL

    def test_it_counts_who_came_and_what_was_decided(self, editor, board, plan):
        meeting = make_meeting(board, JANUARY, kind="partners", place="Town hall")
        there = {make_member(board): "present", make_member(board): "apologies"}
        record_attendance(meeting, by=None, people=there, guests=[("DfE adviser", "present")])
        record_decision(meeting, by=None, text="The plan is agreed.")
        Pack.objects.create(board=board, plan=plan, meeting=meeting, number=3, closed_at=timezone.now())
        response = editor.get(reverse("meeting_list", args=[board.slug]))
        [listed] = response.context["page"].past
        assert (listed.present, listed.decision_count) == (2, 1)
        assert "With partners Town hall 2 1 Pack 3" in words_of(response)

    def test_without_a_meeting_it_says_so(self, editor, board):
        assert "No meeting is set yet." in words_of(editor.get(reverse("meeting_list", args=[board.slug])))

    @pytest.mark.parametrize("rows", [1, 3])
    def test_a_fixed_number_of_queries(self, editor, board, plan, rows, django_assert_num_queries):
        for month in range(rows):
            meeting = make_meeting(board, date(2026, month + 1, 13))
            record_decision(meeting, by=None, text="Agreed.")
            Pack.objects.create(
                board=board, plan=plan, meeting=meeting, number=month, closed_at=timezone.now()
            )
        with django_assert_num_queries(5):
            editor.get(reverse("meeting_list", args=[board.slug]))


class TestOneMeeting:
    def test_it_is_added_edited_and_cancelled(self, editor, board):
        told = {"on": "14/4/2026", "starts_at": "2.30pm", "kind": "partners", "place": "Town hall"}
        response = fill(editor, url(board, "meeting_new"), **told)
        assert messages_of(response) == ["The meeting of 14 April 2026 is added."]
        meeting = Meeting.objects.get()
        assert (str(meeting.starts_at), meeting.kind) == ("14:30:00", "partners")
        fill(editor, url(board, "meeting_edit", meeting.pk), place="Room 4")
        meeting.refresh_from_db()
        assert (meeting.place, str(meeting.starts_at)) == ("Room 4", "14:30:00")
        fill(editor, url(board, "meeting_cancel", meeting.pk), reason="No room was free")
        page = agenda(editor, meeting)
        assert "Cancelled on 17 March 2026: No room was free" in words_of(page)
        response = fill(editor, url(board, "meeting_edit", meeting.pk), place="Room 5")
        assert "Add another in its place" in str(errors_of(response))

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("on", "", "Enter the date"),
            ("on", "31/2/2026", "Enter the date as a real day, such as 27/3/2026"),
            ("on", "1/1/0001", "Enter a day between 2000 and 2099, such as 27/3/2026"),
            ("on", "10/3/2026", "The board already has a meeting on this day. Give another day."),
            ("starts_at", "teatime", "Enter the time as 14:30 or 2:30pm"),
        ],
    )
    def test_what_is_refused(self, editor, board, field, value, said):
        make_meeting(board, MARCH)
        told = {"on": "14/4/2026", "kind": "internal"} | {field: value}
        assert errors_of(fill(editor, url(board, "meeting_new"), **told)) == {field: [said]}
        assert Meeting.objects.count() == 1

    def test_what_another_window_changed_meanwhile_is_shown(self, editor, board):
        meeting = make_meeting(board, APRIL, place="Town hall")
        address = url(board, "meeting_edit", meeting.pk)
        opened = editor.get(address).context["form"].initial["version"]
        fill(editor, address, place="Room 4")
        response = fill(editor, address, place="Library", version=str(opened))
        [clash] = response.context["form"].clashes
        assert (clash.theirs, clash.yours, clash.who) == ("Room 4", "Library", "In another window you")

    def test_one_with_decisions_is_not_cancelled(self, editor, board):
        meeting = make_meeting(board, MARCH)
        record_decision(meeting, by=None, text="Agreed.")
        response = fill(editor, url(board, "meeting_cancel", meeting.pk), reason="By mistake")
        assert errors_of(response) == {"__all__": ["This meeting can’t be cancelled: it has decisions."]}


class TestTheAgenda:
    def test_an_open_challenge_comes_back_at_each_meeting_until_it_is_closed(self, editor, board, plan):
        first, second, third = (make_meeting(board, day) for day in (JANUARY, FEBRUARY, MARCH))
        coming = make_meeting(board, APRIL)
        lead = make_lead(board)
        action = make_action(make_area(plan), leads=lead.name)
        challenge = make_challenge(action, "Who checks?", on=JANUARY, due=FEBRUARY, owner=lead)
        assert "Raised at the meeting of 13 January 2026" in words_of(agenda(editor, first))
        assert "2nd time" in words_of(agenda(editor, second))
        assert "28 days overdue 3rd time" in words_of(agenda(editor, third))
        answer_challenge(challenge, by=None, text="The manager does.", on=MARCH)
        assert "Answered, to be closed 3rd time" in words_of(agenda(editor, third))
        assert "The manager does." not in words_of(agenda(editor, second))
        assert "4th time" in words_of(agenda(editor, coming))
        close_challenge(challenge, by=None, outcome="answered", words="We saw it.", on=date(2026, 3, 11))
        assert "No challenge is open." in words_of(agenda(editor, coming))
        assert "Who checks?" in words_of(agenda(editor, third))

    def test_overdue_ones_come_first(self, editor, board, plan):
        action = make_action(make_area(plan))
        soon = make_challenge(action, "Soon?", on=JANUARY, due=date(2026, 3, 20))
        late = make_challenge(action, "Late?", on=JANUARY, due=date(2026, 3, 1))
        later = make_challenge(action, "Later?", on=JANUARY, due=APRIL)
        page = agenda(editor, make_meeting(board, APRIL)).context["page"]
        assert [each.challenge for each in page.challenges] == [late, soon, later]
        assert page.lead.startswith("In 28 days: 3 challenges, 1 overdue; ")

    def test_a_coming_one_asks_of_today_and_a_past_one_of_its_day(self, editor, board, plan):
        make_meeting(board, JANUARY)
        past, coming = make_meeting(board, FEBRUARY), make_meeting(board, APRIL)
        action = make_action(make_area(plan), "Fill the posts")
        make_update(action, "off_track", on=date(2026, 1, 5))
        make_update(action, "on_track", on=date(2026, 2, 1))
        make_update(action, "slippage", on=date(2026, 3, 16))
        then, now = agenda(editor, past).context["page"], agenda(editor, coming).context["page"]
        assert (then.shown.day, then.shown.before) == (FEBRUARY, JANUARY)
        assert (now.shown.day, now.shown.before) == (TODAY, FEBRUARY)
        assert [len(then.changes.up), len(then.changes.down)] == [1, 0]
        assert [len(now.changes.up), len(now.changes.down)] == [0, 1]

    def test_what_was_decided_last_time_comes_back(self, editor, board):
        last, now = make_meeting(board, MARCH), make_meeting(board, APRIL)
        record_decision(last, by=None, text="An audit follows.")
        words = words_of(agenda(editor, now))
        assert words.endswith("Decided last time 10 March 2026 (Decided last time) An audit follows.")

    def test_the_link_to_all_questions_says_what_it_counts(self, editor, board, plan):
        area = make_area(plan)
        for number in range(9):
            make_action(area, f"Action {number}", leads="")
        words = words_of(agenda(editor, make_meeting(board, APRIL)))
        assert "18 questions on ratings" in words
        assert "All 18 questions" in words

    def test_without_a_plan_it_still_opens(self, editor, board):
        assert agenda(editor, make_meeting(board, APRIL)).status_code == 200

    def test_members_read_it_and_change_nothing(self, signed_in, board):
        meeting = make_meeting(board, MARCH)
        member = signed_in(make_member(board))
        page = agenda(member, meeting)
        assert page.status_code == 200
        assert "Record a decision" not in words_of(page)
        assert member.get(url(board, "decision_new", meeting.pk)).status_code == 403

    def test_outsiders_and_other_boards_find_nothing(self, signed_in, editor, board):
        meeting = make_meeting(make_board("elsewhere"), MARCH)
        assert editor.get(reverse("meeting", args=[board.slug, meeting.pk])).status_code == 404
        own = make_meeting(board, MARCH)
        assert agenda(signed_in(make_user()), own).status_code == 404

    @pytest.mark.parametrize("rows", [1, 3])
    def test_a_fixed_number_of_queries(self, editor, board, plan, rows, django_assert_num_queries):
        last, now = make_meeting(board, FEBRUARY), make_meeting(board, MARCH)
        for number in range(rows):
            action = make_action(make_area(plan, f"Area {number}"), target="1 January 2026")
            make_update(action, "on_track", on=FEBRUARY)
            challenge = make_challenge(action, on=JANUARY, due=FEBRUARY)
            answer_challenge(challenge, by=None, text="We count.", on=MARCH)
            for meeting in (last, now):
                record_decision(meeting, by=None, text="Agreed.", challenge=challenge)
            record_attendance(now, by=None, people={make_member(board): "present"})
            other = make_plan(board, status="draft")
            Pack.objects.create(board=board, plan=other, meeting=now, number=number, closed_at=timezone.now())
        with django_assert_num_queries(31):
            agenda(editor, now)
