"""gunicorn as docs/running.md starts it, with the settings of production, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
WORKERS, THREADS = 2, 4
PATIENCE = 60
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """A running server; `cookie` is what it calls the cookie of a session."""

    process: subprocess.Popen
    port: int
    cookie: str
    log: Path

    @property
    def workers(self) -> list[int]:
        """The ids of its worker processes."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in found.stdout.split()]

    @property
    def cpu_seconds(self) -> float:
        """What the workers have taken of the processors since they began."""
        return sum(map(_cpu_seconds, self.workers))

    @property
    def megabytes(self) -> list[int]:
        """The most memory that each worker has held."""
        return [_megabytes(pid) for pid in self.workers]

    @property
    def complaints(self) -> list[str]:
        """What the server logged beside its line for each request."""
        lines = self.log.read_text().splitlines()
        return [line for line in lines if '"level": "error"' in line or '"level": "critical"' in line]


@contextmanager
def running_server() -> Iterator[Server]:
    """On the database that this process is connected to, with static files in a folder of their own."""
    with TemporaryDirectory(prefix="improvement-bench-") as folder:
        environ = _environ(Path(folder))
        manage = [sys.executable, "manage.py"]
        subprocess.run(
            [*manage, "collectstatic", "--noinput", "--verbosity", "0"], cwd=ROOT, env=environ, check=True
        )
        cookie = _said(environ, "settings.SESSION_COOKIE_NAME")
        port, log = _free_port(), Path(folder) / "log"
        with log.open("w") as stderr:
            process = subprocess.Popen(_command(port), cwd=ROOT, env=environ, stdout=stderr, stderr=stderr)
        try:
            _await(port, process, log)
            yield Server(process, port, cookie, log)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _command(port: int) -> list[str]:
    options = ["--workers", str(WORKERS), "--threads", str(THREADS), "--bind", f"127.0.0.1:{port}"]
    return [sys.executable, "-m", "gunicorn", *options, "improvement.wsgi"]


def _environ(folder: Path) -> dict[str, str]:
    """The secret key is this process's own, so that the server takes the sessions that it makes."""
    return {
        "PATH": os.environ["PATH"],
        "PRODUCTION": "1",
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "BEHIND_PROXY": "1",
        "SITE_URL": "https://127.0.0.1",
        "STATIC_ROOT": str(folder / "static"),
        "DATABASE_URL": _database_url(),
    }


def _database_url() -> str:
    """The address of the scratch database, on the server of DATABASE_URL."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    return urlunsplit(
        urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    )


def _said(environ: dict[str, str], expression: str) -> str:
    asked = ["-c", f"import improvement.wsgi; from django.conf import settings; print({expression})"]
    return subprocess.check_output([sys.executable, *asked], cwd=ROOT, env=environ, text=True).strip()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _await(port: int, process: subprocess.Popen, log: Path) -> None:
    """Until the server says that it is well."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        try:
            connected = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connected.request("GET", "/healthz")
            if connected.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError(f"The server did not start: {log.read_text()[-2000:]}")


def _cpu_seconds(pid: int) -> float:
    # After the name in brackets, which may hold anything: state is field 3, times 14 and 15.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _megabytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
