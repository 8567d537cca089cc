"""An import as seconds and as a multiple of what openpyxl alone takes, measured by turns."""

from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils import timezone

from improvement.imports.workbooks import apply_import, check_workbook, keep_workbook
from plans.models import Board, User
from tests.bench.filling import make_board
from tests.bench.measuring import Figure, count_queries, empty_caches, timed
from tests.bench.workbooks import read_cells, write_workbook


def measure_imports(size: int) -> Iterator[Figure]:
    """Preview on an empty board and where it stands already, then apply: new, and a month's changes."""
    board, person = make_board(f"imports-{size}")
    content, later = write_workbook(size), write_workbook(size, later=True)
    bench = _Against(size, content)
    yield bench.floor()
    yield bench.figure("preview, empty board", lambda: _preview(board, content))
    new = _preview(board, content)
    yield bench.figure("apply, all new", _taken_back(lambda: _apply(board, content, new, person)))
    _apply(board, content, new, person)
    yield bench.figure("preview, stands already", lambda: _preview(board, content))
    yield bench.figure("preview, a third changed", lambda: _preview(board, later))
    changed = _preview(board, later)
    yield bench.figure("apply, a third changed", _taken_back(lambda: _apply(board, later, changed, person)))


def _preview(board: Board, content: bytes) -> dict:
    previews = check_workbook(content, board, {}, today=timezone.localdate())
    assert not previews["plan"].unresolved
    return previews


def _apply(board: Board, content: bytes, previews: dict, person: User) -> None:
    imported = keep_workbook(board, "plan.xlsx", content, by=person)
    assert apply_import(imported, previews, by=person)


def _taken_back(call: Callable) -> Callable:
    """Each run is rolled back, so that the next one meets the same board."""

    def run():
        with transaction.atomic():
            call()
            transaction.set_rollback(True)

    return run


class _Against:
    """Runs each call by turns with the floor, so that a busy machine slows both, and takes the least."""

    def __init__(self, size: int, content: bytes):
        self.size, self.content = size, content
        self.turns = 3 if size <= 2_000 else 1

    def floor(self) -> Figure:
        seconds = min(self._floor() for _ in range(self.turns))
        return Figure(self.size, "floor: openpyxl reads the cells", seconds, bytes=len(self.content))

    def figure(self, name: str, call: Callable) -> Figure:
        floors, seconds = [], []
        for _ in range(self.turns):
            floors.append(self._floor())
            empty_caches()
            taken, (queries, _) = timed(lambda: count_queries(call))
            seconds.append(taken)
        least = min(seconds)
        return Figure(self.size, name, least, queries=queries, times_floor=least / min(floors))

    def _floor(self) -> float:
        return timed(lambda: read_cells(self.content))[0]
