"""Target dates: the words as written, and beside them what they mean. Words in, values out."""

from .doubtful import is_unreadable, no_such_day
from .targets import (
    Kind,
    Period,
    Target,
    describe_move,
    parse_step_targets,
    parse_target,
    period_around,
    period_from_texts,
    target_from_day,
)

__all__ = [
    "Kind",
    "Period",
    "Target",
    "describe_move",
    "is_unreadable",
    "no_such_day",
    "parse_step_targets",
    "parse_target",
    "period_around",
    "period_from_texts",
    "target_from_day",
]
