"""What is installed for real is what was tested: the lock files agree."""

import re

import pytest
from django.conf import settings

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def pinned(name):
    return dict(PIN.findall((settings.BASE_DIR / name).read_text()))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-postgresql.txt"])
def test_production_runs_what_the_tests_run(name):
    assert pinned(name).items() <= pinned("requirements-dev.txt").items()


def test_postgresql_needs_its_driver_beside_the_rest():
    extra = pinned("requirements-postgresql.txt").keys() - pinned("requirements.txt").keys()
    assert extra == {"psycopg", "psycopg-binary", "typing-extensions"}
