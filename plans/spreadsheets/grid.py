"""A sheet as rows of texts, with its merged cells looked up from any cell they cover."""

from bisect import bisect_left, bisect_right

from .book import Cell, Merge, Sheet

LARGEST_MERGE = 20_000


class Grid:
    """`rows` holds only cells with a text; a cell that is only coloured is found with `fill`."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: dict[int, list[Cell]] = {}
        for cell in sheet.cells.values():
            if cell.text:
                self.rows.setdefault(cell.row, []).append(cell)
        for cells in self.rows.values():
            cells.sort(key=lambda cell: cell.column)
        self.numbers = sorted(self.rows)
        self.covers: dict[tuple[int, int], Merge] = {}
        for merge in sheet.merges:
            self._cover(merge)

    def _cover(self, merge: Merge) -> None:
        height, width = merge.last_row - merge.first_row + 1, merge.last_column - merge.first_column + 1
        if height * width > LARGEST_MERGE:
            return
        for row in range(merge.first_row, merge.last_row + 1):
            for column in range(merge.first_column, merge.last_column + 1):
                self.covers[row, column] = merge

    def between(self, first_row: int, last_row: int) -> list[int]:
        """The rows with text from first_row to last_row, both included."""
        return self.numbers[bisect_left(self.numbers, first_row) : bisect_right(self.numbers, last_row)]

    def merge(self, row: int, column: int) -> Merge | None:
        return self.covers.get((row, column))

    def anchor(self, row: int, column: int) -> Cell | None:
        """The cell whose text shows here: itself, or the first cell of the merge that covers it."""
        merge = self.covers.get((row, column))
        key = (merge.first_row, merge.first_column) if merge else (row, column)
        cell = self.sheet.cells.get(key)
        return cell if cell is not None and cell.text else None

    def fill(self, row: int, column: int) -> str | None:
        """The fill that shows at a cell, "RRGGBB"."""
        cell = self.sheet.cells.get((row, column))
        if cell is None or not cell.fill:
            merge = self.covers.get((row, column))
            cell = self.sheet.cells.get((merge.first_row, merge.first_column)) if merge else cell
        return cell.fill if cell else None

    def width(self, cell: Cell) -> int:
        """How many columns a cell is spread over."""
        merge = self.covers.get((cell.row, cell.column))
        return merge.last_column - merge.first_column + 1 if merge else 1
