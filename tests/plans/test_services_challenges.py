"""Challenges through their services: raised, answered, closed and opened again."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from impact.models import MeasureChallenge
from impact.services.challenges import challenge_measure
from plans.models import Challenge
from plans.services.actions import withdraw_action
from plans.services.challenges import (
    answer_challenge,
    close_challenge,
    edit_challenge,
    raise_challenge,
    reopen_challenge,
)
from tests.factories import make_action, make_challenge, make_lead, make_meeting, make_member
from tests.impact.measuring import make_measure

pytestmark = pytest.mark.django_db

TODAY, BEFORE, LATER = date(2026, 3, 17), date(2026, 3, 10), date(2026, 4, 14)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def action():
    return make_action()


@pytest.fixture
def member(action):
    return make_member(action.plan.board)


@pytest.fixture
def challenge(action, member):
    return make_challenge(action, by=member)


def refusal(error):
    return " ".join(error.value.messages)


def test_a_question_is_asked_of_a_lead_by_a_day(action, member):
    board, lead = action.plan.board, make_lead(action.plan.board)
    challenge = raise_challenge(
        board, by=member, question=" What changed for children? ", owner=lead, due=LATER, action=action
    )
    challenge.refresh_from_db()
    assert (challenge.question, challenge.owner, challenge.due) == ("What changed for children?", lead, LATER)
    assert (challenge.raised_by, challenge.raised_on, challenge.meeting) == (member, TODAY, None)
    assert challenge.is_open


def test_what_is_raised_on_a_meetings_day_is_raised_at_it(action):
    board = action.plan.board
    meeting = make_meeting(board, BEFORE)
    challenge = make_challenge(action, on=BEFORE, due=LATER)
    assert (challenge.meeting, challenge.raised_on) == (meeting, BEFORE)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"question": " "}, "Enter the question."),
        ({"due": date(2026, 3, 16)}, "Give a day on or after the day the question is asked."),
        ({"on": date(2026, 3, 18)}, "The day must not lie in the future."),
        ({"owner": "another board's"}, "Choose a lead of this board."),
        ({"action": "another board's"}, "Challenge something of this board."),
        ({"meeting": "another board's"}, "Choose a meeting of this board."),
    ],
)
def test_what_cannot_be_asked(action, changes, words):
    elsewhere = make_action()
    others = {
        "owner": make_lead(elsewhere.plan.board),
        "action": elsewhere,
        "meeting": make_meeting(elsewhere.plan.board, TODAY),
    }
    board = action.plan.board
    told = {"question": "Why?", "owner": make_lead(board), "due": LATER, "action": action}
    told |= {name: others.get(name, value) for name, value in changes.items()}
    with pytest.raises(ValidationError) as error:
        raise_challenge(board, by=None, **told)
    if "question" not in changes:
        assert refusal(error) == words
    assert Challenge.objects.count() == 0


def test_what_is_withdrawn_is_not_challenged(action):
    withdraw_action(action, by=None, reason="Covered by another")
    with pytest.raises(ValidationError) as error:
        make_challenge(action)
    assert "nothing to challenge" in refusal(error)


def test_a_measures_challenge_is_tied_to_it(action):
    board = action.plan.board
    measure = make_measure(board)
    told = {"question": "Why no change?", "owner": make_lead(board), "due": LATER}
    challenge = challenge_measure(measure, by=None, **told)
    assert MeasureChallenge.objects.get().measure == challenge.measure_link.measure == measure
    with pytest.raises(ValidationError):
        challenge_measure(measure, by=None, **told | {"due": BEFORE})
    assert Challenge.objects.count() == 1


def test_answers_add_up_and_the_latest_stands(challenge, member):
    first = answer_challenge(challenge, by=member, text="We are counting.")
    second = answer_challenge(challenge, by=member, text=" Waits fell by a week. ")
    assert list(challenge.answers.all()) == [second, first]
    assert (second.text, second.on, second.by) == ("Waits fell by a week.", TODAY, member)
    with pytest.raises(ValidationError):
        answer_challenge(challenge, by=member, text=" ")
    with pytest.raises(ValidationError):
        answer_challenge(challenge, by=member, text="Early", on=BEFORE)


def test_it_is_closed_once_with_an_outcome_and_words(challenge, member):
    close_challenge(challenge, by=member, outcome="changed", words=" A step was added. ")
    challenge.refresh_from_db()
    assert (challenge.outcome, challenge.outcome_words) == ("changed", "A step was added.")
    assert (challenge.closed_on, challenge.closed_by, challenge.is_open) == (TODAY, member, False)
    for again in (
        lambda: close_challenge(challenge, by=member, outcome="decided", words="Twice"),
        lambda: answer_challenge(challenge, by=member, text="Late"),
        lambda: edit_challenge(challenge, by=member, question="What?", owner=challenge.owner, due=LATER),
    ):
        with pytest.raises(ValidationError) as error:
            again()
        assert refusal(error) == "This challenge is closed. Open it again first."
    assert list(Challenge.objects.open()) == []


def test_who_is_late_with_closing_is_told_though_their_page_is_older(challenge, member):
    opened = Challenge.objects.get(pk=challenge.pk)
    close_challenge(challenge, by=member, outcome="changed", words="A step was added.")
    with pytest.raises(ValidationError):
        close_challenge(opened, by=None, outcome="decided", words="Mine")
    challenge.refresh_from_db()
    assert challenge.outcome_words == "A step was added."


@pytest.mark.parametrize(
    ("outcome", "words", "said"),
    [
        ("changed", " ", "Say what came of it."),
        ("answered", "Fine", "Nobody has answered yet. Choose another outcome, or wait."),
        ("dropped", "Not needed", "Only who raised it can withdraw it. Choose another outcome."),
    ],
)
def test_what_does_not_close_it(challenge, action, outcome, words, said):
    chair = make_member(action.plan.board, "chair")
    with pytest.raises(ValidationError) as error:
        close_challenge(challenge, by=chair, outcome=outcome, words=words)
    assert refusal(error) == said
    challenge.refresh_from_db()
    assert challenge.is_open


def test_who_raised_it_may_withdraw_it(challenge, member):
    close_challenge(challenge, by=member, outcome="dropped", words="I had misread the chart.")
    assert not Challenge.objects.get().is_open


def test_opening_it_again_keeps_how_it_was_closed(challenge, member):
    close_challenge(challenge, by=member, outcome="changed", words="A step was added.")
    with pytest.raises(ValidationError):
        reopen_challenge(challenge, by=member, reason=" ")
    reopen_challenge(challenge, by=member, reason="The step was taken out again.")
    challenge.refresh_from_db()
    assert (challenge.is_open, challenge.outcome, challenge.closed_by) == (True, "", None)
    reopened, closed, _ = challenge.history.all()
    assert (closed.outcome_words, reopened.history_change_reason) == (
        "A step was added.",
        "The step was taken out again.",
    )
    with pytest.raises(ValidationError):
        reopen_challenge(challenge, by=member, reason="Again")


def test_an_open_question_may_be_handed_to_another_lead(challenge, member, action):
    lead = make_lead(action.plan.board, "Director")
    edit_challenge(challenge, by=member, question="What changed?", owner=lead, due=date(2026, 5, 12))
    challenge.refresh_from_db()
    assert (challenge.question, challenge.owner, challenge.due) == ("What changed?", lead, date(2026, 5, 12))
    for wrong in ({"owner": make_lead(make_action().plan.board)}, {"due": BEFORE}):
        told = {"question": "What?", "owner": lead, "due": LATER} | wrong
        with pytest.raises(ValidationError):
            edit_challenge(challenge, by=member, **told)
