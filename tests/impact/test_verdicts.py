"""What pages say of a measure: its icons, marks and sentences, and how careful they are."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.months import months_after
from impact.spc_rules import RuleSet, TwoOfThree
from impact.units import Unit
from impact.verdict_parts import Grounds, MarkKind
from impact.verdicts import Rebase, Target, Terms, verdict

START = date(2019, 1, 1)
STEADY = [71, 75] * 6  # mean 73, limits 62.36 and 83.64, near limits 65.91 and 80.09
HIGHER = Terms("increase", Unit.PERCENT, fix_after=12)
LOWER = Terms("decrease", Unit.COUNT, fix_after=12)


def by_month(values, start=START):
    return {months_after(start, n): value for n, value in enumerate(values)}


def judge(values, terms=HIGHER, **options):
    return verdict(by_month(values), terms, **options)


@pytest.mark.parametrize(
    ("after", "icon", "headline"),
    [
        (
            [74],
            "No significant change",
            "No significant change: 74% in January 2020, within the expected range 62% to 84%; "
            "higher is better.",
        ),
        (
            [52],
            "Concern (low)",
            "Concern: 52% in January 2020, below the expected range 62% to 84%; higher is better.",
        ),
        (
            [60, 55, 52],
            "Concern (low)",
            "Concern: 52% in March 2020, below the expected range 62% to 84% for three months running; "
            "higher is better.",
        ),
        (
            [90],
            "Improving (high)",
            "Improving: 90% in January 2020, above the expected range 62% to 84%; higher is better.",
        ),
        (
            [83.9],
            "Improving (high)",
            "Improving: 83.9% in January 2020, above the expected range 62.4% to 83.6%; higher is better.",
        ),
        (
            [76, 75, 74, 73.5, 72, 71, 70],
            "Concern (low)",
            "Concern: 70% in July 2020, falling every month since January 2020, below the average of 73%; "
            "higher is better.",
        ),
        (
            [82, 81, 80, 79, 78, 77, 76],
            "Concern (low)",
            "Concern: 76% in July 2020, falling every month since January 2020, above the average of 73%; "
            "higher is better.",
        ),
        (
            [40, 43, 46, 49, 52, 55, 58],
            "Concern (low)",
            "Concern: 58% in July 2020, below the expected range 62% to 84% for seven months running "
            "and rising every month since January 2020; higher is better.",
        ),
        (
            [74, 74, 75, 74, 75, 74],
            "Improving (high)",
            "Improving: 74% in June 2020, above the average of 73% for seven months running; "
            "higher is better.",
        ),
        (
            [81, 74, 81],
            "Improving (high)",
            "Improving: 81% in March 2020, near the upper limit of 84% in at least two of three months "
            "running; higher is better.",
        ),
    ],
)
def test_the_headline_says_the_verdict_and_why(after, icon, headline):
    found = judge(STEADY + after)
    assert found.variation.word == icon
    assert found.headline == headline


@pytest.mark.parametrize(
    ("value", "fact"),
    [
        (52, "52% in January 2020, below the expected 62% to 84%."),
        (73, "73% in January 2020, within the expected 62% to 84%."),
        (99, "99% in January 2020, above the expected 62% to 84%."),
    ],
)
def test_the_fact_gives_the_figures_without_a_verdict(value, fact):
    assert judge([*STEADY, value]).fact == fact


@pytest.mark.parametrize(
    ("improvement", "ending"),
    [
        ("increase", "higher is better."),
        ("decrease", "lower is better."),
        ("neutral", "no direction is set as better."),
    ],
)
def test_the_headline_ends_with_the_good_direction(improvement, ending):
    assert judge([*STEADY, 52], replace(HIGHER, improvement=improvement)).headline.endswith(ending)


@pytest.mark.parametrize("points", range(1, 13))
def test_under_13_points_there_are_no_limits_and_no_icons(points):
    found = judge(([71, 90] * 6)[:points], replace(HIGHER, targets=[Target(80)], fix_after=None))
    assert {(mark.upper, mark.lower, mark.kind) for mark in found.marks} == {(None, None, MarkKind.PLAIN)}
    assert [found.variation.word, found.assurance.word] == [f"Too few points ({points})"] * 2
    assert found.headline.endswith(f"Too few points for a verdict: {points} of 13.")
    assert found.expected == ""
    assert (found.marks[0].mean is None) == (points == 1)


def test_missing_months_are_no_points():
    twelve_of_fourteen = [71, 75, None, 71, 75, 71, 75, 71, None, 75, 71, 75, 71, 75]
    assert judge(twelve_of_fourteen).variation.word == "Too few points (12)"
    assert judge([*twelve_of_fourteen, 73]).variation.word == "No significant change"


@pytest.mark.parametrize(
    ("values", "screen", "word"),
    [
        ([100] * 15, True, "No variation"),
        ([100] * 15, False, "No variation"),
        ([100] * 15 + [96], True, "Too little variation"),
        ([90] * 10 + [91] * 5, True, "Too little variation"),
        ([90, None, 91, None] * 7, True, "Too many gaps"),
    ],
)
def test_limits_that_collapse_are_not_used(values, screen, word):
    found = judge(values, Terms("increase", Unit.PERCENT, [Target(95)], screen=screen))
    assert [found.variation.word, found.assurance.word] == [word, word]
    assert {mark.kind for mark in found.marks} <= {MarkKind.PLAIN, MarkKind.MISSING}
    assert {(mark.upper, mark.lower) for mark in found.marks} == {(None, None)}


@pytest.mark.parametrize(
    ("improvement", "says"),
    [
        ("increase", "100% in March 2020, which meets the target of 95%."),
        ("decrease", "100% in March 2020, which misses the target of 95%."),
        ("neutral", "100% in March 2020, above the target of 95%."),
    ],
)
def test_without_a_verdict_the_target_is_compared_in_words(improvement, says):
    found = judge([100] * 15, Terms(improvement, Unit.PERCENT, [Target(95)]))
    assert found.fact == says
    assert found.headline == f"{says} No verdict: every month with data has the same value."


def test_absent_months_are_inserted_and_break_a_run():
    readings = by_month(STEADY + [74] * 8)
    readings.pop(months_after(START, 15))
    found = verdict(readings, HIGHER)
    assert [mark.month for mark in found.marks] == list(by_month([0] * 20))
    assert found.marks[15].kind == MarkKind.MISSING
    assert found.variation.word == "No significant change"
    assert found.notes == ("1 of the 20 months from January 2019 to August 2020 has no data.",)


@pytest.mark.parametrize(
    ("values", "through", "note", "no_data"),
    [
        ([71, None, 75], None, "1 of the 3 months from January 2019 to March 2019 has no data.", ""),
        (
            [71, None, 75],
            date(2019, 4, 1),
            "2 of the 4 months from January 2019 to April 2019 have no data, the last among them.",
            "No data for April 2019",
        ),
        (
            [71, None, 75, 71],
            date(2019, 7, 1),
            "4 of the 7 months from January 2019 to July 2019 have no data, the last 3 among them.",
            "No data for May, June and July 2019",
        ),
        ([71, 75], date(2019, 4, 1), "", "No data for March and April 2019"),
    ],
)
def test_what_says_how_many_months_lack_data_counts_those_that_are_named(values, through, note, no_data):
    found = judge(values, through=through)
    assert [said for said in found.notes if "no data" in said] == [note] * bool(note)
    assert found.no_data == no_data


@pytest.mark.parametrize(
    ("values", "through", "no_data"),
    [
        ([*STEADY, 52], None, ""),
        ([*STEADY, 52, None], None, "No data for February 2020"),
        ([*STEADY, 52], date(2020, 3, 31), "No data for February and March 2020"),
        ([*STEADY, 52, None], date(2020, 3, 1), "No data for February and March 2020"),
        ([*STEADY, 52], date(2019, 3, 1), ""),
    ],
)
def test_the_last_month_with_a_value_carries_the_icon(values, through, no_data):
    found = judge(values, through=through)
    assert (found.month, found.judged, found.value) == (date(2020, 1, 1), date(2020, 1, 1), 52)
    assert found.variation.word == "Concern (low)"
    assert found.no_data == no_data


STEP = Rebase(date(2020, 2, 1), "A new front door", "the board on 4 February 2020")


def test_the_verdict_before_a_step_change_stays_until_13_points():
    rebased = replace(HIGHER, rebases=[STEP], targets=[Target(90)])
    values = [*STEADY, 52]
    for known in range(1, 13):
        found = judge(values + ([30, 34] * 6)[:known], rebased)
        assert (found.held, found.judged) == (STEP, date(2020, 1, 1))
        assert [found.variation.word, found.expected] == ["Concern (low)", "62% to 84%"]
        assert found.assurance.word == "Will consistently miss the target"
        assert {mark.kind for mark in found.marks[13:]} == {MarkKind.PLAIN}
    found = judge([*values, *[30, 34] * 6, 32], rebased)
    assert (found.held, found.judged) == (None, found.month)
    assert found.variation.word == "No significant change"
    assert found.expected == "21% to 43%"


def test_a_held_verdict_says_so():
    found = judge([*STEADY, 52, 30, 34], replace(HIGHER, rebases=[STEP]))
    assert found.headline == (
        "34% in March 2020. Too few points since the step change of February 2020 for a new verdict: "
        "2 of 13. Until then the one before stands. "
        "Concern: 52% in January 2020, below the expected range 62% to 84%; higher is better."
    )
    assert found.fact == "34% in March 2020."
    assert found.notes == (
        "Step change in February 2020: A new front door. Agreed by the board on 4 February 2020.",
    )


@pytest.mark.parametrize("month", [date(2018, 5, 1), START, date(2030, 1, 1)])
def test_a_step_change_outside_the_series_begins_nothing(month):
    found = judge([*STEADY, 52], replace(HIGHER, rebases=[Rebase(month)]))
    assert [phase.rebase for phase in found.phases] == [None]
    assert found == judge([*STEADY, 52])


def test_nothing_is_ever_rebased_without_being_told():
    found = judge(STEADY * 2 + [30, 34] * 12)
    assert [phase.rebase for phase in found.phases] == [None]
    assert {mark.mean for mark in found.marks} == {73}


def test_a_stock_is_a_line_with_its_net_change_beside_it():
    values = [500 + 5 * n + (n % 3) for n in range(26)]
    found = judge(values, Terms("decrease", is_stock=True, targets=[Target(480)], rebases=[STEP]))
    assert (
        found.fact
        == found.headline
        == ("626 in February 2021, 60 more than in February 2020, above the target of 480.")
    )
    assert (found.variation.key, found.assurance.key, found.is_concern) == ("empty", "empty", False)
    assert {(mark.kind, mark.mean, mark.upper) for mark in found.marks} == {(MarkKind.PLAIN, None, None)}
    assert {phase.grounds for phase in found.phases} == {Grounds.STOCK}
    assert found.held is None
    assert found.notes[-1].startswith("This is a count at one time")
    assert [mark.value for mark in found.net_change.marks] == [
        after - before for before, after in pairwise(values)
    ]
    assert len(found.net_change.phases) == 1
    assert found.net_change.fact == "+6 in February 2021, within the expected 0 to +10."


def test_a_missing_month_leaves_two_net_changes_out():
    found = judge([500, 510, None, 520, 530], replace(LOWER, is_stock=True))
    assert [mark.value for mark in found.net_change.marks] == [10, None, None, 10]


def test_the_target_in_force_is_the_latest_begun():
    targets = [Target(70), Target(90, date(2019, 6, 15)), Target(95, date(2020, 2, 1))]
    found = judge([*STEADY, 74], replace(HIGHER, targets=targets))
    assert [mark.target for mark in found.marks] == [70] * 5 + [90] * 8
    assert found.assurance.word == "Will consistently miss the target"
    assert found.notes == ("The target of 90% took effect in June 2019.",)


@pytest.mark.parametrize(
    ("terms", "word"),
    [
        (HIGHER, "No target"),
        (replace(HIGHER, targets=[Target(80)]), "Hit or miss"),
        (replace(HIGHER, targets=[Target(62)]), "Will consistently meet the target"),
        (replace(HIGHER, improvement="decrease", targets=[Target(84)]), "Will consistently meet the target"),
        (replace(HIGHER, improvement="decrease", targets=[Target(62)]), "Will consistently miss the target"),
        (replace(HIGHER, improvement="neutral", targets=[Target(62)]), "No better direction"),
    ],
)
def test_the_assurance_icon_and_its_word(terms, word):
    found = judge([*STEADY, 74], terms).assurance
    assert (found.word, found.said) == (word, word)


@pytest.mark.parametrize(
    ("improvement", "target", "latest", "said", "description"),
    [
        ("increase", 85, 85, "miss the target, though the latest month meets it", "misses"),
        ("decrease", 61, 60, "miss the target, though the latest month meets it", "misses"),
        ("increase", 62, 61, "meet the target, though the latest month misses it", "meets"),
        ("decrease", 84, 85, "meet the target, though the latest month misses it", "meets"),
    ],
)
def test_the_assurance_says_that_the_latest_month_does_otherwise(
    improvement, target, latest, said, description
):
    found = judge([*STEADY, latest], replace(HIGHER, improvement=improvement, targets=[Target(target)]))
    assert found.assurance.said == f"Will consistently {said}"
    assert found.assurance.description == f"Whole expected range {description} the target"


def test_while_a_verdict_is_held_the_latest_month_is_the_newest():
    rebased = replace(HIGHER, rebases=[STEP], targets=[Target(90)])
    assert judge([*STEADY, 52, 91], rebased).assurance.said == (
        "Will consistently miss the target, though the latest month meets it"
    )


def test_limits_where_no_value_can_be_are_kept_and_said():
    found = judge([95, 100] * 7, Terms("increase", Unit.PERCENT))
    assert found.marks[0].upper > 100
    assert (found.floor, found.ceiling) == (0, 100)
    assert found.expected == "84% to 100%"
    assert found.notes == ("The upper limit works out above 100%, where no value can be.",)
    few = judge([0, 4, 1] * 5, Terms("decrease"))
    assert few.expected.startswith("0 to ")
    assert few.notes == ("The lower limit works out below 0, where no value can be.",)


@pytest.mark.parametrize(
    ("terms", "part"),
    [
        (HIGHER, "7 rising or falling; 2 of 3 near a limit; 7 on one side of the mean"),
        (HIGHER, "leaving out outlying changes, set by the first 12 months of a phase"),
        (Terms("increase", screen=False), "next, set by all months of a phase"),
        (Terms("increase", rules=RuleSet(two_of_three=TwoOfThree.MDC2023)), "near or beyond a limit"),
        (Terms("increase", rules=RuleSet(run_length=6, trend_length=5)), "5 rising or falling"),
        (Terms("increase", is_stock=True), "Rules used: none."),
    ],
)
def test_the_rule_set_is_printed(terms, part):
    assert part in judge([*STEADY, 74], terms).rules


def test_every_mark_has_its_words():
    found = judge([*STEADY, 52, None, 81, 90, 81])
    assert [mark.words for mark in found.marks[11:]] == [
        "Usual",
        "Concern, below limit",
        "No data",
        "Improving, near upper limit",
        "Improving, above limit",
        "Improving, near upper limit",
    ]


def test_a_trend_that_touches_another_keeps_its_own_direction():
    found = judge([*STEADY, 70, 71, 72, 73.5, 74, 75, 76, 70, 71, 72, 73.5, 74, 75, 76])
    assert {mark.words for mark in found.marks[12:]} == {"Improving, rising"}


@pytest.mark.parametrize("values", [[], [None], [None] * 14])
def test_a_measure_without_a_value_says_so(values):
    found = judge(values)
    assert found.headline == "No month has a value yet."
    assert (found.variation.word, found.assurance.word, found.month) == ("No data", "No data", None)
    assert found.rank == 4


@pytest.mark.parametrize(
    ("readings", "terms", "sentence"),
    [
        (
            {START: 1, date(2019, 1, 31): 2},
            HIGHER,
            "There are two values for January 2019. Keep one of them.",
        ),
        (by_month([1]), replace(HIGHER, fix_after=6), "Fix the limits after 12 points or more."),
        (by_month([float("inf")]), HIGHER, "A value must be a finite number."),
        (by_month([1]), replace(HIGHER, improvement="up"), "Say which way is better"),
    ],
)
def test_what_cannot_be_judged_is_said_in_a_sentence(readings, terms, sentence):
    with pytest.raises(ValueError, match=sentence):
        verdict(readings, terms)


def test_concern_comes_first():
    concern = judge([*STEADY, 52])
    missing = judge([*STEADY, 74], replace(HIGHER, targets=[Target(95)]))
    unusual = judge([*STEADY, 52], replace(HIGHER, improvement="neutral"))
    usual, short = judge([*STEADY, 74]), judge([71])
    assert [one.rank for one in (concern, missing, unusual, usual, short)] == [0, 1, 2, 3, 4]


VALUES = st.lists(st.one_of(st.none(), st.integers(0, 100)), max_size=45)
ANY_TERMS = st.builds(
    Terms,
    improvement=st.sampled_from(["increase", "decrease", "neutral"]),
    unit=st.sampled_from(list(Unit)),
    targets=st.lists(st.builds(Target, st.integers(0, 100), st.none() | st.dates()), max_size=2),
    rebases=st.lists(st.builds(Rebase, st.dates(START, date(2022, 12, 1))), max_size=3),
    fix_after=st.none() | st.integers(12, 24),
    screen=st.booleans(),
    is_stock=st.booleans(),
)


@settings(deadline=None)
@given(VALUES, ANY_TERMS)
def test_icon_mark_and_limits_always_agree(values, terms):
    found = judge(values, terms)
    assert [mark.value for mark in found.marks] == [*values]
    if found.judged is None:
        return
    mark = next(one for one in found.marks if one.month == found.judged)
    kinds = {"concern": "concern", "improvement": "improvement", "neutral": "unusual", "common": "usual"}
    assert mark.kind == kinds.get(found.variation.key.partition("_")[0], "plain")
    assert (mark.upper is None) == found.variation.is_empty
    assert found.headline.endswith(".")
    assert found.fact.endswith(".")
    assert "  " not in found.headline


@settings(deadline=None)
@given(VALUES, ANY_TERMS)
def test_no_phase_is_judged_with_fewer_than_13_points(values, terms):
    found = judge(values, terms)
    judged = {phase.number for phase in found.phases if phase.is_judged}
    assert all(phase.known >= 13 for phase in found.phases if phase.is_judged)
    assert {mark.phase for mark in found.marks if mark.upper is not None} == judged
    assert all(mark.upper > mark.lower for mark in found.marks if mark.upper is not None)


@settings(deadline=None)
@given(VALUES, ANY_TERMS, st.randoms())
def test_the_order_of_readings_does_not_matter(values, terms, random):
    readings = list(by_month(values).items())
    random.shuffle(readings)
    assert verdict(dict(readings), terms) == judge(values, terms)


@settings(deadline=None)
@given(VALUES, ANY_TERMS, st.integers(1, 5))
def test_months_still_to_come_never_change_the_icons(values, terms, more):
    now, later = judge(values, terms), judge(values + [None] * more, terms)
    if not terms.rebases:
        assert (now.variation, now.assurance, now.judged) == (later.variation, later.assurance, later.judged)
