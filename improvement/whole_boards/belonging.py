"""What belongs to a board, found from the models themselves by following their foreign keys.

A row belongs to the board of the row that owns it: the one that a foreign key which is always filled
leads to.
Rows of history belong with the row that they tell of, also once that one has been deleted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.db.models import BinaryField, Field, ForeignKey, Model
from simple_history.models import HistoricalChanges

from improvement.backups.tables import every_model, fields_of
from plans.models import Board, User

AT_ONCE = 500
# The whole site's: people, how they sign in, and what is known of the site's running.
SITES_APPS = {"account", "admin", "auth", "contenttypes", "mfa", "sessions", "socialaccount"}
SITES_MODELS = {
    "plans.BoardRemoval",
    "plans.FeedToken",
    "plans.KeptForm",
    "plans.RedactedFile",
    "plans.Redaction",
    "plans.SpentToken",
    "plans.User",
    "plans.User_groups",
    "plans.User_user_permissions",
}


def is_sites(model: type[Model]) -> bool:
    return model._meta.app_label in SITES_APPS or model._meta.label in SITES_MODELS


def is_history(model: type[Model]) -> bool:
    return issubclass(model, HistoricalChanges)


def references(model: type[Model]) -> list[ForeignKey]:
    """The foreign keys of a model, those to users too."""
    return [one for one in fields_of(model) if isinstance(one, ForeignKey)]


@cache
def owners() -> Mapping[type[Model], tuple[ForeignKey, ...]]:
    """Each model of a board, owners before what they own, with the foreign keys to its owners.

    More than one only where none of them is always filled.
    """
    found: dict[type[Model], tuple[ForeignKey, ...]] = {Board: ()}
    left = [one for one in every_model() if one is not Board and not is_history(one) and not is_sites(one)]
    while fresh := _owned(left, found, needed=True) or _owned(left, found, needed=False):
        found |= fresh
        left = [one for one in left if one not in fresh]
    return found


def _owned(left: Iterable[type[Model]], found: Mapping, *, needed: bool) -> dict:
    fresh = {}
    for model in left:
        keys = [one for one in references(model) if one.related_model in found and one.null is not needed]
        if keys:
            fresh[model] = (keys[0],) if needed else tuple(keys)
    return fresh


@cache
def models_of_boards() -> tuple[type[Model], ...]:
    """Every model of which rows belong to a board, each followed by that of its history."""
    return tuple(one for model in owners() for one in (model, history_of(model)) if one)


def history_of(model: type[Model]) -> type[Model] | None:
    return model.history.model if hasattr(model, "history") else None


@dataclass
class Belongings:
    """The rows of one board: `pks` those that stand by model, `ids` also those that only history knows."""

    board: Board
    pks: dict[type[Model], list[int]] = field(default_factory=dict)
    ids: dict[type[Model], list[int]] = field(default_factory=dict)

    def __post_init__(self):
        for model, keys in owners().items():
            found = {self.board.pk} if model is Board else set(self._owned(model, [one.name for one in keys]))
            self.pks[model] = sorted(found)
            if history := history_of(model):
                found |= self._find_history(model, history, keys)
            self.ids[model] = sorted(found)

    def _owned(self, model: type[Model], names: Iterable[str], columns: str = "pk") -> Iterator:
        for name in names:
            related = model._meta.get_field(name).related_model
            for ids in in_parts(self.ids[related]):
                yield from model._base_manager.filter(**{f"{name}__in": ids}).values_list(columns, flat=True)

    def _find_history(self, model: type[Model], history: type[Model], keys: Iterable[ForeignKey]) -> set[int]:
        """Keeps the history's rows and gives the ids of what they tell of."""
        names = [one.name for one in keys]
        pks, ids = set(self._owned(history, names)), set(self._owned(history, names, "id"))
        for some in in_parts(sorted(ids | set(self.pks[model]))):
            pks.update(history._base_manager.filter(id__in=some).values_list("pk", flat=True))
        self.pks[history] = self.ids[history] = sorted(pks)
        return ids

    def rows(self, model: type[Model]) -> Iterator[tuple]:
        """The rows that stand in the order of their keys, with the values of `fields_of`."""
        names = [one.attname for one in fields_of(model)]
        for some in in_parts(self.pks[model], 1 if holds_files(fields_of(model)) else AT_ONCE):
            yield from model._base_manager.filter(pk__in=some).order_by("pk").values_list(*names)

    def people(self) -> list[User]:
        """Everybody whom a row names, by email address in lower case."""
        found: set[int] = set()
        for model in models_of_boards():
            for name in [one.name for one in references(model) if one.related_model is User]:
                for some in in_parts(self.pks[model]):
                    rows = model._base_manager.filter(pk__in=some).order_by()
                    found.update(rows.values_list(f"{name}_id", flat=True).distinct())
        users = User.objects.filter(pk__in=found - {None})
        return sorted(users, key=lambda user: user.email.lower())


def holds_files(fields: Iterable[Field]) -> bool:
    return any(isinstance(one, BinaryField) for one in fields)


def in_parts(ids: Sequence[int], size: int = AT_ONCE) -> Iterator[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
