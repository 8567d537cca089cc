from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from improvement.backups import BackupError
from improvement.backups.keys import add_key_argument, key_given
from improvement.whole_boards.exporting import export_board
from plans.models import Board


class Command(BaseCommand):
    help = "Writes a board with all that belongs to it into one file that another installation can read."

    def add_arguments(self, parser):
        parser.add_argument("board", metavar="SLUG", help="as in the board's addresses")
        parser.add_argument("file", type=Path, help="the copy's name; nothing is written over")
        add_key_argument(parser)

    def handle(self, *args, **options):
        board = Board.objects.filter(slug=options["board"]).first()
        if board is None:
            raise CommandError(f"There is no board “{options['board']}”.")
        try:
            key = key_given(options["key_file"])
            last = export_board(board, options["file"], key)
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(told["rows"] for told in last["models"].values())
        sealed = "encrypted" if key else "not encrypted"
        self.stdout.write(
            f"{rows:,} rows of {board} are in {options['file']}, {sealed}.\nSHA-256 {last['sha256']}"
        )
