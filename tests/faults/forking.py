"""Servers forked from a process that has read the application, so that not each of them reads it anew."""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from socket import socket

from django.db import connection
from gunicorn.app.wsgiapp import run

APPLICATION = "tests.faults.wsgi"
GUNICORN = ("gunicorn", "--preload", "--no-control-socket")
# What may be another for each server: its own, and what tests say of themselves and of a browser.
OWN = frozenset({"DATABASE_URL", "PYTEST_CURRENT_TEST", "DJANGO_ALLOW_ASYNC_UNSAFE"})
read_ahead_with: dict[str, str] = {}


def fork(
    words: Sequence[str], environment: Mapping[str, str], database: Mapping, listener: socket, log: Path
) -> ForkServerProcess:
    """gunicorn with these words on its command line, on the listener's port and this database.

    Of the environment all but the database's address has to be that of the first one.
    """
    refuse_another(environment)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([APPLICATION, __name__])
    with environment_of(environment):
        forkserver.ensure_running()
    asked = (words, environment["DATABASE_URL"], database, listener, log)
    process = context.Process(target=serve, args=asked, daemon=True)
    process.start()
    return process


def refuse_another(environment: Mapping[str, str]) -> None:
    """Fails where the application was read with other settings than these."""
    asked = {name: value for name, value in environment.items() if name not in OWN}
    if not read_ahead_with:
        read_ahead_with.update(asked)
    others = {name for name, _ in asked.items() ^ read_ahead_with.items()}
    assert not others, f"servers are forked with the first one's {', '.join(sorted(others))}"


@contextmanager
def environment_of(variables: Mapping[str, str]):
    usual = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(usual)


def serve(words, url, database, listener, log):
    os.setsid()
    with log.open("wb") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    os.environ["DATABASE_URL"] = url
    connection.settings_dict.update(database)
    sys.argv = [*GUNICORN, *words, "--bind", f"fd://{listener.fileno()}", APPLICATION]
    run()
