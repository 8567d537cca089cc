from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.backups.values import Tally, encode


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (b"\x00\xff", "AP8="),
        (memoryview(b"\x00\xff"), "AP8="),
        (datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=UTC), "2026-07-01T12:00:00.123456+00:00"),
        (datetime(2026, 7, 1, 13, tzinfo=timezone(timedelta(hours=1))), "2026-07-01T12:00:00+00:00"),
        (date(2026, 7, 1), "2026-07-01"),
        (time(9, 30), "09:30:00"),
        (Decimal("0.0000001"), "0.0000001"),
        (None, None),
        ("words", "words"),
        (True, True),
    ],
)
def test_a_value_is_told_the_same_from_either_database(value, told):
    assert encode(value) == told


def digest_of(*rows):
    tally = Tally()
    for row in rows:
        tally.add(row)
    return tally.told()


def test_what_jsonb_keeps_differently_has_the_same_digest():
    assert digest_of([1, {"b": [1.0, 1e20], "a": None}]) == digest_of([1, {"a": None, "b": [1, 10**20]}])


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=20)


@given(st.lists(VALUES, min_size=1, max_size=5), st.data())
def test_a_changed_value_changes_the_digest(row, data):
    place = data.draw(st.integers(0, len(row) - 1))
    other = data.draw(VALUES.filter(lambda value: repr(value) != repr(row[place])))
    changed = [*row[:place], other, *row[place + 1 :]]
    assert digest_of(row) != digest_of(changed)
    assert digest_of(row)["rows"] == digest_of(changed)["rows"] == 1
