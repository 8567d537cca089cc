"""Findings, the actions that answer them, and the way from found to better."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from audits.grading import Verdict
from audits.models import Finding
from audits.services.audits import record_results
from audits.services.findings import add_finding, edit_finding, link_actions, raise_action, remove_finding
from audits.way_rows import ways_of, with_grades
from tests.audits.factories import make_audit, make_done, make_finding, make_repeat
from tests.factories import make_action, make_area, make_board, make_plan, make_update

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def on_a_day():
    with time_machine.travel("2026-11-22 12:00", tick=False):
        yield


@pytest.fixture
def board():
    return make_board()


def test_findings_keep_their_order_and_change(board):
    audit = make_done(board)
    first, second = make_finding(audit), make_finding(audit, "Children are heard", kind="strength")
    edit_finding(first, by=None, text="Visits are late", kind="need", theme="Visits")
    assert [(finding.text, finding.kind) for finding in audit.findings.all()] == [
        ("Visits are late", "need"),
        (second.text, "strength"),
    ]
    remove_finding(first, by=None, reason="Of another audit")
    assert list(audit.findings.all()) == [second]
    assert Finding.history.get(history_type="-").history_change_reason == "Of another audit"


def test_a_finding_raises_an_action_of_the_plan(board):
    area = make_area(make_plan(board))
    finding = make_finding(make_done(board))
    action = raise_action(finding, area, "Write visits up", by=None, leads_text="DCS", target_text="May 2027")
    assert (action.area, action.title, action.target_due) == (area, "Write visits up", date(2027, 5, 31))
    assert list(finding.actions.all()) == [action]
    with pytest.raises(ValidationError, match="an area of this board"):
        raise_action(finding, make_area(), "Elsewhere", by=None)


def test_a_finding_is_linked_to_exactly_these_actions(board):
    area = make_area(make_plan(board))
    one, two = make_action(area), make_action(area)
    finding = make_finding(make_done(board))
    link_actions(finding, [one], by=None)
    link_actions(finding, [two], by=None)
    assert list(finding.actions.all()) == [two]
    with pytest.raises(ValidationError, match="only actions of this board"):
        link_actions(finding, [make_action()], by=None)


def test_the_way_of_a_finding_from_found_to_better(board):
    audit = make_done(board, on=date(2026, 1, 31))
    finding = make_finding(audit)

    def way():
        return ways_of(with_grades(Finding.objects.filter(pk=finding.pk)), TODAY, 5)[0]

    assert (way().is_answered, way().done_on, way().repeat, way().verdict) == (False, None, None, None)
    action = raise_action(finding, make_area(make_plan(board)), "Write visits up", by=None)
    make_update(action, "on_track", on=date(2026, 2, 10))
    assert [(answer.action, answer.entry.code, answer.done_on) for answer in way().answers] == [
        (action, "on_track", None)
    ]
    make_update(action, "complete", on=date(2026, 5, 10))
    assert (way().done_on, way().is_checked) == (date(2026, 5, 10), False)
    planned = make_audit(board, kind="repeat", repeats=audit, planned="September 2026")
    assert (way().repeat, way().is_checked, way().verdict) == (planned, True, None)
    record_results(planned, by=None, done_on=date(2026, 9, 30), sample=20, counts=[1, 4, 12, 3])
    assert (way().verdict, way().is_checked) == (Verdict.BETTER, True)
    assert way().shares == ["6 of 20 (30%) good or outstanding", "15 of 20 (75%) good or outstanding"]


def test_a_repeat_before_the_action_was_done_checks_nothing(board):
    audit = make_done(board, on=date(2026, 1, 31))
    finding = add_finding(audit, by=None, text="Visits are late")
    action = raise_action(finding, make_area(make_plan(board)), "Write visits up", by=None)
    make_repeat(audit, on=date(2026, 3, 31))
    make_update(action, "complete", on=date(2026, 5, 10))
    [way] = ways_of(with_grades(Finding.objects.all()), TODAY, 5)
    assert (way.verdict, way.is_checked) == (Verdict.BETTER, False)
