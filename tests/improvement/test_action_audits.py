"""An action's page tells which findings of audits it answers, and how they went on."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from audits.services.findings import link_actions
from tests.audits.factories import make_audit, make_done, make_finding, make_repeat
from tests.factories import make_action, make_member, make_update
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day():
    with time_machine.travel("2026-11-22 12:00", tick=False):
        yield


@pytest.fixture
def action():
    return make_action(title="Write visits up")


def shown(signed_in, action, **query):
    board = action.plan.board
    client = signed_in(make_member(board))
    return client.get(reverse("action", args=[board.slug, action.pk]), query)


def found(action, **fields):
    audit = make_done(action.plan.board, "Visits in time", on=date(2026, 1, 31), **fields)
    link_actions(make_finding(audit, "Visits are late", theme="Visits"), [action], by=None)
    return audit


def test_the_finding_and_its_audit(signed_in, action):
    found(action)
    words = words_of(shown(signed_in, action))
    assert "Visits: Visits are late Visits in time, 31 January 2026" in words


def test_what_came_of_it(signed_in, action):
    audit = found(action)
    assert "No repeat audit planned yet" in text_of(shown(signed_in, action))
    make_update(action, "complete", on=date(2026, 5, 10))
    assert "Done, with no repeat audit" in text_of(shown(signed_in, action))
    make_audit(audit.board, kind="repeat", repeats=audit, planned="January 2027")
    assert "Repeat audit planned for January 2027" in text_of(shown(signed_in, action))
    make_repeat(audit, on=date(2026, 9, 30))
    assert "Better in the repeat of 30 September 2026" in text_of(shown(signed_in, action))


def test_as_at_an_earlier_day_only_what_was_known_then(signed_in, action):
    make_repeat(found(action), on=date(2026, 9, 30))
    earlier = text_of(shown(signed_in, action, as_at="2026-06-01"))
    assert ("Visits are late" in earlier, "Better in the repeat" in earlier) == (True, False)
    assert "Findings of audits" not in text_of(shown(signed_in, action, as_at="2026-01-30"))


def test_as_at_a_day_before_their_link_it_answers_nothing(signed_in, action):
    with time_machine.travel("2026-02-01 12:00", tick=False):
        finding = make_finding(make_done(action.plan.board, on=date(2026, 1, 31)), "Visits are late")
    link_actions(finding, [action], by=None)
    assert "Visits are late" in text_of(shown(signed_in, action))
    assert "Visits are late" not in text_of(shown(signed_in, action, as_at="2026-06-01"))


def test_an_action_that_answers_none_says_nothing(signed_in, action):
    assert "Findings of audits" not in text_of(shown(signed_in, action))
