"""What is published hides small counts, and nobody can work them out from what is shown beside them."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.small_numbers import Entry, Hidden, protect


def counts(rows):
    return [[Entry(str(n), n) for n in row] for row in rows]


def texts(shown):
    return [[cell.text for cell in row] for row in shown]


def totalled(rows, *, down, across):
    rows = [[*row, sum(row)] for row in rows] if across else [list(row) for row in rows]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]] if down else rows


@pytest.mark.parametrize(
    ("below", "count", "text"),
    [
        (5, 0, "0"), (5, 1, "fewer than 5"), (5, 4, "fewer than 5"), (5, 5, "5"), (5, 451, "451"),
        (10, 9, "fewer than 10"), (1, 1, "1"), (0, 3, "3"), (5, Decimal("3.0000"), "fewer than 5"),
    ],
)  # fmt: skip
def test_counts_from_one_to_below_the_threshold_are_hidden(below, count, text):
    assert texts(protect([[Entry(f"{count:.0f}", count)]], below)) == [[text]]


def test_words_and_shares_of_large_numbers_stay():
    row = [Entry("Front door"), Entry("97.5%", parts=(39, 40))]
    assert texts(protect([row], 5)) == [["Front door", "97.5%"]]


@pytest.mark.parametrize("parts", [(3, 40), (2, 4), (0, 3)])
def test_a_share_of_a_small_number_is_hidden(parts):
    [[cell]] = protect([[Entry("7.5%", parts=parts)]], 5)
    assert (cell.text, cell.hidden) == ("hidden", Hidden.SHARE)


def test_a_share_of_a_number_that_is_hidden_with_another_is_hidden():
    rows = counts(totalled([[3, 7, 20]], down=False, across=True))
    rows[0] += [Entry("23%", of=((0, 1),)), Entry("67%", of=((0, 2),))]
    [row] = protect([rows[0][:4]], 5, has_total_column=True)
    assert [cell.text for cell in row] == ["fewer than 5", "hidden", "20", "30"]
    wide = [[*rows[0][:4]], [Entry("23%", of=((0, 1),)), Entry("67%", of=((0, 2),)), Entry(""), Entry("")]]
    assert texts(protect(wide, 5, has_total_column=True))[1] == ["hidden", "67%", "", ""]


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ([3, 7, 20], ["fewer than 5", "hidden", "20", "30"]),
        ([3, 0, 20], ["fewer than 5", "0", "hidden", "23"]),
        ([3, 4, 20], ["fewer than 5", "fewer than 5", "20", "27"]),
        ([1, 1, 20], ["fewer than 5", "fewer than 5", "hidden", "22"]),
        ([0, 0, 3], ["0", "0", "fewer than 5", "fewer than 5"]),
        ([9, 7, 20], ["9", "7", "20", "36"]),
    ],
)
def test_the_next_smallest_is_hidden_where_a_total_would_tell(row, shown):
    found = protect(counts(totalled([row], down=False, across=True)), 5, has_total_column=True)
    assert texts(found) == [shown]


def test_in_rows_and_columns_with_totals():
    rows = [[3, 10, 20], [12, 30, 40], [25, 14, 60]]
    found = protect(
        counts(totalled(rows, down=True, across=True)), 5, has_total_row=True, has_total_column=True
    )
    assert texts(found) == [
        ["fewer than 5", "hidden", "20", "33"],
        ["hidden", "hidden", "40", "82"],
        ["25", "14", "60", "99"],
        ["40", "54", "120", "214"],
    ]


def possible(rows, shown, below, down, across):
    """Every figure that each hidden cell may have, by trying all that fit what is shown."""
    height, width = len(rows) - down, len(rows[0]) - across
    inner = [(r, c) for r in range(height) for c in range(width)]
    most = max(n for row in rows for n in row)
    choices = [range_of(shown[r][c], rows[r][c], below, most) for r, c in inner]
    found = {}
    for figures in product(*choices):
        table = [list(figures[r * width : (r + 1) * width]) for r in range(height)]
        table = totalled(table, down=down, across=across)
        if all(
            fits(shown[r][c], rows[r][c], n, below) for r, row in enumerate(table) for c, n in enumerate(row)
        ):
            for r, row in enumerate(table):
                for c, n in enumerate(row):
                    found.setdefault((r, c), set()).add(n)
    return found


def range_of(cell, figure, below, most):
    if cell.hidden is None:
        return [figure]
    return range(1, below) if cell.hidden is Hidden.SMALL else [0, *range(below, most + below)]


def fits(cell, figure, guess, below):
    if cell.hidden is None:
        return guess == figure
    return 0 < guess < below if cell.hidden is Hidden.SMALL else guess == 0 or guess >= below


small_tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0, 1, 1, 2, 3, 4, 7]), min_size=width, max_size=width),
        min_size=1,
        max_size=2,
    )
)


@settings(max_examples=100, deadline=None)
@given(small_tables, st.booleans(), st.booleans(), st.integers(2, 4))
def test_no_hidden_count_can_be_computed_by_trying_them_all(rows, down, across, below):
    rows = totalled(rows, down=down, across=across)
    shown = protect(counts(rows), below, has_total_row=down, has_total_column=across)
    found = possible(rows, shown, below, down, across)
    for r, row in enumerate(shown):
        for c, cell in enumerate(row):
            everything = all(each.hidden for line in shown for each in line)
            if cell.hidden is Hidden.SMALL and not everything and below > 2:
                assert len(found[r, c]) > 1


@settings(max_examples=200, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=2, max_size=5
        )
    )
)
def test_each_total_that_is_shown_has_none_or_several_hidden_cells(rows):
    rows = totalled(rows, down=True, across=True)
    shown = protect(counts(rows), 5, has_total_row=True, has_total_column=True)
    lines = [*shown, *(list(column) for column in zip(*shown, strict=True))]
    assert all(sum(cell.hidden is not None for cell in line) != 1 for line in lines)
    assert all((cell.hidden is Hidden.SMALL) == (0 < n < 5) for line, row in zip(shown, rows, strict=True)
               for cell, n in zip(line, row, strict=True))  # fmt: skip


def test_a_table_of_many_rows_is_done_at_once():
    rows = [[(r * 7 + c * 3) % 23 for c in range(12)] for r in range(60)]
    shown = protect(
        counts(totalled(rows, down=True, across=True)), 5, has_total_row=True, has_total_column=True
    )
    assert len(shown) == 61
