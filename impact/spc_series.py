"""One series as a line of JSON and its answer, in the field names of the reference set."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from impact.spc import Analysis, Assurance, Improvement, analyse

ASSURANCE_TYPES = {
    Assurance.PASS: "consistent_pass",
    Assurance.FAIL: "consistent_fail",
    Assurance.INCONSISTENT: "inconsistent",
}


@dataclass(frozen=True, slots=True)
class Series:
    """What `analyse` takes, in date order."""

    days: tuple[date, ...]
    values: tuple[float | None, ...]
    improvement: str
    target: float | None
    rebase: tuple[int, ...]
    fix_after: float | None
    screen: bool

    def analyse(self) -> Analysis:
        return analyse(
            self.values,
            improvement=self.improvement,
            target=self.target,
            rebase=self.rebase,
            fix_after=self.fix_after,
            screen=self.screen,
        )


def answer_line(line: str) -> dict[str, Any]:
    """The answer to a line: the reference's columns and icons, or {"error": a sentence}. It never raises."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "This line is not JSON. Write one series a line."}
    try:
        series = read_series(fields)
        return answer(series, series.analyse())
    except ValueError as error:
        return {"error": str(error)}


def answer(series: Series, analysis: Analysis) -> dict[str, Any]:
    """Columns in date order and icons, in the reference's vocabulary."""
    last = analysis.points[-1]
    return {
        "dates": [day.isoformat() for day in series.days],
        **analysis.as_columns(),
        "variation_type": last.kind.value,
        "assurance_type": ASSURANCE_TYPES.get(analysis.assurance) if analysis.assurance else None,
    }


def read_series(fields: object) -> Series:
    """The series that a decoded line holds, put into date order. Raises ValueError with a sentence."""
    if not isinstance(fields, dict):
        raise ValueError("A series must be a JSON object with values and dates.")
    values, dates = _list_of(fields, "values"), _list_of(fields, "dates")
    if len(values) != len(dates):
        raise ValueError("Give as many dates as values.")
    days = [_day(text) for text in dates]
    if len(set(days)) < len(days):
        raise ValueError("Two values have the same date. Keep one of them.")
    rows = sorted(zip(days, values, strict=True), key=lambda row: row[0])
    rebases = {_day(text) for text in _list_of(fields, "rebase", needed=False)}
    return Series(
        days=tuple(day for day, _ in rows),
        values=tuple(value for _, value in rows),
        improvement=fields.get("improvement", Improvement.INCREASE),
        target=fields.get("target"),
        rebase=tuple(n for n, (day, _) in enumerate(rows) if day in rebases),
        fix_after=fields.get("fix_after_n_points"),
        screen=_switch(fields, "screen_outliers"),
    )


def _list_of(fields: Mapping[str, Any], name: str, *, needed: bool = True) -> list[Any]:
    found = fields.get(name)
    if found is None and not needed:
        return []
    if not isinstance(found, list):
        raise ValueError(f"“{name}” must be a list.")
    return found


def _day(text: object) -> date:
    """The day of an ISO date or moment."""
    if isinstance(text, str):
        try:
            return datetime.fromisoformat(text).date()
        except ValueError:
            pass
    raise ValueError("Write every date as year, month and day, such as 2021-04-01.")


def _switch(fields: Mapping[str, Any], name: str) -> bool:
    found = fields.get(name)
    if found is not None and not isinstance(found, bool):
        raise ValueError(f"“{name}” must be true or false.")
    return found is not False
