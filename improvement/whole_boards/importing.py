"""Brings a board's copy into an installation that may hold others: all or nothing, proved by reading back."""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import DatabaseError, DataError, connection, transaction
from django.db.models import Field, Model, URLField

from improvement.backups import DAMAGED, BackupError
from improvement.backups.reading import opened, told_by
from improvement.backups.restoring import insert_rows
from improvement.backups.tables import rows_at_once
from improvement.migrated import apart_from
from improvement.whole_boards.belonging import models_of_boards
from improvement.whole_boards.columns import Columns, Numbers
from improvement.whole_boards.exporting import FORMAT, board_lines
from improvement.whole_boards.numbering import new_ids
from improvement.whole_boards.people import People, bring_people
from plans.models import Board, User

NO_COPY = "The file is no copy of a board. Give one that `manage.py export_board` made."
OTHER_STATE = (
    "The copy was made at another state of the software: {}. Nothing was brought in. "
    "Bring both installations to the same version, export the board again, and import that."
)
TAKEN = "There is a board “{}” here already. Nothing was brought in. Choose another name with --slug."
BAD_SLUG = "“{}” can be no board's name in addresses. Use small letters, digits and hyphens."
OUTSIDE = "The copy refers to rows that it does not hold. Nothing was brought in. Export the board again."
NOT_THE_SAME = (
    "What was read back is not what the copy holds. Nothing was brought in. "
    "Tell whoever looks after the software."
)
BAD_LINK = (
    "The copy holds a link that leads to no page: “{}”. Nothing was brought in. "
    "Mend it there and export the board again."
)
# What reading a file comes to whose digests are right, and which `export_board` never wrote.
UNLIKE_A_COPY = (
    AttributeError,
    DataError,
    KeyError,
    TypeError,
    ValueError,
    Board.DoesNotExist,
)


@dataclass
class Imported:
    """`last` is the file's last line: per model its rows and their SHA-256, and that of the whole."""

    board: Board
    people: People
    last: dict


def import_board(path: Path, key: bytes | None = None, *, slug: str = "") -> Imported:
    """Raises BackupError, which says why nothing was brought in.

    The file is read twice, so that a damaged one is known before anything is made of its rows.
    """
    with opened(path, key) as lines:
        most = sum(1 for _ in told_by(lines))
    with opened(path, key) as lines, transaction.atomic():
        try:
            return _bring_in(told_by(lines), slug, most)
        except UNLIKE_A_COPY as error:
            raise BackupError(NO_COPY) from error


def _bring_in(told: Iterator[dict | list], slug: str, most: int) -> Imported:
    head = next(told)
    _refuse_other_state(head)
    slug = slug or head["board"]["slug"]
    _refuse_slug(slug)
    people = bring_people(head["people"])
    last = _load(told, _numbers(head, people, most), slug)
    _check_references()
    board = Board.objects.get(slug=slug)
    _prove(board, head, last)
    return Imported(board, people, last)


def _refuse_other_state(head: dict | list) -> None:
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise BackupError(NO_COPY)
    if apart := apart_from(head["migrations"]):
        raise BackupError(OTHER_STATE.format(apart))


def _refuse_slug(slug: str) -> None:
    if Board.objects.filter(slug=slug).exists():
        raise BackupError(TAKEN.format(slug))
    try:
        Board._meta.get_field("slug").clean(slug, None)
    except ValidationError as error:
        raise BackupError(BAD_SLUG.format(slug)) from error


def _numbers(head: dict, people: People, most: int) -> Numbers:
    """The new id of each number in the copy, of which no model has more than the copy has lines."""
    found = {User: _from_one([user.pk for user in people.users])}
    for model in models_of_boards():
        count = head["ids"][model._meta.label]
        if not 0 <= count <= most:
            raise BackupError(NO_COPY)
        found[model] = _from_one(new_ids(model, count))
    return Numbers(found)


def _from_one(ids: list[int]) -> dict[int, int]:
    return dict(enumerate(ids, 1))


def _load(told: Iterator[dict | list], numbers: Numbers, slug: str) -> dict:
    """Inserts every row and gives the file's last line."""
    models = {model._meta.label: model for model in models_of_boards()}
    line = next(told)
    while "models" not in line:
        model = models.pop(line["model"], None)
        if model is None:
            raise BackupError(DAMAGED)
        columns = Columns(model, numbers, slug, is_copy=True)
        if line["fields"] != columns.names:
            raise BackupError(DAMAGED)
        line = _load_model(model, columns, told)
    return line


def _load_model(model: type[Model], columns: Columns, told: Iterator) -> dict:
    """Inserts rows until a line tells of something else, and gives that line."""
    while True:
        rows, line = [], None
        for line in islice(told, rows_at_once(model)):
            if isinstance(line, dict):
                break
            rows.append(columns.change(line))
        _refuse_links(columns.fields, rows)
        insert_rows(model, columns.fields, rows)
        if isinstance(line, dict):
            return line


def _refuse_links(fields: Sequence[Field], rows: Iterable[Sequence]) -> None:
    """No form looks at these: one such as `javascript:` would run where it is pressed."""
    places = [place for place, one in enumerate(fields) if isinstance(one, URLField)]
    for link in (row[place] for row in rows for place in places):
        if link and urlsplit(link).scheme.lower() not in URLValidator.schemes:
            raise BackupError(BAD_LINK.format(link[:100]))


def _check_references() -> None:
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise BackupError(OUTSIDE) from error


def _prove(board: Board, head: dict, last: dict) -> None:
    """The board as it now stands here would make the same copy."""
    lines = iter(board_lines(board))
    again, end = json.loads(next(lines)), json.loads(deque(lines, maxlen=1).pop())
    if not (
        again["ids"] == head["ids"] and _emails(again) == _emails(head) and end["models"] == last["models"]
    ):
        raise BackupError(NOT_THE_SAME)


def _emails(head: dict) -> list[str]:
    return [email.lower() for email, *_ in head["people"]]
