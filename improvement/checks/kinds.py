"""What a check is and what it finds."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any


class Severity(IntEnum):
    """In the order in which a board asks."""

    FIRST = 1
    NEXT = 2
    ALSO = 3

    @property
    def words(self) -> str:
        return {1: "Ask first", 2: "Ask next", 3: "Ask too"}[self.value]

    @property
    def kind(self) -> str:
        """The kind of its flag on pages."""
        return {1: "late", 2: "ask", 3: "plain"}[self.value]


@dataclass(frozen=True, slots=True)
class Mend:
    """Where to mend it: the name of a page's URL, what follows the board in its address, and who may.

    `who` is "update" (whoever may update the action) or a permission's name.
    """

    words: str
    page: str
    pk: int | None = None
    query: str = ""
    anchor: str = ""
    who: str = "update"


@dataclass(frozen=True, slots=True)
class Check:
    """`says` gives the sentence for what it sees, "" where there is nothing to ask.

    `sees` names all that the sentence rests on, but for the day: as long as these stay the same, an answer
    to the finding stands. `rated` are the ratings of which it asks, where it does not ask of all.
    """

    name: str
    title: str
    severity: Severity
    weight: int
    sees: tuple[str, ...]
    says: Callable[[Any], str]
    mend: Callable[[Any], Mend]
    on: str = "action"
    rated: frozenset[str] | None = None

    @property
    def order(self) -> tuple[int, int, str]:
        return (self.severity, -self.weight, self.name)

    def asks_of(self, rating: str) -> bool:
        return self.rated is None or rating in self.rated

    def find(self, seen: Any) -> "Finding | None":
        words = self.says(seen)
        return Finding(self, seen.pk, words, seen) if words else None

    def basis(self, seen: Any) -> str:
        """A fingerprint of the check and of what it saw."""
        values = [self.name, *(getattr(seen, name) for name in self.sees)]
        return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to ask about the action or recommendation with the id `pk`, which it saw as `seen`."""

    check: Check
    pk: int
    words: str
    seen: Any = field(compare=False, repr=False)

    @property
    def mend(self) -> Mend:
        return self.check.mend(self.seen)

    @property
    def basis(self) -> str:
        """A fingerprint of the check and of what it saw."""
        return self.check.basis(self.seen)
