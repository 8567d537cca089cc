from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from improvement.whole_boards.belonging import Belongings
from improvement.whole_boards.removing import (
    NotDue,
    closed_boards,
    count_rows,
    is_due,
    people_of_no_board,
    remove_board,
)
from improvement.whole_boards.warning import warn_administrators
from plans.templatetags.components import long_date
from plans.wording.phrases import plural


class Command(BaseCommand):
    help = (
        "Removes closed boards whose keeping time has ended, with all that belongs to them, and warns "
        "administrators thirty days before. Run it every day; no open board is ever removed."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would go and when; change nothing"
        )

    def handle(self, *args, **options):
        today = timezone.localdate()
        if options["dry_run"]:
            return self._tell(today)
        failed = [board for board in closed_boards() if is_due(board, today) and not self._is_settled(board)]
        self._warn(today)
        if failed:
            raise CommandError(
                f"{plural(len(failed), 'board')} could not be removed. Tell whoever looks after the software."
            )

    def _tell(self, today):
        boards = closed_boards()
        for board in boards:
            rows = sum(count_rows(Belongings(board)).values())
            when = (
                "would be removed now"
                if is_due(board, today)
                else f"goes after {long_date(board.kept_until)}"
            )
            self.stdout.write(
                f"{board} ({board.slug}), closed on {long_date(board.closed_on)}: {when}, {rows:,} rows"
            )
        if not boards:
            self.stdout.write("No board is closed.")

    def _is_settled(self, board):
        """A board that cannot go keeps no other here, and nobody from being warned."""
        try:
            self._remove(board)
        except NotDue as error:
            self.stdout.write(str(error))
        except DatabaseError as error:
            self.stderr.write(f"{board} ({board.slug}) was not removed: {error}")
            return False
        return True

    def _remove(self, board):
        people = Belongings(board).people()
        removal = remove_board(board)
        self.stdout.write(f"{removal} ({removal.slug}) was removed: {sum(removal.counts.values()):,} rows.")
        if left := people_of_no_board(people):
            emails = ", ".join(user.email for user in left)
            self.stdout.write(
                f"On no board any more, their accounts stay until site staff close them: {emails}"
            )

    def _warn(self, today):
        try:
            told = warn_administrators(today)
        except OSError as error:
            raise CommandError(f"The mail server can't be reached: {error}. Run this again later.") from error
        for member in told:
            self.stdout.write(f"{member.user.email} was told of {member.board}.")
        self.stdout.write(f"{plural(len(told), 'warning')} sent.")
