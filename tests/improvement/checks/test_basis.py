"""An answer stands exactly as long as what the check saw stays the same."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.checks import CATALOGUE, ActionSeen, RecommendationSeen, check_action

DAY = date(2026, 11, 22)
days = st.dates(date(2026, 8, 1), date(2027, 1, 31))
some_days = st.one_of(st.none(), days)
ratings = st.sampled_from(["", "complete", "on_track", "slippage", "off_track", "carried-over"])
texts = st.sampled_from(["", "The team met.", "The audit is delayed.", "No delays.", "Two posts are vacant."])
VALUES = {
    "rating": ratings,
    "updated_on": some_days,
    "happened": texts,
    "way_back": texts,
    "added_on": some_days,
    "due": some_days,
    "late_steps": st.lists(st.tuples(st.sampled_from("123"), days), max_size=2).map(tuple),
    "moves": st.integers(0, 4),
    "moved_days": st.integers(-40, 90),
    "has_evidence": st.booleans(),
    "needs_sign_off": st.booleans(),
    "signed_off": st.booleans(),
    "sign_off_waits": st.booleans(),
    "has_so_what": st.booleans(),
    "slipping": st.booleans(),
    "slipping_at": st.sampled_from([(), (DAY,)]),
    "since": some_days,
    "met": st.booleans(),
    "earlier": ratings,
    "before": ratings,
    "concern": st.sampled_from([(), ("Visits",), ("Visits", "Referrals")]),
    "lead": st.sampled_from(["", "PSW"]),
    "lead_pk": st.sampled_from([None, 3]),
    "lead_left": st.booleans(),
}
actions = st.builds(ActionSeen, pk=st.just(7), day=st.just(DAY), **VALUES)
changes = st.fixed_dictionaries({}, optional=VALUES)
recommendations = st.builds(
    RecommendationSeen,
    pk=st.just(4),
    day=st.just(DAY),
    ratings=st.lists(st.tuples(st.integers(1, 3), ratings), max_size=2).map(tuple),
    elsewhere=st.booleans(),
)
COMPLETE_TOO = {
    "complete_without_sign_off",
    "complete_without_evidence",
    "complete_without_so_what",
    "better_in_concern",
    "words_against_rating",
}


def same_sight(check, one, other):
    return all(getattr(one, name) == getattr(other, name) for name in check.sees)


def holds(check, one, other):
    found, again = check.find(one), check.find(other)
    if same_sight(check, one, other):
        assert (found is None) == (again is None)
    if found and again:
        assert (found.basis == again.basis) == same_sight(check, one, other)


@pytest.mark.parametrize(
    "check", [check for check in CATALOGUE if check.on == "action"], ids=lambda c: c.name
)
@given(seen=actions, changed=changes)
def test_the_basis_changes_exactly_when_what_it_saw_changes(check, seen, changed):
    holds(check, seen, replace(seen, **changed))


@pytest.mark.parametrize(
    "check", [check for check in CATALOGUE if check.on == "recommendation"], ids=lambda c: c.name
)
@given(one=recommendations, other=recommendations)
def test_that_of_a_recommendation_too(check, one, other):
    holds(check, one, other)


@given(actions, days)
def test_the_days_passing_changes_no_basis(seen, day):
    later = {found.check.name: found.basis for found in check_action(replace(seen, day=day))}
    assert all(later.get(found.check.name, found.basis) == found.basis for found in check_action(seen))


@given(actions)
def test_no_two_findings_share_a_basis(seen):
    found = check_action(seen)
    assert len({each.basis for each in found}) == len(found)


@given(actions)
def test_of_a_complete_action_only_its_proof_and_its_words_are_asked(seen):
    found = {each.check.name for each in check_action(replace(seen, rating="complete"))}
    assert found <= COMPLETE_TOO


@given(actions)
def test_the_gravest_comes_first(seen):
    found = [each.check.order for each in check_action(seen)]
    assert found == sorted(found)


def test_every_value_that_a_check_sees_is_tried():
    tried = VALUES.keys() | {"is_complete", "is_on_track", "says_way_back", "is_new", "round"}
    seen = {name for check in CATALOGUE if check.on == "action" for name in check.sees}
    assert seen <= tried
    assert VALUES.keys() <= {field.name for field in fields(ActionSeen)}


@pytest.mark.parametrize("check", [each for each in CATALOGUE if each.rated], ids=lambda c: c.name)
@given(seen=actions)
def test_a_check_of_some_ratings_has_nothing_to_ask_of_others(check, seen):
    assert check.asks_of(seen.rating) or not check.says(seen)
