"""What a person should look at before the actions are applied."""

from collections.abc import Sequence

from .results import ActionRow, Problem

LONGEST_REFERENCE = 40
LONGEST_TEXT = 20_000


def find_problems(actions: Sequence[ActionRow]) -> list[Problem]:
    """Duplicate references and values too long to keep, each with its rows and what to do."""
    return [*_duplicates(actions), *_too_long(actions)]


def _duplicates(actions: Sequence[ActionRow]) -> list[Problem]:
    first: dict[str, ActionRow] = {}
    found = []
    for action in actions:
        reference = action.reference.casefold()
        if not reference:
            continue
        other = first.setdefault(reference, action)
        if other is not action:
            place = f"row {other.row}" if other.sheet == action.sheet else f"row {other.row} of {other.sheet}"
            found.append(
                Problem(
                    action.sheet,
                    action.row,
                    f"Reference {action.reference} is used twice: in {place} and in row {action.row}. "
                    "Give one of them another reference.",
                )
            )
    return found


def _too_long(actions: Sequence[ActionRow]) -> list[Problem]:
    found = []
    for action in actions:
        if len(action.reference) > LONGEST_REFERENCE:
            found.append(_long(action, "reference", LONGEST_REFERENCE))
        for name in (
            "title",
            "activity",
            "outcome",
            "objective",
            "success_criteria",
            "what_it_means",
            "progress",
            "links",
        ):
            if len(getattr(action, name)) > LONGEST_TEXT:
                found.append(_long(action, name.replace("_", " "), LONGEST_TEXT))
    return found


def _long(action: ActionRow, what: str, most: int) -> Problem:
    return Problem(
        action.sheet, action.row, f"The {what} has more than {most:,} characters. Shorten it in the workbook."
    )
