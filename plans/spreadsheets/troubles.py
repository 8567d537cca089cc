"""Rows of a workbook that can't be taken as they are, and taking one without its reference."""

from collections.abc import Mapping, Sequence

from plans.spreadsheets.matching import repeated_references
from plans.spreadsheets.proposals import Proposal, Standing

LONGEST_REFERENCE = 40
# The heading of the note that keeps the reference of a row taken without it.
REFERENCE_NOTE = "Reference in the workbook"


def find_troubles(proposals: Sequence[Proposal], matches: Mapping[int, Standing]) -> dict[int, str]:
    """Why each row in trouble can't be taken as it is, by `id(row)`, and what can be done."""
    found = {}
    for proposal, owner in repeated_references(proposals, matches):
        other = "" if owner.row.sheet == proposal.row.sheet else f" of “{owner.row.sheet}”"
        found[id(proposal)] = (
            f"Two rows have the reference {proposal.row.reference}: row {owner.row.row}{other} and this one. "
            "Leave this row out, or take it without its reference."
        )
    for proposal in proposals:
        if not proposal.texts["title"]:
            found[id(proposal)] = (
                "This row has no words for the action. Check which column was taken for the action, or leave "
                "this row out."
            )
        elif len(proposal.texts["reference"]) > LONGEST_REFERENCE:
            found[id(proposal)] = (
                f"The reference is longer than {LONGEST_REFERENCE} characters. Leave this row out, or take "
                "it without its reference, which is kept as a note."
            )
    return found


def came_without_reference(proposal: Proposal, found: Standing | None) -> bool:
    """An earlier import took this very row without its reference."""
    if found is None or found.texts["reference"]:
        return False
    return (REFERENCE_NOTE, proposal.texts["reference"]) in found.notes


def take_without_reference(proposal: Proposal, found: Standing | None) -> None:
    """Keeps the reference as a note; an action that stands keeps the reference it has."""
    proposal.notes = (*proposal.notes, (REFERENCE_NOTE, proposal.texts["reference"]))
    proposal.texts["reference"] = found.texts["reference"] if found else ""
