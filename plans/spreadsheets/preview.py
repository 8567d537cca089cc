"""Holds what a workbook says against what stands on the board: values in, values out, no models."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain

from plans.dates import Target
from plans.leads import lead_key
from plans.spreadsheets.results import ActionRow

WHITE_SPACE = re.compile(r"\s+")
ENUMERATOR = re.compile(r"^\(?\d+[a-z]?\)?[.)]\s+")

# The field of a change, and which of the file's columns speak of it.
TEXT_FIELDS = {
    "reference": {"reference"},
    "title": {"title"},
    "activity": {"activity"},
    "outcome": {"outcome"},
    "objective": {"objective"},
    "success_criteria": {"success_criteria"},
    "what_it_means": {"what_it_means"},
    "links": {"links"},
}

STEP_COLUMNS = {"steps", "activity"}
ANSWERS = {"recommendation", "recommendation_reference"}


class Status(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Proposal:
    """What a row says of an action, ready to compare: the same shape as what stands."""

    row: ActionRow
    path: tuple[str, ...]
    texts: dict[str, str]
    leads: tuple[str, ...]
    steps: tuple[tuple[str, str, str], ...]
    recommendations: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    target: Target
    rating: str
    happened: str
    way_back: str


@dataclass(slots=True)
class Standing:
    """An action as it stands on the board.

    `earlier_targets` are the words of targets moved away from; `imported` the (rating, happened) that
    imports brought: where the file says no more than these, the board has moved on since.
    """

    id: int
    path: tuple[str, ...]
    texts: dict[str, str]
    leads: tuple[str, ...]
    steps: tuple[tuple[str, str, str], ...]
    recommendations: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    target: Target
    rating: str = ""
    happened: str = ""
    way_back: str = ""
    earlier_targets: tuple[str, ...] = ()
    imported: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class FieldChange:
    field: str
    before: str
    after: str


@dataclass(slots=True)
class Comparison:
    """One row against what stands. `update` and `move` are proposals: taken by default unless the
    board has moved on since the file was written."""

    proposal: Proposal
    status: Status
    standing: Standing | None = None
    changes: list[FieldChange] = field(default_factory=list)
    update: bool = False
    update_is_news: bool = False
    move: bool = False
    move_is_news: bool = False
    # Why the row is left out unless somebody mends it; "" for a row that is all right.
    trouble: str = ""

    @property
    def key(self) -> str:
        """Names the row in a form: its sheet's and row's own place in the workbook."""
        return f"{self.proposal.row.sheet}!{self.proposal.row.row}"


def fold(text: str) -> str:
    """Text for comparing: white space collapsed, case and curly quotes ignored."""
    return WHITE_SPACE.sub(" ", text.replace("’", "'").replace("‘", "'")).strip().casefold()


def same_text(before: str, after: str) -> bool:
    return before == after or WHITE_SPACE.sub(" ", before).strip() == WHITE_SPACE.sub(" ", after).strip()


def compare(
    proposals: Sequence[Proposal],
    standing: Sequence[Standing],
    columns: Mapping[str, Collection[str]],
    headings: Mapping[str, Collection[str]],
) -> tuple[list[Comparison], list[Standing]]:
    """Each row against its match, and what stands on the board but not in the file.

    `columns` gives for each sheet the fields that it has columns for and `headings` those of its notes:
    what a sheet has no column for, it does not change.
    """
    matches = match(proposals, standing)
    repeated = _repeated_references(proposals)
    comparisons = []
    for proposal in proposals:
        found = matches.get(id(proposal))
        if found is not None and found.notes:
            keep_other_notes(proposal, found, headings.get(proposal.row.sheet, ()))
        comparison = _compare_one(proposal, found, columns.get(proposal.row.sheet, ()))
        comparison.trouble = repeated.get(id(proposal), "")
        comparisons.append(comparison)
    matched = {found.id for found in matches.values()}
    return comparisons, [one for one in standing if one.id not in matched]


def match(proposals: Sequence[Proposal], standing: Sequence[Standing]) -> dict[int, Standing]:
    """The standing action of each proposal, by `id(proposal)`; each action is matched once.

    The surest sign first: reference and title together; then area and title, so that a renumbered plan
    is still known; then the reference; then a title that occurs once.
    """
    found: dict[int, Standing] = {}
    taken: set[int] = set()
    for sign in (_reference_and_title, _path_and_title, _reference, _title):
        free = _by_sign((one for one in standing if one.id not in taken), sign, unique=sign is _title)
        for proposal in proposals:
            if id(proposal) in found:
                continue
            candidates = free.get(sign(proposal))
            if candidates:
                one = candidates.pop(0)
                found[id(proposal)] = one
                taken.add(one.id)
    return found


def _by_sign(standing: Iterable[Standing], sign, unique: bool) -> dict:
    found: dict = {}
    for one in standing:
        mark = sign(one)
        if mark is not None:
            found.setdefault(mark, []).append(one)
    return {mark: ones for mark, ones in found.items() if not unique or len(ones) == 1}


def _folded_title(one: Proposal | Standing) -> str:
    return fold(ENUMERATOR.sub("", one.texts["title"]))


def _reference(one: Proposal | Standing) -> str | None:
    return fold(one.texts["reference"]) or None


def _reference_and_title(one: Proposal | Standing) -> tuple | None:
    reference = _reference(one)
    return (reference, _folded_title(one)) if reference else None


def _path_and_title(one: Proposal | Standing) -> tuple:
    return (*map(fold, one.path), _folded_title(one))


def _title(one: Proposal | Standing) -> str:
    return _folded_title(one)


def _repeated_references(proposals: Sequence[Proposal]) -> dict[int, str]:
    """A sentence for each row whose reference an earlier row has."""
    first: dict[str, ActionRow] = {}
    found = {}
    for proposal in proposals:
        reference = _reference(proposal)
        if reference is None:
            continue
        earlier = first.setdefault(reference, proposal.row)
        if earlier is not proposal.row:
            where = f"row {earlier.row}" + (
                "" if earlier.sheet == proposal.row.sheet else f" of “{earlier.sheet}”"
            )
            found[id(proposal)] = (
                f"Two rows have the reference {proposal.row.reference}: {where} and this one. "
                "Leave this row out, or take it without its reference."
            )
    return found


def _compare_one(proposal: Proposal, standing: Standing | None, columns: Collection[str]) -> Comparison:
    if standing is None:
        says = bool(proposal.rating or proposal.happened or proposal.way_back)
        return Comparison(proposal, Status.NEW, update=says, update_is_news=says)
    comparison = Comparison(proposal, Status.UNCHANGED, standing)
    comparison.changes = list(_changes(proposal, standing, set(columns)))
    _propose_update(comparison)
    _propose_move(comparison)
    if comparison.changes or comparison.update or comparison.move:
        comparison.status = Status.CHANGED
    return comparison


def _changes(proposal: Proposal, standing: Standing, columns: set[str]) -> Iterable[FieldChange]:
    if [fold(title) for title in proposal.path] != [fold(title) for title in standing.path]:
        yield FieldChange("area", " > ".join(standing.path), " > ".join(proposal.path))
    for name, sources in TEXT_FIELDS.items():
        before, after = standing.texts[name], proposal.texts[name]
        if (after or columns & sources) and not same_text(before, after):
            yield FieldChange(name, before, after)
    if "leads" in columns and [lead_key(n) for n in standing.leads] != [lead_key(n) for n in proposal.leads]:
        yield FieldChange("leads", "\n".join(standing.leads), proposal.texts["leads_text"])
    yield from _list_changes(proposal, standing, columns)


def _list_changes(proposal: Proposal, standing: Standing, columns: set[str]) -> Iterable[FieldChange]:
    lists = (
        ("steps", standing.steps, proposal.steps, columns & STEP_COLUMNS),
        (
            "recommendations",
            standing.recommendations,
            proposal.recommendations,
            columns & ANSWERS,
        ),
        ("notes", standing.notes, proposal.notes, True),
    )
    for name, before, after, spoken_of in lists:
        if (after or spoken_of) and [_folded(item) for item in before] != [_folded(item) for item in after]:
            yield FieldChange(name, as_lines(before), as_lines(after))


def keep_other_notes(proposal: Proposal, standing: Standing, headings: Collection[str]) -> None:
    """Notes under headings that the sheet does not have are not the sheet's to change."""
    kept = [note for note in standing.notes if note[0] not in headings]
    if kept:
        mine = dict.fromkeys((*kept, *proposal.notes))
        order = {note: place for place, note in enumerate(standing.notes)}
        proposal.notes = tuple(sorted(mine, key=lambda note: order.get(note, len(order))))


