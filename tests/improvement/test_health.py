from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from improvement.migrated import known_migrations
from tests.factories import make_board, make_member
from tests.pages import text_of

WELL = {"database": True, "migrations": True, "disk": True}
NOWHERE = {
    "sqlite": {"NAME": Path("/nowhere/plans.sqlite3")},
    # Nobody listens on the first port.
    "postgresql": {"HOST": "127.0.0.1", "PORT": 1},
}


@pytest.fixture(autouse=True)
def room(settings):
    settings.HEALTH_FREE_BYTES = 1


@pytest.fixture
def away(transactional_db):
    """Takes the database away, and gives it back at the call of what the test gets."""
    here = dict(connection.settings_dict)

    def bring_back():
        connection.close()
        connection.settings_dict.update(here)

    connection.close()
    connection.settings_dict.update(NOWHERE[connection.vendor])
    yield bring_back
    bring_back()


@pytest.mark.django_db
def test_all_is_well(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, WELL)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_it_is_cheap_and_looks_nobody_up(client, django_assert_max_num_queries):
    client.get("/healthz")
    with django_assert_max_num_queries(3):
        client.get("/healthz")


@pytest.mark.django_db
def test_a_database_of_a_later_version(client):
    if not known_migrations():
        pytest.skip("needs the migrations, which this run leaves out")
    MigrationRecorder(connection).record_applied("a_library", "9999_forgotten_since")
    assert client.get("/healthz").json() == WELL
    MigrationRecorder(connection).record_applied("plans", "9999_of_tomorrow")
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, WELL | {"migrations": False})


@pytest.mark.django_db
def test_a_migration_that_is_not_applied(client):
    if not known_migrations():
        pytest.skip("needs the migrations, which this run leaves out")
    name = max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "plans")
    MigrationRecorder(connection).record_unapplied("plans", name)
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, WELL | {"migrations": False})


@pytest.mark.django_db
def test_a_disk_that_is_nearly_full(client, settings):
    settings.HEALTH_FREE_BYTES = 10**18
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, WELL | {"disk": False})


def test_a_database_that_is_away_and_back(away, client):
    response = client.get("/healthz")
    assert response.status_code == 503
    assert (response.json()["database"], response.json()["migrations"]) == (False, False)
    away()
    assert client.get("/healthz").json() == WELL


def test_a_page_while_the_database_is_away_and_after(transactional_db, signed_in, request):
    board = make_board()
    client = signed_in(make_member(board))
    client.raise_request_exception = False
    bring_back = request.getfixturevalue("away")
    response = client.get(f"/boards/{board.slug}/")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert text_of(response) == (
        "Sorry, the service is unavailable We cannot read or save anything at the moment. Wait a minute, "
        "then try again. If you were saving something, go back: what you typed should still be in the form. "
        "Look first whether it was saved."
    )
    bring_back()
    assert client.get(f"/boards/{board.slug}/").status_code == 200
