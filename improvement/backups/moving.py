import base64
import os
import subprocess
import sys
from collections import deque
from pathlib import Path
from tempfile import TemporaryDirectory

import dj_database_url
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import Error
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

from improvement.backups import BackupError
from improvement.backups.reading import opened, told_by
from improvement.backups.sealing import KEY_BYTES
from improvement.backups.tables import models_backed_up, snapshot, tally_of
from improvement.backups.writing import write_backup

NO_ADDRESS = (
    "NEW_DATABASE_URL holds no address of a database. Set it as DATABASE_URL is set: "
    "postgres://USER:PASSWORD@HOST/NAME or sqlite:////FOLDER/FILE."
)
NO_ANSWER = "The new database does not answer: {}. Make it, or mend its address in NEW_DATABASE_URL."
NOT_EMPTY = (
    "The new database is not empty: there are rows in {}. Nothing was moved. "
    "Give the address of a database that holds nothing."
)
FAILED = "`{}` did not work on the new database: {} The old one is as it was. Mend that and start again."
WRITTEN_MEANWHILE = (
    "While all was copied, somebody wrote into the old database: {}. "
    "Stop the service and move again, into a new database."
)
NOT_THE_SAME = (
    "The new database does not hold the same: {}. Go on with the old one, and tell who keeps the software."
)
FILLED_BY_MIGRATE = {one._meta.db_table for one in (MigrationRecorder.Migration, Permission, ContentType)}


def move_everything(url: str) -> dict[str, dict]:
    """Copies all that is kept into the empty database at `url`, and proves it by reading both once more.

    Gives per model its rows and their SHA-256, which are the same in both. Nothing is changed here. The copy
    lies in the temporary folder meanwhile, sealed with a key that is nowhere else. Raises BackupError.
    """
    _refuse_unless_empty(url)
    key = os.urandom(KEY_BYTES)
    told_to = {"DATABASE_URL": url, "BACKUP_KEY": base64.b64encode(key).decode()}
    with TemporaryDirectory() as folder:
        there, back = Path(folder) / "there", Path(folder) / "back"
        write_backup(there, key)
        held = _models_in(there, key)
        _run(told_to, "migrate", "--verbosity", "0")
        _run(told_to, "restore", str(there))
        _run(told_to, "backup", str(back))
        arrived = _models_in(back, key)
    _refuse_differences(held, _models_here(), WRITTEN_MEANWHILE)
    _refuse_differences(held, arrived, NOT_THE_SAME)
    return held


def _refuse_unless_empty(url: str) -> None:
    try:
        target = ConnectionHandler({"default": dj_database_url.parse(url)})["default"]
    except (ValueError, KeyError) as error:
        raise BackupError(NO_ADDRESS) from error
    try:
        holding = _tables_with_rows(target)
    except Error as error:
        raise BackupError(NO_ANSWER.format(_first_line(str(error)))) from error
    finally:
        target.close()
    if holding:
        raise BackupError(NOT_EMPTY.format(", ".join(holding[:3])))


def _tables_with_rows(target) -> list[str]:
    """All but those that `migrate` fills by itself."""
    holding = []
    with target.cursor() as cursor:
        for table in sorted({*target.introspection.table_names(cursor)} - FILLED_BY_MIGRATE):
            cursor.execute(f"SELECT 1 FROM {target.ops.quote_name(table)} LIMIT 1")
            holding += [table] if cursor.fetchone() else []
    return holding


def _run(told_to: dict[str, str], *arguments: str) -> None:
    """A command of the site in a process of its own, which knows the new database as its only one."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    done = subprocess.run(command, env=os.environ | told_to, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(FAILED.format(arguments[0], done.stderr.strip().rpartition("\n")[2]))


def _models_in(path: Path, key: bytes) -> dict[str, dict]:
    with opened(path, key) as lines:
        return deque(told_by(lines), maxlen=1).pop()["models"]


def _models_here() -> dict[str, dict]:
    with snapshot():
        return {model._meta.label: tally_of(model) for model in models_backed_up()}


def _refuse_differences(held: dict, found: dict, words: str) -> None:
    apart = sorted(label for label in held.keys() | found.keys() if held.get(label) != found.get(label))
    if apart:
        raise BackupError(words.format(", ".join(apart[:3])))


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].rstrip(".")
