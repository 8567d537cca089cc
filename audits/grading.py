"""Grade mixes of audits: shares, agreement of a second reader, and better or not. Values in, values out.

A small number is not turned into a percentage: `below` is the board's threshold, under which it says nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class GradeWord:
    """A word of a scale; `is_good` says that a case with it counts as good practice."""

    word: str
    is_good: bool = False


# Worst first, as every scale here.
FOUR_GRADES = (
    GradeWord("Inadequate"),
    GradeWord("Requires improvement"),
    GradeWord("Good", is_good=True),
    GradeWord("Outstanding", is_good=True),
)
AGREEMENT = (GradeWord("Disagreed"), GradeWord("Agreed", is_good=True))


def percent(part: int, whole: int, below: int) -> int | None:
    """The share in whole per cent; None where either number is too small to be told as one.

    A share that is not all is never rounded up to 100, nor one that is something down to 0.
    """
    if whole <= 0 or whole < below or 0 < part < below:
        return None
    rounded = round(100 * Fraction(part, whole))
    if 0 < part < whole:
        return min(99, max(1, rounded))
    return rounded


def share_words(part: int, whole: int, below: int) -> str:
    """Such as "39 of 40 (98%)", "3 of 4" where the numbers are small, "none" of nothing."""
    if not whole:
        return "none"
    share = percent(part, whole, below)
    return f"{part:,} of {whole:,}" + ("" if share is None else f" ({share}%)")


@dataclass(frozen=True, slots=True)
class Mix:
    """How many cases had each grade, worst first; `sample` is how many were looked at."""

    grades: tuple[GradeWord, ...]
    counts: tuple[int, ...]
    sample: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def good(self) -> int:
        return sum(count for grade, count in self.pairs if grade.is_good)

    @property
    def worst(self) -> int:
        return self.counts[0] if self.counts else 0

    @property
    def pairs(self) -> list[tuple[GradeWord, int]]:
        return list(zip(self.grades, self.counts, strict=True))

    @property
    def ungraded(self) -> int:
        return max(0, self.sample - self.total)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(grade.word for grade in self.grades)

    @property
    def good_words(self) -> str:
        """What the good grades are called together: "good or outstanding", "agreed"."""
        return " or ".join(grade.word.lower() for grade in self.grades if grade.is_good)

    def good_share(self, below: int) -> str:
        """Such as "39 of 40 (98%) agreed"."""
        if not self.total:
            return "No grades"
        return f"{share_words(self.good, self.total, below)} {self.good_words}".strip()


class Verdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    TOO_FEW = "too few"
    APART = "apart"


VERDICT_WORDS = {
    Verdict.BETTER: "Better",
    Verdict.WORSE: "Worse",
    Verdict.SAME: "No clear change",
    Verdict.TOO_FEW: "Too few cases to tell",
    Verdict.APART: "Graded differently, so not compared",
}


def compare(before: Mix, after: Mix, below: int) -> Verdict:
    """Whether an audit's repeat found more good practice, or at least less of the worst grade.

    A difference that one case more or less in the smaller of the two would make is no clear change.
    """
    if before.words != after.words:
        return Verdict.APART
    smaller = min(before.total, after.total)
    if not smaller or smaller < below:
        return Verdict.TOO_FEW
    step = Fraction(1, smaller)
    good = Fraction(after.good, after.total) - Fraction(before.good, before.total)
    worst = Fraction(before.worst, before.total) - Fraction(after.worst, after.total)
    moved = next((each for each in (good, worst) if abs(each) > step), None)
    if moved is None:
        return Verdict.SAME
    return Verdict.BETTER if moved > 0 else Verdict.WORSE


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many cases a second reader read, and with how many grades they agreed."""

    read: int = 0
    agreed: int = 0

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(self.read + other.read, self.agreed + other.agreed)

    def words(self, below: int) -> str:
        """Such as "9 of 10 (90%) agreed"; "Not moderated" where nobody read any again."""
        return f"{share_words(self.agreed, self.read, below)} agreed" if self.read else "Not moderated"


def sum_up(agreements: Iterable[Agreement]) -> Agreement:
    return sum(agreements, Agreement())


def by_scale(mixes: Sequence[Mix]) -> list[tuple[tuple[str, ...], list[int]]]:
    """The places of the mixes that share a scale and can be drawn as one, the scale used most first."""
    places: dict[tuple[str, ...], list[int]] = {}
    for place, mix in enumerate(mixes):
        if mix.total:
            places.setdefault(mix.words, []).append(place)
    return sorted(places.items(), key=lambda item: -len(item[1]))
