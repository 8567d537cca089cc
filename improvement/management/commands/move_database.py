from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from improvement.backups import BackupError
from improvement.backups.moving import move_everything


class Command(BaseCommand):
    help = (
        "Moves all that is kept into the empty database that NEW_DATABASE_URL names, SQLite or PostgreSQL, "
        "and proves by counts and digests that both hold the same. Nothing is changed in the old one."
    )

    def handle(self, *args, **options):
        try:
            moved = move_everything(settings.NEW_DATABASE_URL)
        except BackupError as error:
            raise CommandError(str(error)) from error
        for label, told in moved.items():
            self.stdout.write(f"{told['rows']:>12,}  {told['sha256'][:16]}  {label}")
        rows = sum(told["rows"] for told in moved.values())
        self.stdout.write(
            f"{rows:,} rows are moved. Read again in both databases, each of {len(moved)} tables has the "
            "same count and digest.\nNow set DATABASE_URL to the new database and start the service."
        )
