"""The demonstration's meetings, what was asked and agreed at them, and what inspectors recommended."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest

from plans.clocks import read_clocks
from plans.coverage import Cover, Coverage
from plans.models import (
    Board,
    Challenge,
    CheckAnswer,
    Decision,
    Inspection,
    Meeting,
    MoveRequest,
    Pack,
    Plan,
    SignOff,
    TargetMove,
    User,
)

TODAY = date(2026, 11, 22)
NEXT = TODAY + timedelta(2)

pytestmark = pytest.mark.django_db


def live():
    return Plan.objects.get(title="Improvement plan")


def test_meetings_were_held_and_the_next_is_to_come(demonstration):
    held = [(meeting.on, meeting.kind) for meeting in Meeting.objects.filter(on__lte=TODAY)]
    assert held == [
        (date(2020, 1, 27), "internal"),
        (date(2020, 2, 24), "partners"),
        (date(2020, 3, 30), "partners"),
        (date(2026, 8, 4), "internal"),
        (date(2026, 9, 1), "partners"),
        (date(2026, 9, 29), "internal"),
        (date(2026, 10, 27), "partners"),
    ]
    to_come = Meeting.objects.filter(on__gt=TODAY)
    assert [meeting.on for meeting in to_come] == [NEXT + timedelta(weeks=4 * n) for n in range(4)]
    assert set(to_come.values_list("decisions", flat=True)) == {None}
    assert [row.get_presence_display() for row in to_come[0].attendance.all()] == ["Apologies"]


def test_every_meeting_held_has_people_and_decisions(demonstration):
    for meeting in Meeting.objects.filter(on__lte=TODAY):
        assert meeting.attendance.count() >= 9
        assert meeting.decisions.count() in (2, 3)


def test_dates_moved_at_meetings_say_so(demonstration):
    moves = TargetMove.objects.filter(meeting__isnull=False).order_by("on", "id")
    assert [(move.on, move.meeting.on) for move in moves] == [
        (day, day) for day in (date(2020, 1, 27), date(2026, 9, 29), date(2026, 9, 29), date(2026, 10, 27))
    ]
    assert Decision.objects.filter(move__isnull=False).count() == 4


def test_challenges_stand_in_every_way(demonstration):
    challenges = Challenge.objects.order_by("raised_on", "id")
    assert Counter(challenge.outcome for challenge in challenges) == {"answered": 2, "decided": 2, "": 3}
    assert all(
        challenge.meeting.on == challenge.raised_on and challenge.board.slug == "teesmere"
        for challenge in challenges
    )
    still_open = challenges.filter(closed_on__isnull=True)
    assert [(one.due < TODAY, one.answers.exists()) for one in still_open] == [
        (True, True),
        (True, False),
        (False, False),
    ]
    assert challenges.filter(measure_link__isnull=False).count() == 1


def test_of_four_finished_actions_two_are_signed_off(demonstration):
    rated = live().actions.with_rating(TODAY).with_sign_off(TODAY)
    complete = [action for action in rated if action.rating == "complete"]
    assert Counter(action.signed_off_on is not None for action in complete) == {True: 2, False: 2}
    assert Counter(SignOff.objects.values_list("outcome", flat=True)) == {
        "agreed": 2,
        "refused": 1,
        "waiting": 2,
    }
    refused = SignOff.objects.get(outcome="refused")
    assert refused.action.sign_offs.get(outcome="waiting").on > refused.decided_on
    assert all(sign_off.update.evidence_links.exists() for sign_off in SignOff.objects.all())


def test_moves_are_asked_for(demonstration):
    plan = live()
    assert (plan.blue_needs_sign_off, plan.moves_need_agreement) == (True, True)
    outcomes = MoveRequest.objects.order_by("on").values_list("outcome", flat=True)
    assert list(outcomes) == ["refused", "agreed", "waiting"]


def test_two_questions_are_answered(demonstration):
    answered = CheckAnswer.objects.order_by("check_name")
    assert [answer.check_name for answer in answered] == ["moved_twice", "no_update"]


def test_packs_say_what_stood_at_their_meeting(demonstration):
    packs = Pack.objects.order_by("plan_id", "number")
    about = [json.loads(pack.content)["about"] for pack in packs]
    assert [(told["plan"], told["number"], told["as_at"]) for told in about] == [
        ("Recovery plan", 1, "2020-02-24"),
        ("Recovery plan", 2, "2020-03-30"),
        ("Improvement plan", 1, "2026-09-29"),
        ("Improvement plan", 2, "2026-10-27"),
    ]


def test_recommendations_are_answered_in_every_way(demonstration):
    coverage = Coverage(Board.objects.get(slug="teesmere"), TODAY)
    assert Counter(row.cover for row in coverage.rows) == {
        Cover.NONE: 1,
        Cover.OFF: 2,
        Cover.RUNNING: 5,
        Cover.DONE: 1,
    }
    assert [row.recommendation.reference for row in coverage.with_cover(Cover.DONE)] == ["A1"]


def test_clocks_run(demonstration):
    ofsted, adviser = Inspection.objects.order_by("-received_on")
    [plan_due] = read_clocks(ofsted.kind, ofsted.received_on, {}, TODAY)
    assert (plan_due.done, plan_due.words) == (None, "10 working days left")
    stops = {"review": adviser.clock_stops.values_list("on", flat=True)}
    [review] = read_clocks(adviser.kind, adviser.received_on, stops, TODAY)
    assert (review.due, review.words) == (date(2027, 5, 9), "168 days left")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Improvement plan"),
        ("?as_at=2020-02-24", "Recovery plan"),
        ("?as_at=2026-10-27", "Improvement plan"),
        # On a day on which none ran, and where the address says which.
        ("?as_at=2021-02-24", "Improvement plan"),
        ("?as_at=2020-02-24&plan={live}", "Improvement plan"),
    ],
)
def test_a_past_day_shows_the_plan_that_ran_then(demonstration, signed_in, query, title):
    client = signed_in(User.objects.get(email="chair@example.org"))
    page = client.get(f"/boards/teesmere/{query.format(live=live().pk)}")
    assert page.context["plan"].title == title


def test_a_meeting_is_shown_by_the_plan_that_ran_then(demonstration, signed_in):
    client = signed_in(User.objects.get(email="chair@example.org"))
    titles = {}
    for meeting in Meeting.objects.filter(on__in=[date(2020, 2, 24), date(2026, 10, 27), NEXT]):
        titles[meeting.on] = client.get(f"/boards/teesmere/meetings/{meeting.pk}/").context["plan"].title
    assert titles == {
        date(2020, 2, 24): "Recovery plan",
        date(2026, 10, 27): "Improvement plan",
        NEXT: "Improvement plan",
    }
