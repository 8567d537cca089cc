"""The words of whatever a change mentions, looked up once for a whole page of changes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import models

from plans.models import (
    Action,
    Area,
    Board,
    Challenge,
    Evidence,
    Inspection,
    Lead,
    Meeting,
    Plan,
    RatingKey,
    Recommendation,
    Step,
    TargetMove,
    User,
)
from plans.wording.phrases import shortened

LENGTH = 60
# By these a row is named; history rows have the same columns, so what was removed is named, too.
COLUMNS = {
    User: ("name",),
    Board: ("council", "name"),
    Plan: ("title",),
    Lead: ("name",),
    Area: ("reference", "title"),
    Action: ("reference", "title"),
    Step: ("number", "text"),
    Recommendation: ("reference", "text"),
    Evidence: ("title",),
    Meeting: ("on",),
    Challenge: ("question",),
    TargetMove: ("to_text",),
    Inspection: ("title",),
}


def name_of(model: type, row, columns: Mapping[type, tuple[str, ...]] = COLUMNS) -> str:
    """A row's or history row's own words, cut to a line."""
    words = " ".join(_text(getattr(row, column)) for column in columns[model])
    return shortened(words, LENGTH)


def _text(value: str | date) -> str:
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else value


@dataclass(frozen=True)
class Known:
    """What a page has loaded anyway, so that nobody asks for it again.

    `rows` as they stand now, by model and id, those of append-only models with their people, meeting and
    import; `key` has the plan's words for ratings by (plan, code).
    """

    rows: Mapping[type, Mapping[int, models.Model]] = field(default_factory=dict)
    key: Mapping[tuple[int, str], str] | None = None


class Names:
    """`told` says for a wing's model what a row of it is called and where its page is."""

    def __init__(
        self,
        board: Board,
        columns: Mapping = COLUMNS,
        told: Mapping | None = None,
        known: Known | None = None,
    ):
        self.board, self.columns, self.told = board, columns, told or {}
        self.known = known or Known()
        self._wanted: dict[type, set[int]] = defaultdict(set)
        self._found: dict[type, dict[int, str]] = {}
        self._standing: dict[type, set[int]] = {}
        self._key = self.known.key
        self._moves: set[tuple] | None = None

    def want(self, model: type, *rows) -> None:
        """Notes what the words for these rows of `model` need. Call it for all before asking for any."""
        for row in rows:
            if isinstance(row, models.Model):
                self._wanted[model].add(row.id)
                for field in model._meta.concrete_fields:
                    if field.related_model in self.columns:
                        self._wanted[field.related_model].add(getattr(row, field.attname))

    def of(self, model: type, pk: int | None) -> str:
        """The words of a row as it stands, or as it was when it was removed; "" for none."""
        if pk is None:
            return ""
        self._look_up(model)
        return self._found[model].get(pk, "something removed")

    def stands(self, model: type, pk: int | None) -> bool:
        self._look_up(model)
        return pk in self._standing[model]

    def rating(self, plan_id: int, code: str) -> str:
        """The plan's own word for a rating."""
        if self._key is None:
            ratings = RatingKey.objects.filter(plan__board=self.board)
            self._key = {
                (plan, code): word for plan, code, word in ratings.values_list("plan_id", "code", "word")
            }
        return self._key.get((plan_id, code), code) if code else "Not rated"

    def moved_by(self, import_id: int, row) -> bool:
        """Whether an import moved the target of this action or step by a row of its own."""
        if self._moves is None:
            moves = TargetMove.objects.filter(
                action__in=self._wanted[Action] - {None}, imported_by__isnull=False
            )
            self._moves = set(moves.values_list("imported_by_id", "action_id", "step_id"))
        action, step = (row.action_id, row.id) if hasattr(row, "action_id") else (row.id, None)
        return (import_id, action, step) in self._moves

    def _look_up(self, model: type) -> None:
        if model in self._found:
            return
        wanted = self._wanted[model] - {None}
        rows = dict(self.known.rows.get(model, {}))
        if wanted - rows.keys():
            rows |= model._base_manager.in_bulk(wanted - rows.keys())
        found = {pk: name_of(model, row, self.columns) for pk, row in rows.items() if pk in wanted}
        self._standing[model] = set(found)
        missing = wanted - found.keys()
        if missing and hasattr(model, "history"):
            for row in model.history.filter(id__in=missing).order_by("history_id"):
                found[row.id] = name_of(model, row, self.columns)
        self._found[model] = found
