"""What came of each row of an import that was taken back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plans.wording.phrases import plural

MADE = {"leads": "lead", "recommendations": "recommendation"}
REVERSED, KEPT, REFUSED = "reversed", "kept", "refused"
LABELS = {
    "title": "The action's words were",
    "what_it_means": "What it means for children was",
    "success_criteria": "The success criteria were",
    "leads": "The leads were",
    "steps": "The steps were",
    "recommendations": "The recommendations were",
    "notes": "The notes were",
    "links": "The links were",
    "area": "The heading above it was",
}

NAMES = {"title": "words", "area": "heading", "what_it_means": "what it means for children"}
NAMES |= {"success_criteria": "success criteria"}


@dataclass
class Row:
    """What came of one row; `reasons` say why something of it is kept or refused."""

    sheet: str
    row: int
    action: int
    title: str
    outcome: str = REVERSED
    reasons: list[str] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)

    def keep(self, reason: str) -> None:
        self.reasons.append(reason)
        if self.outcome == REVERSED:
            self.outcome = KEPT

    def refuse(self, reason: str) -> None:
        self.reasons.append(reason)
        self.outcome = REFUSED

    def tell_parts(self) -> None:
        """A row of which only a part went back says which."""
        if self.outcome != REVERSED and self.taken_back:
            parts = ", ".join(dict.fromkeys(self.taken_back))
            self.reasons.insert(0, f"Partly reversed: {parts} taken back.")


def counted(report: Iterable[Mapping]) -> dict[str, int]:
    """How many rows of an undo's report came to each outcome."""
    found = Counter(row["outcome"] for row in report)
    return {outcome: found[outcome] for outcome in (REVERSED, KEPT, REFUSED)}


def title_of(kind: str, words: object) -> str:
    """How the report names what stays of what the import made beside its actions: "Lead: Head of Safety"."""
    return f"{kind.capitalize()}: {words}"


def gone_beside(undo: Mapping, report: Iterable[Mapping]) -> str:
    """How many leads and recommendations went, such as "3 leads and 1 recommendation"; "" where none."""
    titles = [row["title"] for row in report if "action" not in row]
    told = []
    for kind, word in MADE.items():
        stay = sum(title.startswith(title_of(word, "")) for title in titles)
        gone = len(undo.get(kind, ())) - stay
        told += [plural(gone, word)] if gone else []
    return " and ".join(told)
