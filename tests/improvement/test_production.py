"""The software as it is started where plans are kept for real, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLES = {
    "PRODUCTION": "1",
    "SECRET_KEY": "fifty characters or more that nobody guesses, 0123456789",
    "ALLOWED_HOSTS": "plans.example.gov.uk",
    "BEHIND_PROXY": "1",
    "SITE_URL": "https://plans.example.gov.uk",
}
ASK = """
from improvement.wsgi import application
from django.test import Client
client = Client(raise_request_exception=False, headers={"host": "plans.example.gov.uk"})
plain, health = client.get("/help/"), client.get("/healthz")
print(plain.status_code, plain["Location"], health.status_code, health.content.decode())
"""


@pytest.fixture
def run(tmp_path):
    """Runs Python with these arguments and the production variables; gives what it wrote."""
    variables = VARIABLES | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'plans.sqlite3'}",
        "PATH": os.environ["PATH"],
    }

    def run(*words):
        command = [sys.executable, *words]
        return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)

    return run


def test_the_deployment_check_is_clean(run):
    done = run("manage.py", "check", "--deploy", "--fail-level", "INFO")
    assert (done.returncode, done.stderr.strip()) == (0, "")
    assert "no issues" in done.stdout


def test_health_is_told_without_tls_and_every_log_line_is_json(run):
    """On a database that has not been migrated yet."""
    done = run("-W", "ignore:No directory", "-c", ASK)
    status, place, health, answer = done.stdout.split(" ", 3)
    assert (status, place, health) == ("301", "https://plans.example.gov.uk/help/", "503")
    assert json.loads(answer)["database"] is True
    assert json.loads(answer)["migrations"] is False
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["path"] for line in lines if line["message"] == "request"] == ["/help/", "/healthz"]
