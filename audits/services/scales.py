"""A board's own scales of grades."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.models import Grade, GradeScale
from plans.models import Board, User
from plans.services.history import remove, save


@transaction.atomic
def create_scale(board: Board, name: str, words: Iterable[str], *, by: User | None, good: int) -> GradeScale:
    """A board's own scale, worst first; its last `good` words count as good. Raises ValidationError."""
    scale = GradeScale(board=board, name=" ".join(name.split()))
    save(scale, by=by)
    _set_words(scale, words, good, by=by)
    return scale


@transaction.atomic
def edit_scale(scale: GradeScale, name: str, words: Iterable[str], *, by: User | None, good: int) -> None:
    """Changes a scale for audits to come: finished ones keep their words. Raises ValidationError."""
    scale.name = " ".join(name.split())
    save(scale, by=by)
    for grade in scale.grades.all():
        remove(grade, by=by)
    _set_words(scale, words, good, by=by)


def _set_words(scale: GradeScale, words: Iterable[str], good: int, *, by: User | None) -> None:
    words = list(words)
    if len(words) < 2:
        raise ValidationError({"words": "Write two grades or more, each on its own line."})
    if len({word.casefold() for word in words}) < len(words):
        raise ValidationError({"words": "Each grade needs a word of its own."})
    if not 1 <= good < len(words):
        raise ValidationError({"good": f"Give a number from 1 to {len(words) - 1}."})
    for n, word in enumerate(words):
        save(Grade(scale=scale, word=word, position=n, is_good=n >= len(words) - good), by=by)
