"""Saving with history: who, when, and why or by which import."""

from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

BATCH = 500


def changed_fields(obj: models.Model) -> list[str]:
    """The names of the columns in which `obj` differs from its stored row; all of them when it has none."""
    names = [field.attname for field in obj._meta.concrete_fields]
    stored = type(obj)._base_manager.filter(pk=obj.pk).values(*names).first() if obj.pk else None
    if stored is None:
        return names
    return [name for name in names if stored[name] != getattr(obj, name)]


@transaction.atomic
def save(obj: models.Model, *, by, reason: str = "") -> bool:
    """Validates and writes `obj` with its history row; writes nothing when nothing changed.

    Raises ValidationError. Returns whether it wrote.
    """
    if not changed_fields(obj):
        return False
    obj.full_clean()
    obj._history_user = by
    obj._change_reason = reason
    obj.save()
    return True


@transaction.atomic
def remove(obj: models.Model, *, by, reason: str = "") -> None:
    """Deletes `obj`; its history stays."""
    obj._history_user = by
    obj._change_reason = reason
    obj.delete()


def create_all(objs: list, *, by, reason: str = "") -> list:
    """Creates many rows of one model with their history. Validates with `clean_fields`."""
    if not objs:
        return []
    _clean(objs)
    model = type(objs[0])
    if not hasattr(model, "history"):
        return model._base_manager.bulk_create(objs, batch_size=BATCH)
    return bulk_create_with_history(
        objs, model, batch_size=BATCH, default_user=by, default_change_reason=reason
    )


def update_all(objs: list, fields: list[str], *, by, reason: str = "") -> None:
    """Writes `fields` of many rows of one model with their history. Validates with `clean_fields`."""
    if not objs or not fields:
        return
    _clean(objs)
    bulk_update_with_history(
        objs, type(objs[0]), fields, batch_size=BATCH, default_user=by, default_change_reason=reason
    )


@transaction.atomic
def remove_all(objs: list, *, by, reason: str = "") -> None:
    """Deletes many rows of one model; their history stays."""
    if not objs:
        return
    model = type(objs[0])
    history, now = model.history.model, timezone.now()
    names = [field.attname for field in history.tracked_fields]
    rows = [
        history(
            history_type="-",
            history_date=now,
            history_user=by,
            history_change_reason=reason,
            **{name: getattr(obj, name) for name in names},
        )
        for obj in objs
    ]
    model._base_manager.filter(pk__in=[obj.pk for obj in objs]).delete()
    history.objects.bulk_create(rows, batch_size=BATCH)


def _clean(objs: list) -> None:
    """Relations are left to the database: asking it for each row's would take a query each."""
    relations = {field.name for field in objs[0]._meta.concrete_fields if field.is_relation}
    for obj in objs:
        obj.clean_fields(exclude=relations)


def version_of(obj: models.Model) -> int | None:
    """The id of the newest history row of `obj`: what an edit form remembers it was opened on."""
    return obj.history.order_by("-history_id").values_list("history_id", flat=True).first()
