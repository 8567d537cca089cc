"""Shapes of a drawing: presentation attributes only, so that no style has to be allowed for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from impact.verdict_parts import MarkKind

# Contrast with white and with the band is 3:1 or more; each kind has a shape of its own too.
INK, MUTED, RULE, GRID, BAND = "#0b0c0c", "#4a5459", "#7b868c", "#dfe3e5", "#eef1f2"
COLOURS = {
    MarkKind.PLAIN: "#6b7280",
    MarkKind.USUAL: "#6b7280",
    MarkKind.IMPROVEMENT: "#005eb8",
    MarkKind.CONCERN: "#c2410c",
    MarkKind.UNUSUAL: "#490092",
}
# 14px arial: the widest words are a little narrower than this.
LETTER = 7.3


@dataclass(frozen=True, slots=True)
class Path:
    d: str
    stroke: str = ""
    width: float = 1.5
    dash: str = ""
    fill: str = "none"
    kind: str = "path"


@dataclass(frozen=True, slots=True)
class Rect:
    x: str
    y: str
    width: str
    height: str
    fill: str
    kind: str = "rect"


@dataclass(frozen=True, slots=True)
class Circle:
    x: str
    y: str
    r: str
    fill: str
    kind: str = "circle"


@dataclass(frozen=True, slots=True)
class Text:
    """`x` and `y` are where its baseline starts, ends ("end") or has its middle ("middle")."""

    x: str
    y: str
    words: str
    anchor: str = "start"
    style: str = ""
    kind: str = "text"


Shape = Path | Rect | Circle | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a plane of `width` by `height`; `kind` names its place, such as "wide"."""

    width: int
    height: int
    kind: str
    shapes: tuple[Shape, ...]


def number(value: float) -> str:
    """To a tenth of a pixel, as short as can be."""
    return f"{value:.1f}".removesuffix(".0")


def rect(left: float, top: float, right: float, bottom: float, fill: str) -> Rect:
    return Rect(number(left), number(top), number(right - left), number(bottom - top), fill)


def text(x: float, y: float, words: str, anchor: str = "start", style: str = "") -> Text:
    return Text(number(x), number(y), words, anchor, style)


def level(left: float, right: float, y: float, stroke: str, width: float, dash: str = "") -> Path:
    return Path(f"M{number(left)} {number(y)}H{number(right)}", stroke, width, dash)


def line(
    points: Sequence[tuple[float, float]], stroke: str = MUTED, width: float = 1.5, dash: str = ""
) -> Path:
    return Path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points), stroke, width, dash)


def mark(kind: MarkKind, x: float, y: float, r: float, *, high: bool = True) -> Shape:
    """Circle usual, square concern, triangle improvement and diamond unusual; the triangle points its way."""
    colour = COLOURS[kind]
    if kind is MarkKind.CONCERN:
        return rect(x - r * 1.15, y - r * 1.15, x + r * 1.15, y + r * 1.15, colour)
    if kind is MarkKind.IMPROVEMENT:
        tip, base = (-r * 1.4, r * 1.15) if high else (r * 1.4, -r * 1.15)
        return _closed([(x, y + tip), (x + r * 1.4, y + base), (x - r * 1.4, y + base)], colour)
    if kind is MarkKind.UNUSUAL:
        return _closed([(x, y - r * 1.5), (x + r * 1.5, y), (x, y + r * 1.5), (x - r * 1.5, y)], colour)
    return Circle(number(x), number(y), number(r), colour)


def flag(x: float, bottom: float, height: float) -> Path:
    """A pole on the time axis with its pennant to the right."""
    top = bottom - height
    d = f"M{number(x)} {number(bottom)}V{number(top)}l7 5l-7 5"
    return Path(d, INK, 1.2, fill=INK)


def remark(x: float, bottom: float) -> Path:
    """A small speech bubble that stands on the time axis."""
    d = f"M{number(x - 6)} {number(bottom - 18)}h12v9h-4l-2 6l-2-6h-4Z"
    return Path(d, INK, 1.2, fill="#fff")


def width_of(words: str) -> int:
    """About how wide words are drawn, never less than they are."""
    return ceil(len(words) * LETTER)


def fitted(words: str, width: float) -> str:
    """As many of the words as fit, or nothing where that is next to none."""
    if width_of(words) <= width:
        return words
    letters = int(width / LETTER) - 1
    return f"{words[:letters].rstrip(' ,.;:')}…" if letters >= 8 else ""


def _closed(points: Sequence[tuple[float, float]], fill: str) -> Path:
    return Path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z", fill=fill)
