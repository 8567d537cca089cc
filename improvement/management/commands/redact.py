import sys
from getpass import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from improvement.packs.making import make_pack
from improvement.redacting.apart import find_apart
from improvement.redacting.finding import find_words
from improvement.redacting.forgotten import clean_database
from improvement.redacting.packs import sent_to
from improvement.redacting.removing import remove_file, remove_words
from improvement.redacting.telling import (
    NO_RECALL,
    apart_told,
    done_told,
    files_told,
    other_lines,
    places_told,
    warnings,
)
from improvement.redacting.words import BadWords, Words
from plans.models import Board, Evidence, Pack, User
from plans.wording.phrases import plural

NOT_CLEAN = (
    "The database was too busy to be written anew, so its file may still hold what was taken out. "
    "Run `manage.py redact --clean` when nobody works."
)
AGAIN = "Somebody wrote the words again meanwhile. Run the same command once more."
ONE_LINE = "Standard input holds several lines. Give one name or phrase, and run the command once for each."
APART = (
    "Perhaps also in {rows}, where each word stands by itself. These stay as they are: where they mean the "
    "same person, look for each word alone."
)
BACKUPS = "Backups made before still hold it: make a new one and delete the old ones."


class Command(BaseCommand):
    help = (
        "Takes words or a file out everywhere, for good. Reads the words from standard input or asks for "
        "them: they never stand in the command. Ends with 0 when done or when nothing was found, 1 when "
        "nothing was changed, 2 when something is left to do."
    )

    def add_arguments(self, parser):
        parser.add_argument("--by", metavar="EMAIL", help="whose doing it is: one of the site's staff")
        parser.add_argument("--reason", help="why, without the words: everybody on the boards reads it")
        parser.add_argument("--board", metavar="SLUG", help="on this board alone; without it everywhere")
        parser.add_argument("--evidence", type=int, metavar="ID", help="the file of a piece of evidence")
        parser.add_argument("--dry-run", action="store_true", help="only say where the words stand")
        parser.add_argument("--show", action="store_true", help="also show the words around them")
        parser.add_argument("--yes", action="store_true", help="do not ask whether to go on")
        parser.add_argument("--clean", action="store_true", help="only write the database anew")

    def handle(self, *args, **options):
        if options["clean"]:
            self._clean()
            return
        self.options = options
        self.by = self._person(options["by"])
        if not options["dry_run"] and not (options["reason"] or "").strip():
            raise CommandError("Say why with --reason.")
        try:
            self._file(options["evidence"]) if options["evidence"] else self._words()
        except (ValidationError, BadWords) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from error

    def _person(self, email):
        found = User.objects.filter(email__iexact=email or "", is_staff=True, is_active=True).first()
        if found is None:
            raise CommandError("Give --by with the email address of one of the site's staff.")
        return found

    def _file(self, pk):
        piece = Evidence.objects.filter(pk=pk).select_related("board").first()
        if piece is None:
            raise CommandError(f"There is no piece of evidence {pk}.")
        self.stdout.write(f"File of evidence {pk}, {piece.dated:%d/%m/%Y}, of {piece.board}.")
        if self._may_go_on():
            self._report(remove_file(piece, by=self.by, reason=self.options["reason"], start=False))
            self._clean()

    def _words(self):
        words, board = Words(self._read()), self._board(self.options["board"])
        found = find_words(words, words.marks(timezone.localdate()), board)
        if found.is_empty:
            self.stdout.write("The words stand nowhere that can be written again.")
        self._tell(found)
        self._tell_apart(find_apart(words, board))
        if found.is_empty or not self._may_go_on():
            return
        redaction = remove_words(words, by=self.by, reason=self.options["reason"], board=board, start=False)
        if redaction is None:
            raise CommandError("The words were taken out meanwhile by somebody else.")
        self._report(redaction)
        unmade = [pack for pack in found.packs if not make_pack(Pack.objects.get(pk=pack.pk))]
        self._tell_sendings(found)
        self._clean()
        if unmade:
            raise CommandError("Not all packs could be made again. Run `manage.py make_packs`.", returncode=2)
        if not find_words(words, words.marks(timezone.localdate()), board).is_empty:
            raise CommandError(AGAIN, returncode=2)

    def _read(self):
        if sys.stdin.isatty():
            return getpass("Words to take out (they are not shown): ")
        said = sys.stdin.read().strip()
        if len(said.splitlines()) > 1:
            raise CommandError(ONE_LINE)
        return said

    def _board(self, slug):
        board = Board.objects.filter(slug=slug).first() if slug else None
        if slug and board is None:
            raise CommandError(f"There is no board “{slug}”.")
        return board

    def _tell(self, found):
        for told in places_told(found):
            self.stdout.write(f"{told.name}: {plural(told.rows, 'place')}")
            for place in told.places:
                self.stdout.write(f"  {place.name}: {place.rows}")
                for said in place.said if self.options["show"] else ():
                    self._show(said)
        for line in [*other_lines(found), *warnings(found)]:
            self.stdout.write(line)
        for file in files_told([*found.by_hand, *found.unread]):
            self.stdout.write(f"  {file.words}")

    def _tell_apart(self, found):
        if found:
            self.stdout.write(APART.format(rows=plural(len(found), "row")))
        for name, rows in apart_told(found):
            for row in rows:
                self.stdout.write(f"  {name}: {row.name}")
                for said in row.said if self.options["show"] else ():
                    self._show(said)

    def _show(self, said):
        self.stdout.write(f"    {' '.join(f'{said.before}[{said.words}]{said.after}'.split())}")

    def _may_go_on(self):
        if self.options["dry_run"]:
            self.stdout.write("Nothing was changed: this was a dry run.")
            return False
        if self.options["yes"]:
            return True
        if not sys.stdin.isatty():
            raise CommandError("Nothing was changed. Give --yes to go on without being asked.")
        if input("Take it out for good? It cannot be undone. [yes/no] ").strip().lower() != "yes":
            raise CommandError("Nothing was changed.")
        return True

    def _report(self, redaction):
        for name, places in done_told(redaction):
            self.stdout.write(f"{name}: {plural(sum(places.values()), 'change')}")
        for file in redaction.files.all():
            self.stdout.write(f"{file.what}: SHA-256 {file.old_sha256}, now {file.new_sha256}")
        self.stdout.write(f"Done: “{redaction.marker}”. {BACKUPS}")

    def _tell_sendings(self, found):
        sendings = sent_to(found.packs)
        if sendings:
            self.stdout.write(NO_RECALL)
        for each in sendings:
            self.stdout.write(f"  {each.pack}, {each.sent_at:%d/%m/%Y}: {each.email}")

    def _clean(self):
        if not clean_database():
            raise CommandError(NOT_CLEAN, returncode=2)
