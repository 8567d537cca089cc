"""The grid of measures by months: every cell a field; good cells are saved, wrong ones stay open."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from impact.figures import Figure, read_figure
from impact.models import Measure, Observation
from impact.months import month_of, month_words
from impact.pasting import Pasted
from impact.services.observations import Entry, find_faults, set_values
from impact.units import Unit
from plans.forms.base import in_another_window
from plans.models import User

NAME = re.compile(r"v-(\d{1,18})-(\d{4})(0[1-9]|1[0-2])")
MOST_BESIDE = 1_000
LONGEST = 200
NO_PERCENT = "This measure is no percentage. Leave out the % sign, or change the measure's unit."


def text_of(row: Observation | None) -> str:
    """A value as it is typed: "451", "52.5", or both its parts as "39/40"."""
    if row is None or row.value is None:
        return ""
    if row.numerator is not None:
        return f"{plain(row.numerator)}/{plain(row.denominator)}"
    return plain(row.value)


def plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


@dataclass
class Cell:
    """A month of a measure; `typed` is None until somebody sends the field."""

    measure: Measure
    month: date
    standing: Observation | None = None
    was: int = 0
    typed: str | None = None
    error: str = ""
    is_clash: bool = False
    is_pasted: bool = False

    @property
    def name(self) -> str:
        return f"v-{self.measure.pk}-{self.month:%Y%m}"

    @property
    def text(self) -> str:
        return text_of(self.standing) if self.typed is None else self.typed

    @property
    def standing_text(self) -> str:
        return text_of(self.standing)

    @property
    def label(self) -> str:
        return f"{self.measure}, {month_words(self.month)}"

    @property
    def standing_id(self) -> int:
        return self.standing.pk if self.standing else 0


@dataclass
class MeasureGrid:
    """`measures` are those that the person may enter, in their order; `shown` those on this page.

    `sent` is what the browser sent, None for a fresh page.
    """

    measures: Sequence[Measure]
    shown: Sequence[Measure]
    months: Sequence[date]
    today: date
    sent: Mapping[str, str] | None = None
    problems: list[str] = field(default_factory=list)
    saved: int = 0

    def __post_init__(self):
        self.by_id = {measure.pk: measure for measure in self.measures}
        self.cells: dict[tuple[int, date], Cell] = {}
        sent = self._sent_places()
        self._add_cells([(measure.pk, month) for measure in self.shown for month in self.open_months])
        self._add_cells(place for place in sent if place not in self.cells)
        was = self._was()
        for place, text in sent.items():
            cell = self.cells[place]
            cell.was = was.get(place, cell.standing_id)
            cell.typed = text
        self._forget_untouched()

    @property
    def open_months(self) -> list[date]:
        """A month to come can't have a value yet."""
        return [month for month in self.months if month <= month_of(self.today)]

    @cached_property
    def names(self) -> dict[int, str]:
        """The measures by id, those of this page first: where a block without names goes."""
        return {measure.pk: measure.name for measure in (*self.shown, *self.measures)}

    @property
    def rows(self) -> list[tuple[Measure, list[Cell | None], str, list[Cell]]]:
        """Each measure shown, its cells (None in a month to come), what they showed when the page was
        opened, and those that are wrong."""
        rows = []
        for measure in self.shown:
            cells = [self.cells.get((measure.pk, month)) for month in self.months]
            there = [cell for cell in cells if cell is not None]
            rows.append((measure, cells, _opened_on(there), [cell for cell in there if cell.error]))
        return rows

    @property
    def beside(self) -> list[Cell]:
        """Cells of other months or measures than the page shows, out of a block that was pasted."""
        here = {(measure.pk, month) for measure in self.shown for month in self.months}
        order = {pk: n for n, pk in enumerate(self.by_id)}
        cells = [cell for place, cell in self.cells.items() if place not in here and cell.typed is not None]
        return sorted(cells, key=lambda cell: (order[cell.measure.pk], cell.month))

    @property
    def wrong(self) -> list[Cell]:
        return [cell for cell in self.cells.values() if cell.error]

    @property
    def changed(self) -> list[Cell]:
        """Cells that say something else than what stands."""
        return [cell for cell in self.cells.values() if cell.typed is not None]

    def paste(self, cells: Iterable[Pasted]) -> None:
        """Puts a block into the cells, to be looked at and saved."""
        cells = list(cells)
        beside = [(one.measure, one.month) for one in cells if (one.measure, one.month) not in self.cells]
        if len(beside) > MOST_BESIDE:
            self.problems.append(
                f"{len(beside):,} values are of other months or measures than this page shows, and "
                f"{MOST_BESIDE:,} can be taken at a time. The rest was left out."
            )
        self._add_cells(beside[:MOST_BESIDE])
        for one in cells:
            cell = self.cells.get((one.measure, one.month))
            if cell is not None and one.text != text_of(cell.standing):
                cell.typed, cell.is_pasted, cell.was = one.text[:LONGEST], True, cell.standing_id
        self._forget_untouched()

    def check(self) -> list[tuple[Cell, Entry]]:
        """Marks what is wrong; gives the cells that can be saved with what to save."""
        good = []
        for cell in self.changed:
            cell.error = ""
            try:
                good.append((cell, _entry(cell)))
            except ValueError as error:
                cell.error = str(error)
        faults = find_faults([entry for _, entry in good], self.today)
        for n, found in faults.items():
            good[n][0].error = " ".join(found)
        return [pair for n, pair in enumerate(good) if n not in faults]

    def save(self, *, by: User) -> None:
        """Saves every good cell; what is wrong, or was changed by somebody else meanwhile, stays open."""
        self._load(self.changed)
        taken = []
        for cell, entry in self.check():
            if cell.was == cell.standing_id:
                taken.append((cell, entry))
            elif text_of(cell.standing) == cell.typed:
                cell.typed = None
            else:
                self._clash(cell, by)
        self.saved = len(set_values([entry for _, entry in taken], by=by))
        for cell, _ in taken:
            cell.typed = None

    def load_again(self) -> None:
        """What stands in all cells once some are saved."""
        self._load(self.cells.values())

    def _clash(self, cell: Cell, user: User) -> None:
        who, there = cell.standing and cell.standing.by, text_of(cell.standing)
        did = f"changed it to {there}" if there else "took the value back"
        told = f"{who.name if who else 'Somebody'} has {did} meanwhile"
        if who == user:
            told = in_another_window(did, cell.standing.recorded_at)
        cell.error = f"{told}. Save again to put yours in its place."
        cell.is_clash, cell.was = True, cell.standing_id

    def _sent_places(self) -> dict[tuple[int, date], str]:
        found = {}
        for name, text in (self.sent or {}).items():
            said = NAME.fullmatch(name)
            if said and int(said[1]) in self.by_id and 1900 <= int(said[2]) <= 2200:
                found[int(said[1]), date(int(said[2]), int(said[3]), 1)] = " ".join(text.split())[:LONGEST]
        return found

    def _was(self) -> dict[tuple[int, date], int]:
        """Which row each cell showed when the page was opened."""
        found = {}
        for name, row in (self.sent or {}).items():
            said = NAME.fullmatch(name.removeprefix("was-")) if name.startswith("was-v-") else None
            if said and re.fullmatch(r"\d{1,18}", row):
                found[int(said[1]), date(int(said[2]), int(said[3]), 1)] = int(row)
        for pk in self.by_id:
            for pair in (self.sent or {}).get(f"was-{pk}", "").split():
                month, _, row = pair.partition(":")
                if re.fullmatch(r"\d{4}(?:0[1-9]|1[0-2])", month) and re.fullmatch(r"\d{1,18}", row):
                    found[pk, date(int(month[:4]), int(month[4:]), 1)] = int(row)
        return found

    def _add_cells(self, places: Iterable[tuple[int, date]]) -> None:
        new = [Cell(self.by_id[measure], month) for measure, month in dict.fromkeys(places)]
        self._load(new)
        self.cells |= {(cell.measure.pk, cell.month): cell for cell in new}

    def _load(self, cells: Iterable[Cell]) -> None:
        """What stands in these cells now: one query."""
        wanted = {(cell.measure.pk, cell.month): cell for cell in cells}
        rows = Observation.objects.standing().select_related("by").order_by("on", "id")
        rows = rows.filter(
            measure__in={measure for measure, _ in wanted}, month__in={month for _, month in wanted}
        )
        for row in rows if wanted else ():
            if (row.measure_id, row.month) in wanted:
                wanted[row.measure_id, row.month].standing = row
        for cell in wanted.values():
            cell.was = cell.was if cell.typed is not None else cell.standing_id

    def _forget_untouched(self) -> None:
        """A field that says what it said when the page was opened is no change, whatever stands now."""
        cells = [cell for cell in self.cells.values() if cell.typed is not None and not cell.is_pasted]
        older = {cell.was for cell in cells if cell.was not in (0, cell.standing_id)}
        rows = Observation.objects.filter(measure__in=self.by_id).in_bulk(older) if older else {}
        for cell in cells:
            row = cell.standing if cell.was == cell.standing_id else rows.get(cell.was)
            if cell.typed == text_of(row):
                cell.typed, cell.was = None, cell.standing_id


def _opened_on(cells: Iterable[Cell]) -> str:
    return " ".join(f"{cell.month:%Y%m}:{cell.was}" for cell in cells)


def _entry(cell: Cell) -> Entry:
    """What a cell says. Raises ValueError with a sentence that says what to do."""
    try:
        figure = read_figure(cell.typed or "") or Figure()
    except ValueError as error:
        raise ValueError(f"{error}.") from error
    if figure.is_percent and cell.measure.unit != Unit.PERCENT:
        raise ValueError(NO_PERCENT)
    return Entry(cell.measure, cell.month, figure.value, figure.numerator, figure.denominator)
