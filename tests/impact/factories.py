"""Narratives for tests, and measures that move or stand still, made through the services."""

from datetime import date

from impact.services.narratives import draft_narrative, publish_narrative
from tests.impact import measuring

# Two years round 80%, then four months well below or above.
STEADY = [80, 82, 79, 81, 80, 78, 81, 80, 82, 79, 80, 81] * 2
FALLING = [*STEADY, 60, 58, 55, 52]
RISING = [*STEADY, 95, 96, 97, 98]
LAST = date(2026, 7, 1)


def make_measure(board, name="", *, values=(), **fields):
    """A percentage of which higher is better; `values` run up to July 2026."""
    return measuring.make_measure(board, values, name, last=LAST, **fields)


def make_narrative(area, so_what="Children wait less.", *, published=True, on=None, by=None, **fields):
    """Of January to March 2026, published unless told otherwise."""
    fields = {"starts": date(2026, 1, 1), "ends": date(2026, 3, 31), "done": "Two posts filled."} | fields
    narrative = draft_narrative(area, by=by, so_what=so_what, **fields)
    if published:
        publish_narrative(narrative, by=by, on=on)
    return narrative
