"""Holds what a workbook says against what stands on the board: values in, values out, no models."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from plans.dates import Target
from plans.leads import lead_key
from plans.spreadsheets.matching import WHITE_SPACE, fold, match, repeated_references
from plans.spreadsheets.results import ActionRow
from plans.spreadsheets.vocabulary import LEVEL_FIELDS

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
LONGEST_REFERENCE = 40
# The heading of the note that keeps the reference of a row taken without it.
REFERENCE_NOTE = "Reference in the workbook"


class Status(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Content:
    """An action's own words, whether a workbook proposes them or they stand on the board."""

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


@dataclass(slots=True, kw_only=True)
class Proposal(Content):
    """What a row says of an action; `key` names the row in a form by its place in the workbook."""

    row: ActionRow
    key: str = ""


@dataclass(slots=True, kw_only=True)
class Standing(Content):
    """An action as it stands on the board.

    `earlier_targets` are the words of targets moved away from; `imported` the (rating, happened) that
    imports brought: where the file says no more than these, the board has moved on since.
    """

    id: int
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
        return self.proposal.key

    def changes_field(self, name: str) -> bool:
        return any(change.field == name for change in self.changes)


def compare(
    proposals: Sequence[Proposal],
    standing: Sequence[Standing],
    columns: Mapping[str, Collection[str]],
    headings: Mapping[str, Collection[str]],
    without_reference: Collection[str] = (),
) -> tuple[list[Comparison], list[Standing]]:
    """Each row against its match, and what stands on the board but not in the file.

    `columns` gives for each sheet the fields that it has columns for and `headings` those of its notes:
    what a sheet has no column for, it does not change. `without_reference` are the keys of rows in
    trouble that are taken without their reference.
    """
    _name_rows(proposals)
    matches = match(proposals, standing)
    troubles = _troubles(proposals, matches)
    comparisons = []
    for proposal in proposals:
        found, trouble = matches.get(id(proposal)), troubles.get(id(proposal), "")
        if trouble and _came_without_reference(proposal, found):
            proposal.texts["reference"] = trouble = ""
        elif trouble and proposal.key in without_reference:
            _take_without_reference(proposal, found)
        if found is not None and found.notes:
            keep_other_notes(proposal, found, headings.get(proposal.row.sheet, ()))
        comparison = _compare_one(proposal, found, columns.get(proposal.row.sheet, ()))
        comparison.trouble = trouble
        comparisons.append(comparison)
    matched = {found.id for found in matches.values()}
    return comparisons, [one for one in standing if one.id not in matched]


def _name_rows(proposals: Iterable[Proposal]) -> None:
    """Two tables side by side may both have an action in one row."""
    seen: Counter[str] = Counter()
    for proposal in proposals:
        place = f"{proposal.row.sheet}!{proposal.row.row}"
        seen[place] += 1
        proposal.key = place if seen[place] == 1 else f"{place}/{seen[place]}"


def _troubles(proposals: Sequence[Proposal], matches: Mapping[int, Standing]) -> dict[int, str]:
    found = {}
    for proposal, owner in repeated_references(proposals, matches):
        other = "" if owner.row.sheet == proposal.row.sheet else f" of “{owner.row.sheet}”"
        found[id(proposal)] = (
            f"Two rows have the reference {proposal.row.reference}: row {owner.row.row}{other} and this one. "
            "Leave this row out, or take it without its reference."
        )
    for proposal in proposals:
        if len(proposal.texts["reference"]) > LONGEST_REFERENCE:
            found[id(proposal)] = (
                f"The reference is longer than {LONGEST_REFERENCE} characters. Leave this row out, or take "
                "it without its reference, which is kept as a note."
            )
    return found


def _came_without_reference(proposal: Proposal, found: Standing | None) -> bool:
    """An earlier import took this very row without its reference."""
    if found is None or found.texts["reference"]:
        return False
    return (REFERENCE_NOTE, proposal.texts["reference"]) in found.notes


def _take_without_reference(proposal: Proposal, found: Standing | None) -> None:
    proposal.notes = (*proposal.notes, (REFERENCE_NOTE, proposal.texts["reference"]))
    proposal.texts["reference"] = found.texts["reference"] if found else ""


def same_text(before: str, after: str) -> bool:
    return before == after or WHITE_SPACE.sub(" ", before).strip() == WHITE_SPACE.sub(" ", after).strip()


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
    if _moves_area(proposal, standing, columns):
        yield FieldChange("area", " > ".join(standing.path), " > ".join(proposal.path))
    for name, sources in TEXT_FIELDS.items():
        before, after = standing.texts[name], proposal.texts[name]
        if (after or columns & sources) and not same_text(before, after):
            yield FieldChange(name, before, after)
    if "leads" in columns and _other_leads(proposal, standing):
        yield FieldChange("leads", _leads_shown(standing), _leads_shown(proposal))
    yield from _list_changes(proposal, standing, columns)


def _moves_area(proposal: Proposal, standing: Standing, columns: set[str]) -> bool:
    """A file that leaves levels out, having neither headings nor columns for them, moves nothing."""
    before, after = [fold(part) for part in standing.path], [fold(part) for part in proposal.path]
    if before == after or not after:
        return False
    left_out = len(columns.intersection(LEVEL_FIELDS)) <= len(after) < len(before)
    remaining = iter(before)
    return not (left_out and all(part in remaining for part in after))


def _other_leads(proposal: Proposal, standing: Standing) -> bool:
    """Words left alone keep their leads, even where a lead has been renamed since."""
    if same_text(standing.texts["leads_text"], proposal.texts["leads_text"]):
        return False
    names = [lead_key(name) for name in proposal.leads]
    return not names or names != [lead_key(name) for name in standing.leads]


def _leads_shown(one: Content) -> str:
    return "\n".join(one.leads) or one.texts["leads_text"]


def _list_changes(proposal: Proposal, standing: Standing, columns: set[str]) -> Iterable[FieldChange]:
    lists = (
        ("steps", standing.steps, proposal.steps, columns & STEP_COLUMNS),
        ("recommendations", standing.recommendations, proposal.recommendations, columns & ANSWERS),
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
    """What the rows would do, in numbers; a row in trouble is counted as that alone."""
    sound = [one for one in comparisons if not one.trouble]
    by_status = {status.value: sum(one.status is status for one in sound) for status in Status}
    return by_status | {
        "fields": sum(len(one.changes) for one in sound if one.status is Status.CHANGED),
        "ratings": sum(one.update for one in sound if one.standing),
        "moves": sum(one.move for one in sound),
        "trouble": len(comparisons) - len(sound),
        "missing": len(missing),
    }


__all__ = [
    "REFERENCE_NOTE",
    "Comparison",
    "FieldChange",
    "Proposal",
    "Standing",
    "Status",
    "as_lines",
    "compare",
    "counts",
    "fold",
    "same_text",
]
