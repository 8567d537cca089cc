"""What a person had before them when a form was drawn: it travels in the form and comes back with it.

By it the server tells what they changed from what somebody else changed meanwhile. Nothing in it is trusted:
a forged one shows the sender a question more or less, and changes no rule.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from plans.forms.ids import read_id

WRITTEN = ("happened", "same", "evidence", "new_date", "move_reason")


def same_words(text: str) -> str:
    """Words without what a browser does to them: line ends and spaces around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def fingerprint(text: str) -> str:
    return hashlib.sha256(same_words(text).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Seen:
    """`update` is the newest update's id (0: none), `steps` the ids of steps done; texts are fingerprints."""

    update: int = 0
    rating: str = ""
    way_back: str = fingerprint("")
    target: str = ""
    steps: frozenset[int] = frozenset()

    @classmethod
    def of(cls, update: int, rating: str, way_back: str, target: str, steps: Iterable[int]) -> "Seen":
        return cls(update, rating, fingerprint(way_back), fingerprint(target), frozenset(steps))

    def write(self) -> str:
        steps = "-".join(str(pk) for pk in sorted(self.steps))
        return "|".join((str(self.update), self.rating, self.way_back, self.target, steps))

    @classmethod
    def read(cls, words: str) -> "Seen":
        """Words that `write` did not write read as having seen nothing."""
        parts = words.split("|")
        update = read_id(parts[0])
        if len(parts) != 5 or update is None:
            return cls()
        steps = frozenset(pk for words in parts[4].split("-") if (pk := read_id(words)) is not None)
        return cls(update, parts[1], parts[2], parts[3], steps)


def is_written_in(data: QueryDict, prefix: str) -> bool:
    """Whether an update's form was changed since it was drawn, as far as can be told without its action.

    Every form that `is_touched` is; of the others hardly any.
    """

    def said(name: str) -> str:
        return same_words(data.get(f"{prefix}-{name}", ""))

    seen, way_back = Seen.read(said("seen")), said("way_back")
    return (
        any(said(name) for name in WRITTEN)
        or said("rating") not in ("", seen.rating)
        or (way_back != "" and fingerprint(way_back) != seen.way_back)
        or {read_id(pk) for pk in data.getlist(f"{prefix}-steps")} != seen.steps
    )
