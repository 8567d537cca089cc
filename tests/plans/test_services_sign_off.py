from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from plans.models import Action, Outcome, ProgressUpdate, Role, SignOff
from plans.services.actions import withdraw_action
from plans.services.evidence import show_evidence
from plans.services.progress import record_update
from plans.services.sign_off import (
    agree_sign_off,
    ask_sign_off,
    ask_where_needed,
    drop_sign_off,
    refuse_sign_off,
    reopen_action,
)
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_update,
    report_done,
)

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY = date(2026, 6, 15), date(2026, 6, 14)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-06-15 10:00:00+00:00", tick=False) as traveller:
        yield traveller


class Scene:
    """A lead with one action, on track in May; a chair and an administrator."""

    def __init__(self, **plan):
        self.board = make_board("teesmere")
        self.head = make_member(self.board, Role.LEAD, "Head of Service")
        self.chair = make_member(self.board, Role.CHAIR, "Independent Chair")
        self.administrator = make_member(self.board, Role.ADMINISTRATOR, "Administrator")
        self.lead = make_lead(self.board, holder=self.head)
        self.area = make_area(make_plan(self.board, **plan))
        self.action = make_action(self.area, "Answer every contact in a day", leads=self.lead.name)
        make_update(self.action, "on_track", on=date(2026, 5, 10), by=self.head)

    def ask(self, **fields):
        return report_done(self.action, by=self.head, **fields)

    def standing(self):
        updates = ProgressUpdate.objects.standing().filter(action=self.action).latest_first()
        return [(each.rating, each.happened, each.way_back, each.by) for each in updates]

    def signed(self, day):
        action = Action.objects.with_sign_off(day).get(pk=self.action.pk)
        return action.signed_off_on, action.sign_off_waiting


@pytest.fixture
def scene():
    return Scene()


def refusal(service, *args, **fields):
    with pytest.raises(ValidationError) as raised:
        service(*args, **fields)
    return " ".join(raised.value.messages)


def test_a_chair_signs_off_what_a_lead_has_asked_for(scene):
    asked = scene.ask(on=YESTERDAY)
    assert (asked.outcome, asked.by, asked.on) == (Outcome.WAITING, scene.head, YESTERDAY)
    agree_sign_off(asked, by=scene.chair)
    asked.refresh_from_db()
    assert (asked.outcome, asked.decided_by, asked.decided_on) == (Outcome.AGREED, scene.chair, TODAY)
    assert asked.decided_at.hour == 10
    assert [scene.signed(day) for day in (date(2026, 6, 13), YESTERDAY, TODAY)] == [
        (None, False),
        (None, True),
        (TODAY, False),
    ]


def test_who_refuses_gives_the_rating_that_then_stands(scene):
    asked = scene.ask()
    refuse_sign_off(asked, by=scene.chair, reason=" Two teams are still behind. ", rating="slippage")
    asked.refresh_from_db()
    assert (asked.outcome, asked.decision_reason) == (Outcome.REFUSED, "Two teams are still behind.")
    assert scene.standing()[0] == (
        "slippage",
        "Sign-off refused: Two teams are still behind.",
        "Two teams are still behind.",
        scene.chair,
    )
    assert scene.signed(TODAY) == (None, False)


def test_a_signed_off_action_is_opened_again(scene):
    agree_sign_off(scene.ask(on=date(2026, 6, 10)), by=scene.chair, on=date(2026, 6, 12))
    reopen_action(scene.action, by=scene.administrator, reason="Contacts pile up again", rating="on_track")
    [signed] = SignOff.objects.all()
    assert (signed.reopened_on, signed.reopened_by, signed.reopened_reason) == (
        TODAY,
        scene.administrator,
        "Contacts pile up again",
    )
    assert scene.standing()[0] == (
        "on_track",
        "Opened again: Contacts pile up again",
        "",
        scene.administrator,
    )
    assert [scene.signed(day)[0] for day in (date(2026, 6, 11), YESTERDAY, TODAY)] == [
        None,
        date(2026, 6, 12),
        None,
    ]
    assert "nothing to open" in refusal(
        reopen_action, scene.action, by=scene.chair, reason="Again", rating="on_track"
    )


def test_after_a_reopening_it_is_asked_for_again(scene):
    agree_sign_off(scene.ask(), by=scene.chair)
    reopen_action(scene.action, by=scene.chair, reason="Contacts pile up again", rating="on_track")
    agree_sign_off(scene.ask(), by=scene.administrator)
    assert scene.signed(TODAY) == (TODAY, False)
    assert SignOff.objects.in_force().count() == 1


