"""What is backed up: every model's own columns, but for sessions; people sign in again after a restore."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import BinaryField, Field, Model

from improvement.backups.values import Tally, encode

LEFT_OUT = {Session}
# Made by `migrate`, with ids of its own: a restore puts those of the backup in their place.
MADE_BY_MIGRATE = (Permission, ContentType)
ROWS_AT_ONCE = 500


def every_model() -> list[type[Model]]:
    """All that have a table of their own, histories and the tables between two others too."""
    every = apps.get_models(include_auto_created=True)
    return [one for one in every if one._meta.managed and not one._meta.proxy]


def models_backed_up() -> list[type[Model]]:
    return [one for one in every_model() if one not in LEFT_OUT]


def fields_of(model: type[Model]) -> list[Field]:
    return [one for one in model._meta.concrete_fields if not one.generated]


def rows_at_once(model: type[Model]) -> int:
    """One where a row may hold a whole file."""
    return 1 if any(isinstance(one, BinaryField) for one in fields_of(model)) else ROWS_AT_ONCE


def rows_of(model: type[Model]) -> Iterator[list]:
    """Every row by its primary key, encoded, in the order of `fields_of`."""
    names = [one.attname for one in fields_of(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=rows_at_once(model)):
        yield [encode(value) for value in row]


def tally_of(model: type[Model]) -> dict:
    tally = Tally()
    for row in rows_of(model):
        tally.add(row)
    return tally.told()


@contextmanager
def snapshot():
    """All is read as it stood at one moment, while others write; inside a transaction, as that one reads."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _begun_as_reader():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


@contextmanager
def _begun_as_reader():
    """The settings' IMMEDIATE would keep every writer out for as long as the backup takes."""
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = mode
