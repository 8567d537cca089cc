"""Headings between the rows of a plan, one inside the other, and the introductions below them."""

import re
from dataclasses import dataclass, field

from .results import Level

WORDS = (
    "improvement area|improvement theme|improvement priority|priority area|key priority|priority|theme|area|"
    "objective|outcome|recommendation|standard|workstream|work stream|strand|section|pillar|aim|goal|domain|"
    "chapter|commitment|part|ofsted recommendation|area for improvement|key line of enquiry|step|phase|"
    "project|promise|pledge"
)
ORDINAL = (
    r"(?:no\.? ?|number )?(?:\d+(?:\.\d+)*[a-z]?|[ivx]+|[a-h]|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve)"
)
NAMED = re.compile(rf"(?:(?:our|strategic) )?({WORDS})s? ({ORDINAL})\b[\s.:)\u2013\u2014-]*", re.IGNORECASE)
NUMBERED = re.compile(r"(\d+(?:\.\d+)*|[A-Z])[.):]\s+|(\d+(?:\.\d+)*)\s+(?=[A-Z])")
LABELLED = re.compile(rf"({WORDS})s?\s*[:\u2013\u2014-]\s*(?=\S)", re.IGNORECASE)
CONTINUED = re.compile(r"[\s(\[\u2013\u2014:,.-]*\b(?:cont(?:inued|d|'d|’d)?)\b[\s.)\]]*$", re.IGNORECASE)
SENTENCE = 90
SENTENCE_START = re.compile(
    r"(?:ensuring|we will|we want|we are|this|our|the|to|in|by|how|introduction|aim:|description|context|"
    r"these|it|children|what|why|lead:|leads:|owner|responsible|sponsor|chair|strategic lead|"
    r"priority lead|executive)\b",
    re.IGNORECASE,
)
FIELD_OF = {
    "objective": "objective",
    "aim": "objective",
    "goal": "objective",
    "commitment": "objective",
    "outcome": "outcome",
    "recommendation": "recommendation",
    "ofsted recommendation": "recommendation",
    "area for improvement": "recommendation",
}


@dataclass
class Heading:
    """A heading row in force: its level, its look (for telling ranks apart), and the field it may fill."""

    level: Level
    look: tuple
    role: str = "area"
    places: list[tuple[int, int]] = field(default_factory=list)
    actions: int = 0


@dataclass
class Headings:
    """The headings in force at a row, from the outermost inwards."""

    stack: list[Heading] = field(default_factory=list)
    ranks: list[tuple] = field(default_factory=list)
    all: list[Heading] = field(default_factory=list)

    def chain(self) -> tuple[tuple[Level, str], ...]:
        """The levels that an action starting now stands under, each with the field it may fill."""
        for heading in self.stack:
            heading.actions += 1
        return tuple((heading.level, heading.role) for heading in self.stack)

    def open(self, text: str, reference: str, style: tuple, follows_heading: bool) -> Heading:
        """A new heading replaces those of its own rank and below."""
        text = self._without_continued(text)
        name, number = name_and_number(text)
        look = (name, _depth(number), style)
        depth = self._depth_of(look, follows_heading)
        self.stack = self.stack[:depth]
        self.ranks = [*self.ranks[:depth], look, *self.ranks[depth + 1 :]]
        heading = Heading(Level(name or "Improvement area", reference or number, text), look, _field(name))
        self.stack.append(heading)
        self.all.append(heading)
        return heading

    def _without_continued(self, text: str) -> str:
        """ "Priority 1: Front door (continued)" is the heading of the page before."""
        plain = CONTINUED.sub("", text)
        return plain if any(heading.level.title == plain for heading in self.all) else text

    def _depth_of(self, look: tuple, follows_heading: bool) -> int:
        if look in self.ranks:
            return min(self.ranks.index(look), len(self.stack))
        for depth, known in enumerate(self.ranks):
            if look[0] and look[0] == known[0] and look[1] == known[1]:
                return min(depth, len(self.stack))
        if follows_heading:
            return len(self.stack)
        deeper = [
            depth
            for depth, known in enumerate(self.ranks)
            if known[:2] != look[:2] and look[1] > known[1] > 0
        ]
        if deeper:
            return min(deeper[-1] + 1, len(self.stack))
        if (
            self.ranks
            and look[0]
            and self.ranks[0][0]
            and look[0] != self.ranks[0][0]
            and FIELD_OF.get(look[0].casefold())
        ):
            return min(1, len(self.stack))
        return 0

    def is_label(self, text: str) -> bool:
        """The heading just opened is only "Priority 1": the words after it belong to it."""
        label = NAMED.fullmatch(self.stack[-1].level.title) if self.stack else None
        return label is not None and name_and_number(text) == ("", "")

    def is_introduction(self, text: str, style: tuple) -> bool:
        """Below a heading: a sentence about it, not a heading of its own."""
        name, number = name_and_number(text)
        if not self.stack or name or number:
            return False
        if (name, _depth(number), style) in self.ranks[1:]:
            return False
        return (
            len(text) >= SENTENCE
            or text.rstrip().endswith((".", ";", ":"))
            or bool(SENTENCE_START.match(text))
            or text[:1].islower()
        )


def name_and_number(text: str) -> tuple[str, str]:
    """ "Priority 2: Front door" -> ("Priority", "2"); "3. Care leavers" -> ("", "3")."""
    found = NAMED.match(text)
    if found:
        return found[1][0].upper() + found[1][1:].lower(), found[2]
    found = LABELLED.match(text)
    if found:
        return found[1][0].upper() + found[1][1:].lower(), ""
    found = NUMBERED.match(text)
    return ("", found[1] or found[2]) if found else ("", "")


def _depth(number: str) -> int:
    return number.count(".") + 1 if number[:1].isdigit() else 1 if number else 0


def _field(name: str) -> str:
    return FIELD_OF.get(name.casefold(), "area")
