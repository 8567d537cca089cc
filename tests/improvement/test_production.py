"""The software as it is started where plans are kept for real, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from improvement.production import TRIAL_KEY, what_is_missing

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLES = {
    "PRODUCTION": "1",
    "SECRET_KEY": "fifty characters or more that nobody guesses, 0123456789",
    "ALLOWED_HOSTS": "plans.example.gov.uk",
    "BEHIND_PROXY": "1",
    "SITE_URL": "https://plans.example.gov.uk",
}
MODULE = {"DJANGO_SETTINGS_MODULE": "improvement.settings"}
ASK = """
from improvement.wsgi import application
from django.test import Client
client = Client(raise_request_exception=False, headers={"host": "plans.example.gov.uk"})
plain, feed, health = [client.get(place) for place in ("/help/", "/boards/a/feed/plans.csv", "/healthz")]
print(plain.status_code, plain["Location"], feed.status_code, health.status_code, health.content.decode())
"""

COOKIES = """
from improvement import settings as said
said.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
from improvement.wsgi import application
from django.conf import settings as said
from django.test import Client
page = Client(headers={"host": "plans.example.gov.uk", "x-forwarded-proto": "https"}).get("/account/login/")
print(page.cookies.popitem()[1].OutputString())
print(said.SESSION_COOKIE_NAME, said.SESSION_COOKIE_SECURE, said.SESSION_COOKIE_HTTPONLY, end=" ")
print(said.SESSION_COOKIE_SAMESITE, said.SESSION_COOKIE_PATH, said.SESSION_COOKIE_DOMAIN, end=" ")
print(said.SESSION_EXPIRE_AT_BROWSER_CLOSE, said.MESSAGES_COOKIE_NAME)
print(page["Strict-Transport-Security"])
"""


@pytest.fixture
def run(tmp_path):
    """Runs Python with these arguments and the production variables; gives what it wrote."""
    variables = VARIABLES | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'plans.sqlite3'}",
        "PATH": os.environ["PATH"],
    }

    def run(*words, **changed):
        command, told = [sys.executable, *words], variables | changed
        return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)

    return run


def test_the_deployment_check_is_clean(run):
    done = run("manage.py", "check", "--deploy", "--fail-level", "INFO")
    assert (done.returncode, done.stderr.strip()) == (0, "")
    assert "no issues" in done.stdout


def test_health_is_told_without_tls_and_every_log_line_is_json(run):
    """On a database that has not been migrated yet."""
    done = run("-W", "ignore:No directory", "-c", ASK)
    status, place, feed, health, answer = done.stdout.split(" ", 4)
    assert (status, place, feed, health) == ("301", "https://plans.example.gov.uk/help/", "403", "503")
    assert json.loads(answer)["database"] is True
    assert json.loads(answer)["migrations"] is False
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["path"] for line in lines if line["message"] == "request"] == [
        "/help/",
        "/boards/a/feed/plans.csv",
        "/healthz",
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY in the environment"),
        ({"ALLOWED_HOSTS": "", "DATABASE_URL": " "}, "Set ALLOWED_HOSTS, DATABASE_URL in the environment"),
        ({"SECRET_KEY": "quick"}, "Make SECRET_KEY at least 32 characters long"),
        ({"SECRET_KEY": TRIAL_KEY}, "Make a SECRET_KEY of your own"),
        ({"SECRET_KEY_FALLBACKS": f"another, {TRIAL_KEY}"}, "Make a SECRET_KEY of your own"),
        ({"ALLOWED_HOSTS": "plans.example.gov.uk, *"}, "Name the site’s own hosts in ALLOWED_HOSTS"),
        (
            {"DATABASE_URL": "mysql://plans@localhost/plans"},
            "Begin DATABASE_URL with sqlite:/// or postgres://",
        ),
        ({"DATABASE_URL": "sqlite://"}, "Begin DATABASE_URL with sqlite:/// or postgres://"),
        (
            {"SESSION_IDLE_MINUTES": "0"},
            "Write SESSION_IDLE_MINUTES as a whole number from 1 up, such as 60.",
        ),
        (
            {"EMAIL_HOST": "mail.example.org", "SITE_URL": ""},
            "Set SITE_URL to the site’s own https:// address",
        ),
        (
            {"EMAIL_HOST": "mail.example.org", "SITE_URL": "https://"},
            "Set SITE_URL to the site’s own https:// address",
        ),
        ({"IMPORT_MAX_BYTES": "20 MB"}, "Write IMPORT_MAX_BYTES as a whole number"),
    ],
)
@pytest.mark.parametrize("words", [["manage.py", "send_digests"], ["-c", "import improvement.wsgi"]])
def test_nothing_starts_on_the_settings_for_trying_out(run, words, changed, told):
    done = run(*words, **changed)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"ImproperlyConfigured: {told}" in done.stderr
    assert "quick" not in done.stderr


def test_what_is_left_empty_is_as_usual_and_hosts_may_have_spaces_between(run):
    ask = "from django.conf import settings as said; print(said.SESSION_IDLE_MINUTES, said.ALLOWED_HOSTS)"
    done = run("-c", ask, SESSION_IDLE_MINUTES=" ", ALLOWED_HOSTS="a.example, b.example", **MODULE)
    assert done.stdout == "60 ['a.example', 'b.example']\n"


def test_cookies_are_for_this_host_over_tls_alone(run):
    done = run("-W", "ignore:No directory", "-c", COOKIES)
    assert done.returncode == 0, done.stderr
    token, session, hsts = done.stdout.splitlines()
    name, *flags = token.split("; ")
    assert name.startswith("__Host-csrf=")
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=Lax"} <= set(flags)
    assert not [flag for flag in flags if flag.startswith("Domain")]
    assert session == "__Host-session True True Lax / None True __Host-messages"
    assert hsts == "max-age=31536000; includeSubDomains"


def test_without_a_mail_server_an_email_is_refused_and_not_printed(run):
    """Its link would let in whoever reads the journal."""
    send = """
