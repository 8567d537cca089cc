"""The months of a measure as rows of a table, the latest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from impact.judging import Judged
from impact.models import Note
from impact.units import Scale, Unit, exact, scale_for
from impact.verdict_parts import Mark, MarkKind

CHANGE = Scale(Unit.CHANGE, 1)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month; of a stock, `change` and the verdict are those of the change since the month before."""

    month: date
    value: str
    change: str
    kind: MarkKind
    high: bool
    words: str
    expected: str
    target: str
    notes: list[Note]


def month_rows(judged: Judged, notes: Mapping[date, list[Note]]) -> Iterator[MonthRow]:
    net = judged.verdict.net_change
    changes = {mark.month: mark for mark in net.marks} if net else {}
    for mark in reversed(judged.verdict.marks):
        change = changes.get(mark.month)
        told = change if judged.measure.is_stock and change else mark
        yield MonthRow(
            month=mark.month,
            value=_value(mark, judged.scale),
            change=_value(change, CHANGE) if change else "",
            kind=told.kind,
            high=told.high,
            words=told.words,
            expected=_expected(told, Unit.CHANGE if told is change else judged.scale.unit),
            target=exact(judged.scale.unit).number(mark.target) if mark.target is not None else "",
            notes=notes.get(mark.month, []),
        )


def _value(mark: Mark, scale: Scale) -> str:
    return "" if mark.value is None else scale.number(mark.value)


def _expected(mark: Mark, unit: Unit) -> str:
    if mark.lower is None or mark.upper is None:
        return ""
    limits = (mark.lower, mark.upper)
    return scale_for(unit, mark.mean or 0.0, limits, mark.target).span(*limits)
