import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.standing import inside, top_of

PLAN = {1: None, 2: 1, 3: 2, 4: 1, 5: None}


def test_each_heading_knows_its_topmost():
    assert top_of(PLAN) == {1: 1, 2: 1, 3: 1, 4: 1, 5: 5}


@pytest.mark.parametrize(("root", "found"), [(1, {1, 2, 3, 4}), (2, {2, 3}), (3, {3}), (5, {5}), (9, {9})])
def test_a_heading_holds_everything_inside_it(root, found):
    assert inside(PLAN, root) == found


def test_a_parent_that_is_not_listed_is_taken_for_none():
    assert top_of({2: 1, 3: 2}) == {2: 2, 3: 2}


@st.composite
def forests(draw):
    parents = {}
    for pk in range(draw(st.integers(0, 30))):
        parents[pk] = draw(st.sampled_from([None, *parents]))
    return parents


@given(forests())
def test_what_lies_inside_the_tops_is_everything_once(parents):
    tops = [pk for pk, parent in parents.items() if parent is None]
    held = [pk for top in tops for pk in inside(parents, top)]
    assert sorted(held) == sorted(parents)
    assert all(top_of(parents)[pk] == top for top in tops for pk in inside(parents, top))
