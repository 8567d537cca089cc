"""A data set costs the same number of queries however many rows it has, and little memory."""

import tracemalloc
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from impact.services.measures import set_target
from improvement.feeds.catalogue import CATALOGUE
from plans.models import ProgressUpdate, Role
from plans.services.checks import answer_check
from plans.services.meetings import record_decision
from plans.services.progress import move_target
from plans.services.recommendations import name_answer
from tests.audits.factories import make_done, make_finding, make_product, make_repeat, make_review
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_evidence,
    make_inspection,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_recommendation,
    make_step,
    make_update,
    report_done,
)
from tests.impact.factories import make_narrative
from tests.impact.measuring import make_measure, make_stock
from tests.improvement.feeds.reading import Reader, body_of

pytestmark = pytest.mark.django_db
# Two of each look at the token and the way in; the rest is the data set's own.
QUERIES = {
    "plans": 4,
    "rating_key": 5,
    "areas": 5,
    "actions": 10,
    "steps": 6,
    "updates": 6,
    "target_moves": 5,
    "measures": 6,
    "measure_targets": 3,
    "observations": 3,
    "narratives": 5,
    "recommendations": 6,
    "questions": 14,
    "meetings": 4,
    "decisions": 3,
    "challenges": 4,
    "audits": 3,
    "audit_grades": 3,
    "findings": 7,
    "assurance": 3,
    "assurance_reviews": 3,
}
# As at an earlier day the words come from history.
QUERIES_THEN = {
    "plans": 5,
    "rating_key": 7,
    "areas": 7,
    "actions": 23,
    "steps": 13,
    "updates": 8,
    "target_moves": 6,
    "measures": 6,
    "measure_targets": 3,
    "observations": 3,
    "narratives": 3,
    "recommendations": 8,
    "questions": 23,
    "challenges": 3,
}
# By the number of plans: each asks what is its own, and none again what is the board's.
MORE_PLANS_THEN = {
    1: {"actions": 23, "questions": 23},
    3: {"actions": 51, "questions": 49},
}


@pytest.fixture
def board():
    return make_board("board-a")


@pytest.fixture
def reader(board):
    return Reader(make_member(board, Role.EDITOR))


def fill_board(board, number):
    """So many of everything under one plan."""
    plan = make_plan(board, blue_needs_sign_off=True)
    holder = make_member(board, Role.LEAD)
    lead = make_lead(board, holder=holder)
    for n in range(number):
        area = make_area(plan, f"Area {n}")
        action = make_action(area, target="1 March 2026", leads="Head of Service for Assessment; DCS")
        make_update(action, "off_track", on=date(2026, 1, 9), by=holder)
        move_target(action, to="1 June 2026", by=holder, reason="Two posts are open.", on=date(2026, 2, 1))
        make_step(action)
        report_done(make_action(area), by=holder)
        meeting = make_meeting(board, date(2026, 1, 13) + timedelta(n))
        record_decision(meeting, by=holder, text="Agreed.", action=action)
        make_challenge(action, owner=lead, by=holder)
        told = make_recommendation(board, inspection=make_inspection(board))
        name_answer(told, action, by=holder)
        answer_check(action, by=holder, check_name="x", basis="0", question="Why?", reason="Known.")
        set_target(make_measure(board, owner=lead), Decimal(90), date(2026, 1, 1), by=holder)
        make_stock(board, name=f"Children {n}")
        narrative = make_narrative(area, by=holder)
        narrative.evidence.add(make_evidence(board))
        audit = make_done(board, lead=lead)
        make_repeat(audit)
        make_finding(audit)
        make_review(make_product(board))


@pytest.mark.parametrize("number", [1, 3])
def test_queries(board, reader, number):
    fill_board(board, number)
    day = (timezone.localdate() - timedelta(1)).isoformat()
    assert [each.name for each in CATALOGUE if not reader.rows(board, each.name)] == []
    assert {each.name: count(reader, board, each.name) for each in CATALOGUE} == QUERIES
    then = {each.name: count(reader, board, each.name, as_at=day) for each in CATALOGUE if each.takes_as_at}
    assert then == QUERIES_THEN


@pytest.mark.parametrize(("plans", "queries"), MORE_PLANS_THEN.items())
def test_what_is_of_the_whole_board_is_asked_once(board, reader, plans, queries):
    """As at an earlier day: who led, and what answered which recommendation."""
    editor = make_member(board, Role.EDITOR)
    for _ in range(plans):
        action = make_action(make_area(make_plan(board)), target="1 March 2026", leads="DCS")
        make_update(action, "off_track", on=date(2026, 1, 9), by=editor)
        name_answer(make_recommendation(board, inspection=make_inspection(board)), action, by=editor)
    reader.rows(board, "plans")
    day = (timezone.localdate() - timedelta(1)).isoformat()
    assert {name: count(reader, board, name, as_at=day) for name in queries} == queries


def count(reader, board, name, **query):
    with CaptureQueriesContext(connection) as queries:
        body_of(reader.get(board, name, "csv", **query))
    return len(queries)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_long_data_set_is_sent_a_piece_at_a_time(board, reader, form):
    action, now, words = make_action(make_area(make_plan(board))), timezone.now(), "x" * 2000
    updates = [
        ProgressUpdate(action=action, on=now.date(), recorded_on=now.date(), recorded_at=now, happened=words)
        for _ in range(6000)
    ]
    ProgressUpdate.objects.bulk_create(updates, batch_size=500)
    del updates
    answer = reader.get(board, "updates", form)
    tracemalloc.start()
    sent = sum(map(len, answer.streaming_content))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > 12_000_000
    assert peak < 5_000_000
