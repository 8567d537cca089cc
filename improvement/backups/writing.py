import gzip
import hashlib
import os
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.utils import timezone

from improvement.backups import BackupError
from improvement.backups.sealing import Sealer
from improvement.backups.tables import fields_of, models_backed_up, rows_of, snapshot
from improvement.backups.values import Tally, line_of
from improvement.migrated import applied_migrations, unapplied_migrations

FORMAT = "improvement backup 1"


def backup_lines() -> Generator[bytes, None, None]:
    """A line on the whole, per model a line of its columns and one a row, last the counts and digests.

    All lines tell of the same moment, however long the reader takes and whoever writes meanwhile.
    """
    return summed_up(_lines_of_rows)


def summed_up(
    lines_of_rows: Callable[[dict[str, Tally]], Generator[bytes, None, None]],
) -> Generator[bytes, None, None]:
    """The lines, read at one moment, and a last one with the whole's digest and the tallies they filled."""
    whole, tallies = hashlib.sha256(), {}
    with snapshot(), closing(lines_of_rows(tallies)) as lines:
        for line in lines:
            whole.update(line)
            yield line
    told = {label: tally.told() for label, tally in tallies.items()}
    yield line_of({"models": told, "sha256": whole.hexdigest()})


def head_of(format_: str) -> dict:
    """What a file begins with; BackupError where the database is not up to date."""
    if unapplied_migrations():
        raise BackupError("The database is not up to date. Run `manage.py migrate` first.")
    applied = sorted(applied_migrations())
    return {"format": format_, "made": timezone.now().isoformat(), "migrations": applied}


def _lines_of_rows(tallies: dict[str, Tally]) -> Generator[bytes, None, None]:
    yield line_of(head_of(FORMAT))
    for model in models_backed_up():
        tally = tallies[model._meta.label] = Tally()
        yield line_of({"model": model._meta.label, "fields": [one.attname for one in fields_of(model)]})
        for row in rows_of(model):
            tally.add(row)
            yield line_of(row)


def write_backup(path: Path, key: bytes | None = None) -> bytes:
    """Writes the file, readable by its owner alone, and gives its last line; a failure leaves no file."""
    return write_lines(path, backup_lines(), key)


def write_lines(path: Path, lines: Generator[bytes, None, None], key: bytes | None = None) -> bytes:
    """The same of any lines."""
    with _new_file(path) as file:
        return pack_lines(file, lines, key)


def pack_lines(file: BinaryIO, lines: Generator[bytes, None, None], key: bytes | None = None) -> bytes:
    """Writes the lines packed, with a key sealed as well, and gives the last one."""
    target = Sealer(file, key) if key else file
    # Closed also where the disk is full, so that the database is read no further.
    with closing(lines), gzip.GzipFile(filename="", fileobj=target, mode="wb") as packed:
        for line in lines:
            packed.write(line)
    if key:
        target.finish()
    return line


@contextmanager
def _new_file(path: Path):
    """It has its name only when it is whole and on the disk."""
    if path.exists():
        raise BackupError(f"{path} is there already. Give another name, or remove it first.")
    part = path.with_name(path.name + ".part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except FileExistsError as error:
        raise BackupError(f"Another backup writes {part}. Wait for it, or remove what it left.") from error
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise BackupError(f"{path} could not be written: {error.strerror}. No backup was made.") from error
    except BaseException:
        part.unlink()
        raise
