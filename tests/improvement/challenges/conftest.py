"""A board on which a member has asked the holder of a lead about an action."""

from datetime import date

import pytest
import time_machine

from plans.models import Role
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_lead,
    make_member,
    make_plan,
)

TODAY, APRIL = date(2026, 3, 17), date(2026, 4, 14)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def board():
    return make_board("teesmere")


@pytest.fixture
def holder(board):
    return make_member(board, Role.MEMBER, "H Older")


@pytest.fixture
def lead(board, holder):
    return make_lead(board, "Head of Service for Assessment", holder)


@pytest.fixture
def action(board, lead):
    return make_action(make_area(make_plan(board)), "Fill the posts", leads=lead.name)


@pytest.fixture
def member(board):
    return make_member(board, Role.MEMBER, "M Ember")


@pytest.fixture
def challenge(action, member, lead):
    return make_challenge(action, "Who checks?", by=member, owner=lead, due=APRIL)
