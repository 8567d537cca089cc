"""Grade mixes as bars of shares, one under the other in the order of time: shapes for SVG, no style needed.

No grade is told by its colour alone: each part carries the letters of its grade, and the key explains them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from audits.grading import Mix
from plans.drawing.shapes import Drawing, Shape, fitted, rect, text
from plans.wording.phrases import plural

# From far off good to nearly good, and from just good to best; dark ones carry white letters.
NOT_GOOD = ("#9a3412", "#f2b98a", "#f7d9bd")
GOOD = ("#a9c8ea", "#0b4f9c")
DARK = {"#9a3412", "#0b4f9c"}
GAP, BAR, LETTER = 2.0, 26.0, 8.2
# However few cases of many, their part is seen.
NARROWEST = 1.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One audit: the day it was done, its title and its grades."""

    day: date
    title: str
    mix: Mix


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A grade in the key: its letters on its colour, and its word."""

    code: str
    word: str
    fill: str
    style: str


@dataclass(frozen=True, slots=True)
class MixChart:
    """Drawings of the same bars for wide and narrow windows; `title` says the message whole."""

    title: str
    drawings: tuple[Drawing, ...]
    key: tuple[KeyEntry, ...]


@dataclass(frozen=True, slots=True)
class _Size:
    kind: str
    width: int
    left: float
    row: float
    # Where labels stand above their bars, they need a line of their own.
    above: bool


WIDE = _Size("wide", 1100, 430, 38, above=False)
NARROW = _Size("narrow", 343, 0, 62, above=True)


def draw_mixes(bars: Sequence[Bar], below: int) -> MixChart | None:
    """Bars of one scale, the earliest at the top; those of fewer cases than `below` are told in words."""
    if not bars:
        return None
    key = _key(bars[0].mix)
    drawings = tuple(_draw(bars, key, size, below) for size in (WIDE, NARROW))
    return MixChart(_title(bars, below), drawings, key)


def codes(words: Sequence[str]) -> list[str]:
    """Short letters for each word: its initials, or numbers where two would have the same."""
    initials = ["".join(part[0] for part in word.split()[:3]).upper() for word in words]
    return initials if len({*initials}) == len(words) else [str(n) for n in range(1, len(words) + 1)]


def _key(mix: Mix) -> tuple[KeyEntry, ...]:
    bad = [grade for grade in mix.grades if not grade.is_good]
    good = [grade for grade in mix.grades if grade.is_good]
    fills = [*_shades(NOT_GOOD, len(bad)), *_shades(GOOD[::-1], len(good))[::-1]]
    return tuple(
        KeyEntry(code, grade.word, fill, "w" if fill in DARK else "")
        for code, grade, fill in zip(codes(mix.words), mix.grades, fills, strict=True)
    )


def _shades(colours: Sequence[str], number: int) -> list[str]:
    """So many of the colours, the strongest first; where there are more, the last is used again."""
    return [colours[min(n, len(colours) - 1)] for n in range(number)]


def _title(bars: Sequence[Bar], below: int) -> str:
    said = [f"{bar.day.day} {bar.day:%B %Y}: {bar.mix.good_share(below)}" for bar in bars]
    return f"Grade mix of {plural(len(bars), 'audit')} over time. {'; '.join(said)}."


def _draw(bars: Sequence[Bar], key: Sequence[KeyEntry], size: _Size, below: int) -> Drawing:
    shapes: list[Shape] = []
    for n, bar in enumerate(bars):
        shapes += _bar(bar, key, size, n * size.row, below)
    return Drawing(size.width, round(len(bars) * size.row), size.kind, tuple(shapes))


def _bar(bar: Bar, key: Sequence[KeyEntry], size: _Size, top: float, below: int) -> Iterator[Shape]:
    y = top + (30 if size.above else 4)
    room = size.width if size.above else size.left - 12
    label = f"{bar.day.day} {bar.day:%b %Y}  {bar.title}"
    yield text(0, y - 8 if size.above else y + 18, fitted(label, room))
    if bar.mix.total < below or not bar.mix.total:
        words = f"{bar.mix.good} of {bar.mix.total} {bar.mix.good_words}: too few to draw"
        yield text(size.left, y + 18, words, style="m")
        return
    x, unit = size.left, (size.width - size.left) / bar.mix.total
    for entry, count in zip(key, bar.mix.counts, strict=True):
        if count:
            yield from _part(entry, count, min(x, size.width - NARROWEST), y, count * unit)
            x += count * unit


def _part(entry: KeyEntry, count: int, x: float, y: float, width: float) -> Iterator[Shape]:
    wide = max(NARROWEST, width - GAP)
    yield rect(x, y, x + wide, y + BAR, entry.fill)
    words = f"{entry.code} {count}"
    said = next((each for each in (words, entry.code) if len(each) * LETTER + 6 <= width), "")
    if said:
        yield text(x + (width - GAP) / 2, y + 18, said, "middle", entry.style)
