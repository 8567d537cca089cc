import pytest

from plans.models import Role
from tests.factories import make_board, make_member


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)


@pytest.fixture
def board():
    return make_board("harbour")


@pytest.fixture
def editor(board):
    return make_member(board, Role.EDITOR, "Editor One")


@pytest.fixture
def browser(signed_in, editor):
    return signed_in(editor)
