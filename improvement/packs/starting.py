"""Starts the making of files in a process of its own, which outlives the request."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection, transaction

from plans.models import Pack

SCHEMES = {"sqlite3": "sqlite", "postgresql": "postgres"}


def start_making(pack: Pack | None = None) -> None:
    """Of one pack, or of all that wait, once the transaction is saved; where it is not, nothing starts."""
    start_command("make_packs", *([str(pack.pk)] if pack else []))


def start_command(*arguments: str) -> None:
    """Runs a command of the site's own on the database in use, once the transaction is saved."""
    transaction.on_commit(lambda: _start(arguments))


def _start(arguments: Sequence[str]) -> None:
    subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database_url(connection.settings_dict)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        # What goes wrong is a line of the server's log; while trying out the page says enough.
        stderr=None if settings.PRODUCTION else subprocess.DEVNULL,
        start_new_session=True,
    )


def database_url(used: Mapping) -> str:
    """The address of the database that is in use, which need not be the one of the settings."""
    scheme = SCHEMES[used["ENGINE"].rpartition(".")[2]]
    if scheme == "sqlite":
        return f"sqlite:///{used['NAME']}"
    user = quote(used["USER"], safe="")
    password = f":{quote(used['PASSWORD'], safe='')}" if used["PASSWORD"] else ""
    port = f":{used['PORT']}" if used["PORT"] else ""
    options = {name: value for name, value in used["OPTIONS"].items() if isinstance(value, str | int)}
    query = f"?{urlencode(options)}" if options else ""
    host, name = quote(used["HOST"], safe=""), quote(used["NAME"], safe="")
    return f"{scheme}://{user}{password}{'@' if user else ''}{host}{port}/{name}{query}"
