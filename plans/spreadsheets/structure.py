"""Understands a workbook as a plan: any council's layout in, actions and what was not understood out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from plans.dates import Period, Target, period_around, period_from_texts
from plans.dates.stated import stated_days
from plans.rating import DEFAULT_KEY, KeyEntry

from .book import Cell, Sheet, Workbook, column_letter
from .checks import find_problems
from .drafts import Draft, finish, target_of
from .furniture import PLAN_WORDS, find_key, key_line, may_run_on_each_page, page_line, plan_title
from .grid import Grid
from .headers import find_headers
from .pages import Page
from .reports import report_page
from .results import ActionRow, ColumnReading, Level, NotUnderstood, PlanReading, Problem, SheetReading
from .roles import assign_roles
from .rows import Rows
from .sheet_areas import area_of_sheet, give_area, headings_above, is_labelled, labelled_area
from .strays import list_strays
from .tables import Segment, Table, find_tables
from .turning import continues, header_of_page_before
from .vocabulary import fold
from .walk import Walk

__all__ = [
    "ActionRow",
    "ColumnReading",
    "Gathered",
    "Level",
    "NotUnderstood",
    "PlanReading",
    "Problem",
    "SheetReading",
    "conclude",
    "gather",
    "understand",
]


def understand(
    workbook: Workbook,
    *,
    columns: Mapping[str, str] = {},
    key: Sequence[KeyEntry] | None = None,
    period: Period | None = None,
    quarters_from: int = 1,
) -> PlanReading:
    """Every action of the workbook, and every cell that is in none.

    `columns` maps headers to field codes (remembered or given by hand) and wins over what is recognised.
    `key` and `period` are the plan's own, where they are known; else they are read from the workbook.
    """
    return conclude(gather(workbook, columns), key=key, period=period, quarters_from=quarters_from)


@dataclass
class Gathered:
    """The workbook's actions, their cells put together; no date and no rating has been read yet."""

    title: str
    pages: list[Page]
    drafts: list[Draft]
    remarks: list[str]


def gather(workbook: Workbook, columns: Mapping[str, str] = {}) -> Gathered:
    """What needs no key and no period: enough to tell which plan the workbook is."""
    chosen = {fold(header): code for header, code in columns.items()}
    pages: list[Page] = []
    for sheet in workbook.sheets:
        pages.append(_read_page(sheet, chosen, pages[-1] if pages else None))
    _give_areas(pages)
    drafts = [draft for page in pages for walk in page.walks for draft in walk.drafts]
    return Gathered(_title(pages), pages, drafts, list(workbook.remarks))


def conclude(
    gathered: Gathered,
    *,
    key: Sequence[KeyEntry] | None = None,
    period: Period | None = None,
    quarters_from: int = 1,
) -> PlanReading:
    """Reads dates by the period and ratings by the key, and says of every other cell why it is in none."""
    pages, drafts = gathered.pages, gathered.drafts
    reading = PlanReading(title=gathered.title, remarks=list(gathered.remarks))
    reading.key = tuple(key) if key else find_key([line for page in pages for line in page.key_lines])
    titles = [cell.text for page in pages for cell in page.title_cells]
    reading.title_period = period or replace(period_from_texts(titles), quarters_from=quarters_from)
    reading.stated_days = frozenset(stated_days(titles, _headings_of_progress(pages)))
    reading.period, targets = _targets(drafts, reading.title_period)
    ratings_key = reading.key or DEFAULT_KEY
    reading.actions = [
        finish(d, ratings_key, reading.period, t) for d, t in zip(drafts, targets, strict=True)
    ]
    reading.level_names = _level_names(reading.actions)
    for page in pages:
        report_page(page, reading)
    reading.columns_as_written = _columns_as_written(pages)
    reading.problems += find_problems(reading.actions)
    list_strays([page.sheet for page in gathered.pages], reading)
    return reading


def _headings_of_progress(pages: Sequence[Page]) -> list[str]:
    columns = [column for page in pages for table in page.plans for column in table.columns.values()]
    return [header for one in columns if one.field in ("progress", "rating") for header in one.headers]


def _read_page(sheet: Sheet, chosen: Mapping[str, str], before: Page | None) -> Page:
    grid = Grid(sheet)
    page = Page(sheet, grid)
    headers = find_headers(grid, chosen)
    if before and not headers and continues(grid, before.plans):
        headers = [header_of_page_before(grid, before.plans[-1])]
        page.continues = before
    page.tables = find_tables(grid, headers)
    for table in page.tables:
        assign_roles(grid, table, chosen)
    page.plans = [table for table in page.tables if table.is_plan]
    _read_above(page)
    for band in sorted({table.band for table in page.plans}):
        page.walks.append(_walk(page, band))
    _read_keys(page)
    return page


def _walk(page: Page, band: int) -> Walk:
    walk = Walk(page.grid, page.sheet.title, running=page.running)
    if page.continues:
        last = page.continues.walks[-1]
        walk.headings.stack, walk.headings.ranks = list(last.headings.stack), list(last.headings.ranks)
        walk.levels, walk.after_break = last.levels, True
    segments = [s for table in page.tables for s in table.segments if s.band == band]
    segments.sort(key=lambda segment: segment.first_row)
    readers = {id(table): Rows(walk, table) for table in page.plans}
    _open_headings_above(page, walk, segments, readers)
    for segment in segments:
        if segment.table.is_plan:
            readers[id(segment.table)].read(segment)
            walk.after_break = not walk.after_heading
    walk.close()
    page.key_lines += walk.key_lines
    return walk


