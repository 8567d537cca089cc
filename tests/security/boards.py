"""What belongs to which board, found from the models: so that a row that crosses over is seen."""

from collections import deque
from contextlib import suppress
from functools import cache, reduce
from itertools import combinations
from operator import or_

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, F, ForeignKey, Q, TextField, Value
from django.db.models.functions import Cast, Concat
from django.test.utils import CaptureQueriesContext

from plans.models import Board

OURS = ("plans", "impact", "audits")
SEALED = "Sealed words "
WRITES = ("INSERT", "UPDATE", "DELETE")
# What every post may write whatever comes of it: the session, the form's token, what is kept of a form.
HARMLESS = ("django_session", "plans_spenttoken", "plans_keptform")


def keys_of(model):
    return [each for each in model._meta.fields if isinstance(each, ForeignKey)]


@cache
def ways(model):
    """The ways from a row to its board, such as `area__plan__board__pk`, each by another of its keys."""
    if model is Board:
        return ["pk"]
    return [f"{key.name}__{way}" for key in keys_of(model) if (way := shortest(key.related_model))]


@cache
def shortest(model):
    waiting, seen = deque([(model, [])]), {model}
    while waiting:
        here, way = waiting.popleft()
        if here is Board:
            return "__".join([*way, "pk"])
        for key in keys_of(here):
            if key.related_model not in seen:
                seen.add(key.related_model)
                waiting.append((key.related_model, [*way, key.name]))
    return None


@cache
def board_models():
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return [model for model in models if ways(model) and not hasattr(model, "instance_type")]


def rows(model, board):
    ours = reduce(or_, (Q(**{way: board.pk}) for way in ways(model)))
    return model._base_manager.filter(ours).order_by("pk")


def rows_of(board):
    """All that a board holds, as values to compare."""
    return {model._meta.label: list(rows(model, board).values()) for model in board_models()}


def crossings():
    """Rows that lead to two boards at once: (model, one way, the other way, how many)."""
    found = []
    for model in board_models():
        for one, other in combinations(ways(model), 2):
            given = model._base_manager.filter(**{f"{one}__isnull": False, f"{other}__isnull": False})
            if count := given.exclude(**{one: F(other)}).count():
                found.append((model._meta.label, one, other, count))
    return found


def seal(board):
    """Writes words that are nowhere else into every text of a board, so that one that leaks is seen."""
    for model in board_models():
        for each in model._meta.fields:
            if type(each) in (CharField, TextField) and not each.choices and (each.max_length or 99) >= 40:
                told = Concat(Value(SEALED), Cast("pk", CharField()))
                with suppress(IntegrityError), transaction.atomic():
                    rows(model, board).exclude(**{each.name: ""}).order_by().update(**{each.name: told})


class Watch(CaptureQueriesContext):
    """What was written to the database meanwhile, but for what every post may write."""

    def __init__(self):
        super().__init__(connection)

    @property
    def writes(self):
        said = [query["sql"] for query in self.captured_queries]
        return [
            sql
            for sql in said
            if sql.startswith(WRITES) and not any(f'"{table}"' in sql.split("(")[0] for table in HARMLESS)
        ]
