"""Measures and narratives for tests, made through the services."""

from datetime import date
from decimal import Decimal
from itertools import count

from impact.months import months_after
from impact.services.measures import create_measure
from impact.services.narratives import draft_narrative, publish_narrative
from impact.services.observations import Entry, set_values

numbers = count(1)
APRIL = date(2024, 4, 1)
# Two years round 80%, then four months well below: in concern where higher is better.
STEADY = [80, 82, 79, 81, 80, 78, 81, 80, 82, 79, 80, 81] * 2
FALLING = [*STEADY, 60, 58, 55, 52]
RISING = [*STEADY, 95, 96, 97, 98]


def make_measure(board, name="", *, values=(), areas=(), actions=(), **fields):
    """A percentage of which higher is better, with a value for each month from April 2024."""
    fields = {"unit": "percent", "direction": "higher"} | fields
    name = name or f"Measure {next(numbers)}"
    measure = create_measure(board, name, by=None, areas=areas, actions=actions, **fields)
    set_values(
        [Entry(measure, months_after(APRIL, n), Decimal(value)) for n, value in enumerate(values)], by=None
    )
    return measure


def make_narrative(area, so_what="Children wait less.", *, published=True, on=None, by=None, **fields):
    """Of January to March 2026, published unless told otherwise."""
    fields = {"starts": date(2026, 1, 1), "ends": date(2026, 3, 31), "done": "Two posts filled."} | fields
    narrative = draft_narrative(area, by=by, so_what=so_what, **fields)
    if published:
        publish_narrative(narrative, by=by, on=on)
    return narrative