def _open_headings_above(
    page: Page, walk: Walk, segments: list[Segment], readers: Mapping[int, Rows]
) -> None:
    first = next(segment for segment in segments if segment.table.is_plan)
    reader = readers[id(first.table)]
    looks, bare = reader.heading_looks(segments)
    for cell in headings_above(page.grid, page.title_cells, first.header.first_row, looks, bare):
        page.title_cells.remove(cell)
        page.furniture.pop((cell.row, cell.column), None)
        reader.open_heading([cell])


def _read_above(page: Page) -> None:
    """The lines above the first table: title, dates, key."""
    first = min((s.header.first_row for t in page.plans for s in t.segments), default=0)
    for row in page.grid.numbers:
        if row >= first:
            break
        cells = page.grid.rows[row]
        line = key_line(cells, bool(page.key_lines), _swatch(page, cells))
        if line:
            page.key_lines.append(line)
            page.mark(cells, "Rating key")
        elif reason := page_line(cells):
            page.mark(cells, reason)
        else:
            page.area = page.area or labelled_area(cells)
            page.title_cells += cells
            page.running |= {cell.text for cell in cells if may_run_on_each_page(cell.text)}
            page.mark(cells, "Title above the table")


def _swatch(page: Page, cells: Sequence[Cell]) -> str | None:
    """The fill of the blank cell to the left of a line of words."""
    return page.grid.fill(cells[0].row, cells[0].column - 1)


def _read_keys(page: Page) -> None:
    """Keys on a sheet without a plan, and in a column beside one."""
    if not page.plans:
        for row in page.grid.numbers[:60]:
            cells = page.grid.rows[row]
            line = key_line(cells, bool(page.key_lines), _swatch(page, cells))
            if line:
                page.key_lines.append(line)
                page.mark(cells, "Rating key")
                page.key_rows += 1
    for table in page.plans:
        _read_keys_beside(page, table)
        _read_keys_in_headers(page, table)


def _read_keys_in_headers(page: Page, table: Table) -> None:
    """A key may be written into the header of the ratings, or of the whole table."""
    for column in table.columns.values():
        page.key_lines += [text for text in column.headers if len(text) > 20 and find_key([text])]


def _read_keys_beside(page: Page, table: Table) -> None:
    for column in table.columns.values():
        if not column.furniture:
            continue
        for cell in column.samples:
            beside = page.sheet.cells.get((cell.row, cell.column + 1))
            cells = [cell, beside] if beside and beside.text and beside.column not in table.roles else [cell]
            page.key_lines.append(key_line(cells) or cell.text)


def _title(pages: Sequence[Page]) -> str:
    """What the sheets of a plan share or a cover sheet says, where each has a title of its own."""
    plans = [page for page in pages if page.plans]
    lines = [[cell.text for cell in page.title_cells] for page in plans]
    titles = [title for each in lines if (title := plan_title(each))]
    if len(plans) > 1 and len(set(titles)) != 1:
        shared = [text for text in lines[0] if all(text in each for each in lines)]
        covers = [_first_line(page) for page in pages if not page.plans]
        titles.insert(0, plan_title(shared) or plan_title(filter(PLAN_WORDS.search, covers)))
        titles = list(filter(None, titles))
    return titles[0] if titles else plans[0].sheet.title.strip() if plans else ""


def _first_line(page: Page) -> str:
    return page.grid.rows[page.grid.numbers[0]][0].text if page.grid.numbers else ""


def _give_areas(pages: Sequence[Page]) -> None:
    """A sheet per area: the sheet's own title line, or its tab, is the area of its actions."""
    pages = [page for page in pages if page.plans]
    alone = sum(page.continues is None for page in pages) < 2
    for page in pages:
        drafts = [draft for walk in page.walks for draft in walk.drafts]
        if any(_has_area(draft) for draft in drafts):
            continue
        elsewhere = {cell.text for other in pages if other is not page for cell in other.title_cells}
        texts = [c.text for c in page.title_cells if not is_labelled(page.grid.rows[c.row])]
        level = page.area or (None if alone else area_of_sheet(page.sheet.title, texts, elsewhere))
        if level:
            give_area(drafts, level)


def _has_area(draft: Draft) -> bool:
    return "area" in draft.levels or any(role == "area" for _, role in draft.headings)


def _targets(drafts: Sequence[Draft], base: Period) -> tuple[Period, list[Target]]:
    """Reads the targets twice where it matters: dates with no year go by the workbook's other dates."""
    targets = [target_of(draft, base) for draft in drafts]
    around = period_around(base, targets)
    if around != base:
        targets = [
            target if target.due and not target.assumed else target_of(draft, around)
            for draft, target in zip(drafts, targets, strict=True)
        ]
    return around, targets


def _level_names(actions: Sequence[ActionRow]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for action in actions:
        names.update(dict.fromkeys(level.name for level in action.levels))
    return tuple(names)


def _columns_as_written(pages: Sequence[Page]) -> list[dict[str, str]]:
    """The council's own headers in their order, each with its field, for the export."""
    written: dict[str, dict[str, str]] = {}
    for table in (table for page in pages for table in page.plans):
        for index in sorted(table.columns):
            column = table.columns[index]
            if column.field == "ignore" or column.furniture or not (column.header or column.samples):
                continue
            header = " ".join(column.header.split()) or f"Column {column_letter(index)}"
            if column.mark:
                header, field = "RAG", "rating"
            else:
                field = column.field if table.roles.get(column.field) is column else "note"
                header = "" if field == "reference" and not column.header else header
            if field == "note" or field not in {each["field"] for each in written.values()}:
                written.setdefault(fold(header), {"header": header, "field": field})
    return list(written.values())
