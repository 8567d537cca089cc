"""Passes over a sheet's XML as bytes before it is parsed: counts, drops what is empty, notes formulas.

Nothing here builds a tree, so a sheet of a million formatted rows costs a second and little memory.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO

from .book import Limits, UnreadableWorkbook, column_number
from .guard import DAMAGED
from .package import in_usual_namespaces, refuse_unusable

CHUNK = 1_000_000
MAX_HEAD = 5_000_000
MAX_TAIL = 20_000_000


@dataclass
class Budget:
    """What the sheets of one workbook may still use between them."""

    rows: int
    cells: int
    kept: int
    tags: int

    @classmethod
    def of(cls, limits: Limits) -> "Budget":
        return cls(limits.max_rows, limits.max_cells, limits.max_kept, limits.max_tags)


@dataclass
class SheetXml:
    """A sheet cut down to columns and rows, and what stood beside them.

    `merges` are (first row, first column, last row, last column); `links` are (reference, relation
    id, address within the workbook); `formulas` are (reference, formula) of cells without a value.
    """

    xml: bytes = b""
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    formulas: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Patterns:
    """The patterns of one namespace prefix: some programs write <x:row> for <row>."""

    row: bytes
    cell: bytes
    formula: bytes
    data: re.Pattern[bytes]
    data_end: re.Pattern[bytes]
    columns: tuple[bytes, bytes]
    empty_row: re.Pattern[bytes]
    far_empty_cell: re.Pattern[bytes]
    valueless: re.Pattern[bytes]
    merge: re.Pattern[bytes]
    link: re.Pattern[bytes]


ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet\b[^<>]*>")
DECLARATION = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^<>]*\?>")


@lru_cache(maxsize=16)
def _patterns(prefix: bytes) -> Patterns:
    def compiled(pattern: bytes) -> re.Pattern[bytes]:
        return re.compile(pattern.replace(b"~", re.escape(prefix)), re.DOTALL)

    no_value = rb"(?:<~v\s*/>|<~v\s*>\s*</~v>)?\s*"
    empty_cell = rb"<~c\b[^<>]*(?:(?<=/)>|(?<!/)>\s*" + no_value + rb"</~c>)"
    return Patterns(
        row=b"<" + prefix + b"row",
        cell=b"<" + prefix + b"c ",
        formula=b"<" + prefix + b"f",
        data=compiled(rb"<~sheetData\s*(/?)>"),
        data_end=compiled(rb"</~sheetData\s*>"),
        columns=(b"<" + prefix + b"cols>", b"</" + prefix + b"cols>"),
        empty_row=compiled(
            rb"<~row\b(?=[^<>]*\sr=)[^<>]*(?:(?<=/)>|(?<!/)>(?:\s*" + empty_cell + rb")*\s*</~row\s*>)"
        ),
        far_empty_cell=compiled(rb'<~c\b(?=[^<>]*\sr="(?:[A-Z]{3}|[B-Z][A-Z])\d)[^<>]*/>'),
        valueless=compiled(
            rb"<~c\b([^<>]*)(?<!/)>\s*<~f\b[^<>]*(?:(?<=/)>|(?<!/)>([^<]*)</~f>)\s*" + no_value + rb"</~c>"
        ),
        merge=compiled(
            rb"<~mergeCell\b[^<>]*\sref=[\"']\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)[\"']"
        ),
        link=compiled(rb"<~hyperlink\b([^<>]*)>"),
    )


def cut_sheet(stream: IO[bytes], title: str, limits: Limits, budget: Budget) -> SheetXml:
    """The sheet reduced to what is parsed; UnreadableWorkbook when it is more than the budget allows."""
    return _Cutter(title, limits, budget).cut(stream)


class _Cutter:
    def __init__(self, title: str, limits: Limits, budget: Budget) -> None:
        self.title, self.limits, self.budget = title, limits, budget
        self.sheet = SheetXml()
        self.kept: list[bytes] = []
        self.rows = self.cells = self.size = 0
        self.dropping = False

    def cut(self, stream: IO[bytes]) -> SheetXml:
        head, rest, closed = self._head(stream)
        tail = b""
        if not closed:
            for piece, is_tail in self._pieces(stream, rest):
                if is_tail:
                    tail = piece
                else:
                    self._keep(piece)
        self._charge()
        prefix = self.prefix
        opening, closing = (
            b"<" + prefix + b"sheetData>",
            b"</" + prefix + b"sheetData></" + prefix + b"worksheet>",
        )
        self.sheet.xml = b"".join([head, opening, *self.kept, closing])
        self._read_tail(tail)
        return self.sheet

    def _head(self, stream: IO[bytes]) -> tuple[bytes, bytes, bool]:
        """Declaration, root tag and columns; what follows <sheetData>; whether that was empty."""
        buffer = b""
        while len(buffer) < MAX_HEAD and (chunk := stream.read(CHUNK)):
            buffer += chunk
            refuse_unusable(buffer)
            root = ROOT.search(buffer)
            if root is None:
                continue
            self.prefix = root[1] + b":" if root[1] else b""
            self.patterns = _patterns(self.prefix)
            if data := self.patterns.data.search(buffer, root.end()):
                declaration = DECLARATION.match(buffer)
                columns = _between(buffer[root.end() : data.start()], *self.patterns.columns)
                parts = (declaration[0] if declaration else b"", root[0], columns)
                return in_usual_namespaces(b"".join(parts)), buffer[data.end() :], bool(data[1])
        raise UnreadableWorkbook(f"Sheet “{self.title}” can't be read. {DAMAGED}")

    def _pieces(self, stream: IO[bytes], buffer: bytes) -> Iterator[tuple[bytes, bool]]:
        """Whole rows, piece by piece, then what follows the rows (marked True)."""
        searched = 0
        while True:
            if end := self.patterns.data_end.search(buffer, max(0, searched - 50)):
                yield buffer[: end.start()], False
                yield self._rest(stream, buffer[end.end() :]), True
                return
            cut = buffer.rfind(self.patterns.row, max(0, searched - 10))
            if cut > 0:
                yield buffer[:cut], False
                buffer = buffer[cut:]
            searched = len(buffer)
            if searched > self.budget.kept:
                raise self._too_much()
            if not (chunk := stream.read(CHUNK)):
                raise UnreadableWorkbook(f"Sheet “{self.title}” breaks off before its end. {DAMAGED}")
            buffer += chunk

    def _rest(self, stream: IO[bytes], tail: bytes) -> bytes:
        return tail + stream.read(MAX_TAIL)

    def _keep(self, piece: bytes) -> None:
        if self.dropping:
            piece = self._without_empty(piece)
        self._count(piece)
        self.kept.append(piece)
        if not self.dropping and (self.rows > self.limits.max_rows or self.cells > self.budget.cells):
            self.dropping = True
            pieces, self.kept = self.kept, []
            self.rows = self.cells = self.size = 0
            for earlier in pieces:
                stripped = self._without_empty(earlier)
                self._count(stripped)
                self.kept.append(stripped)
        if self.rows > self.limits.max_rows:
            raise UnreadableWorkbook(too_many_rows(self.title, self.limits))
        if self.cells > self.budget.cells or self.size > self.budget.kept:
            raise self._too_much()

    def _without_empty(self, piece: bytes) -> bytes:
        return self.patterns.far_empty_cell.sub(b"", self.patterns.empty_row.sub(b"", piece))

    def _count(self, piece: bytes) -> None:
        self.rows += piece.count(self.patterns.row)
        self.cells += piece.count(self.patterns.cell)
        self.size += len(piece)

    def _charge(self) -> None:
        for piece in self.kept:
            self.budget.tags -= piece.count(b"<")
            if self.patterns.formula in piece:
                self._note_formulas(piece)
        self.budget.cells -= self.cells
        self.budget.kept -= self.size
        if self.budget.tags < 0:
            raise self._too_much()

    def _note_formulas(self, piece: bytes) -> None:
        for match in self.patterns.valueless.finditer(piece):
            attributes = _attributes(match[1])
            if attributes.get("t") != "str" and "r" in attributes:
                formula = html.unescape((match[2] or b"").decode("utf-8", "replace"))
                self.sheet.formulas.append((attributes["r"], f"={formula}"))

    def _read_tail(self, tail: bytes) -> None:
        for first, top, last, bottom in self.patterns.merge.findall(tail):
            columns = column_number(first.decode()), column_number(last.decode())
            rows = int(top[:8]), int(bottom[:8])
            self.sheet.merges.append((min(rows), min(columns), max(rows), max(columns)))
        for match in self.patterns.link.finditer(tail):
            attributes = _attributes(match[1])
            relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            self.sheet.links.append((attributes.get("ref", ""), relation, attributes.get("location", "")))

    def _too_much(self) -> UnreadableWorkbook:
        return UnreadableWorkbook(
            f"Sheet “{self.title}” holds more than can be read here, often formatting far beyond the plan's "
            "last row or column. Copy only the rows of the plan into a new workbook and upload that."
        )


def _between(xml: bytes, start: bytes, end: bytes) -> bytes:
    """The first element from its start tag to its end tag, b"" without one."""
    at = xml.find(start)
    stop = xml.find(end, at)
    return xml[at : stop + len(end)] if 0 <= at < stop else b""


def too_many_rows(title: str, limits: Limits) -> str:
    return (
        f"The workbook has more than {limits.max_rows:,} rows with text (reached on sheet “{title}”). "
        "Remove the sheets that are not part of the plan, or split the workbook, and upload it again."
    )


def _attributes(source: bytes) -> dict[str, str]:
    pairs = re.findall(rb"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", source)
    return {name.decode(): html.unescape((one or two).decode("utf-8", "replace")) for name, one, two in pairs}
