"""Texts inside structured data: every string is seen, but what the program calls things stays."""

import json
from collections.abc import Callable, Collection, Iterator
from typing import Any

SUFFIX = " ({})"


def texts_of(value: Any) -> Iterator[str]:
    """Every string in lists and mappings, names too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from texts_of(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_of(one)


def rewritten(
    value: Any, put: Callable[[str], str], *, kept: Collection[str] = (), names: bool = True
) -> Any:
    """The same data with `put` of every string, names too unless told not to; strings of `kept` stay.

    Two names that become one are told apart by a number.
    """
    if isinstance(value, str):
        return value if value in kept else put(value)
    if isinstance(value, dict):
        made: dict[str, Any] = {}
        for name, one in value.items():
            new = rewritten(name, put, kept=kept) if names else name
            made[name if new == name else _free(new, value, made)] = rewritten(
                one, put, kept=kept, names=names
            )
        return made
    if isinstance(value, list | tuple):
        return type(value)(rewritten(one, put, kept=kept, names=names) for one in value)
    return value


def _free(name: str, old: Collection[str], made: Collection[str]) -> str:
    number, found = 2, name
    while found in made or found in old:
        found, number = name + SUFFIX.format(number), number + 1
    return found


def rewritten_text(text: str, put: Callable[[str], str], *, kept: Collection[str] = ()) -> str:
    """A text, or one that is JSON: what JSON writes with a backslash is seen as it is meant."""
    if text[:1] in ("{", "["):
        try:
            value = json.loads(text)
        except ValueError:
            return put(text)
        made = rewritten(value, put, kept=kept)
        return text if made == value else json.dumps(made, ensure_ascii=text.isascii())
    return put(text)
