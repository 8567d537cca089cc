"""The words in every column of every model: found by walking the models, so that new ones are, too."""

import json

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from improvement.backups.tables import every_model
from improvement.redacting.columns import LEFT_ALONE, WITH_THEIR_DIGEST, columns_of, original
from improvement.redacting.removing import remove_words
from improvement.redacting.words import Words
from plans.models import Redaction
from tests.factories import make_user
from tests.test_every_url import build

NAME = "Qxzzy Brambling"
WHY = "A name was typed by mistake."
TEXTS = models.CharField | models.TextField | models.JSONField
# What holds no words; a kind of column that is neither here nor a text makes this test fail.
NUMBERS = (
    models.AutoField,
    models.IntegerField,
    models.BooleanField,
    models.DateField,
    models.TimeField,
    models.DecimalField,
    models.ForeignKey,
)
# Whose content is looked through as files, packs and bundles.
FILES = {
    "plans.packfile.content",
    "plans.bundle.archive",
    "plans.workbook.content",
    "plans.evidencefile.content",
}
# Codes with a constraint of their own, and codes that pages look up.
CODES = {"from_kind", "to_kind", "target_kind", "rating", "code", "content_type"}


def fields():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            yield model, field


def test_every_column_is_a_text_a_number_or_a_file_that_is_looked_through():
    unknown = [
        f"{model._meta.label_lower}.{field.name}"
        for model, field in fields()
        if not isinstance(field, TEXTS | models.AutoField | models.ForeignKey)
        and not isinstance(field, NUMBERS)
    ]
    assert set(unknown) == FILES


def test_what_is_left_alone_is_there():
    """Else a column that got another name would be listed in vain."""
    known = {f"{model._meta.label_lower}.{field.name}" for model, field in fields()}
    assert known >= LEFT_ALONE | WITH_THEIR_DIGEST


@pytest.mark.parametrize("app", ["plans", "impact", "audits"])
def test_all_that_people_write_is_looked_through(app):
    """But digests, secrets, people's own accounts and the program's own codes."""
    passed_by = {
        f"{model._meta.label_lower}.{field.name}"
        for model, field in fields()
        if model._meta.app_label == app
        and isinstance(field, TEXTS)
        and not field.choices
        and original(model) is model
        and field.name not in {column.field.name for column in columns_of(model)}
    }
    emails = {"plans.user.email", "plans.packsending.email"} if app == "plans" else set()
    assert passed_by == {name for name in LEFT_ALONE | WITH_THEIR_DIGEST if name.startswith(app)} | emails


def put(model, field, row):
    """The words into this column of this row, as far as they have room; gives whether they had."""
    if isinstance(field, models.JSONField):
        old = getattr(row, field.attname)
        value = {**old, f"Of {NAME}": [NAME]} if isinstance(old, dict) else [*(old or []), {"by": NAME}]
    elif isinstance(field, models.SlugField):
        value = f"qxzzy-brambling-{row.pk}"
    else:
        value = f"{NAME.upper()}\u00a0{row.pk}"
    if field.max_length is not None and len(value) > field.max_length:
        return False
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**{field.attname: value})
    except IntegrityError:
        # A constraint holds this row's column empty.
        return False
    return True


def put_everywhere():
    placed = set()
    for model in every_model():
        names = {column.field.name for column in columns_of(model)} - CODES
        for row in model._base_manager.all():
            for field in model._meta.local_concrete_fields:
                if field.name in names and put(model, field, row):
                    placed.add(f"{model._meta.label_lower}.{field.name}")
    return placed


def everything():
    """Every cell of every table as a text, by its table and column."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from (
                    (f"{table}.{name}", said(value)) for name, value in zip(columns, row, strict=True)
                )


def said(value):
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return value if isinstance(value, str) else json.dumps(value, default=str)


@pytest.mark.django_db
def test_the_words_in_every_column_go():
    build("here")
    placed = put_everywhere()
    assert len(placed) > 120
    done = remove_words(Words(NAME), by=make_user(is_staff=True), reason=WHY, start=False)
    assert [place for place, text in everything() if "brambling" in text.lower()] == []
    assert sum(len(places) for places in done.places.values()) >= len(placed)
    assert remove_words(Words(NAME), by=done.by, reason=WHY, start=False) is None
    assert Redaction.objects.count() == 1
