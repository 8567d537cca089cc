"""What a measure counts in: how a value is written, and where no value can be."""

from dataclasses import dataclass
from enum import StrEnum
from math import floor, log10

MOST_PLACES = 6
DEFAULT_PLACES = 1


class Unit(StrEnum):
    """A percentage runs from 0 to 100, a rate is per 10,000, a change is one month less the one before."""

    COUNT = "count"
    PERCENT = "percent"
    RATE = "rate"
    DAYS = "days"
    AVERAGE = "average"
    CHANGE = "change"

    @property
    def floor(self) -> float | None:
        """The least value there can be."""
        return None if self is Unit.CHANGE else 0.0

    @property
    def ceiling(self) -> float | None:
        """The greatest value there can be."""
        return 100.0 if self is Unit.PERCENT else None

    def clip(self, value: float) -> float:
        """The nearest value that there can be."""
        value = value if self.floor is None else max(self.floor, value)
        return value if self.ceiling is None else min(self.ceiling, value)


@dataclass(frozen=True, slots=True)
class Scale:
    """How a measure's numbers are written: its unit and the most decimal places."""

    unit: Unit
    places: int

    def number(self, value: float) -> str:
        """Such as "1,204", "−3.5", "52%", "+12" (a change), with no zeros at its end."""
        text = f"{abs(value):,.{self.places}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        sign = "" if text == "0" else ("−" if value < 0 else "+" * (self.unit is Unit.CHANGE))
        return f"{sign}{text}{'%' if self.unit is Unit.PERCENT else ''}"

    def say(self, value: float) -> str:
        """The number with its unit, such as "61.2 per 10,000" and "1 day"."""
        number = self.number(value)
        if self.unit is Unit.RATE:
            return f"{number} per 10,000"
        if self.unit is Unit.DAYS:
            return f"{number} {'day' if number == '1' else 'days'}"
        return number

    def span(self, lower: float, upper: float) -> str:
        """A range, such as "64% to 81%", with the unit once."""
        low, high = self.unit.clip(lower), self.unit.clip(upper)
        return f"{self.number(low)} to {self.say(high)}"


def exact(unit: Unit) -> Scale:
    """For what people set themselves, such as a target: as they wrote it."""
    return Scale(unit, MOST_PLACES)


def scale_for(
    unit: Unit, value: float, limits: tuple[float, float] | None = None, target: float | None = None
) -> Scale:
    """Places enough to tell a value from its limits and target, more where the limits lie close together."""
    others = [*(limits or ()), *([] if target is None else [target])]
    places = DEFAULT_PLACES if limits is None else _places_for(limits[1] - limits[0])
    while places < MOST_PLACES and any(_blurs(value, other, places) for other in others):
        places += 1
    return Scale(unit, places)


def _places_for(width: float) -> int:
    return min(MOST_PLACES, max(0, 1 - floor(log10(width)))) if width > 0 else DEFAULT_PLACES


def _blurs(value: float, other: float, places: int) -> bool:
    """Whether the two differ and no longer do once rounded."""
    return value != other and round(value, places) == round(other, places)