def _folded(item: Sequence[str]) -> list[str]:
    return [WHITE_SPACE.sub(" ", text).strip() for text in item]


def as_lines(items: Iterable[Sequence[str]]) -> str:
    """A list of parts as lines to read: ("1", "Agree", "End Jan") is "1 Agree End Jan"."""
    return "\n".join(" ".join(part for part in item if part) for item in items)


def _propose_update(comparison: Comparison) -> None:
    proposal, standing = comparison.proposal, comparison.standing
    rating = bool(proposal.rating) and proposal.rating != standing.rating
    words = bool(proposal.happened) and not same_text(proposal.happened, standing.happened)
    way_back = bool(proposal.way_back) and not same_text(proposal.way_back, standing.way_back)
    comparison.update = rating or words or way_back
    brought = (proposal.rating, fold(proposal.happened))
    comparison.update_is_news = comparison.update and brought not in standing.imported


def _propose_move(comparison: Comparison) -> None:
    proposal, standing = comparison.proposal, comparison.standing
    words = proposal.target.text
    comparison.move = bool(words) and not same_text(words, standing.target.text) and not _same_day(comparison)
    earlier = {fold(text) for text in standing.earlier_targets}
    comparison.move_is_news = comparison.move and fold(words) not in earlier


def _same_day(comparison: Comparison) -> bool:
    """Other words for the same day, such as a typed date for "End March 2020", move nothing."""
    day = comparison.proposal.target.due
    return day is not None and day == comparison.standing.target.due


def counts(comparisons: Sequence[Comparison], missing: Sequence[Standing]) -> dict[str, int]:
    """What would happen, in numbers; a row in trouble is counted as that alone."""
    sound = [one for one in comparisons if not one.trouble]
    by_status = {status.value: sum(one.status is status for one in sound) for status in Status}
    return by_status | {
        "fields": sum(len(one.changes) for one in sound if one.status is Status.CHANGED),
        "ratings": sum(one.update for one in sound if one.standing),
        "moves": sum(one.move for one in sound),
        "trouble": len(comparisons) - len(sound),
        "missing": len(missing),
    }


def all_leads(proposals: Iterable[Proposal]) -> list[str]:
    """Every lead's name once, in the order in which the workbook names them."""
    names = {lead_key(name): name for name in reversed(list(chain.from_iterable(p.leads for p in proposals)))}
    return list(reversed(names.values()))
