from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Field, Model

from improvement.backups import DAMAGED, BackupError
from improvement.backups.reading import NO_BACKUP, opened, told_by
from improvement.backups.tables import (
    MADE_BY_MIGRATE,
    fields_of,
    models_backed_up,
    rows_at_once,
    tally_of,
)
from improvement.backups.values import Tally
from improvement.backups.writing import FORMAT
from improvement.migrated import apart_from, unapplied_migrations

NOT_EMPTY = (
    "The database is not empty: it holds rows of {}. Nothing was restored. "
    "Restore into a new database, on which only `migrate` has run."
)
NOT_MIGRATED = (
    "This database is not up to date. Nothing was restored. Run `manage.py migrate` on it and restore again."
)
OTHER_STATE = (
    "The backup was made at another state of the software: {}. Nothing was restored. "
    "Install the version that made the backup, migrate, restore, and upgrade then."
)


def restore_backup(path: Path, key: bytes | None = None) -> dict:
    """Fills an empty database from the file and proves it by reading all back; all or nothing.

    The file is read twice, so that a damaged one is known before anything is made of its rows.
    Gives the file's last line: per model its rows and their SHA-256, and that of the whole.
    """
    with opened(path, key) as lines:
        deque(told_by(lines), maxlen=0)
    with opened(path, key) as lines, transaction.atomic():
        told = told_by(lines)
        _refuse_other_state(next(told))
        _refuse_unless_empty()
        loaded, last = _load(told)
        _settle()
        if not loaded == last["models"] == _tallies():
            raise BackupError("What was read back is not what the backup holds. Nothing was restored.")
    ContentType.objects.clear_cache()
    return last


def _refuse_other_state(head: dict | list) -> None:
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise BackupError(NO_BACKUP)
    if unapplied_migrations():
        raise BackupError(NOT_MIGRATED)
    if apart := apart_from(head["migrations"]):
        raise BackupError(OTHER_STATE.format(apart))


def _refuse_unless_empty() -> None:
    holding = [
        model._meta.verbose_name_plural
        for model in models_backed_up()
        if model not in MADE_BY_MIGRATE and model._base_manager.exists()
    ]
    if holding:
        raise BackupError(NOT_EMPTY.format(", ".join(str(name) for name in holding[:3])))
    for model in MADE_BY_MIGRATE:
        model._base_manager.all().delete()


def _load(told: Iterator[dict | list]) -> tuple[dict, dict]:
    """What was loaded of each model, counted, and the file's last line."""
    models = {model._meta.label: model for model in models_backed_up()}
    loaded: dict[str, Tally] = {}
    line = next(told)
    while "models" not in line:
        label = line["model"]
        fields = fields_of(models[label])
        if label in loaded or line["fields"] != [one.attname for one in fields]:
            raise BackupError(DAMAGED)
        loaded[label] = tally = Tally()
        line = _load_model(models[label], fields, told, tally)
    return {label: tally.told() for label, tally in loaded.items()}, line


def _load_model(model: type[Model], fields: list[Field], told: Iterator, tally: Tally) -> dict:
    """Inserts rows until a line tells of something else, and gives that line."""
    at_once = rows_at_once(model)
    while True:
        lines = list(_rows(islice(told, at_once)))
        rows = [line for line in lines if isinstance(line, list)]
        for row in rows:
            tally.add(row)
        insert_rows(model, fields, rows)
        if len(rows) < len(lines):
            return lines[-1]


def _rows(lines: Iterator) -> Iterator:
    """Up to the first line that is no row, and that one."""
    for line in lines:
        yield line
        if isinstance(line, dict):
            return


def insert_rows(model: type[Model], fields: list[Field], rows: list[list]) -> None:
    """By SQL, since saving would stamp rows with today where a field says `auto_now`."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(one.column) for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"
    try:
        with connection.cursor() as cursor:
            cursor.executemany(sql, [_prepared(fields, row) for row in rows])
    except (DatabaseError, ValidationError, ValueError, TypeError, OverflowError) as error:
        raise BackupError(_unfit(model, error)) from error


def _prepared(fields: list[Field], row: list) -> list:
    values = zip(fields, row, strict=True)
    return [field.get_db_prep_save(field.to_python(value), connection=connection) for field, value in values]


def _settle() -> None:
    """Every reference leads somewhere, and the next row gets an id of its own."""
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise BackupError("The backup refers to rows that it does not hold. Nothing was restored.") from error
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models_backed_up()):
            cursor.execute(sql)


def _tallies() -> dict:
    return {model._meta.label: tally_of(model) for model in models_backed_up()}


def _unfit(model: type[Model], error: Exception) -> str:
    reason = str(error).strip().split("\n")[0]
    name = model._meta.verbose_name_plural
    return f"A row of {name} does not fit this database: {reason}. Nothing was restored. Mend it there first."