@pytest.mark.parametrize("who", ["asker", "reporter", "holder"])
def test_nobody_decides_on_their_own_action(scene, who):
    action, chair = scene.action, scene.chair
    update = make_update(action, "complete", by=chair if who == "reporter" else scene.head)
    show_evidence(update, [make_evidence(scene.board)], by=scene.head)
    asked = ask_sign_off(update, by=chair if who == "asker" else scene.head)
    if who == "holder":
        make_lead(scene.board, holder=chair)
    assert "somebody else decides" in refusal(agree_sign_off, asked, by=chair)
    assert "somebody else decides" in refusal(
        refuse_sign_off, asked, by=chair, reason="No", rating="on_track"
    )
    agree_sign_off(asked, by=scene.administrator)
    assert scene.signed(TODAY) == (TODAY, False)


def test_the_second_of_two_who_decide_at_once_is_told(scene):
    asked = scene.ask()
    mine, theirs = SignOff.objects.get(pk=asked.pk), SignOff.objects.get(pk=asked.pk)
    agree_sign_off(theirs, by=scene.chair)
    said = refusal(refuse_sign_off, mine, by=scene.administrator, reason="Not yet", rating="on_track")
    assert said == "The sign-off was agreed by Independent Chair already. Nothing more is needed."
    assert refusal(agree_sign_off, mine, by=scene.administrator) == said
    assert scene.standing()[0][0] == "complete"
    assert SignOff.objects.get().decided_by == scene.chair


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": " ", "rating": "on_track"}, "Say why it is refused."),
        ({"reason": "Not yet", "rating": ""}, "Choose the rating that stands now"),
        ({"reason": "Not yet", "rating": "complete"}, "Choose the rating that stands now"),
        ({"reason": "Not yet", "rating": "purple"}, "from the plan's key"),
        ({"reason": "Not yet", "rating": "on_track", "on": date(2026, 6, 1)}, "Give a day from"),
        ({"reason": "Not yet", "rating": "on_track", "on": date(2026, 6, 16)}, "Give a day from"),
    ],
)
def test_a_refusal_that_can_not_be_changes_nothing(scene, fields, words):
    asked = scene.ask(on=date(2026, 6, 10))
    assert words in refusal(refuse_sign_off, asked, by=scene.chair, **fields)
    assert SignOff.objects.waiting().get() == asked
    assert len(scene.standing()) == 2


@pytest.mark.parametrize(
    ("rating", "with_evidence", "words"),
    [("on_track", True, "Report the action complete first"), ("complete", False, "one piece of evidence")],
)
def test_what_can_not_be_asked_for(scene, rating, with_evidence, words):
    update = make_update(scene.action, rating, by=scene.head)
    if with_evidence:
        show_evidence(update, [make_evidence(scene.board)], by=scene.head)
    assert words in refusal(ask_sign_off, update, by=scene.head)
    assert SignOff.objects.count() == 0


def test_it_is_asked_for_once(scene):
    asked = scene.ask()
    assert "asked for before" in refusal(ask_sign_off, asked.update, by=scene.head)
    newer = make_update(scene.action, "complete", by=scene.head)
    show_evidence(newer, [make_evidence(scene.board)], by=scene.head)
    assert "asked for already" in refusal(ask_sign_off, newer, by=scene.head)
    agree_sign_off(asked, by=scene.chair)
    assert ask_where_needed(newer, by=scene.head) is None


def test_a_withdrawn_action_takes_no_sign_off(scene):
    asked = scene.ask()
    withdraw_action(scene.action, by=None, reason="Done by another plan")
    assert "withdrawn" in refusal(agree_sign_off, asked, by=scene.chair)


def test_a_request_falls_with_an_update_that_says_something_else(scene):
    asked = scene.ask()
    make_update(scene.action, "slippage", by=scene.head, on=date(2026, 6, 1))
    make_update(scene.action, "complete", by=scene.head)
    assert SignOff.objects.waiting().get() == asked
    make_update(scene.action, "slippage", by=scene.administrator)
    asked.refresh_from_db()
    assert (asked.outcome, asked.decided_by, asked.decided_on) == (
        Outcome.DROPPED,
        scene.administrator,
        TODAY,
    )
    assert "no longer asked" in refusal(agree_sign_off, asked, by=scene.chair)


