"""How a meeting, a challenge or a decision breaks each of its constraints, for test_constraints."""

from datetime import date

from plans.models import Attendance, Challenge, ChallengeAnswer, Decision, Meeting

DAY, EARLIER = date(2026, 1, 5), date(2026, 1, 4)


def meeting(rows, **fields):
    return Meeting.objects.create(board=rows.board, **({"on": DAY} | fields))


def attendance(rows, **fields):
    return Attendance.objects.create(meeting=meeting(rows), presence="present", **fields)


def come_twice(rows):
    first = attendance(rows, user=rows.user)
    Attendance.objects.create(meeting=first.meeting, user=rows.user, presence="absent")


def challenge(rows, **fields):
    told = {"question": "Why?", "owner": rows.lead, "raised_on": DAY, "due": DAY, "action": rows.action}
    return Challenge.objects.create(board=rows.board, **(told | fields))


TRIALS = {
    "meeting_once_a_day": lambda rows: [meeting(rows), meeting(rows)],
    "meeting_kind_known": lambda rows: meeting(rows, kind="secret"),
    "meeting_cancelled_with_a_reason": lambda rows: meeting(rows, cancelled_on=DAY),
    "attendance_once_per_person": come_twice,
    "attendance_of_a_person_or_a_guest": lambda rows: attendance(rows, user=rows.user, guest="An adviser"),
    "presence_known": lambda rows: rows.change(attendance(rows, guest="An adviser"), presence="late"),
    "challenge_is_on_one_thing": lambda rows: challenge(rows, area=rows.area),
    "challenge_asks_something": lambda rows: challenge(rows, question=""),
    "challenge_due_after_it_is_raised": lambda rows: challenge(rows, due=EARLIER),
    "challenge_closed_with_an_outcome": lambda rows: challenge(rows, closed_on=DAY),
    "challenge_answer_says_something": lambda rows: ChallengeAnswer.objects.create(
        challenge=challenge(rows), on=DAY
    ),
    "decision_says_something": lambda rows: Decision.objects.create(meeting=meeting(rows)),
}
