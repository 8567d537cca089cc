"""Rows in which each of the words stands by itself, such as a first name in one cell and the surname in the
next, in either order: perhaps the same person, so they are shown and left for people to judge."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model

from improvement.backups.tables import every_model
from improvement.imports.workbooks import UnreadableWorkbook, limits
from improvement.redacting.columns import columns_of, original
from improvement.redacting.finding import Said, said_at
from improvement.redacting.rows import AT_ONCE, boards_of, rows_of
from improvement.redacting.values import texts_of
from improvement.redacting.words import Words
from plans.models import Board, Import, Workbook
from plans.spreadsheets.reading import read_workbook

MOST_LISTED = 50
# What they keep of all their rows is no one row; their workbooks are gone through row by row.
OF_MANY_ROWS = frozenset({Import})


@dataclass(frozen=True)
class Apart:
    """A row, with the first place of each word in it; `board` is an id, None where it is no board's."""

    name: str
    board: int | None
    said: tuple[Said, ...]


def find_apart(words: Words, board: Board | None = None) -> list[Apart]:
    """Each row once, however often its history says the same; none for one word alone."""
    if len(words.parts) < 2:
        return []
    found = (each for model in every_model() for each in _in_rows(model, words, board))
    return [*dict.fromkeys([*found, *_in_workbooks(words, board)])]


def _in_rows(model: type[Model], words: Words, board: Board | None) -> Iterator[Apart]:
    columns = [each for each in columns_of(model) if not (each.is_json and original(model) in OF_MANY_ROWS)]
    if not columns:
        return
    rows = rows_of(model, board).values_list("pk", *[each.field.name for each in columns])
    told = ((pk, texts_of(values)) for pk, *values in rows.iterator(chunk_size=AT_ONCE))
    found = {pk: said for pk, texts in told if (said := _said(words, texts))}
    boards = boards_of(model, found)
    name = str(original(model)._meta.verbose_name_plural)
    yield from (Apart(name, boards[pk], said) for pk, said in found.items())


def _said(words: Words, texts: Iterable[str]) -> tuple[Said, ...]:
    """The first place of each word where those that stand together are left out; empty unless all stand."""
    texts = [text for text in texts if text]
    whole = "\n".join(texts)
    if not all(part.may_be_in(whole) for part in words.parts):
        return ()
    rest = [words.replaced(text, "\0") for text in texts]
    places = [
        next((said_at(text, *spans[0]) for text in rest if (spans := part.spans(text))), None)
        for part in words.parts
    ]
    return () if None in places else tuple(places)


def _in_workbooks(words: Words, board: Board | None) -> Iterator[Apart]:
    imports = Import.objects.filter(workbook__isnull=False).order_by("pk")
    imports = imports if board is None else imports.filter(board=board)
    for pk, of in imports.values_list("pk", "board_id"):
        content = bytes(Workbook.objects.values_list("content", flat=True).get(imported_by=pk))
        for place, said in _in_workbook(content, words):
            yield Apart(f"Workbook of import {pk}, {place}", of, said)


def _in_workbook(content: bytes, words: Words) -> Iterator[tuple[str, tuple[Said, ...]]]:
    if not _may_be_in(content, words):
        return
    try:
        workbook = read_workbook(content, limits())
    except UnreadableWorkbook:
        return
    for sheet in workbook.sheets:
        rows: dict[int, list[str]] = defaultdict(list)
        for cell in sheet.cells.values():
            rows[cell.row].append(cell.text)
        for row, texts in rows.items():
            if said := _said(words, texts):
                yield f"“{sheet.title}”, row {row}", said


def _may_be_in(content: bytes, words: Words) -> bool:
    """A quick look, since to read every workbook would take minutes."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        texts = [package.read(name).decode("utf-8", "ignore") for name in package.namelist()]
    return all(any(part.may_be_in(text) for text in texts) for part in words.parts)
