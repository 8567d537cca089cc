from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.ledger import Moved
from plans.rating import ORDER
from plans.standing.compare import Changes, Compared, Side, listed

FIRST, LAST, NEXT = date(2026, 10, 13), date(2026, 11, 10), date(2026, 12, 8)
RED, AMBER, GREEN, BLUE = (code.value for code in ORDER)
NAMES = ("up", "down", "first_rated", "moved", "done", "added", "removed", "silent", "due")


def action(before=GREEN, after=GREEN, *, pk=1, due=None, **fields):
    """Ratings by code, None where it was no part of the plan."""
    sides = [None if code is None else Side(code, due, code == BLUE) for code in (before, after)]
    return Compared(
        pk, f"Action {pk}", "Front door", "Head of Service", *sides, **{"reported": True} | fields
    )


def changes(*actions):
    return Changes(FIRST, LAST, NEXT, actions)


def lists(one):
    found = changes(one)
    return [name for name in NAMES if getattr(found, name)]


MOVE = Moved(LAST, date(2026, 10, 31), date(2026, 11, 30))
LOST = Moved(LAST, date(2026, 11, 30), None)


@pytest.mark.parametrize(
    ("one", "listed_in"),
    [
        (action(), []),
        (action(AMBER, GREEN), ["up"]),
        (action(GREEN, RED), ["down"]),
        (action("", AMBER), ["first_rated"]),
        (action("", ""), []),
        (action(GREEN, BLUE), ["up", "done"]),
        (action(BLUE, GREEN), ["down"]),
        (action(BLUE, BLUE, reported=False), []),
        (action(None, ""), ["added"]),
        (action(None, GREEN), ["first_rated", "added"]),
        (action(GREEN, None), ["removed"]),
        (action(GREEN, None, moves=(MOVE,)), ["removed"]),
        (action(reported=False), ["silent"]),
        (action(None, "", reported=False), ["added", "silent"]),
        (action(moves=(MOVE,)), ["moved"]),
        (action(due=NEXT), ["due"]),
        (action(due=LAST), ["due"]),
        (action(due=date(2026, 11, 9)), []),
        (action(due=date(2026, 12, 9)), []),
        (action(BLUE, BLUE, due=NEXT), []),
        (action("paused", GREEN), []),
    ],
)
def test_where_an_action_is_listed(one, listed_in):
    assert lists(one) == listed_in


def test_blue_is_done_only_once_it_is_signed_off_where_the_plan_asks():
    waiting = Compared(1, "A", "", "", Side(GREEN), Side(BLUE, NEXT, done=False), reported=True)
    assert lists(waiting) == ["up", "due"]
    signed = Compared(1, "A", "", "", Side(BLUE), Side(BLUE, NEXT, done=True), reported=True)
    assert lists(signed) == ["done"]


@pytest.mark.parametrize(
    ("moves", "days", "words"),
    [
        ((MOVE,), 30, "30 days later"),
        ((MOVE, LOST), 30, "30 days later, lost its day"),
        ((MOVE, Moved(LAST, MOVE.after, MOVE.before)), 0, "back to the same day"),
    ],
)
def test_how_a_date_moved_between_the_two(moves, days, words):
    one = action(moves=moves)
    assert (one.days, one.moved_words) == (days, words)


@pytest.mark.parametrize(
    ("actions", "words"),
    [
        ([], "Nothing in the plan changed."),
        ([action(reported=False, due=NEXT)], "Nothing in the plan changed."),
        ([action(AMBER, GREEN)], "1 rating went up."),
        ([action(GREEN, RED), action("", RED)], "1 rating went down and 1 had a first rating."),
        (
            [action(AMBER, GREEN), action(RED, GREEN), action(GREEN, RED), action(moves=(MOVE,))],
            "2 ratings went up and 1 went down; 1 date moved, 30 days later in all.",
        ),
        (
            [action(GREEN, BLUE), action(None, ""), action(GREEN, None)],
            "1 rating went up; 1 action is done, 1 added and 1 taken out.",
        ),
        ([action(None, ""), action(None, "")], "2 actions were added."),
    ],
)
def test_the_answer_in_a_sentence(actions, words):
    assert changes(*actions).sentence == words


def test_what_is_due_comes_by_its_day():
    late, soon = action(pk=1, due=NEXT), action(pk=2, due=LAST)
    assert [one.pk for one in changes(late, soon).due] == [2, 1]


codes = st.sampled_from([None, "", RED, AMBER, GREEN, BLUE])


@given(st.lists(st.tuples(codes, codes)))
def test_each_action_is_listed_once_by_its_rating_and_never_both_added_and_taken_out(pairs):
    found = changes(*(action(*pair, pk=pk) for pk, pair in enumerate(pairs)))
    by_rating = [one.pk for one in (*found.up, *found.down, *found.first_rated)]
    assert len(by_rating) == len(set(by_rating))
    assert not {one.pk for one in found.added} & {one.pk for one in found.removed}


@given(st.lists(codes))
def test_a_day_against_itself_shows_no_change(ratings):
    assert changes(*(action(code, code, pk=pk) for pk, code in enumerate(ratings))).is_empty


@pytest.mark.parametrize(("parts", "words"), [([], ""), (["a"], "a"), (["a", "b", "c"], "a, b and c")])
def test_a_list_in_words(parts, words):
    assert listed(parts) == words
