"""One series a line: what is read, what is answered, and that no line ends the command."""

import io
import json
import sys

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.spc_series import answer_line

MONTHS = [f"2021-{month:02}-01" for month in range(1, 13)] + ["2022-01-01", "2022-02-01", "2022-03-01"]
SERIES = {
    "values": [105, 95] * 7 + [130],
    "dates": MONTHS,
    "improvement": "decrease",
    "target": 100,
    "rebase": [],
    "fix_after_n_points": 12,
    "screen_outliers": True,
}


def answered(**changes):
    return answer_line(json.dumps(SERIES | changes))


def test_a_line_is_answered_in_the_references_words():
    found = answered()
    assert found["special_cause_type"] == ["Common Cause"] * 14 + ["Above UCL"]
    assert found["point_type"] == ["common_cause"] * 14 + ["special_cause_concern"]
    assert [found["variation_icon"], found["assurance_icon"]] == ["concern_high", "inconsistent"]
    assert [found["variation_type"], found["assurance_type"]] == ["special_cause_concern", "inconsistent"]


@settings(deadline=None)
@given(st.permutations(range(15)))
def test_the_order_of_rows_does_not_matter(order):
    shuffled = {"values": [SERIES["values"][n] for n in order], "dates": [MONTHS[n] for n in order]}
    assert answered(**shuffled, rebase=["2021-09-01"]) == answered(rebase=["2021-09-01"])


def test_a_rebase_that_matches_no_row_is_ignored():
    assert answered(rebase=["2021-04-15"]) == answered()
    assert answered(rebase=["2021-04-01"])["phase"] == [0] * 3 + [1] * 12


def test_options_left_out_take_the_references_defaults():
    short = {name: SERIES[name] for name in ("values", "dates")}
    full = {"improvement": "increase", "target": None, "fix_after_n_points": None}
    assert answer_line(json.dumps(short)) == answered(**full)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "This line is not JSON. Write one series a line."),
        ("[" * 100_000, "This line is not JSON. Write one series a line."),
        ("9" * 5000, "This line is not JSON. Write one series a line."),
        ("[1, 2]", "A series must be a JSON object with values and dates."),
        ("{}", "“values” must be a list."),
        ('{"values": [1], "dates": []}', "Give as many dates as values."),
        ('{"values": [], "dates": []}', "Give at least one month: this series has none."),
        (
            '{"values": [1], "dates": ["April"]}',
            "Write every date as year, month and day, such as 2021-04-01.",
        ),
        (
            '{"values": [1], "dates": [20210401]}',
            "Write every date as year, month and day, such as 2021-04-01.",
        ),
        (
            '{"values": [1, 2], "dates": ["2021-04-01", "2021-04-01"]}',
            "Two values have the same date. Keep one of them.",
        ),
        ('{"values": ["x"], "dates": ["2021-04-01"]}', "A value must be a number."),
        ('{"values": [Infinity], "dates": ["2021-04-01"]}', "A value must be a finite number."),
        (
            '{"values": [1], "dates": ["2021-04-01"], "screen_outliers": 1}',
            "“screen_outliers” must be true or false.",
        ),
        ('{"values": [1], "dates": ["2021-04-01"], "rebase": "2021-04-01"}', "“rebase” must be a list."),
    ],
)
def test_a_line_that_cannot_be_read_is_answered_with_a_sentence(line, sentence):
    assert answer_line(line) == {"error": sentence}


@pytest.mark.parametrize(
    "values",
    [
        [None] * 15,
        [105, 95, 105, 95, 105, 97, 98, 99, 101, 102, None, 103, 104, 96, 95],
        [1e308, -1e308] * 7 + [1e308],
    ],
)
def test_where_the_reference_stops_there_is_an_answer(values):
    found = answered(values=values, fix_after_n_points=None)
    assert found["special_cause"] == [False] * 15
    assert found["variation_icon"] == "common_cause"
    json.dumps(found, allow_nan=False)


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.just(MONTHS[0])
)
JUNK = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2)
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(SERIES)), JUNK, max_size=4))
def test_no_field_of_a_wrong_kind_stops_an_answer(changes):
    found = answered(**changes)
    assert set(found) == {"error"} or len(found["mean"]) == len(found["dates"])
    json.dumps(found, allow_nan=False)


def test_the_command_answers_every_line(monkeypatch, capsys):
    lines = [json.dumps(SERIES).encode(), b"", b"\xff\xfe{", b'{"values": 1}', json.dumps(SERIES).encode()]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(lines))))
    call_command("spc", "--json")
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ["error" in one for one in answers] == [False, True, True, True, False]
    assert answers[0] == answers[4] == answered()