import django
from django.core.mail import send_mail
django.setup()
send_mail("A new password", "https://plans.example.gov.uk/reset/key/1-let-me-in/", None, ["sam@example.org"])
"""
    done = run("-c", send, **MODULE)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == "OSError: EMAIL_HOST is not set"
    assert "1-let-me-in" not in done.stderr.replace(send, "")


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ("sqlite:////var/lib/plans.sqlite3", False),
        ("sqlite:///plans.sqlite3", False),
        ("postgres://plans:word@localhost/plans", False),
        ("postgresql://%2Fvar%2Frun/plans", False),
        ("sqlite:///", True),
        ("sqlite:////", True),
        ("sqlite://:memory:", True),
        ("sqlite:///:memory:", True),
        ("postgres://", True),
    ],
)
def test_a_database_is_one_that_is_kept(told, missing):
    assert bool(what_is_missing(VARIABLES | {"DATABASE_URL": told})) == missing


@pytest.mark.parametrize("command", ["make_packs", "make_bundles"])
def test_a_command_of_the_server_that_fails_logs_where_but_not_what(run, command):
    """On a database without tables, whose error names the one that is missing."""
    done = run("manage.py", command)
    [line] = [json.loads(line) for line in done.stderr.splitlines()]
    assert (done.returncode, done.stdout, line["level"]) == (1, "", "error")
    assert line["message"] == f"{command} stopped on an error"
    assert line["error"][0]["class"] == "django.db.utils.OperationalError"
    assert "no such table" not in done.stderr


def test_accounts_whose_password_is_known_to_all_do_not_come_in(run):
    done = run("manage.py", "load_demonstration")
    assert done.returncode == 1
    assert "it is not for a site with PRODUCTION=1" in done.stderr
