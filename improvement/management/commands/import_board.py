from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from improvement.backups import BackupError
from improvement.backups.keys import add_key_argument, key_given
from improvement.whole_boards.importing import import_board
from plans.wording.phrases import plural


class Command(BaseCommand):
    help = "Brings in a board that `export_board` wrote, beside those that are here; all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="what `export_board` wrote, from SQLite or PostgreSQL")
        parser.add_argument("--slug", default="", help="what the board is called in addresses here")
        add_key_argument(parser)

    def handle(self, *args, **options):
        try:
            done = import_board(options["file"], key_given(options["key_file"]), slug=options["slug"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(told["rows"] for told in done.last["models"].values())
        self.stdout.write(
            f"{done.board} is here as {done.board.slug}. Read back, each of {len(done.last['models'])} "
            f"tables has the count and the digest of the copy: {rows:,} rows.\nSHA-256 {done.last['sha256']}"
        )
        self._tell_people(done.people)

    def _tell_people(self, people):
        known = len(people.users) - len(people.new)
        known = plural(known, "person", "people")
        self.stdout.write(f"{known} had an account here. New, without a password: {len(people.new)}.")
        for user in people.new:
            state = "on the board" if user.is_active else "named in what was written, account closed"
            self.stdout.write(f"{user.email}: {state}")
