import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.chain import (
    ActionLink,
    MeasureLink,
    SoWhatLink,
    concern_without_action,
    done_unmoved,
    done_without_so_what,
    find_breaks,
)

STILL, MOVED, UNKNOWN = 1, 2, 3
MEASURES = [
    MeasureLink(STILL, in_concern=False, has_moved=False),
    MeasureLink(MOVED, in_concern=False, has_moved=True),
    MeasureLink(UNKNOWN, in_concern=False, has_moved=None),
]


@pytest.mark.parametrize(
    ("is_done", "measures", "breaks"),
    [
        (True, {STILL}, True),
        (True, {STILL, UNKNOWN}, True),
        (True, {STILL, MOVED}, False),
        (True, {MOVED}, False),
        (True, {UNKNOWN}, False),
        (True, set(), False),
        (True, {99}, False),
        (False, {STILL}, False),
    ],
)
def test_done_and_the_measure_has_not_moved(is_done, measures, breaks):
    action = ActionLink(7, area=1, is_done=is_done, measures=frozenset(measures))
    assert done_unmoved([action], MEASURES) == ([7] if breaks else [])


@pytest.mark.parametrize(
    ("in_concern", "linked", "breaks"),
    [(True, False, True), (True, True, False), (False, False, False)],
)
def test_in_concern_and_no_action(in_concern, linked, breaks):
    measure = MeasureLink(5, in_concern=in_concern, has_moved=False)
    actions = [ActionLink(7, area=1, is_done=False, measures=frozenset({5} if linked else ()))]
    assert concern_without_action([measure], actions) == ([5] if breaks else [])


# 1 holds 2, which holds 3; 4 stands beside them.
PARENTS = {1: None, 2: 1, 3: 2, 4: None}


@pytest.mark.parametrize(
    ("area", "told", "breaks"),
    [(3, 3, False), (3, 2, False), (3, 1, False), (2, 3, True), (4, 1, True), (4, None, True)],
)
def test_done_and_nothing_said_of_any_heading_above(area, told, breaks):
    so_whats = [SoWhatLink(9, told, is_supported=True)] if told else []
    action = ActionLink(7, area=area, is_done=True)
    assert done_without_so_what([action], so_whats, PARENTS) == ([7] if breaks else [])


def test_a_so_what_with_nothing_behind_it():
    so_whats = [SoWhatLink(8, 1, is_supported=False), SoWhatLink(9, 4, is_supported=True)]
    found = find_breaks([], [], so_whats, PARENTS)
    assert (found.unsupported, found.total) == ([8], 1)


ACTIONS = st.lists(
    st.builds(
        ActionLink, st.integers(1, 9), st.integers(1, 4), st.booleans(), st.frozensets(st.integers(1, 4))
    ),
    max_size=6,
)
LINKED = st.lists(
    st.builds(MeasureLink, st.integers(1, 4), st.booleans(), st.sampled_from([True, False, None])), max_size=4
)


@given(ACTIONS, LINKED)
def test_what_is_not_done_breaks_no_action(actions, measures):
    found = find_breaks(actions, measures, [], PARENTS)
    done = {action.pk for action in actions if action.is_done}
    assert set(found.done_unmoved) | set(found.done_without_so_what) <= done
    assert len(found.done_without_so_what) == sum(action.is_done for action in actions)