def test_a_request_is_taken_back(scene):
    asked = scene.ask()
    drop_sign_off(asked, by=scene.head)
    asked.refresh_from_db()
    assert (asked.outcome, asked.decided_by) == (Outcome.DROPPED, scene.head)
    assert refusal(drop_sign_off, asked, by=scene.head) == (
        "The sign-off is no longer asked for. Nothing more is needed."
    )


def test_a_corrected_report_is_asked_for_anew(scene):
    asked = scene.ask()
    said = {"rating": "complete", "happened": "Done in every team", "reason": "A team was left out"}
    update = record_update(scene.action, by=scene.head, replaces=asked.update, **said)
    show_evidence(update, asked.update.evidence.all(), by=scene.head)
    again = ask_where_needed(update, by=scene.head)
    asked.refresh_from_db()
    assert (asked.outcome, SignOff.objects.waiting().get()) == (Outcome.DROPPED, again)


@pytest.mark.parametrize(
    "fields", [{"rating": "on_track"}, {"rating": "slippage", "way_back": "Posts"}, {"rating": ""}]
)
def test_while_signed_off_no_other_rating_is_taken(scene, fields):
    agree_sign_off(scene.ask(), by=scene.chair)
    assert refusal(record_update, scene.action, by=scene.head, happened="News", **fields) == (
        "The rating of this action stays as it is. It was signed off on 15 June 2026: "
        "ask the chair or an administrator to open it again."
    )
    record_update(scene.action, by=scene.head, rating="complete", happened="Still so")
    assert scene.standing()[0][1] == "Still so"
    assert scene.signed(TODAY) == (TODAY, False)


def test_the_update_that_was_signed_off_stays(scene):
    asked = scene.ask()
    agree_sign_off(asked, by=scene.chair)
    said = {"rating": "complete", "happened": "Done", "reason": "A word was wrong"}
    assert "This update stays as it is. It was signed off on 15 June 2026" in refusal(
        record_update, scene.action, by=scene.head, replaces=asked.update, **said
    )


@pytest.mark.parametrize(("needed", "count"), [(True, 1), (False, 0)])
def test_a_plan_that_needs_it_asks_by_itself(needed, count):
    scene = Scene(blue_needs_sign_off=needed)
    update = make_update(scene.action, "complete", by=scene.head)
    assert ask_where_needed(update, by=scene.head) is None
    show_evidence(update, [make_evidence(scene.board)], by=scene.head)
    ask_where_needed(update, by=scene.head)
    assert SignOff.objects.waiting().count() == count


def test_in_a_plan_that_has_ended_the_decision_counts_from_its_end(clock):
    scene = Scene(starts=date(2026, 1, 1), ends=date(2026, 6, 12))
    asked = scene.ask(on=date(2026, 6, 10))
    refuse_sign_off(asked, by=scene.chair, reason="Not in every team", rating="on_track")
    asked.refresh_from_db()
    assert asked.decided_on == date(2026, 6, 12)
    assert [each.on for each in ProgressUpdate.objects.latest_first()[:1]] == [date(2026, 6, 12)]


def test_agreed_at_a_meeting_after_the_plans_end_it_stands_on_the_last_day():
    scene = Scene(starts=date(2026, 1, 1), ends=date(2026, 6, 12))
    agree_sign_off(
        scene.ask(on=date(2026, 6, 10)), by=scene.chair, meeting=make_meeting(scene.board, on=YESTERDAY)
    )
    assert scene.signed(date(2026, 6, 12)) == (date(2026, 6, 12), False)


def test_it_is_never_asked_for_before_it_was_reported():
    scene = Scene(starts=date(2026, 1, 1), ends=date(2026, 6, 12))
    asked = report_done(scene.action, by=scene.head)
    assert (asked.update.on, asked.on) == (TODAY, TODAY)


def test_a_meeting_of_another_board_or_to_come_decides_nothing(scene):
    asked = scene.ask()
    elsewhere = make_meeting(make_board(), on=YESTERDAY)
    assert "of this board" in refusal(agree_sign_off, asked, by=scene.chair, meeting=elsewhere)
    coming = make_meeting(scene.board, on=date(2026, 7, 14))
    assert "still to come" in refusal(agree_sign_off, asked, by=scene.chair, meeting=coming)
    assert SignOff.objects.waiting().count() == 1
