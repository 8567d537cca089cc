"""Saving with history: who, when, and why or by which import."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models.deletion import Collector
from django.utils import timezone

BATCH = 500


def changed_fields(obj: models.Model) -> list[str]:
    """The names of the columns in which `obj` differs from its stored row; all of them when it has none."""
    names = [field.attname for field in obj._meta.concrete_fields]
    stored = type(obj)._base_manager.filter(pk=obj.pk).values(*names).first() if obj.pk else None
    if stored is None:
        return names
    return [name for name in names if stored[name] != getattr(obj, name)]


def save(obj: models.Model, *, by, reason: str = "") -> bool:
    """Validates and writes `obj` with its history row; writes nothing when nothing changed.

    Raises ValidationError. Returns whether it wrote.
    """
    try:
        with transaction.atomic():
            return _save_changed(obj, by=by, reason=reason)
    except IntegrityError:
        obj.full_clean()
        raise


def _save_changed(obj: models.Model, *, by, reason: str) -> bool:
    if not changed_fields(obj):
        return False
    _clean_alone(obj)
    obj._history_user = by
    obj._change_reason = reason
    obj.save()
    return True


def _clean_alone(obj: models.Model) -> None:
    """Only where the database refuses the row is it asked by which rule: before, each would take a query."""
    try:
        obj.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError:
        # With what else is wrong.
        obj.full_clean()
        raise


def add(obj: models.Model) -> None:
    """Writes a new row of a model without history. Raises ValidationError."""
    obj.clean_fields(exclude=_relations(obj))
    try:
        with transaction.atomic():
            obj.save(force_insert=True)
    except IntegrityError:
        obj.full_clean()
        raise


@transaction.atomic
def remove(obj: models.Model, *, by, reason: str = "") -> None:
    """Deletes `obj`; its history stays."""
    obj._history_user = by
    obj._change_reason = reason
    obj.delete()


@transaction.atomic
def create_all(objs: list, *, by, reason: str = "") -> list:
    """Creates many rows of one model with their history. Validates with `clean_fields`."""
    if not objs:
        return []
    _clean(objs)
    model = type(objs[0])
    model._base_manager.bulk_create(objs, batch_size=BATCH)
    if hasattr(model, "history"):
        _record("+", objs, by=by, reason=reason)
    return objs


@transaction.atomic
def update_all(objs: list, fields: list[str], *, by, reason: str = "") -> None:
    """Writes `fields` of many rows of one model with their history. Validates with `clean_fields`."""
    if not objs or not fields:
        return
    _clean(objs)
    _write(objs, fields)
    _record("~", objs, by=by, reason=reason)


def _write(objs: list, names: list[str]) -> None:
    """One statement for all rows: bulk_update builds an expression for each value, ten times the work."""
    model, quote = type(objs[0]), connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    key = model._meta.pk
    rows = [
        [field.get_db_prep_save(getattr(obj, field.attname), connection) for field in (*fields, key)]
        for obj in objs
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {quote(key.column)} = %s", rows
        )


@transaction.atomic
def remove_all(objs: list, *, by, reason: str = "") -> None:
    """Deletes many rows of one model; their history stays, written as each goes."""
    for obj in objs:
        obj._history_user = by
        obj._change_reason = reason
    collector = Collector(using=connection.alias)
    collector.collect(objs)
    collector.delete()


def _record(kind: str, objs: list, *, by, reason: str) -> None:
    """Copies rows as they are stored into their history, which is told `kind`: "+" or "~".

    Inside the database: to build each in Python takes as long again as writing the rows.
    """
    model, quote = type(objs[0]), connection.ops.quote_name
    history = model.history.model
    told = {
        "history_date": timezone.now(),
        "history_user": by and by.pk,
        "history_type": kind,
        "history_change_reason": reason,
    }
    fields = [history._meta.get_field(name) for name in told]
    values = [field.get_db_prep_save(told[field.name], connection) for field in fields]
    copied = ", ".join(quote(field.column) for field in history.tracked_fields)
    names = ", ".join(quote(field.column) for field in fields)
    key = quote(model._meta.pk.column)
    statement = (
        f"INSERT INTO {quote(history._meta.db_table)} ({copied}, {names}) SELECT {copied}, %s, %s, %s, %s "
        f"FROM {quote(model._meta.db_table)} WHERE {key} IN ({{}}) ORDER BY {key}"
    )
    with connection.cursor() as cursor:
        for start in range(0, len(objs), BATCH):
            keys = [obj.pk for obj in objs[start : start + BATCH]]
            cursor.execute(statement.format(", ".join(["%s"] * len(keys))), [*values, *keys])


def _clean(objs: list) -> None:
    relations = _relations(objs[0])
    for obj in objs:
        obj.clean_fields(exclude=relations)


def _relations(obj: models.Model) -> set[str]:
    """Left to the database: asking it for each row's would take a query each."""
    return {field.name for field in obj._meta.concrete_fields if field.is_relation}


def version_of(obj: models.Model) -> int | None:
    """The id of the newest history row of `obj`: what an edit form remembers it was opened on."""
    return obj.history.order_by("-history_id").values_list("history_id", flat=True).first()
