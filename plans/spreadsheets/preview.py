"""Holds what a workbook says against what stands on the board: values in, values out, no models."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from plans.leads import lead_key
from plans.spreadsheets.answering import ANSWERS, complete_answers, said_as_answer
from plans.spreadsheets.matching import collapsed, fold, match
from plans.spreadsheets.proposals import Comparison, Content, FieldChange, Proposal, Standing, Status
from plans.spreadsheets.troubles import (
    REFERENCE_NOTE,
    came_without_reference,
    find_troubles,
    leave_reference,
    take_without_reference,
)
from plans.spreadsheets.vocabulary import LEVEL_FIELDS
from plans.steps import with_steps

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
LEVEL_TEXTS = ("outcome", "objective")
# What begins the line of an update that keeps the file's rating of an action that is signed off.
RATED_OTHERWISE = "Rating in the workbook, left alone: "


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
    troubles = find_troubles(proposals, matches, standing)
    comparisons = []
    for proposal in proposals:
        found, trouble = matches.get(id(proposal)), troubles.get(id(proposal), "")
        if trouble and came_without_reference(proposal, found):
            leave_reference(proposal, found)
            trouble = ""
        elif trouble and proposal.key in without_reference:
            take_without_reference(proposal, found)
        if found is not None and found.notes:
            keep_other_notes(proposal, found, headings.get(proposal.row.sheet, ()))
        complete_answers(proposal, found, columns.get(proposal.row.sheet, ()))
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


def same_text(before: str, after: str) -> bool:
    return before == after or collapsed(before) == collapsed(after)


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
            if name in LEVEL_TEXTS and _said_as_heading(before, after, proposal, standing):
                continue
            if name == "objective" and not before and said_as_answer(after, standing):
                continue
            if name == "activity" and _tells_steps(proposal, standing):
                continue
            yield FieldChange(name, before, after)
    if "leads" in columns and _other_leads(proposal, standing):
        yield FieldChange("leads", _leads_shown(standing), _leads_shown(proposal))
    yield from _list_changes(proposal, standing, columns)


def _moves_area(proposal: Proposal, standing: Standing, columns: set[str]) -> bool:
    """A file that leaves levels out, having neither headings nor columns for them, moves nothing."""
    if proposal.path == standing.path:
        return False
    before, after = [fold(part) for part in standing.path], [fold(part) for part in proposal.path]
    if before == after or not after:
        return False
    texts = {fold(one.texts[name]) for one in (proposal, standing) for name in LEVEL_TEXTS}
    if [part for part in before if part not in texts] == [part for part in after if part not in texts]:
        return False
    left_out = len(columns.intersection(LEVEL_FIELDS)) <= len(after) < len(before)
    remaining = iter(before)
    return not (left_out and all(part in remaining for part in after))


def _said_as_heading(before: str, after: str, proposal: Proposal, standing: Standing) -> bool:
    """One side has the words as a text, the other as a heading: cells that were merged or repeated in one
    file may stand alone in the next."""
    if before and after:
        return False
    path = standing.path if after else proposal.path
    return fold(before or after) in map(fold, path)


def _tells_steps(proposal: Proposal, standing: Standing) -> bool:
    """The activity in the file is the one on the board with its steps written out."""
    told = with_steps(standing.texts["activity"], standing.steps)
    return bool(standing.steps) and same_text(told, proposal.texts["activity"])


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
        if before == after or (name == "steps" and not after and _tells_steps(proposal, standing)):
            continue
        in_order = sorted if name == "recommendations" else list
        if (after or spoken_of) and in_order(map(_folded, before)) != in_order(map(_folded, after)):
            yield FieldChange(name, as_lines(before), as_lines(after))


def keep_other_notes(proposal: Proposal, standing: Standing, headings: Collection[str]) -> None:
    """Notes under headings that the sheet does not have are not the sheet's to change."""
    kept = [note for note in standing.notes if note[0] not in headings]
    if kept:
        mine = dict.fromkeys((*kept, *proposal.notes))
        order = {note: place for place, note in enumerate(standing.notes)}
        proposal.notes = tuple(sorted(mine, key=lambda note: order.get(note, len(order))))


def _folded(item: Sequence[str]) -> list[str]:
    return [collapsed(text) for text in item]


def as_lines(items: Iterable[Sequence[str]]) -> str:
    """A list of parts as lines to read: ("1", "Agree", "End Jan") is "1 Agree End Jan"."""
    return "\n".join(" ".join(part for part in item if part) for item in items)


def _propose_update(comparison: Comparison) -> None:
    proposal, standing = comparison.proposal, comparison.standing
    if standing.is_signed_off and proposal.rating not in ("", standing.rating):
        comparison.rating_left_alone = True
        _keep_rating_in_words(proposal, standing)
    rating = bool(proposal.rating) and proposal.rating != standing.rating
    words = bool(proposal.happened) and not same_text(proposal.happened, standing.happened)
    way_back = bool(proposal.way_back) and not same_text(proposal.way_back, standing.way_back)
    comparison.update = rating or words or way_back
    if comparison.update:
        comparison.update_is_news = (proposal.rating, fold(proposal.happened)) not in standing.imported


def _keep_rating_in_words(proposal: Proposal, standing: Standing) -> None:
    said = proposal.row.rating_text or proposal.row.rating.colour or proposal.rating
    proposal.happened = "\n".join(part for part in (proposal.happened, f"{RATED_OTHERWISE}{said}") if part)
    proposal.rating = standing.rating


def _propose_move(comparison: Comparison) -> None:
    proposal, standing = comparison.proposal, comparison.standing
    words = proposal.target.text
    comparison.move = bool(words) and not same_text(words, standing.target.text) and not _same_day(comparison)
    comparison.move &= fold(words) != fold(standing.waiting_target)
    earlier = {fold(text) for text in (*standing.earlier_targets, *standing.asked_targets)}
    moves = comparison.move and not comparison.move_waits and not comparison.names_no_day
    comparison.move_is_news = moves and fold(words) not in earlier


def _same_day(comparison: Comparison) -> bool:
    """Other words for the same day, such as a typed date for "End March 2020", move nothing."""
    day = comparison.proposal.target.due
    return day is not None and day == comparison.standing.target.due


def counts(
    comparisons: Sequence[Comparison], missing: Sequence[Standing], mended: Collection[str] = ()
) -> dict[str, int]:
    """What the rows would do, in numbers; one in trouble counts as that alone unless `mended` has its key."""
    sound = [one for one in comparisons if not one.trouble or one.key in mended]
    differing = [one for one in sound if not one.is_left_alone]
    by_status = {status.value: sum(one.status is status for one in differing) for status in Status}
    return by_status | {
        "left_alone": len(sound) - len(differing),
        "fields": sum(each.is_news for one in sound if one.standing for each in one.own_changes),
        "ratings": sum(one.update_is_news for one in sound if one.standing),
        "moves": sum(one.move_is_news for one in sound),
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
