"""A row as a copy of its board has it: ids counted from one, people by their place in the list, and back."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey, Model

from improvement.backups import BackupError
from improvement.backups.tables import fields_of
from improvement.backups.values import encode
from improvement.packs.content import canonical
from improvement.whole_boards.belonging import is_history
from improvement.whole_boards.shapes import (
    BUNDLE,
    NAMES_IMPORT,
    SHAPES,
    put_import_back,
    renumbered,
    take_import_out,
)
from plans.models import Board, Bundle, Import, PackState

OUTSIDE = (
    "A row ({}) leads outside its board ({}), so nothing was copied. Tell whoever looks after the software."
)
Change = Callable[[Any, Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Numbers:
    """The numbers that stand in a copy for ids, by model, or the other way round.

    What stands nowhere, such as the id of a row that was deleted without a trace, is 0 in both.
    """

    by_model: Mapping[type[Model], Mapping[int, int]]

    def of(self, model: type[Model], pk: int) -> int:
        return self.by_model[model].get(pk, 0)


class Columns:
    """`change` makes of a row's values those of the copy, or with `is_copy` those of a row."""

    def __init__(self, model: type[Model], numbers: Numbers, slug: str, *, is_copy: bool = False):
        self.numbers, self.slug, self.is_copy = numbers, slug, is_copy
        self.fields = fields_of(model)
        self.names = [one.attname for one in self.fields]
        self.changes = [self._change_of(model, one) for one in self.fields]

    def change(self, row: Sequence) -> list:
        told = dict(zip(self.names, row, strict=True))
        values = zip(row, self.changes, strict=True)
        changed = [change(value, told) if change else value for value, change in values]
        return changed if self.is_copy else [encode(value) for value in changed]

    def _change_of(self, model: type[Model], field: Field) -> Change | None:
        if target := _leads_to(model, field):
            return lambda value, row: None if value is None else self._number(field, target, value)
        if shape := SHAPES.get((model._meta.label, field.name)):
            return lambda value, row: renumbered(value, shape, self.numbers.of)
        if field.name in NAMES_IMPORT:
            return self._name_import
        if field.name == "slug" and _tells_of(model) is Board:
            return self._change_slug
        if model is Bundle and field.name == "content":
            return self._change_bundle
        return None

    def _number(self, field: Field, target: type[Model], value: int) -> int:
        found = self.numbers.of(target, value)
        if not found and (field.primary_key or getattr(field, "db_constraint", False)):
            raise BackupError(OUTSIDE.format(field.model._meta.verbose_name, field.verbose_name))
        return found

    def _name_import(self, value: Any, row: Mapping) -> Any:
        change = put_import_back if self.is_copy else take_import_out
        return change(value, lambda pk: self.numbers.of(Import, pk))

    def _change_slug(self, value: str | None, row: Mapping) -> str | None:
        """A copy does not say what the board is called in addresses: it may get another there."""
        here, there = (None, self.slug) if self.is_copy else (self.slug, None)
        return there if value == here else value

    def _change_bundle(self, value: str, row: Mapping) -> str:
        """One that is made has been printed with its digest, and stays as it is."""
        if not value or row["state"] == PackState.READY:
            return value
        return canonical(renumbered(json.loads(value), BUNDLE, self.numbers.of))


def _leads_to(model: type[Model], field: Field) -> type[Model] | None:
    """The model whose ids the column holds."""
    if field.primary_key:
        return model
    if isinstance(field, ForeignKey):
        return field.related_model
    return _tells_of(model) if is_history(model) and field.name == "id" else None


def _tells_of(model: type[Model]) -> type[Model]:
    return model.instance_type if is_history(model) else model
