"""A data set as CSV and as JSON, a piece at a time, so that a long one needs little memory."""

import csv
import json
from collections.abc import Generator
from datetime import datetime

from improvement.feeds.fields import DataSet, Value, plain
from improvement.feeds.reading import Reading, batches
from plans.spreadsheets.writing import harmless

MARK = b"\xef\xbb\xbf"
ROWS_AT_ONCE = 200


class _Lines:
    """What the csv module writes to: it keeps the lines until they are taken."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def write(self, line: str) -> None:
        self.kept.append(line)

    def take(self) -> bytes:
        lines, self.kept = "".join(self.kept), []
        return lines.encode()


def csv_pieces(data_set: DataSet, reading: Reading) -> Generator[bytes, None, None]:
    """UTF-8 with a mark that Excel knows; the header is there without any row, too."""
    lines = _Lines()
    out = csv.writer(lines)
    out.writerow([field.name for field in data_set.fields])
    yield MARK + lines.take()
    for some in batches(data_set.rows(reading), ROWS_AT_ONCE):
        out.writerows([csv_cell(value) for value in data_set.values(row)] for row in some)
        yield lines.take()


def csv_cell(value: Value) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else json.dumps(value)


def json_pieces(data_set: DataSet, reading: Reading, made_at: datetime) -> Generator[bytes, None, None]:
    """One object that says what it is, and whose last member is the rows."""
    yield _text(head(data_set, reading, made_at))[:-1].encode() + b', "rows": ['
    names = [field.name for field in data_set.fields]
    before = "\n"
    for some in batches(data_set.rows(reading), ROWS_AT_ONCE):
        told = (_text(dict(zip(names, data_set.values(row), strict=True))) for row in some)
        yield (before + ",\n".join(told)).encode()
        before = ",\n"
    yield b"\n]}\n"


def head(data_set: DataSet, reading: Reading, made_at: datetime) -> dict:
    """What stands above the rows: whose they are, of which day, and what the fields are."""
    return {
        "board": board_told(reading),
        "dataset": data_set.name,
        "as_at": plain(reading.day),
        "made_at": plain(made_at),
        "fields": fields_told(data_set),
    }


def fields_told(data_set: DataSet) -> list[dict]:
    return [{"name": field.name, "kind": str(field.kind), "about": field.words} for field in data_set.fields]


def board_told(reading: Reading) -> dict:
    board = reading.board
    return {
        "slug": board.slug,
        "council": board.council,
        "name": board.name,
        "closed_on": plain(board.closed_on),
    }


def _text(told: dict) -> str:
    return json.dumps(told, ensure_ascii=False)
