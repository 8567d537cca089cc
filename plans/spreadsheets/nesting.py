"""References that lie below one another: 2.1 below 2."""

import re

from .grid import Grid


def has_children(grid: Grid, column: int, reference: str, following: int) -> bool:
    """Does the reference of the next row, found in `column`, lie below this one?"""
    if not following or not column:
        return False
    parent = reference.rstrip(".")
    child = grid.sheet.text(following, column)
    return child.startswith(parent + ".") and child.rstrip(".") != parent


def lies_below(reference: str, parent: str) -> bool:
    """1.1, 1(a) and 1a lie below 1; so does a bare letter."""
    if reference.lstrip("(").isalpha() and len(reference.strip("()")) <= 3:
        return True
    if reference.startswith((parent + ".", parent + "(")):
        return True
    return re.fullmatch(re.escape(parent) + "[a-z]", reference) is not None
