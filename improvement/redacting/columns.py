"""Which columns hold what people write: all text of all models, but for what is listed here and why."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Field, Model, UniqueConstraint

from improvement.backups.tables import every_model
from plans.leads import lead_key
from plans.models import Board, User
from plans.rating import DEFAULT_KEY
from plans.spreadsheets.vocabulary import fold as fold_heading

# Made by the program alone, or gone through in another way (sessions).
NOT_WRITTEN_BY_PEOPLE = frozenset({"contenttypes.contenttype", "auth.permission", Session._meta.label_lower})
# People's own accounts and ways to sign in: a person who uses the site is changed in the administration.
ACCOUNTS = frozenset({"account", "mfa", "socialaccount"})
# Digests, secrets and the program's own names for things.
LEFT_ALONE = frozenset(
    {
        "plans.user.name",
        "plans.user.password",
        "plans.feedtoken.digest",
        "plans.spenttoken.token",
        "plans.pack.digest",
        "plans.packfile.sha256",
        "plans.bundle.sha256",
        "plans.import.sha256",
        "plans.evidencefile.sha256",
        "plans.redactedfile.old_sha256",
        "plans.redactedfile.new_sha256",
        "plans.redactedfile.what",
        "plans.redaction.marker",
        "plans.redaction.places",
        "plans.boardremoval.counts",
        "plans.checkanswer.check_name",
        "plans.checkanswer.basis",
        "plans.columnmemory.field",
    }
)
# Their digests follow from them: packs and bundles are written by improvement.redacting.packs.
WITH_THEIR_DIGEST = frozenset({"plans.pack.content", "plans.bundle.content"})
# Parts of addresses, and codes that other rows repeat: a mark without spaces.
NAMES = (models.SlugField, models.URLField)
CODES = frozenset({"rating", "path", "url", "link"})
# Texts that follow from others of the row.
DERIVED = {
    "plans.lead": ("key", lambda row: lead_key(row["name"])),
    "plans.columnmemory": ("heading", lambda row: fold_heading(row["heading"])),
}
# Whose texts have lost their apostrophes.
FOLDED = frozenset({"plans.columnmemory"})
# Names in structured data that are the program's, beside those of columns and choices.
STRUCTURE = frozenset(
    {
        *("after", "before", "changes", "counts", "created", "decisions", "fields", "goals", "left_out"),
        *("narrative_areas", "new", "notes", "reasons", "register", "rows", "same", "texts", "values"),
    }
)


@dataclass(frozen=True)
class Column:
    model: type[Model]
    field: Field

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field.name}"

    @property
    def is_json(self) -> bool:
        return isinstance(self.field, models.JSONField)

    @property
    def is_name(self) -> bool:
        return isinstance(self.field, NAMES) or self.field.name in CODES

    @property
    def place(self) -> str:
        """In words: "progress updates: what has happened"."""
        of = original(self.model)
        before = "" if of is self.model else "history of "
        return f"{before}{of._meta.verbose_name_plural}: {self.field.verbose_name}"


def original(model: type[Model]) -> type[Model]:
    """The model of which this one keeps the history; itself where it keeps none."""
    return getattr(model, "instance_type", None) or model


def is_text(field: Field) -> bool:
    return isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField)


@cache
def columns_of(model: type[Model]) -> tuple[Column, ...]:
    """The columns of a model in which people's words may stand."""
    if model._meta.label_lower in NOT_WRITTEN_BY_PEOPLE or model._meta.app_label in ACCOUNTS:
        return ()
    found = [Column(model, each) for each in model._meta.local_concrete_fields if is_text(each)]
    return tuple(each for each in found if _is_written(each))


def _is_written(column: Column) -> bool:
    """Addresses of email are accounts, too."""
    if column.field.choices or isinstance(column.field, models.EmailField):
        return False
    base = f"{original(column.model)._meta.label_lower}.{column.field.name}"
    return base not in LEFT_ALONE | WITH_THEIR_DIGEST


@cache
def unique_columns(model: type[Model]) -> frozenset[str]:
    """The columns whose texts may not be another row's."""
    names = {each.name for each in model._meta.local_concrete_fields if each.unique}
    names.update(*model._meta.unique_together)
    for rule in model._meta.constraints:
        if isinstance(rule, UniqueConstraint):
            names.update(rule.fields)
            names.update(
                part.name for each in rule.expressions for part in each.flatten() if hasattr(part, "name")
            )
    return frozenset(names)


@cache
def program_words() -> frozenset[str]:
    """Exact strings in structured data and columns of codes that the program gave and reads again."""
    fields = [field for model in every_model() for field in model._meta.get_fields()]
    names = {name for each in fields for name in (each.name, getattr(each, "attname", each.name))}
    chosen = {str(value) for each in fields for value, _ in getattr(each, "flatchoices", ())}
    return frozenset(names | chosen | STRUCTURE | {entry.code for entry in DEFAULT_KEY})


@cache
def paths_to_board(model: type[Model]) -> tuple[str, ...]:
    """By which foreign keys a row hangs on its board, such as "action__plan__board_id"; none where on none.

    More than one where each may be empty; the import that brought a row says nothing of a row typed in.
    """
    if original(model) is Board:
        return ("id",)
    if path := _path(model, lambda field: not field.null):
        return (path,)
    ways = [each for each in _keys(original(model)) if each.name != "imported_by"]
    found = [f"{each.name}__{path}" for each in ways for path in paths_to_board(each.related_model)[:1]]
    return tuple(found)


def _keys(model: type[Model]) -> list[Field]:
    keys = [each for each in model._meta.local_concrete_fields if each.related_model is not None]
    return [each for each in keys if each.related_model not in (model, User)]


def _path(model: type[Model], goes: Callable[[Field], bool]) -> str:
    """The shortest; a history goes by the same keys as what it is of."""
    waiting, seen = deque([(original(model), "")]), {original(model)}
    while waiting:
        at, path = waiting.popleft()
        for field in filter(goes, _keys(at)):
            if field.related_model is Board:
                return f"{path}{field.attname}"
            if field.related_model not in seen:
                seen.add(field.related_model)
                waiting.append((field.related_model, f"{path}{field.name}__"))
    return ""
