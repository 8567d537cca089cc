"""Rows that hold the words, in all models alike, and the writing of them without a line in their history."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Model, Q, QuerySet

from improvement.redacting.columns import (
    DERIVED,
    FOLDED,
    Column,
    columns_of,
    original,
    paths_to_board,
    program_words,
    unique_columns,
)
from improvement.redacting.values import rewritten, rewritten_text, texts_of
from improvement.redacting.words import CUT, SHORT, Marks, Words
from plans.models import Board

AT_ONCE, IDS_AT_ONCE = 2_000, 500
MOST_OF_ONE_NAME = 1_000
NO_ROOM = (
    "{place}: no other name is free for what is taken out there. Change that row by hand, then try again."
)


@dataclass(frozen=True)
class Changed:
    """A row that holds the words: its columns as they are and as they will be."""

    pk: Any
    old: Mapping[str, Any]
    new: Mapping[str, Any]


def rows_of(model: type[Model], board: Board | None = None) -> QuerySet:
    """All rows; of one board, those that hang on it and those that hang on none."""
    rows = model._base_manager.order_by("pk")
    paths = paths_to_board(model)
    if board is None or not paths:
        return rows
    return rows.filter(*[Q(**{path: board.pk}) | Q(**{f"{path}__isnull": True}) for path in paths])


def changed_rows(model: type[Model], words: Words, marks: Marks, rows: QuerySet) -> Iterator[Changed]:
    """Those of `rows` that hold the words, as they would be without."""
    columns = columns_of(model)
    if not columns:
        return
    words = words.folded if original(model)._meta.label_lower in FOLDED else words
    names = [each.field.name for each in columns]
    for pk, *values in rows.values_list("pk", *names).iterator(chunk_size=AT_ONCE):
        if not any(_may_hold(words, each, value) for each, value in zip(columns, values, strict=True)):
            continue
        new = [without(each, value, words, marks) for each, value in zip(columns, values, strict=True)]
        if new != values:
            yield _changed(
                model, pk, dict(zip(names, values, strict=True)), dict(zip(names, new, strict=True))
            )


def _may_hold(words: Words, column: Column, value: Any) -> bool:
    if isinstance(value, str):
        return bool(value) and (words.may_be_in(value) or _is_cut(column, value))
    return bool(value) and any(map(words.may_be_in, texts_of(value)))


def _is_cut(column: Column, value: str) -> bool:
    """Whether a text may have been shortened to fit its column."""
    most = column.field.max_length
    return value.endswith(CUT) or (most is not None and len(value) >= most)


def without(column: Column, value: Any, words: Words, marks: Marks) -> Any:
    """A column's value without the words; nothing else of it is cut."""
    if value is None:
        return None
    if column.is_json:
        return rewritten(value, lambda text: words.replaced(text, marks.long), kept=program_words())
    marks, most = Marks(SHORT) if column.is_name else marks, column.field.max_length
    is_cut = most is not None and len(value) >= most

    def put(text: str) -> str:
        for mark in marks:
            made = words.replaced_cut(text, mark, is_cut=is_cut)
            if most is None or len(made) <= most:
                break
        return made

    return rewritten_text(value, put, kept=program_words())


def _changed(model: type[Model], pk: Any, old: dict, new: dict) -> Changed:
    _derive(model, new)
    names = [name for name in old if old[name] != new[name]]
    return Changed(pk, {name: old[name] for name in names}, {name: new[name] for name in names})


def _derive(model: type[Model], row: dict) -> None:
    name, make = DERIVED.get(original(model)._meta.label_lower, ("", None))
    if make:
        row[name] = make(row)


def boards_of(model: type[Model], pks: Iterable[Any]) -> dict[Any, int | None]:
    """Of each row the id of its board; None where it hangs on none that is still there."""
    pks, paths, found = list(pks), paths_to_board(model), {}
    for at in range(0, len(pks) if paths else 0, IDS_AT_ONCE):
        some = model._base_manager.filter(pk__in=pks[at : at + IDS_AT_ONCE]).order_by()
        for pk, *boards in some.values_list("pk", *paths):
            found[pk] = next((each for each in boards if each is not None), None)
    return {pk: found.get(pk) for pk in pks}


def write_without(model: type[Model], pks: Iterable[Any], words: Words, marks: Marks) -> Iterator[Changed]:
    """Writes these rows without the words, as they are found now; gives what was written.

    Raises ValidationError where a name that must be the only one cannot be.
    """
    pks = list(pks)
    for at in range(0, len(pks), IDS_AT_ONCE):
        rows = (
            model._base_manager.filter(pk__in=pks[at : at + IDS_AT_ONCE]).order_by("pk").select_for_update()
        )
        for each in list(changed_rows(model, words, marks, rows)):
            _write(model, each)
            yield each


def _write(model: type[Model], row: Changed) -> None:
    rows = model._base_manager.filter(pk=row.pk)
    unique = unique_columns(model) & row.new.keys()
    if not unique:
        rows.update(**row.new)
        return
    for number in range(1, MOST_OF_ONE_NAME):
        try:
            with transaction.atomic():
                rows.update(**_numbered(model, row.new, unique, number))
            return
        except IntegrityError:
            continue
    raise ValidationError(NO_ROOM.format(place=model._meta.verbose_name_plural.capitalize()))


def _numbered(
    model: type[Model], new: Mapping[str, Any], unique: frozenset[str], number: int
) -> dict[str, Any]:
    """Told apart from another row of the same name; `key` of a lead follows from its name."""
    if number == 1:
        return dict(new)
    derived, make = DERIVED.get(model._meta.label_lower, ("", None))
    plain = [name for name in unique if name != derived] or (["name"] if "name" in new else list(unique))
    made = dict(new)
    for name in plain:
        field = model._meta.get_field(name)
        end = f"-{number}" if isinstance(field, models.SlugField) else f" ({number})"
        room = None if field.max_length is None else field.max_length - len(end)
        made[name] = (new[name] if room is None or len(new[name]) <= room else SHORT) + end
    if make and derived in unique and derived not in plain:
        made[derived] = make(made)
    return made
