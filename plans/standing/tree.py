"""Headings inside headings, as a mapping from each heading's id to its parent's (None for a top one)."""

from collections.abc import Mapping

Parents = Mapping[int, int | None]


def top_of(parents: Parents) -> dict[int, int]:
    """Each heading's topmost heading; a parent that is not in the mapping is taken for none."""
    tops: dict[int, int] = {}
    for pk in parents:
        trail = [pk]
        while trail[-1] not in tops and parents.get(trail[-1]) in parents:
            trail.append(parents[trail[-1]])
        top = tops.get(trail[-1], trail[-1])
        tops.update(dict.fromkeys(trail, top))
    return tops


def inside(parents: Parents, root: int) -> set[int]:
    """The heading itself and everything inside it, at any depth."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in parents.items():
        children.setdefault(parent, []).append(pk)
    found, waiting = {root}, [root]
    while waiting:
        for child in children.get(waiting.pop(), []):
            found.add(child)
            waiting.append(child)
    return found
