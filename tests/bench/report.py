"""The figures as one plain table, or as JSON."""

import json
from collections.abc import Iterable

from tests.bench.measuring import Figure

COLUMNS = ("actions", "what", "first s", "s", "cpu s", "x floor", "queries", "bytes", "")
WIDTHS = (7, 36, 8, 8, 8, 8, 8, 11, 0)


def as_json(machine: dict, figures: Iterable[Figure]) -> str:
    return json.dumps({**machine, "figures": [figure.as_json() for figure in figures]}, indent=1)


def header(first: str = "actions") -> str:
    return _line((first, *COLUMNS[1:]))


def line(figure: Figure) -> str:
    return _line(
        (
            f"{figure.size:,}",
            figure.name,
            _number(figure.first, ".3f"),
            _number(figure.seconds, ".3f"),
            _number(figure.cpu, ".3f"),
            _number(figure.times_floor, ".2f"),
            _number(figure.queries, ","),
            _number(figure.bytes, ","),
            figure.note,
        )
    )


def _number(value: float | None, shape: str) -> str:
    return "" if value is None else format(value, shape)


def _line(values: Iterable[str]) -> str:
    cells = [
        value.ljust(width) if place in (1, 8) else value.rjust(width)
        for place, (value, width) in enumerate(zip(values, WIDTHS, strict=True))
    ]
    return "  ".join(cells).rstrip()
