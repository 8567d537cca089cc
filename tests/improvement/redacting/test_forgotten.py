"""Sessions, the cache and the database's own file keep nothing of what was taken out."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection

from improvement.redacting.forgotten import clean_database, writing_over
from improvement.redacting.removing import remove_words
from improvement.redacting.words import Words
from improvement.signin.sessions import SessionStore
from plans.models import Action, KeptForm, Redaction, SpentToken
from plans.services.actions import edit_action
from tests.databases import bytes_on_disk
from tests.factories import make_action, make_user

NAME = "Qxzzy Brambling"
WHY = "A name was typed by mistake."


def redact():
    return remove_words(Words(NAME), by=make_user(is_staff=True), reason=WHY, start=False)


@pytest.mark.django_db
def test_a_session_goes_on_without_the_words():
    store = SessionStore()
    store["wanted"] = {"title": f"Meet {NAME}", "page": 3}
    store.save()
    told = redact()
    assert SessionStore(store.session_key)["wanted"] == {"title": f"Meet {told.marker}", "page": 3}
    assert told.places == {"": {"sessions": 1}}
    assert NAME not in Session.objects.get().get_decoded()["wanted"]["title"]


@pytest.mark.django_db
def test_what_was_kept_of_a_form_and_an_address():
    user = make_user()
    KeptForm.objects.create(user=user, path="/boards/here/?q=qxzzy+brambling", fields={NAME: [NAME, "4"]})
    SpentToken.objects.create(token="t", url="/boards/here/history/?q=Qxzzy%20Brambling&page=2")
    marker = redact().marker
    kept, spent = KeptForm.objects.get(), SpentToken.objects.get()
    assert (kept.path, kept.fields) == ("/boards/here/?q=removed", {marker: [marker, "4"]})
    assert spent.url == "/boards/here/history/?q=removed&page=2"


@pytest.mark.django_db
def test_a_cache_in_the_database(settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    }
    call_command("createcachetable", verbosity=0)
    caches["default"].set("one", [f"Meet {NAME}"])
    caches["default"].set("two", ["Meet weekly"])
    make_action(title=f"Meet {NAME}")
    redact()
    assert (caches["default"].get("one"), caches["default"].get("two")) == (None, ["Meet weekly"])


@pytest.mark.django_db
@pytest.mark.parametrize(("setting", "value"), [("OFF", 0), ("ON", 1), ("FAST", 2)])
def test_how_the_database_writes_over_is_put_back(setting, value):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL writes over what it frees in its own time.")
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA secure_delete = {setting}")
        with writing_over():
            during = cursor.execute("PRAGMA secure_delete").fetchone()
        after = cursor.execute("PRAGMA secure_delete").fetchone()
        cursor.execute("PRAGMA secure_delete = OFF")
    assert (during, after) == ((1,), (value,))


def bytes_kept():
    """The database's file, and what it has not yet put into it."""
    name = Path(connection.settings_dict["NAME"])
    files = [name, name.with_name(f"{name.name}-wal")]
    return b"".join(bytes_on_disk(file) for file in files if file.exists())


@pytest.mark.django_db(transaction=True)
def test_the_file_of_the_database_does_not_hold_the_words():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its files elsewhere; its tables are written anew by VACUUM.")
    code = b"Qxzzyforgotten"
    action = make_action(title=f"Meet {code.decode()}")
    edit_action(action, by=None, activity=f"{code.decode()} " * 400)
    # Freed before, when nobody asked for what is freed to be written over.
    KeptForm.objects.create(user=make_user(), path="/", fields={"text": [code.decode() * 900]})
    KeptForm.objects.all().delete()
    assert code in bytes_kept()
    remove_words(Words(code.decode()), by=make_user(is_staff=True), reason=WHY, start=False)
    assert clean_database()
    assert code not in bytes_kept()
    assert Action.objects.get().title == f"Meet {Redaction.objects.get().marker}"


@pytest.mark.django_db(transaction=True)
def test_a_database_is_written_anew():
    make_action(title="Meet weekly")
    assert clean_database()
    assert Action.objects.get().added_on is None


@pytest.mark.django_db
def test_a_busy_database_is_not():
    assert not clean_database()
