"""The plan's sheet reader: what it claims, what would change, apply and undo."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction

from plans.imports.applying import Applying
from plans.imports.decisions import Decisions, decisions_of
from plans.imports.edited import mark_edited
from plans.imports.standing import load_known, load_standing, propose
from plans.imports.undoing import Undoing
from plans.models import Board, Import, Plan, PlanStatus, User
from plans.rating import DEFAULT_KEY, KeyEntry
from plans.services.plans import create_plan, lock_plan, set_key
from plans.spreadsheets.answering import cite, propose_answers
from plans.spreadsheets.book import Workbook, column_number
from plans.spreadsheets.left_out import cells_left_out
from plans.spreadsheets.preview import Comparison, Proposal, Standing, compare, counts, fold
from plans.spreadsheets.results import NotUnderstood, PlanReading
from plans.spreadsheets.structure import Gathered, conclude, gather


@dataclass
class PlanPreview:
    """What a workbook's plan would do to the board; nothing is written.

    `plan` is the plan it goes into, None for a new one of `title`. `on` is the day from which its
    ratings count.
    """

    reading: PlanReading
    plan: Plan | None
    title: str
    standing: list[Standing]
    comparisons: list[Comparison]
    missing: list[Standing]
    decisions: Decisions
    # Filled cells of the workbook, and how many of them are in a field or a note.
    filled: int
    placed: int
    # The cells of rows that are not taken, so that their words are still with the import.
    left_out: list[NotUnderstood]
    # A closed plan that the workbook looks like: it goes there only where somebody chooses that.
    closed: Plan | None = None

    @property
    def counts(self) -> dict[str, int]:
        mended = {one.key for one in self.comparisons if one.trouble and self.decisions.takes_row(one)}
        return counts(self.comparisons, self.missing, mended)

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever what would be written does: what a page remembers that it showed.

        What the administrator ticks is no part of it.
        """
        rows = [
            (
                one.key,
                one.status,
                one.changes,
                one.update,
                one.move,
                one.trouble,
                one.row,
                one.proposal.target,
            )
            for one in self.comparisons
        ]
        words = repr((self.title, self.plan and self.plan.pk, rows))
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    @property
    def has_rows(self) -> bool:
        """Whether applying would take anything."""
        return any(self.decisions.takes_row(one) for one in self.comparisons)

    @property
    def not_understood(self) -> list[NotUnderstood]:
        return self.reading.not_understood

    def left_out_cells(self) -> list[NotUnderstood]:
        return self.left_out

    @property
    def unresolved(self) -> list[Comparison]:
        """Rows in trouble about which nobody has decided."""
        decided = self.decisions.left_out | self.decisions.without_reference
        return [one for one in self.comparisons if one.trouble and one.key not in decided]


class PlanReader:
    """Reads the sheets that hold a plan. `name` keys its part of an import's summary and undo."""

    name = "plan"

    def preview(self, workbook: Workbook, board: Board, choices: Mapping, *, today: date) -> PlanPreview:
        """Compares a workbook with the board; `choices` are an Import's (see `decisions_of`)."""
        columns = remembered_columns(board) | dict(choices.get("columns") or {})
        gathered = gather(workbook, columns)
        plan, closed = choose_plan(board, gathered, choices)
        reading = _conclude(gathered, plan, _key(choices))
        period = plan.period if plan else reading.title_period
        decisions = decisions_of(choices, period, today, reading.stated_days)
        title = plan.title if plan else _free_title(board, choices.get("title") or reading.title)
        standing, proposals = load_standing(plan), _propose(board, reading)
        fields, headings = _sheet_columns(reading)
        comparisons, missing = compare(proposals, standing, fields, headings, decisions.without_reference)
        mark_edited(plan, comparisons)
        left_out = cells_left_out(
            workbook, reading, [one for one in comparisons if not decisions.takes_row(one)]
        )
        cells = (*_cells(workbook, [*reading.not_understood, *left_out]), left_out)
        return PlanPreview(
            reading, plan, title, standing, comparisons, missing, decisions, *cells, closed=closed
        )

    @transaction.atomic
    def apply(self, preview: PlanPreview, imported: Import, *, by: User | None) -> dict:
        """Writes what the preview shows and was not unticked; returns what undoing needs.

        Raises ValidationError, also where the board has changed since the preview was made.
        """
        plan, created = preview.plan, preview.plan is None
        if plan is not None:
            lock_plan(plan)
        _refuse_what_has_changed(preview)
        if plan is None:
            plan = self._create_plan(preview, imported.board, by=by)
        else:
            _extend_key(plan, preview.reading, by=by)
        imported.plan = plan
        applying = Applying(plan, preview.decisions, imported=imported, by=by, makes_plan=created)
        undo = applying.run(preview.comparisons)
        return undo | {"created_plan": created}

    def _create_plan(self, preview: PlanPreview, board: Board, *, by: User | None) -> Plan:
        reading = preview.reading
        return create_plan(
            board,
            preview.title,
            by=by,
            key=_complete(reading.key or DEFAULT_KEY, reading),
            starts=reading.title_period.starts,
            ends=reading.title_period.ends,
            level_names=list(reading.level_names) or ["Improvement area"],
            columns=reading.columns_as_written,
        )

    @transaction.atomic
    def undo(
        self, imported: Import, undo: dict, *, by: User | None, held: Collection[int] = ()
    ) -> list[dict]:
        """Takes the import back; each row's outcome as JSON. Areas in `held` (ids) are in use elsewhere."""
        return Undoing(imported, undo, by=by, held=held).run()


