"""What was found or done, in the words of a page and of a command."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from improvement.redacting.apart import MOST_LISTED, Apart
from improvement.redacting.files import FileFound
from improvement.redacting.finding import Found, Place
from improvement.redacting.removing import APART
from plans.models import Board, Evidence, Redaction
from plans.templatetags.components import long_date
from plans.wording.alphabet import alphabetical
from plans.wording.phrases import plural

NO_BOARD = "On no board"
GONE = "A board that is gone"
NO_RECALL = "Emails that were sent cannot be taken back. Ask these people to delete theirs."


@dataclass(frozen=True)
class BoardTold:
    """The places of one board, or of none."""

    name: str
    places: list[Place]

    @property
    def id(self) -> str:
        return f"board-{self.places[0].board or 'none'}"

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.places)


@dataclass(frozen=True)
class FileTold:
    words: str
    url: str


def places_told(found: Found) -> list[BoardTold]:
    """By board, the boards by name, what is no board's last."""
    names = board_names(each.board for each in found.by_place)
    by_board: dict[int | None, list[Place]] = {}
    for each in found.by_place:
        by_board.setdefault(each.board, []).append(each)
    told = [BoardTold(names.get(pk, NO_BOARD), places) for pk, places in by_board.items()]
    return sorted(told, key=lambda each: (each.name == NO_BOARD, alphabetical(each.name)))


def apart_told(found: Sequence[Apart]) -> list[tuple[str, list[Apart]]]:
    """(board, rows), the first of all rows alone."""
    names, told = board_names(each.board for each in found), defaultdict(list)
    for each in found[:MOST_LISTED]:
        told[names.get(each.board, NO_BOARD)].append(each)
    return list(told.items())


def apart_left(redaction: Redaction) -> str:
    """How many rows it left in which each word stands by itself, such as "3 rows"; "" where none."""
    rows = redaction.places.get("", {}).get(APART, 0)
    return plural(rows, "row") if rows else ""


def board_names(pks: Iterable[int | None]) -> dict[int, str]:
    return {pk: str(board) for pk, board in Board.objects.in_bulk({each for each in pks if each}).items()}


def other_lines(found: Found) -> list[str]:
    """What holds the words beside rows, each in a line."""
    workbooks = sum(each.kind == "workbook" for each in found.rewritable)
    pieces = len(found.rewritable) - workbooks
    counted = [
        (workbooks, "stored workbook"),
        (pieces, "file of evidence"),
        (len(found.packs), "pack"),
        (len(found.bundles), "inspector’s bundle"),
        (len(found.sessions), "session"),
    ]
    plurals = {"file of evidence": "files of evidence"}
    return [plural(number, word, plurals.get(word, f"{word}s")) for number, word in counted if number]


def warnings(found: Found) -> list[str]:
    """What it cannot reach, in sentences."""
    told = []
    if found.accounts:
        told.append(
            f"{plural(found.accounts, 'account')} of people who use the site "
            f"{'bears' if found.accounts == 1 else 'bear'} the words. They are not changed: "
            "close or rename them in the administration."
        )
    if found.by_hand:
        told.append(
            f"{plural(len(found.by_hand), 'file')} of evidence cannot be written again. Look at each; "
            "where the words are in it, take out the whole file."
        )
    if found.unread:
        told.append(
            f"{plural(len(found.unread), 'PDF or picture', 'PDFs and pictures')} cannot be looked through "
            "with certainty. Look at those that may show them."
        )
    return told


def files_told(files: Iterable[FileFound]) -> list[FileTold]:
    """Files to look at, each with its page."""
    files = list(files)
    pieces = Evidence.objects.select_related("board").in_bulk(
        [each.pk for each in files if each.kind == "evidence"]
    )
    return [_file(each, pieces.get(each.pk)) for each in files]


def _file(found: FileFound, piece: Evidence | None) -> FileTold:
    if piece is None:
        return FileTold(found.what, "")
    words = f"{found.what}: {piece.get_kind_display().lower()} of {long_date(piece.dated)}, {piece.board}"
    return FileTold(words, reverse("redact_file", args=[piece.pk]))


def done_told(redaction: Redaction) -> list[tuple[str, dict[str, int]]]:
    """What a redaction changed: (board, rows by place), what is no board's last."""
    names = board_names(int(pk) for pk in redaction.places if pk)
    changed = {pk: _changed(places) for pk, places in redaction.places.items()}
    told = [(names.get(int(pk), GONE) if pk else NO_BOARD, each) for pk, each in changed.items() if each]
    return sorted(told, key=lambda each: (each[0] == NO_BOARD, alphabetical(each[0])))


def _changed(places: Mapping[str, int]) -> dict[str, int]:
    return {place: rows for place, rows in places.items() if place != APART}
