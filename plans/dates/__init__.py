"""Target dates: the words as written, and beside them what they mean. Words in, values out."""

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
    "parse_step_targets",
    "parse_target",
    "period_around",
    "period_from_texts",
    "target_from_day",
]