def _propose(board: Board, reading: PlanReading) -> list[Proposal]:
    """What the rows say, with the recommendations that their texts cite."""
    proposals = [propose(row) for row in reading.actions]
    cited = cite(proposals)
    if cited:
        propose_answers(proposals, cited, load_known(board))
    return proposals


def _cells(workbook: Workbook, cells: Iterable[NotUnderstood]) -> tuple[int, int]:
    """How many cells are filled, and how many of them are not among those given."""
    outside: dict[str, set[tuple[int, int, str]]] = {}
    for cell in cells:
        if cell.column:
            outside.setdefault(cell.sheet, set()).add((cell.row, column_number(cell.column), cell.text))
    filled = lost = 0
    for sheet in workbook.sheets:
        # With its text: a comment on a cell is listed at the same place.
        texts = {(*place, cell.text) for place, cell in sheet.cells.items() if cell.text}
        filled += len(texts)
        lost += len(texts & outside.get(sheet.title, set()))
    return filled, filled - lost


def _refuse_what_has_changed(preview: PlanPreview) -> None:
    """Between the preview and this transaction somebody else may have worked on the plan."""
    if load_standing(preview.plan) != preview.standing:
        raise ValidationError(
            "Somebody has changed the plan while the import was being applied. Nothing was written: "
            "check the import again, then apply it."
        )


def remembered_columns(board: Board) -> dict[str, str]:
    return dict(board.column_memory.values_list("heading", "field"))


def choose_plan(board: Board, gathered: Gathered, choices: Mapping) -> tuple[Plan | None, Plan | None]:
    """The plan that the workbook goes into: the one chosen, else the one it looks like.

    A closed plan that it looks like is given second: only who chooses that one brings a workbook into it.
    """
    chosen = choices.get("plan")
    if chosen == "new":
        return None, None
    plans = list(board.plans.newest_first().prefetch_related("key"))
    if chosen:
        return next((plan for plan in plans if plan.pk == int(chosen)), None), None
    found = _alike(plans, gathered, choices)
    return (None, found) if found and found.status == PlanStatus.CLOSED else (found, None)


def _alike(plans: list[Plan], gathered: Gathered, choices: Mapping) -> Plan | None:
    """The plan of the workbook's title, else the newest that shares most of its actions."""
    title = fold(choices.get("title") or gathered.title)
    for plan in plans:
        if fold(plan.title) == title:
            return plan
    if choices.get("title"):
        return None
    return next((plan for plan in plans if _shares_most(plan, gathered)), None)


def _shares_most(plan: Plan, gathered: Gathered) -> bool:
    titles = {fold(draft.values.get("title", "")) for draft in gathered.drafts}
    shared = {fold(title) for title in plan.actions.current().values_list("title", flat=True)} & titles
    return len(shared) * 2 > len(titles)


def _conclude(gathered: Gathered, plan: Plan | None, key: tuple[KeyEntry, ...] | None) -> PlanReading:
    """Reads dates and ratings by the plan's own period and key, or a new plan's by the workbook's."""
    if plan is None:
        return conclude(gathered, key=key)
    own = key or tuple(rating.entry for rating in plan.key.all())
    return conclude(gathered, key=own, period=plan.period)


def _key(choices: Mapping) -> tuple[KeyEntry, ...] | None:
    entries = choices.get("key")
    return tuple(KeyEntry(*entry) for entry in entries) if entries else None


def _complete(key: tuple[KeyEntry, ...], reading: PlanReading) -> tuple[KeyEntry, ...]:
    """The key with every rating that the workbook gives, so that none is lost."""
    whole = {
        entry.code: replace(entry, word=entry.word[:40], explanation=entry.explanation[:250]) for entry in key
    }
    for row in reading.actions:
        code = row.rating.code
        if code and code not in whole:
            whole[code] = _further(code, row.rating.colour, {entry.word for entry in whole.values()})
    return tuple(whole.values())


def _further(code: str, colour: str, words: set[str]) -> KeyEntry:
    """A rating that the key lacks, under a word that is free in it."""
    usual = {entry.code: entry for entry in DEFAULT_KEY}
    entry = usual.get(code) or KeyEntry(code, colour or "grey", colour.capitalize() or code, "")
    return replace(entry, word=entry.explanation or code) if entry.word in words else entry


def _extend_key(plan: Plan, reading: PlanReading, *, by: User | None) -> None:
    own = tuple(rating.entry for rating in plan.key.all())
    complete = _complete(own, reading)
    if complete != own:
        set_key(plan, complete, by=by)


def _sheet_columns(reading: PlanReading) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """For each sheet the fields of its columns, and the headings of its notes."""
    fields, headings = {}, {}
    for sheet in reading.sheets:
        fields[sheet.sheet] = {column.field for column in sheet.columns}
        headings[sheet.sheet] = {
            heading for column in sheet.columns if column.field == "note" for heading in column.headers
        }
    return fields, headings


def _free_title(board: Board, title: str) -> str:
    """The title, numbered where the board has a plan of it already."""
    title = (title or "Improvement plan")[:240]
    taken = set(board.plans.current().values_list("title", flat=True))
    free, number = title, 2
    while free in taken:
        free, number = f"{title} ({number})", number + 1
    return free
