"""`analyse` against the reference implementation's answers, edges of the rules, and properties."""

import json
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.spc import analyse
from impact.spc_rules import RuleSet, TwoOfThree
from impact.spc_series import answer, read_series

REFERENCE = Path(__file__).with_name("reference_series.jsonl")
SERIES = [json.loads(line) for line in REFERENCE.read_text().splitlines()]
SWING = [105, 95] * 6  # mean 100, limits 73.4 and 126.6, near limits 82.27 and 117.73
EXACT = [0, 100] * 6  # mean 50, limits -216 and 316


def unpacked(expected):
    """The file holds each column as [times, value] pairs."""
    return {
        name: [value for times, value in found for _ in range(times)] if isinstance(found, list) else found
        for name, found in expected.items()
    }


def same(found, expected):
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(expected, float):
        return found is not None and isclose(found, expected, rel_tol=1e-9)
    return found == expected and type(found) is type(expected)


@pytest.mark.parametrize("series", SERIES, ids=lambda series: series["name"])
def test_every_answer_is_the_references(series):
    read = read_series(series)
    found = answer(read, read.analyse())
    expected = unpacked(series["expected"])
    assert [name for name in expected if not same(found[name], expected[name])] == []


def labels(values, **options):
    options = {"improvement": "decrease", "fix_after": 12, **options}
    return analyse(values, **options).as_columns()["special_cause_type"]


@pytest.mark.parametrize(
    ("baseline", "after", "expected"),
    [
        (SWING, [127], ["Above UCL"]),
        (SWING, [73], ["Below LCL"]),
        (EXACT, [316], ["Common Cause"]),
        (EXACT, [316.0000001], ["Above UCL"]),
        (EXACT, [-216], ["Common Cause"]),
        (SWING, [96, 97, 98, 99, 101, 102], ["7 Point Trend (Increasing)"] * 6),
        (SWING, [97, 98, 99, 99, 101, 102, 103], ["Common Cause"] * 7),
        (SWING, [97, 98, 99, None, 101, 102, 103, 104], ["Common Cause"] * 8),
        (SWING, [101] * 7, ["7 Points Above CL"] * 7),
        (SWING, [101] * 6, ["Common Cause"] * 6),
        (SWING, [101] * 4 + [100] + [101] * 4, ["Common Cause"] * 9),
        (SWING, [101] * 4 + [None] + [101] * 4, ["Common Cause"] * 9),
        (SWING, [101] * 7 + [None], ["7 Points Above CL"] * 7 + ["Common Cause"]),
        (SWING, [99] * 7 + [100], ["7 Points Below CL"] * 7 + ["Common Cause"]),
        (SWING, [118, 101, 118], ["2 in 3 Above CL", "Common Cause", "2 in 3 Above CL"]),
        (SWING, [118, 100, 118], ["Common Cause"] * 3),
        (SWING, [118, 82, 118], ["Common Cause"] * 3),
        (SWING, [118, None, 118], ["Common Cause"] * 3),
        (SWING, [118, 130, 118], ["2 in 3 Above CL", "Above UCL", "2 in 3 Above CL"]),
        (SWING, [130, 118, 101], ["Above UCL", "Common Cause", "Common Cause"]),
        (SWING, [82, 82], ["2 in 3 Below CL"] * 2),
    ],
)
def test_labels_after_a_fixed_baseline(baseline, after, expected):
    assert labels(baseline + after)[12:] == expected


def test_no_pattern_crosses_a_rebase():
    values = SWING + [101] * 4 + [101.5, 100.5] * 6
    assert labels(values)[12:19] == ["7 Points Above CL"] * 7
    assert labels(values, rebase=[16])[12:16] == ["Common Cause"] * 4


def test_trends_that_touch_take_the_joining_step_unless_asked_not_to():
    up_then_drop_then_up = [*SWING, 96, 97, 98, 99, 101, 102, 96, 97, 98, 99, 101, 102, 103]
    joined = labels(up_then_drop_then_up)
    apart = labels(up_then_drop_then_up, rules=RuleSet(joined_trends=False))
    assert joined[17] == "7 Point Trend (Decreasing)"
    assert apart[17] == "7 Point Trend (Increasing)"
    assert joined[:17] + joined[18:] == apart[:17] + apart[18:]


@pytest.mark.parametrize(
    ("after", "rules", "expected"),
    [
        ([130, 118, 101], RuleSet(two_of_three=TwoOfThree.MDC2023), "2 in 3 Above CL"),
        ([130, 118, 101], RuleSet(), "Common Cause"),
        ([99, 101, 101, 101, 101, 101, 101], RuleSet(run_length=6), "6 Points Above CL"),
        ([94, 96, 97, 98, 99], RuleSet(trend_length=5), "5 Point Trend (Increasing)"),
    ],
)
def test_rule_sets_differ_where_they_say_so(after, rules, expected):
    assert labels(SWING + after, rules=rules)[13] == expected


def test_a_tolerance_puts_rounding_on_the_mean():
    values = [0.02, 0.05, 0.0, 0.07, 0.01, 0.04, 0.0, 0.06, 0.02, 0.03, 0.0, 0.08, 0.01]
    exact = analyse(values, improvement="decrease")
    near = analyse(values, improvement="decrease", rules=RuleSet(mean_tolerance=1e-9))
    assert [exact.points[9].place.side, near.points[9].place.side] == [-1, 0]


