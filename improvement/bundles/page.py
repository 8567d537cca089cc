"""A bundle as a web page that stands alone, and the same data as sheets of a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from django.template.loader import render_to_string

from improvement.packs.html import LONGEST_HEAD, document, margins, short_digest
from improvement.packs.sheet_parts import Sheet
from improvement.packs.sheets import filled
from improvement.packs.workbook import book_of
from plans.templatetags.components import long_date
from plans.wording.phrases import shortened

READ_FIRST = (
    "Texts stand as people wrote them. Read them before you give this away: counts in tables are "
    "protected as the board set it, words are not."
)


def day_words(content: Mapping) -> str:
    return long_date(date.fromisoformat(content["about"]["as_at"]))


def title_of(content: Mapping) -> str:
    about = content["about"]
    return f"{about['title']}, as at {day_words(content)}, {about['council']}"


def web_page(content: Mapping, digest: str) -> bytes:
    about = content["about"]
    context = {
        "about": about,
        "day": day_words(content),
        "digest": digest,
        "read_first": READ_FIRST,
        "parts": [_shown(part, n) for n, part in enumerate(content["parts"], 1)],
    }
    right = f"{shortened(about['title'], LONGEST_HEAD * 2)} · {day_words(content)}"
    running = margins(about["council"], right, f"Digest {short_digest(digest)}.")
    body = render_to_string("improvement/bundle/body.html", context)
    return document(about, title_of(content), digest, running, body)


def _shown(part: Mapping, number: int) -> dict:
    """A part for the page: wide rows as records, each cell with its header; others as a table."""
    rows = [[_words(part, n, cell) for n, cell in enumerate(row)] for row in part["rows"]]
    wide = part["records"] or len(part["headers"]) > 5
    return {
        "id": f"part-{number}",
        "title": f"{part['title']}: {len(rows)}",
        "about": part["about"],
        "headers": part["headers"],
        "groups": _records(part["headers"], rows) if wide else [],
        "rows": [] if wide else rows,
    }


def _words(part: Mapping, column: int, cell) -> str:
    if column in part["days"] and cell:
        return long_date(date.fromisoformat(cell)) if _is_day(cell) else cell
    return f"{cell:,}" if isinstance(cell, int | float) else cell


def _is_day(cell: str) -> bool:
    try:
        return bool(date.fromisoformat(cell))
    except ValueError:
        return False


def _records(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> list[tuple[str, list]]:
    """Rows below each other under what they are about, without what says nothing."""
    return [
        (
            title or "Not named",
            [[pair for pair in zip(headers[1:], row[1:], strict=True) if pair[1]] for row in group],
        )
        for title, group in groupby(rows, key=lambda row: row[0])
    ]


def workbook_of(content: Mapping, digest: str, files: Iterable[tuple[str, int, str]]) -> bytes:
    """The same as .xlsx; `files` are the bundle's others: name, size and SHA-256."""
    about = content["about"]
    lines = [
        about["sentence"],
        *about["notes"],
        READ_FIRST,
        f"Digest of what it says {short_digest(digest)}, in full {digest}",
        "Each sheet holds one table, which begins in row 3 under its title. A cell with nothing to say holds "
        "the word None. The sheet Files lists the other files with their digests; this file's own is in "
        "manifest.txt.",
    ]
    headers = ["File", "Bytes", "SHA-256"]
    listed = Sheet(
        "Files", "Files of the bundle", "But for this one.", headers, [list(file) for file in files]
    )
    sheets = [listed, *map(_sheet, content["parts"])]
    return book_of(title_of(content), about["council"], f"Digest {digest}", lines, sheets)


def _sheet(part: Mapping) -> Sheet:
    rows = [
        [
            date.fromisoformat(cell) if n in part["days"] and _is_day(str(cell)) else cell
            for n, cell in enumerate(row)
        ]
        for row in part["rows"]
    ]
    about = part["about"] or part["title"]
    return Sheet(part["name"], part["title"], about, part["headers"], filled(rows, len(part["headers"])))
