"""Measures of a board with their months, made through the services."""

from datetime import date
from decimal import Decimal

from impact.months import months_after
from impact.services.measures import create_measure
from impact.services.observations import Entry, set_values

# The last month with a value, unless a test says otherwise.
LAST = date(2026, 3, 1)
STEADY = (50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 51, 50, 49, 51, 50)
FALLING = (*STEADY[:-1], 20)
RISING = (*STEADY[:-1], 80)
STOCK = (500, 504, 507, 505, 509, 512, 510, 515, 517, 514, 519, 522, 520, 524, 560)


def make_measure(board, values=STEADY, name="", *, last=LAST, **fields):
    """A percentage where higher is better; `values` run up to the month `last`, None for no data."""
    fields = {"unit": "percent", "direction": "higher"} | fields
    name = name or f"Measure {board.measures.count() + 1}"
    measure = create_measure(board, name, by=None, **fields)
    first = months_after(last, 1 - len(values))
    set_values(
        [
            Entry(measure, months_after(first, n), Decimal(str(value)))
            for n, value in enumerate(values)
            if value is not None
        ],
        by=None,
    )
    return measure


def make_stock(board, values=STOCK, name="Children looked after", **fields):
    return make_measure(
        board, values, name, **({"unit": "count", "direction": "lower", "is_stock": True} | fields)
    )