@pytest.mark.parametrize(
    ("improvement", "target", "assurance"),
    [
        ("increase", 127, "fail"),
        ("increase", 73, "pass"),
        ("increase", 100, "inconsistent"),
        ("decrease", 127, "pass"),
        ("decrease", 73, "fail"),
        ("decrease", 100, "inconsistent"),
        ("neutral", 127, None),
        ("increase", None, None),
    ],
)
def test_assurance_compares_the_target_with_the_last_limits(improvement, target, assurance):
    assert analyse(SWING, improvement=improvement, target=target).assurance == assurance


@pytest.mark.parametrize(
    ("rules", "assurance"), [(RuleSet(), "inconsistent"), (RuleSet(limit_decides=True), "fail")]
)
def test_a_target_on_the_limit(rules, assurance):
    assert analyse(EXACT, improvement="increase", target=316, rules=rules).assurance == assurance


@pytest.mark.parametrize(
    ("values", "screen", "limits"),
    [
        ([98], True, (98, None, None)),
        ([None], True, (None, None, None)),
        ([None] * 9, True, (None, None, None)),
        ([100] * 9, True, (100, None, None)),
        ([100] * 9, False, (100, 100, 100)),
        ([1, None, 2, None, 3], True, (2, None, None)),
        ([10] * 7 + [90, 10], True, (170 / 9, 170 / 9, 170 / 9)),
    ],
)
def test_limits_of_odd_series(values, screen, limits):
    last = analyse(values, improvement="increase", screen=screen).points[-1].limits
    assert (last.mean, last.upper, last.lower) == limits


def test_screening_leaves_ranges_out_but_no_value():
    values = [*SWING, 200, 95]
    assert analyse(values, improvement="increase").points[0].limits.mean == sum(values) / 14
    wide, narrow = (
        analyse(values, improvement="increase", screen=on).points[0].limits for on in (False, True)
    )
    assert narrow.upper < wide.upper
    assert narrow.mean == wide.mean


@pytest.mark.parametrize(
    ("values", "options", "sentence"),
    [
        ([], {}, "Give at least one month: this series has none."),
        ([1], {"improvement": "up"}, "Say which way is better: increase, decrease or neutral."),
        (["1"], {}, "A value must be a number."),
        ([True], {}, "A value must be a number."),
        ([float("nan")], {}, "A value must be a finite number."),
        ([10**400], {}, "A value is too large."),
        ([1], {"target": "high"}, "The target must be a number."),
        ([1], {"fix_after": 11}, "Fix the limits after 12 points or more."),
        ([1], {"rebase": [1]}, "A new phase must begin at one of the months of the series."),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(values, options, sentence):
    with pytest.raises(ValueError, match=sentence):
        analyse(values, **{"improvement": "increase", **options})


NUMBERS = st.one_of(st.none(), st.integers(-500, 500))
ANY_SERIES = st.lists(NUMBERS, min_size=1, max_size=50)
DIRECTIONS = st.sampled_from(["increase", "decrease", "neutral"])
MIRRORED = {"increase": "decrease", "decrease": "increase", "neutral": "neutral"}


def options_for(draw, values):
    return {
        "rebase": draw(st.sets(st.integers(0, len(values) - 1), max_size=3)),
        "fix_after": draw(st.one_of(st.none(), st.integers(12, 20))),
        "screen": draw(st.booleans()),
    }


def icons(analysis):
    return analysis.variation, analysis.assurance


@settings(deadline=None)
@given(ANY_SERIES, DIRECTIONS, st.integers(-100, 100), st.data())
def test_shifting_the_values_shifts_the_limits(values, improvement, shift, data):
    options = options_for(data.draw, values)
    before = analyse(values, improvement=improvement, **options).points
    moved = [None if value is None else value + shift for value in values]
    after = analyse(moved, improvement=improvement, **options).points
    for old, new in zip(before, after, strict=True):
        for name in ("mean", "upper", "lower"):
            was, now = getattr(old.limits, name), getattr(new.limits, name)
            assert (was is None) == (now is None)
            assert was is None or isclose(was + shift, now, rel_tol=1e-9, abs_tol=1e-9)


@settings(deadline=None)
@given(ANY_SERIES, DIRECTIONS, st.integers(-500, 500), st.data())
def test_mirroring_values_and_direction_mirrors_the_icons(values, improvement, target, data):
    options = options_for(data.draw, values) | {"rules": RuleSet(joined_trends=False)}
    one = analyse(values, improvement=improvement, target=target, **options)
    mirrored = [None if value is None else -value for value in values]
    other = analyse(mirrored, improvement=MIRRORED[improvement], target=-target, **options)
    swap = {"high": "low", "low": "high"}
    kind, _, side = other.variation.value.rpartition("_")
    assert one.assurance == other.assurance
    assert one.variation == (f"{kind}_{swap[side]}" if side in swap else other.variation)


@settings(deadline=None)
@given(ANY_SERIES, DIRECTIONS, st.data())
def test_a_phase_is_analysed_as_if_alone(values, improvement, data):
    options = options_for(data.draw, values)
    starts = sorted({0, *options.pop("rebase")})
    whole = analyse(values, improvement=improvement, rebase=starts, **options).points
    for start, end in zip(starts, [*starts[1:], len(values)], strict=True):
        alone = analyse(values[start:end], improvement=improvement, **options).points
        assert [(one.cause, one.limits) for one in whole[start:end]] == [
            (one.cause, one.limits) for one in alone
        ]


@settings(deadline=None)
@given(ANY_SERIES, DIRECTIONS, st.data())
def test_missing_values_are_never_flagged_and_every_icon_is_the_last_points(values, improvement, data):
    analysis = analyse(values, improvement=improvement, **options_for(data.draw, values))
    assert [one.value for one in analysis.points] == values
    assert not any(one.is_special for one in analysis.points if one.value is None)
    assert (analysis.variation == "common_cause") is not analysis.points[-1].is_special
