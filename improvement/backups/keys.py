from pathlib import Path

from django.conf import settings

from improvement.backups import BackupError
from improvement.backups.sealing import parse_key


def add_key_argument(parser) -> None:
    """The key itself is no argument, since everybody on the machine can read those."""
    parser.add_argument(
        "--key-file",
        type=Path,
        metavar="F",
        help="holds the key, 32 random bytes in base64; without it BACKUP_KEY of the environment, if set",
    )


def key_given(path: Path | None) -> bytes | None:
    """The key from the file or else the environment; None where neither is given."""
    if path is None:
        return parse_key(settings.BACKUP_KEY) if settings.BACKUP_KEY else None
    try:
        return parse_key(path.read_text())
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"The key could not be read from {path}. Give a file that you may read.") from error
