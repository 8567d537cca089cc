"""A real server on loopback, and people who use it."""

import os
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
import requests
from django.conf import settings
from django.db import connection
from django.test import Client

from improvement.packs.starting import database_url
from tests.faults.forking import fork

ROOT = Path(__file__).resolve().parents[2]
BACKEND = settings.AUTHENTICATION_BACKENDS[0]
PATIENCE = 60


def until(found, seconds=PATIENCE):
    """Asks again and again until there is something, and gives it; fails when the time is up."""
    end = time.monotonic() + seconds
    while not (something := found()):
        assert time.monotonic() < end, f"{found.__name__} came to nothing in {seconds} seconds"
        time.sleep(0.02)
    return something


def variables(database: str, **more) -> dict[str, str]:
    """The environment of processes that work on this database."""
    return os.environ | {
        "PRODUCTION": "1",
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "EMAIL_HOST": "",
        **more,
    }


def command(database: str, *words: str, **more) -> dict:
    """What `subprocess` needs to run `manage.py` on this database."""
    return {
        "args": [sys.executable, *words],
        "cwd": ROOT,
        "env": variables(database, **more),
        "capture_output": True,
        "text": True,
    }


class Server:
    """gunicorn on the database in use; `options` are further ones of the connection to it.

    Its workers are forked from one that has read all, so that a new one is there at once.
    """

    def __init__(self, log: Path, *, workers=1, threads=4, **options):
        self.log, self.count, used = log, workers, connection.settings_dict
        database = {name: used[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
        database["OPTIONS"] = used["OPTIONS"] | options
        words = ["--workers", str(workers), "--threads", str(threads)]
        with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
            self.port = listener.getsockname()[1]
            self.process = fork(words, variables(database_url(used)), database, listener, log)
        self.address = f"http://127.0.0.1:{self.port}"

    def stop(self):
        """At once, workers and all: nobody waits for an answer any more."""
        for kill in (os.killpg, os.kill):
            with suppress(ProcessLookupError):
                kill(self.process.pid, signal.SIGKILL)
        self.process.join()

    def health(self):
        return requests.get(f"{self.address}/healthz", timeout=PATIENCE)

    def workers(self) -> set[int]:
        """The processes that answer, also those that have ended and are not yet missed."""
        pid = self.process.pid
        return {*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())}

    def all_workers(self) -> set[int]:
        """All that were asked for; none while one is missing."""
        return found if len(found := self.workers()) == self.count else set()

    @property
    def worker(self) -> int:
        """The process that answers, where there is but one."""
        return int(self.health().headers["X-Worker"])


class Person:
    """Somebody signed in, at a browser that keeps cookies and follows no redirect by itself."""

    def __init__(self, server: Server, user):
        self.server = server
        inside = Client()
        inside.force_login(user, backend=BACKEND)
        self.browser = requests.Session()
        self.browser.trust_env = False
        for name, cookie in inside.cookies.items():
            self.browser.cookies.set(name, cookie.value)

    def get(self, path, **options):
        return self._ask("GET", path, **options)

    def post(self, path, fields, **options):
        return self._ask("POST", path, data=fields, **options)

    def _ask(self, method, path, **options):
        options = {"allow_redirects": False, "timeout": PATIENCE} | options
        return self.browser.request(method, self.server.address + path, **options)

    def post_and_kill(self, path, fields, after, **options):
        """Sends a form to a worker that dies of it, after so many writes or at the latest with the answer."""
        before = until(self.server.all_workers)
        with pytest.raises(requests.ConnectionError):
            self.post(path, fields, headers={"X-Die-After": str(after)}, **options)
        until(lambda: before - self.server.workers())
