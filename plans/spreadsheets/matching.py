"""Finds for each row of a workbook the action that stands for it on the board."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Protocol

ENUMERATOR = re.compile(r"^\(?\d+[a-z]?\)?[.)]\s+")


class Named(Protocol):
    """What a row and an action are known by: the headings above them, their reference and title."""

    path: tuple[str, ...]
    texts: dict[str, str]


Sign = Callable[[Named], Hashable | None]


def collapsed(text: str) -> str:
    """Text with every run of white space as one blank, none at its ends."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """Text for comparing: white space collapsed, case and curly quotes ignored."""
    return collapsed(text.replace("’", "'").replace("‘", "'")).casefold()


def match(rows: Sequence[Named], standing: Sequence[Named]) -> dict[int, Named]:
    """The standing action of each row, by `id(row)`; each action is matched once.

    The surest sign first: reference and title together; then area and title, so that a renumbered plan
    is still known; then a title that occurs once on both sides; then the reference alone.
    """
    found: dict[int, Named] = {}
    taken: set[int] = set()
    for sign, unique in SIGNS:
        _match_by(
            sign,
            unique,
            [row for row in rows if id(row) not in found],
            [one for one in standing if id(one) not in taken],
            found,
        )
        taken = {id(one) for one in found.values()}
    return found


def _match_by(
    sign: Sign, unique: bool, rows: Iterable[Named], standing: Iterable[Named], found: dict[int, Named]
) -> None:
    free: dict[Hashable, list[Named]] = {}
    for one in standing:
        mark = sign(one)
        if mark is not None:
            free.setdefault(mark, []).append(one)
    marked = [(row, sign(row)) for row in rows]
    times = Counter(mark for _, mark in marked)
    for row, mark in marked:
        candidates = free.get(mark)
        if candidates and not (unique and (times[mark] > 1 or len(candidates) > 1)):
            found[id(row)] = candidates.pop(0)


def _title(one: Named) -> str:
    return fold(ENUMERATOR.sub("", one.texts["title"]))


def _reference(one: Named) -> str | None:
    return fold(one.texts["reference"]) or None


def _reference_and_title(one: Named) -> tuple | None:
    reference = _reference(one)
    return (reference, _title(one)) if reference else None


def _path_and_title(one: Named) -> tuple:
    return (*map(fold, one.path), _title(one))


SIGNS: tuple[tuple[Sign, bool], ...] = (
    (_reference_and_title, False),
    (_path_and_title, False),
    (_title, True),
    (_reference, False),
)


def repeated_references(rows: Sequence[Named], matches: Mapping[int, Named]) -> list[tuple[Named, Named]]:
    """Each row whose reference belongs to another row, with that one.

    A reference belongs to the row that matched the action which has it on the board, else to the first.
    """
    groups: dict[str, list[Named]] = {}
    for row in rows:
        reference = _reference(row)
        if reference is not None:
            groups.setdefault(reference, []).append(row)
    repeated = []
    for reference, group in groups.items():
        if len(group) > 1:
            known = (row for row in group if id(row) in matches and _reference(matches[id(row)]) == reference)
            owner = next(known, group[0])
            repeated += [(row, owner) for row in group if row is not owner]
    return repeated
