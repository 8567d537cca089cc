"""A board's pages cost the same whether the council has one board or many."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plans.models import Role
from plans.services.people import set_role
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_step,
    make_update,
)
from tests.impact.factories import FALLING, make_measure, make_narrative

pytestmark = pytest.mark.django_db


def make_working_board():
    """Two actions, one of them late, with updates, a measure and a narrative."""
    board = make_board()
    plan = make_plan(board)
    make_meeting(board, timezone.localdate() - timedelta(30))
    make_lead(board, "Head of Service", holder=make_member(board, Role.EDITOR))
    area = make_area(plan)
    actions = [make_action(area, target="1 March 2026", leads="Head of Service") for _ in range(2)]
    for action in actions:
        make_step(action)
        make_update(action, "off_track", on=timezone.localdate() - timedelta(40))
        make_update(action, "on_track")
    make_narrative(area, measures=[make_measure(board, values=FALLING, actions=actions)])
    return board


@pytest.fixture
def board():
    return make_working_board()


@pytest.fixture
def editor(board):
    return board.memberships.get(role=Role.EDITOR).user


@pytest.fixture
def address(board):
    def address(name):
        return reverse(name, args=[] if name == "home" else [board.slug])

    return address


@pytest.mark.parametrize("others", [0, 4])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("dashboard", 20),
        ("plans:action_list", 11),
        ("my_updates", 14),
        ("plans:plan", 15),
        ("impact:measure_list", 11),
        ("plans:history", 30),
    ],
)
def test_a_page_takes_the_same_queries(
    signed_in, django_assert_num_queries, address, editor, others, name, queries
):
    for _ in range(others):
        make_working_board()
    client = signed_in(editor)
    with django_assert_num_queries(queries):
        assert client.get(address(name)).status_code == 200


@pytest.mark.parametrize("others", [0, 4])
def test_home_goes_by_the_persons_own_boards(signed_in, django_assert_num_queries, address, editor, others):
    set_role(make_working_board(), editor, Role.CHAIR, by=None)
    for _ in range(others):
        make_working_board()
    client = signed_in(editor)
    with django_assert_num_queries(6):
        page = client.get(address("home"))
    assert len(page.context["boards"]) == 2


@pytest.mark.parametrize(
    "name", ["dashboard", "plans:action_list", "my_updates", "plans:plan", "impact:measure_list", "home"]
)
def test_no_page_reads_a_table_from_end_to_end(signed_in, address, editor, name):
    """What the database says it would do, told by an index to use wherever there is one."""
    set_role(make_working_board(), editor, Role.CHAIR, by=None)
    client = signed_in(editor)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address(name)).status_code == 200
    scans = {table for query in asked.captured_queries for table in scanned(query["sql"])}
    assert scans == set()


def test_such_a_reading_would_be_seen():
    assert scanned("SELECT id FROM plans_progressupdate WHERE happened = 'It rained.'") == {
        "plans_progressupdate"
    }


def scanned(sql):
    """The tables that a question reads whole for want of an index."""
    if not sql.startswith("SELECT"):
        return set()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
            return {found for [line] in cursor.fetchall() for found in re.findall(r"Seq Scan on (\w+)", line)}
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        names = {alias: table for table, alias in re.findall(r'"(\w+)" (\w+)\b', sql)}
        lines = [line for *_, line in cursor.fetchall() if "USING" not in line]
    found = {name for line in lines for name in re.findall(r"^SCAN (\w+)$", line)}
    return {names.get(name, name) for name in found} & set(connection.introspection.table_names())
