"""A database of the first version, with rows in every table, is brought up to date and keeps every value."""

from datetime import date

import pytest
from django.apps import apps as todays
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils.html import escape

from improvement.migrated import known_migrations, unapplied_migrations
from plans.models import Action, Evidence, User
from tests.databases import new_database, schema, used_instead
from tests.factories import make_board
from tests.improvement.upgrading.old_rows import BYTES, DAY, WORDS, Filling

pytestmark = pytest.mark.django_db

FIRST_VERSION = {"plans": "0003_find_old_tokens_quickly", "impact": "0002_figure_parts_together"}
OWN = ("auth", "contenttypes", "plans", "impact")
MADE_LATER = ("audits", "mfa", "socialaccount")


def leaves():
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


def first_version():
    """The state of the migrations then; of other people's packages that of today."""
    later = [(app, None) for app in MADE_LATER]
    others = [node for node in leaves() if node[0] not in {*MADE_LATER, *FIRST_VERSION}]
    return [*FIRST_VERSION.items(), *later, *others]


def migrate(targets):
    """Takes the database there and gives the models of then."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state([node for node in targets if node[1]]).apps


def held(models):
    """Every row of a state's own models, by label and primary key: {column: value}."""
    own = [one for app in OWN for one in models.get_app_config(app).get_models(include_auto_created=True)]
    return {
        one._meta.label: rows_of(one, [field.attname for field in one._meta.concrete_fields]) for one in own
    }


def held_today(rows):
    """The columns that the first version knew, out of the tables of today."""
    return {label: rows_of(todays.get_model(label), columns_of(each)) for label, each in rows.items()}


def columns_of(rows):
    return list(next(iter(rows.values())))


def rows_of(model, columns):
    rows = model._base_manager.values(*columns)
    return {row[columns[0]]: {name: plain(value) for name, value in row.items()} for row in rows}


def plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.fixture(scope="module")
def begun(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database of the first version, used instead of the usual one: its rows and its schema."""
    if not known_migrations():
        pytest.skip("needs the migrations, which this run leaves out")
    folder = tmp_path_factory.mktemp("upgrade")
    with django_db_blocker.unblock(), new_database(folder, "first_version") as first, used_instead(first):
        models = migrate(first_version())
        Filling(models).fill()
        yield held(models), schema()


@pytest.fixture(scope="module")
def upgraded(begun, django_db_blocker):
    """The rows that today's database held when it was one of the first version."""
    with django_db_blocker.unblock():
        migrate(leaves())
    return begun[0]


@pytest.fixture(scope="module")
def taken_back(upgraded, django_db_blocker):
    """The rows and the schema of the database that went back to the first version."""
    with django_db_blocker.unblock():
        return held(migrate(first_version())), schema()


def test_every_table_of_the_first_version_held_rows(upgraded):
    assert len(upgraded) == 58
    assert [label for label, rows in upgraded.items() if not rows] == []


def test_every_row_and_value_is_still_there(upgraded):
    assert unapplied_migrations() == frozenset()
    assert held_today(upgraded) == upgraded


def test_every_reference_leads_somewhere(upgraded):
    connection.check_constraints()


@pytest.mark.parametrize(
    ("model", "values"),
    [
        pytest.param("Plan", {"ends": date(2020, 1, 1)}, id="a plan that ends before it starts"),
        pytest.param("Action", {"title": ""}, id="an action without words"),
        pytest.param("Action", {"target_due": None}, id="a target by a day without the day"),
        pytest.param("Action", {"withdrawn_on": DAY}, id="an action withdrawn without a reason"),
        pytest.param("ProgressUpdate", {"on": date(2999, 1, 1)}, id="an update in the future"),
        pytest.param(
            "Evidence", {"link": "https://example.org", "filename": "a.pdf"}, id="a file and a link"
        ),
    ],
)
def test_the_rules_of_the_first_version_hold(upgraded, model, values):
    row = todays.get_model("plans", model).objects.order_by("pk").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**values)


def test_an_email_address_is_still_one_persons(upgraded):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="head@example.ORG", name="Another head")


def test_the_next_row_gets_an_id_of_its_own(upgraded):
    assert make_board().pk > max(upgraded["plans.Board"])


def test_people_find_what_they_wrote(upgraded, signed_in):
    reader = signed_in(User.objects.get(email="Head@Example.org"))
    assert "Recovery plan" in reader.get("/boards/teesmere/").content.decode()
    action = Action.objects.get(title="Answer every call")
    page = reader.get(reverse("action", args=["teesmere", action.pk])).content.decode()
    assert escape(WORDS.split("\n")[0]) in page
    evidence = Evidence.objects.get(filename="sample.pdf")
    sent = reader.get(reverse("plans:evidence_file", args=["teesmere", evidence.pk]))
    assert b"".join(sent) == BYTES


def test_back_to_the_first_version(begun, taken_back):
    """From there the way up is the one that was taken. The last test here: today's database is gone."""
    rows, tables = taken_back
    assert rows == begun[0]
    assert tables == begun[1]
