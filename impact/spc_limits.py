"""The mean and the limits of one phase of an XmR chart.

Source: the "Making Data Count" method as the R package NHSRplotthedots 0.2.2 computes it: limits lie 2.66
average moving ranges from the mean, near limits two thirds as far.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from statistics import mean

WIDTH = 2.66
NEAR_WIDTH = 2 * (WIDTH / 3)
SCREEN = 3.267


@dataclass(frozen=True, slots=True)
class Limits:
    """In the values' own unit; None where the values are too few, or all ranges were screened out."""

    mean: float | None = None
    upper: float | None = None
    lower: float | None = None
    near_upper: float | None = None
    near_lower: float | None = None

    @property
    def is_flat(self) -> bool:
        """Whether the two limits exist and coincide: no range is left to tell chance from change."""
        return self.upper is not None and self.upper == self.lower


def find_limits(values: Sequence[float | None], *, screen: bool = True) -> Limits:
    """The limits that the values of one phase set; missing ones (None) are left out and never bridged."""
    known = [value for value in values if value is not None]
    if not known:
        return Limits()
    centre = mean(known)
    spread = mean_range(values, screen=screen)
    if spread is None or not isfinite(spread * WIDTH):
        return Limits(centre)
    far, near = WIDTH * spread, NEAR_WIDTH * spread
    return Limits(centre, centre + far, centre - far, centre + near, centre - near)


def mean_range(values: Sequence[float | None], *, screen: bool) -> float | None:
    """The average distance between neighbours; screening drops, once, ranges of 3.267 averages and more."""
    ranges = moving_ranges(values)
    if screen and ranges:
        bound = SCREEN * mean(ranges)
        ranges = [size for size in ranges if size < bound]
    return mean(ranges) if ranges else None


def moving_ranges(values: Sequence[float | None]) -> list[float]:
    """The distance from each value to the next, where both are known."""
    return [
        abs(after - before) for before, after in pairwise(values) if before is not None and after is not None
    ]
