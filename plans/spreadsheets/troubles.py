"""Rows of a workbook that can't be taken as they are, and taking one without its reference."""

from collections.abc import Iterable, Mapping, Sequence

from plans.spreadsheets.matching import fold, repeated_references
from plans.spreadsheets.proposals import Proposal, Standing

LONGEST_REFERENCE = 40
# The heading of the note that keeps the reference of a row taken without it.
REFERENCE_NOTE = "Reference in the workbook"
NO_WORDS = (
    "This row has no words for the action. Check which column was taken for the action, or leave "
    "this row out."
)
TOO_LONG = (
    f"The reference is longer than {LONGEST_REFERENCE} characters. Leave this row out, or take it without "
    "its reference, which is kept as a note."
)


def find_troubles(
    proposals: Sequence[Proposal], matches: Mapping[int, Standing], standing: Iterable[Standing]
) -> dict[int, str]:
    """Why each row in trouble can't be taken as it is, by `id(row)`, and what can be done."""
    found = _taken_on_the_board(proposals, matches, standing) | _repeated(proposals, matches)
    for proposal in proposals:
        if not proposal.texts["title"]:
            found[id(proposal)] = NO_WORDS
        elif len(proposal.texts["reference"]) > LONGEST_REFERENCE:
            found[id(proposal)] = TOO_LONG
    return found


def _repeated(proposals: Sequence[Proposal], matches: Mapping[int, Standing]) -> dict[int, str]:
    found = {}
    for proposal, owner in repeated_references(proposals, matches):
        other = "" if owner.row.sheet == proposal.row.sheet else f" of “{owner.row.sheet}”"
        found[id(proposal)] = (
            f"Two rows have the reference {proposal.row.reference}: row {owner.row.row}{other} and this one. "
            "Leave this row out, or take it without its reference."
        )
    return found


def _taken_on_the_board(
    proposals: Sequence[Proposal], matches: Mapping[int, Standing], standing: Iterable[Standing]
) -> dict[int, str]:
    """References of actions that are not in the file, and so keep them."""
    matched = {one.id for one in matches.values()}
    kept = {fold(one.texts["reference"]): one for one in standing if one.id not in matched}
    kept.pop("", None)
    return {
        id(proposal): f"The reference {proposal.row.reference} belongs to “{owner.texts['title'][:120]}”, "
        "which is on the board but not in the file. Leave this row out, or take it without its reference."
        for proposal in proposals
        if (owner := kept.get(fold(proposal.texts["reference"])))
    }


def came_without_reference(proposal: Proposal, found: Standing | None) -> bool:
    """An earlier import took this very row without its reference."""
    return found is not None and (REFERENCE_NOTE, proposal.texts["reference"]) in found.notes


def leave_reference(proposal: Proposal, found: Standing | None) -> None:
    """An action that stands keeps the reference that it has, or none."""
    proposal.texts["reference"] = found.texts["reference"] if found else ""


def take_without_reference(proposal: Proposal, found: Standing | None) -> None:
    """Keeps the reference as a note."""
    proposal.notes = (*proposal.notes, (REFERENCE_NOTE, proposal.texts["reference"]))
    leave_reference(proposal, found)
