import pytest
import time_machine

from tests.improvement.rounds import Scene


@pytest.fixture
def clock():
    """23 March 2030, 10:31 in London."""
    with time_machine.travel("2030-03-23 10:31:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene(clock, signed_in):
    return Scene(signed_in)
