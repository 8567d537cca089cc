import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from improvement.backups import BackupError
from improvement.backups.keys import add_key_argument, key_given
from improvement.backups.writing import write_backup


class Command(BaseCommand):
    help = "Writes all that is kept into one file, as it stood at one moment, while people go on working."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the backup's name; nothing is written over")
        add_key_argument(parser)

    def handle(self, *args, **options):
        try:
            key = key_given(options["key_file"])
            last = json.loads(write_backup(options["file"], key))
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(told["rows"] for told in last["models"].values())
        sealed = "encrypted" if key else "not encrypted"
        self.stdout.write(f"{rows:,} rows are in {options['file']}, {sealed}.\nSHA-256 {last['sha256']}")
