"""The board's page of audits as at a past day."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from audits.models import Audit
from audits.services.audits import cancel_audit, edit_audit
from audits.services.findings import link_actions
from plans.services.actions import withdraw_action
from tests.audits.factories import make_audit, make_done, make_finding, make_repeat
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_lead,
    make_member,
    make_plan,
    make_update,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db
MAY, AUTUMN = "2026-05-31", "2026-10-31"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-01 12:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def client(signed_in, board):
    return signed_in(make_member(board, "editor"))


def look(client, board, day=""):
    return client.get(reverse("audits:board", args=[board.slug]), {"as_at": day} if day else {})


def answer(client, board, day=""):
    return text_of(look(client, board, day), "answer")


def on(clock, day):
    clock.move_to(f"{day} 12:00")


def test_what_was_done_by_then_counts_however_late_it_was_entered(client, board, clock):
    on(clock, "2026-11-22")
    make_done(board, on=date(2026, 3, 31))
    make_done(board, on=date(2026, 9, 30))
    assert answer(client, board) == "2 of 2 audits on the programme done, 40 cases looked at."
    assert answer(client, board, MAY) == "1 of 1 audits on the programme done, 20 cases looked at."
    assert answer(client, board, "2026-02-27") == "No audit was planned or done by then."


def test_the_programme_is_told_as_it_was_kept_then(client, board, clock):
    moved, dropped, later = make_audit(board, "Visits"), make_audit(board, "Plans"), date(2026, 9, 30)
    done = make_audit(board, "Referrals", planned="May 2026")
    on(clock, "2026-11-22")
    edit_audit(moved, by=None, title="Home visits", planned_text="January 2027")
    cancel_audit(dropped, by=None, reason="Not needed")
    make_audit(board, "New")
    Audit.objects.filter(pk=done.pk).update(status="done", done_on=later, recorded_on=later, sample=9)
    assert answer(client, board) == "1 of 3 audits on the programme done, 9 cases looked at. 1 overdue."
    page = look(client, board, "2026-04-30").context["page"]
    told = [(audit.title, audit.planned_text, audit.status, audit.sample) for audit in page.audits]
    assert told == [
        ("Visits", "March 2026", "planned", None),
        ("Plans", "March 2026", "planned", None),
        ("Referrals", "May 2026", "planned", None),
    ]
    assert ([str(audit) for audit in page.overdue], page.done) == (["Visits", "Plans"], [])


def test_an_audit_is_led_by_whoever_led_it_then(client, board, clock):
    one, other = (make_audit(board, title, lead=make_lead(board, f"Lead of {title}")) for title in ("A", "B"))
    on(clock, "2026-11-22")
    edit_audit(one, by=None, lead=make_lead(board, "Head of service"))
    edit_audit(other, by=None, lead=None)
    coming = look(client, board, "2026-03-15").context["page"].coming
    assert [str(audit.lead) for audit in coming] == ["Lead of A", "Lead of B"]
    assert [audit.lead for audit in look(client, board, "2026-02-27").context["page"].coming] == []


def test_an_action_answers_a_finding_from_the_day_of_their_link(client, board, clock):
    on(clock, "2026-04-01")
    finding, action = make_finding(make_done(board)), make_action(make_area(make_plan(board)))
    on(clock, "2026-10-10")
    link_actions(finding, [action], by=None)
    on(clock, "2026-11-22")
    link_actions(finding, [], by=None)
    told = {day: len(look(client, board, day).context["page"].unanswered) for day in (MAY, AUTUMN, "")}
    assert told == {MAY: 1, AUTUMN: 0, "": 1}


def test_findings_stand_as_their_actions_and_repeats_did(client, board, clock):
    on(clock, "2026-11-22")
    audit = make_done(board, on=date(2026, 3, 31))
    finding = make_finding(audit)
    action = make_action(make_area(make_plan(board)))
    link_actions(finding, [action], by=None)
    make_update(action, "complete", on=date(2026, 6, 10))
    make_repeat(audit, on=date(2026, 9, 30))
    then = look(client, board, MAY).context["page"]
    assert ([way.done_on for way in then.ways], then.unchecked, then.verdicts) == ([None], [], [])
    summer = look(client, board, "2026-07-31").context["page"]
    assert ([way.finding for way in summer.unchecked], summer.verdicts) == ([finding], [])
    assert look(client, board, AUTUMN).context["page"].verdicts == [("Better", "ok", 1)]


def test_an_action_that_was_withdrawn_later_answered_then(client, board, clock):
    on(clock, "2026-10-01")
    finding = make_finding(make_done(board, on=date(2026, 3, 31)))
    action = make_action(make_area(make_plan(board)))
    link_actions(finding, [action], by=None)
    on(clock, "2026-11-22")
    withdraw_action(action, by=make_member(board), reason="Not needed")
    assert [way.finding for way in look(client, board).context["page"].unanswered] == [finding]
    assert look(client, board, AUTUMN).context["page"].unanswered == []


def test_the_page_says_which_day_it_shows_and_offers_nothing_to_change(client, board, clock):
    on(clock, "2026-11-22")
    make_done(board)
    page = text_of(look(client, board, MAY))
    assert "As at Sunday 31 May 2026. Nothing can be changed here." in page
    assert "the programme is told as it was kept here then" in page
    assert "Plan an audit" not in page
    assert "state=done" not in look(client, board, MAY).content.decode()
    assert "This page shows today, not the day asked for." in text_of(look(client, board, "2027-01-01"))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_past_day_takes_a_fixed_number_of_queries(client, board, clock, rows, django_assert_num_queries):
    on(clock, "2026-11-22")
    for _ in range(rows):
        make_audit(board)
        action = make_action(make_area(make_plan(board)))
        audit = make_done(board)
        link_actions(make_finding(audit), [action], by=None)
    look(client, board)
    with django_assert_num_queries(13):
        look(client, board, MAY)
