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


def fork(
    words: Sequence[str], environment: Mapping[str, str], database: Mapping, listener: socket, log: Path
) -> ForkServerProcess:
    """gunicorn with these words on its command line, on the listener's port and this database.

    Of the environment all but the database's address is that of the first one.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([APPLICATION, __name__])
    with environment_of(environment):
        forkserver.ensure_running()
    asked = (words, environment["DATABASE_URL"], database, listener, log)
    process = context.Process(target=serve, args=asked, daemon=True)
    process.start()
    return process


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
