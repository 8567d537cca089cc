"""What a data set is: its rows and fields. One declaration makes the CSV, the JSON and the description."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from improvement.feeds.reading import Reading

Value = str | int | float | bool | None


class Kind(StrEnum):
    """What a field holds. All but texts are empty (null) where there is nothing."""

    ID = "id"
    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    DAY = "day"
    TIME = "time of day"
    MOMENT = "moment"
    YES_NO = "true or false"


@dataclass(frozen=True)
class Field:
    """A column: `read` takes its value from a row or is the way to it, such as "action.area.title"; without
    one it is the attribute of its own name.
    """

    name: str
    kind: Kind
    words: str
    read: Callable[[Any], Any] | str = ""

    @cached_property
    def _reader(self) -> Callable[[Any], Any]:
        return self.read if callable(self.read) else follow(self.read or self.name)

    def value(self, row: Any) -> Value:
        found = self._reader(row)
        if found is None:
            return "" if self.kind is Kind.TEXT else None
        return plain(found)


@dataclass(frozen=True)
class DataSet:
    name: str
    title: str
    words: str
    rows: Callable[[Reading], Iterable[Any]]
    fields: tuple[Field, ...]
    takes_as_at: bool = False

    def values(self, row: Any) -> list[Value]:
        return [field.value(row) for field in self.fields]


def follow(way: str) -> Callable[[Any], Any]:
    """Reads one attribute of another; nothing where the way ends before."""
    names = way.split(".")

    def read(row: Any) -> Any:
        for name in names:
            if row is None:
                return None
            row = getattr(row, name)
        return row

    return read


def plain(value: Any) -> Value:
    """The value as JSON has it: days as 2026-03-27, moments in UTC, numbers without needless places."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, Decimal | float):
        return int(value) if value == int(value) else float(value)
    # A StrEnum is its word.
    return str(value) if isinstance(value, str) else value


RATING = "The meaning: complete, on_track, slippage, off_track or the plan’s own; empty where not rated."
