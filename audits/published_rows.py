"""The board's finished audits as they may be published: small counts hidden."""

from collections.abc import Sequence
from dataclasses import dataclass

from audits.models import Audit
from audits.services.audits import mix_of
from plans.models import Board
from plans.small_numbers import Entry, Shown, protect
from plans.spreadsheets.layout import Table

HEADERS = ["Audit", "Done on", "Counted", "Cases"]
OUT_OF_SCOPE = (
    "Each document is protected by itself. Whether two documents together give a small number away is not "
    "checked: look at what is published already."
)


@dataclass(frozen=True)
class PublishedAudit:
    """An audit with its counts as shown: the cases of each grade and of all, then of the second reader."""

    audit: Audit
    cells: Sequence[tuple[str, Shown]]


def publish_audits(board: Board) -> list[PublishedAudit]:
    """The latest first; the grades of one audit are protected together, so that no total gives one away."""
    audits = board.audits.done().prefetch_related("grades").order_by("-done_on", "-pk")
    return [
        PublishedAudit(audit, [*_grades(audit, board), *_second_reader(audit, board)]) for audit in audits
    ]


def rules(below: int) -> list[str]:
    """What was done to the figures, in sentences that go with them."""
    if below < 2:
        return ["No count is hidden: the board has set no threshold.", OUT_OF_SCOPE]
    return [
        f"Counts from 1 to {below - 1} are shown as “fewer than {below}”; 0 is shown.",
        "Where a total would give a small count away, the next smallest is shown as “hidden”.",
        OUT_OF_SCOPE,
    ]


def published_sheet(board: Board, published: Sequence[PublishedAudit]) -> Table:
    """For a download: a row for each count; numbers as numbers where they are shown, the rules below."""
    rows = [
        [one.audit.title, one.audit.done_on, words, _value(cell)]
        for one in published
        for words, cell in one.cells
    ]
    return Table("Audits", HEADERS, [*rows, [], *([rule] for rule in rules(board.small_numbers_below))])


def _grades(audit: Audit, board: Board) -> list[tuple[str, Shown]]:
    mix = mix_of(audit)
    parts = [*mix.pairs] if mix.total else []
    words = [grade.word for grade, _ in parts] + (["No grade"] if parts and mix.ungraded else [])
    counts = [count for _, count in parts] + ([mix.ungraded] if parts and mix.ungraded else [])
    return _protected([*words, "Cases looked at"], [*counts, audit.sample], board)


def _second_reader(audit: Audit, board: Board) -> list[tuple[str, Shown]]:
    if not audit.read_twice:
        return []
    counts = [audit.agreed, audit.read_twice - audit.agreed, audit.read_twice]
    return _protected(
        ["Second reader agreed", "Second reader disagreed", "Read by a second reader"], counts, board
    )


def _protected(words: list[str], counts: list[int], board: Board) -> list[tuple[str, Shown]]:
    """The last count is the sum of the others, where there are others."""
    entries = [Entry(f"{count:,}", count) for count in counts]
    [shown] = protect([entries], board.small_numbers_below, has_total_column=len(counts) > 1)
    return list(zip(words, shown, strict=True))


def _value(cell: Shown) -> int | str:
    return cell.text if cell.hidden else int(cell.text.replace(",", ""))
