import pytest
import time_machine

from tests.impact.factories import make_measure
from tests.improvement.checking.scene import Scene


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2030-06-15 09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene():
    return Scene()


@pytest.fixture
def concern(scene):
    """A measure whose last values are far above what it used to have, where lower is better."""
    values = [10, 11, 9, 10, 12, 10, 9, 11, 10, 10, 11, 9, 10, 30, 31, 32]
    return make_measure(scene.board, "Days to a visit", direction="lower", values=values)
