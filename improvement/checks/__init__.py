"""Ratings that argue back: a catalogue of checks that ask and never change a rating.

Each check is a pure function over the values of one action or recommendation.
"""

from collections.abc import Iterable
from functools import lru_cache

from .actions import ACTION_CHECKS
from .contradictions import contradictions
from .kinds import Check, Finding, Mend, Severity
from .recommendations import RECOMMENDATION_CHECKS
from .values import ActionSeen, RecommendationSeen

CATALOGUE: tuple[Check, ...] = tuple(
    sorted([*ACTION_CHECKS, *RECOMMENDATION_CHECKS], key=lambda check: check.order)
)
BY_NAME = {check.name: check for check in CATALOGUE}

__all__ = [
    "BY_NAME",
    "CATALOGUE",
    "ActionSeen",
    "Check",
    "Finding",
    "Mend",
    "RecommendationSeen",
    "Severity",
    "check_action",
    "check_recommendation",
    "contradictions",
]


def check_action(seen: ActionSeen) -> list[Finding]:
    """What there is to ask about an action, the gravest first."""
    return _found(_asked_of(seen.rating), seen)


def check_recommendation(seen: RecommendationSeen) -> list[Finding]:
    return _found(RECOMMENDATION_CHECKS, seen)


@lru_cache(maxsize=256)
def _asked_of(rating: str) -> tuple[Check, ...]:
    return tuple(check for check in ACTION_CHECKS if check.asks_of(rating))


def _found(checks: Iterable[Check], seen) -> list[Finding]:
    return [finding for check in checks if (finding := check.find(seen))]
