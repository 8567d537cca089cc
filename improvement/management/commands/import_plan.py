import json
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from improvement.imports.front import front_after
from improvement.imports.sheets import all_not_understood, all_problems, as_json
from improvement.imports.workbooks import (
    UnreadableWorkbook,
    apply_import,
    check_workbook,
    keep_workbook,
    leave_unresolved_out,
)
from plans.models import Board, User
from plans.services.boards import refuse_closed
from plans.spreadsheets.columns import FIELDS

FIELDS_THERE_ARE = f"Fields: {', '.join(FIELDS)}."


class Command(BaseCommand):
    help = "Brings a plan in from an .xlsx workbook, or with --dry-run shows what would happen."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--board", required=True, metavar="SLUG")
        parser.add_argument(
            "--plan", default="", metavar="TITLE", help="the plan to bring it into, or a new one"
        )
        parser.add_argument(
            "--map", action="append", nargs="+", default=[], metavar='"Header=field"', help="what a column is"
        )
        parser.add_argument("--as", dest="by", default="", metavar="EMAIL", help="who brings it in")
        parser.add_argument("--on", default="", metavar="YYYY-MM-DD", help="the day the ratings count from")
        parser.add_argument("--leave-out", action="store_true", help="leave rows in trouble out")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args, **options):
        board = Board.objects.filter(slug=options["board"]).first()
        if board is None:
            raise CommandError(f"There is no board “{options['board']}”.")
        by = self._person(options["by"])
        choices = {
            "columns": self._columns(options["map"]),
            "title": options["plan"].strip(),
            "on": self._day(options["on"]),
        }
        content = self._read(options["file"])
        try:
            refuse_closed(board)
            previews = check_workbook(content, board, choices, today=timezone.localdate())
            if options["leave_out"]:
                choices |= leave_unresolved_out(previews)
                previews = check_workbook(content, board, choices, today=timezone.localdate())
            front = front_after(previews["plan"], board)
            if not options["dry_run"]:
                with transaction.atomic():
                    name = Path(options["file"]).name
                    imported = keep_workbook(board, name, content, by=by, choices=choices)
                    apply_import(imported, previews, by=by)
        except UnreadableWorkbook as error:
            raise CommandError(_one_line(error)) from error
        except ValidationError as error:
            raise CommandError("\n".join(map(_one_line, error.messages))) from error
        self._report(previews, options, front)

    def _read(self, name):
        path = Path(name)
        if not path.is_file():
            raise CommandError(f"There is no file “{name}”.")
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"“{name}” can't be opened: {error.strerror}.") from error

    def _day(self, text):
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError as error:
            raise CommandError(f"“{text}” is no day. Write it as 2026-03-27.") from error
        if day and day > timezone.localdate():
            raise CommandError("The day from which the ratings count can't lie in the future.")
        return text

    def _person(self, email):
        if not email:
            return None
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Nobody has the email address “{email}”.")
        return person

    def _columns(self, groups):
        columns = {}
        for pair in (pair for group in groups for pair in group):
            header, _, field = pair.rpartition("=")
            if not header.strip():
                raise CommandError(f"“{pair}” is not Header=field. {FIELDS_THERE_ARE}")
            if field.strip() not in FIELDS:
                raise CommandError(f"“{pair}”: there is no field “{field.strip()}”. {FIELDS_THERE_ARE}")
            columns[header] = field.strip()
        return columns

    def _report(self, previews, options, front):
        if options["json"]:
            self.stdout.write(json.dumps(as_json(previews), ensure_ascii=False, indent=1))
            return
        self._report_counts(previews)
        if front:
            plans = ("the new plan", f"“{front.other}”")[:: 1 if front.new_leads else -1]
            self.stdout.write("Everybody sees {} first, and {} only under Plans of the board.".format(*plans))
        for problem in all_problems(previews):
            self.stdout.write(f"{problem.sheet}, row {problem.row}: {problem.message}")
        for cell in previews["plan"].left_out_cells():
            words = " ".join(cell.text.split())
            self.stdout.write(f"{cell.sheet}, {cell.column}{cell.row}: “{words}” {cell.reason}")
        cells = sum(not cell.furniture for cell in all_not_understood(previews))
        after = "Nothing was written." if options["dry_run"] else "They are listed with the import."
        self.stdout.write(f"{cells} cells were not understood or are left out. {after}")

    def _report_counts(self, previews):
        numbers, title = previews["plan"].counts, previews["plan"].title
        left = f"{numbers['left_alone']} left alone, " if numbers["left_alone"] else ""
        if previews["plan"].comparisons or not any(preview.has_rows for preview in previews.values()):
            self.stdout.write(
                f"{title}: {numbers['new']} new, {numbers['changed']} changed, "
                f"{numbers['unchanged']} unchanged, {left}{numbers['trouble']} in trouble, "
                f"{numbers['missing']} not in the file."
            )
        if previews["measures"].comparisons:
            numbers = previews["measures"].counts
            self.stdout.write(
                f"Measures: {numbers['new']} new; values: {numbers['values_new']} new, "
                f"{numbers['values_changed']} changed, {numbers['values_unchanged']} unchanged."
            )
        if previews["narratives"].comparisons:
            numbers = previews["narratives"].counts
            troubled = len(previews["narratives"].unresolved)
            self.stdout.write(
                f"Narratives: {numbers['new']} new, {numbers['unchanged']} unchanged, {troubled} in trouble."
            )
        if previews["register"].comparisons:
            numbers = previews["register"].counts
            self.stdout.write(
                f"Assurance products: {numbers['new']} new, {numbers['changed']} changed, "
                f"{numbers['unchanged']} unchanged."
            )
        if previews["audits"].comparisons:
            numbers, troubled = previews["audits"].counts, len(previews["audits"].troubled)
            self.stdout.write(
                f"Audit results: {numbers['new'] + numbers['done']} new, {numbers['changed']} changed, "
                f"{numbers['unchanged']} unchanged, {troubled} in trouble."
            )


def _one_line(error):
    return " ".join(str(error).split())
