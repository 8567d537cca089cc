"""A board with all that belongs to it as lines that another installation can read."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.db.models import Model

from improvement.backups.values import Tally, line_of
from improvement.backups.writing import head_of, pack_lines, summed_up, write_lines
from improvement.whole_boards.belonging import Belongings, models_of_boards
from improvement.whole_boards.columns import Columns, Numbers
from plans.models import Board, User

FORMAT = "improvement board 1"


def board_lines(board: Board) -> Iterator[bytes]:
    """A line on the board and its people, per model a line of its columns and one a row, last the digests.

    Nothing in the rows depends on the ids that the board's rows have here, so that two copies of one board
    can be compared by their digests.
    """
    return summed_up(partial(_lines_of_rows, board))


def _lines_of_rows(board: Board, tallies: dict[str, Tally]) -> Iterator[bytes]:
    belongings = Belongings(board)
    people = belongings.people()
    numbers = Numbers({User: _counted([user.pk for user in people])} | _all_counted(belongings))
    yield line_of(head_of(FORMAT) | _about(board, people, belongings))
    for model in models_of_boards():
        tally = tallies[model._meta.label] = Tally()
        columns = Columns(model, numbers, board.slug)
        yield line_of({"model": model._meta.label, "fields": columns.names})
        for row in map(columns.change, belongings.rows(model)):
            tally.add(row)
            yield line_of(row)


def _about(board: Board, people: list[User], belongings: Belongings) -> dict:
    members = set(board.memberships.values_list("user_id", flat=True))
    return {
        "board": {"council": board.council, "name": board.name, "slug": board.slug},
        # Nothing of how they sign in.
        "people": [[user.email, user.name, user.pk in members] for user in people],
        "ids": {model._meta.label: len(ids) for model, ids in belongings.ids.items()},
    }


def _counted(ids: list[int]) -> Mapping[int, int]:
    return {pk: number for number, pk in enumerate(ids, 1)}


def _all_counted(belongings: Belongings) -> dict[type[Model], Mapping[int, int]]:
    return {model: _counted(ids) for model, ids in belongings.ids.items()}


def export_board(board: Board, path: Path, key: bytes | None = None) -> dict:
    """Writes a new file and gives its last line: per model its rows and their SHA-256, and the whole's."""
    return json.loads(write_lines(path, board_lines(board), key))


def export_to(board: Board, file: BinaryIO) -> None:
    """Writes the same to a file that is open."""
    pack_lines(file, board_lines(board))
