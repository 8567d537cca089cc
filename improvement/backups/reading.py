import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from improvement.backups import DAMAGED, BackupError
from improvement.backups.sealing import HEAD, Opener

NO_KEY = "The file is encrypted. Give its key with --key-file or in BACKUP_KEY."
NOT_SEALED = "The file is not encrypted, though a key is given. Leave the key out to restore it all the same."
NO_BACKUP = (
    "The file is no backup. Give one that `manage.py backup` made, or for a single board `export_board`."
)
GZIP = b"\x1f\x8b"


@contextmanager
def opened(path: Path, key: bytes | None = None):
    """The unpacked lines of a backup as a binary file; BackupError where it is none or the key is wrong."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(
            f"{path} could not be read: {error.strerror}. Give the name of a backup."
        ) from error
    with file, gzip.GzipFile(fileobj=_unsealed(file, key), mode="rb") as lines:
        yield lines


def _unsealed(file, key: bytes | None):
    is_sealed = file.read(len(HEAD)) == HEAD
    if is_sealed and key is None:
        raise BackupError(NO_KEY)
    if is_sealed:
        return io.BufferedReader(Opener(file, key))
    file.seek(0)
    if file.read(len(GZIP)) != GZIP:
        raise BackupError(NO_BACKUP)
    if key is not None:
        raise BackupError(NOT_SEALED)
    file.seek(0)
    return file


def told_by(lines) -> Iterator[dict | list]:
    """What each line tells; the last, counts and digests, only where all before is as it was written."""
    whole = hashlib.sha256()
    try:
        for line in lines:
            told = json.loads(line)
            if isinstance(told, dict) and "models" in told:
                break
            whole.update(line)
            yield told
        else:
            raise BackupError(DAMAGED)
        if lines.read(1) or told["sha256"] != whole.hexdigest():
            raise BackupError(DAMAGED)
    except (EOFError, OSError, ValueError, KeyError, TypeError, RecursionError, zlib.error) as error:
        raise BackupError(DAMAGED) from error
    yield told
