"""Shapes of a drawing: presentation attributes only, so that no style has to be allowed for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

INK, MUTED, RULE, GRID = "#0b0c0c", "#4a5459", "#7b868c", "#dfe3e5"
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
    # The ends of its lines: "" cut off, or "round".
    cap: str = ""


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
    """A rectangle by its four edges."""
    return Rect(number(left), number(top), number(right - left), number(bottom - top), fill)


def text(x: float, y: float, words: str, anchor: str = "start", style: str = "") -> Text:
    """Words at a place; `style` is a class of the style sheet."""
    return Text(number(x), number(y), words, anchor, style)


def level(left: float, right: float, y: float, stroke: str, width: float, dash: str = "") -> Path:
    """A level line at `y`."""
    return Path(f"M{number(left)} {number(y)}H{number(right)}", stroke, width, dash)


def line(
    points: Sequence[tuple[float, float]], stroke: str = MUTED, width: float = 1.5, dash: str = ""
) -> Path:
    """A line from point to point."""
    return Path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points), stroke, width, dash)


def width_of(words: str) -> int:
    """About how wide words are drawn, never less than they are."""
    return ceil(len(words) * LETTER)


def fitted(words: str, width: float) -> str:
    """As many of the words as fit, or nothing where that is next to none."""
    if width_of(words) <= width:
        return words
    letters = int(width / LETTER) - 1
    return f"{words[:letters].rstrip(' ,.;:')}…" if letters >= 8 else ""


def dots(points: Sequence[tuple[float, float]], radius: float, colour: str) -> Path:
    """Circles with these middles as one path: a line without length has round ends alone."""
    d = "".join(f"M{number(x)} {number(y)}h0" for x, y in points)
    return Path(d, colour, round(2 * radius, 1), cap="round")


def squares(points: Sequence[tuple[float, float]], radius: float, colour: str) -> Path:
    """Squares with these middles as one path."""
    side = number(2 * radius)
    corners = ((x - radius, y - radius) for x, y in points)
    return Path("".join(f"M{number(x)} {number(y)}h{side}v{side}h-{side}z" for x, y in corners), fill=colour)


def closed(points: Sequence[tuple[float, float]], fill: str) -> Path:
    """A filled shape with these corners."""
    return Path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z", fill=fill)
