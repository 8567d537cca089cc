import os
from datetime import datetime
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import override_settings

from improvement.demonstration.loading import load_demonstration
from improvement.signin.sessions import SessionStore

# No test is about how fast the machine is.
hypothesis.settings.register_profile("anywhere", deadline=None)
# In continuous integration the same examples each time, so that a red run is of the change.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "anywhere")

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# A Sunday in term time, at noon in London.
NOW = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/London"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that only looks into what a wider fixture made counts as one of the database, too.

    Run alone it would meet the database of the settings: that of tests is made for marked tests only.
    """
    for item in items:
        if "django_db_setup" in getattr(item, "fixturenames", ()) and not item.get_closest_marker(
            "django_db"
        ):
            item.add_marker("django_db")


@pytest.fixture
def signed_in(client):
    """Gives the client a session of this person, without what signing in does besides."""

    def sign_in(user):
        session = SessionStore()
        session.update(
            {
                SESSION_KEY: str(user.pk),
                BACKEND_SESSION_KEY: BACKEND,
                HASH_SESSION_KEY: user.get_session_auth_hash(),
            }
        )
        session.create()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return sign_in


@pytest.fixture(scope="session")
def demonstrated(django_db_setup, django_db_blocker):
    """The rows of the demonstration as loaded on 22 November 2026, by model; none is left in the database."""
    models = [
        one for one in apps.get_models(include_auto_created=True) if one not in (ContentType, Permission)
    ]
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        load_demonstration()
        rows = {model: list(model._base_manager.all()) for model in models}
        transaction.set_rollback(True)
    return rows


@pytest.fixture(scope="module")
def demonstration(demonstrated, django_db_blocker):
    """The demonstration as loaded on 22 November 2026, once for a module; the clock stands there."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        for model, rows in demonstrated.items():
            model._base_manager.bulk_create(rows)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def endless_patience():
    """Tests sign in often and move the clock by days; those about limits and idle sessions set their own.

    Hashing is slow on purpose; no test is about how slow.
    """
    # The second, which nobody asks, lets its table be made.
    caches = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
        "limits": settings.CACHES["default"],
    }
    with override_settings(
        CACHES=caches,
        # Servers that tests start as in production take this one, and not the one for trying out.
        SECRET_KEY="thirty-two characters or more, of the tests alone",
        SESSION_COOKIE_AGE=365 * 24 * 60 * 60,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS],
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def tables_are_emptied_by_row():
    """PostgreSQL truncates a table as slowly when it is empty, as most are after a test of transactions."""
    if connection.vendor != "postgresql":
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        operations = type(connection.ops)
        patch.setattr(operations, "sql_flush", deleting(operations.sql_flush))
        yield


def deleting(truncate):
    """Deletes in tables that are locked as by TRUNCATE: whoever left a transaction open is waited for."""

    def delete(operations, style, tables, *, reset_sequences=False, allow_cascade=False):
        if not tables or reset_sequences or allow_cascade:
            asked = {"reset_sequences": reset_sequences, "allow_cascade": allow_cascade}
            return truncate(operations, style, tables, **asked)
        names = [operations.quote_name(table) for table in tables]
        # References are looked at when all is gone.
        deletions = [f"DELETE FROM {name}" for name in names]
        return ["; ".join([f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE", *deletions])]

    return delete
