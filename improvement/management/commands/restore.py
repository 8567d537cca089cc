from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from improvement.backups import BackupError
from improvement.backups.keys import add_key_argument, key_given
from improvement.backups.restoring import restore_backup


class Command(BaseCommand):
    help = (
        "Fills an empty, migrated database from a backup and proves it by counts and digests; all or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="what `backup` wrote, from SQLite or PostgreSQL")
        add_key_argument(parser)

    def handle(self, *args, **options):
        try:
            last = restore_backup(options["file"], key_given(options["key_file"]))
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(told["rows"] for told in last["models"].values())
        self.stdout.write(
            f"{rows:,} rows are restored. Read back, each of {len(last['models'])} tables has the count and "
            f"the digest of the backup.\nSHA-256 {last['sha256']}"
        )
