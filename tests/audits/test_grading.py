import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.grading import (
    AGREEMENT,
    FOUR_GRADES,
    Agreement,
    Mix,
    Verdict,
    by_scale,
    compare,
    percent,
    share_words,
    sum_up,
)


@pytest.mark.parametrize(
    ("part", "whole", "share", "words"),
    [
        (39, 40, 98, "39 of 40 (98%)"),
        (40, 40, 100, "40 of 40 (100%)"),
        (899, 900, 99, "899 of 900 (99%)"),
        (6, 1200, 1, "6 of 1,200 (1%)"),
        (0, 40, 0, "0 of 40 (0%)"),
        (4, 40, None, "4 of 40"),
        (2, 3, None, "2 of 3"),
        (4, 4, None, "4 of 4"),
        (5, 5, 100, "5 of 5 (100%)"),
        (0, 0, None, "none"),
    ],
)
def test_small_numbers_are_not_turned_into_a_share(part, whole, share, words):
    assert percent(part, whole, 5) == share
    assert share_words(part, whole, 5) == words


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 50))
def test_a_share_is_told_only_of_enough_and_says_all_or_none_only_when_it_is(part, more, below):
    whole = part + more
    share = percent(part, whole, below)
    told = whole > 0 and whole >= below and (part == 0 or part >= below)
    assert (share is not None) == told
    if told:
        assert (share == 100) == (part == whole)
        assert (share == 0) == (part == 0)


def graded(*counts, sample=0):
    return Mix(FOUR_GRADES, counts, sample or sum(counts))


def agreed(disagreed, agreed):
    return Mix(AGREEMENT, (disagreed, agreed), disagreed + agreed)


def test_a_mix_says_how_many_were_good():
    mix = graded(2, 8, 9, 1, sample=22)
    assert (mix.good, mix.total, mix.ungraded) == (10, 20, 2)
    assert mix.good_share(5) == "10 of 20 (50%) good or outstanding"
    assert agreed(1, 39).good_share(5) == "39 of 40 (98%) agreed"
    assert graded(0, 0, 0, 0, sample=4).good_share(5) == "No grades"


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (graded(4, 10, 6, 0), graded(1, 5, 12, 2), Verdict.BETTER),
        (graded(1, 5, 12, 2), graded(4, 10, 6, 0), Verdict.WORSE),
        (graded(4, 10, 6, 0), graded(4, 10, 6, 0), Verdict.SAME),
        (graded(4, 10, 6, 0), graded(4, 9, 7, 0), Verdict.SAME),
        (graded(6, 8, 6, 0), graded(1, 13, 6, 0), Verdict.BETTER),
        (graded(1, 13, 6, 0), graded(6, 8, 6, 0), Verdict.WORSE),
        (graded(1, 2, 1, 0), graded(0, 0, 4, 0), Verdict.TOO_FEW),
        (graded(0, 0, 0, 0), graded(0, 0, 0, 0), Verdict.TOO_FEW),
        (graded(4, 10, 6, 0), agreed(1, 39), Verdict.APART),
        (agreed(10, 30), agreed(1, 39), Verdict.BETTER),
    ],
)
def test_a_repeat_is_better_or_not(before, after, verdict):
    assert compare(before, after, 5) == verdict


counts = st.tuples(*[st.integers(0, 60)] * 4)
OTHER_WAY = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER}


@given(counts, counts, st.integers(0, 10))
def test_what_is_better_one_way_is_worse_the_other(before, after, below):
    one, other = graded(*before), graded(*after)
    said = compare(one, other, below)
    assert compare(other, one, below) == OTHER_WAY.get(said, said)
    assert compare(one, one, below) in {Verdict.SAME, Verdict.TOO_FEW}


def test_a_second_reader_agrees_in_numbers_and_per_cent():
    total = sum_up([Agreement(10, 9), Agreement(10, 10), Agreement()])
    assert total == Agreement(20, 19)
    assert total.words(5) == "19 of 20 (95%) agreed"
    assert Agreement(3, 2).words(5) == "2 of 3 agreed"
    assert Agreement().words(5) == "Not moderated"


def test_only_mixes_of_one_scale_are_drawn_together():
    mixes = [graded(1, 1, 1, 1), agreed(1, 3), graded(0, 0, 0, 0), graded(0, 0, 2, 0)]
    assert by_scale(mixes) == [
        (mixes[0].words, [0, 3]),
        (mixes[1].words, [1]),
    ]
