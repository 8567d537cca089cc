"""The marks of a control chart: each kind has a shape and a colour of its own."""

from impact.verdict_parts import MarkKind
from plans.drawing.shapes import INK, Circle, Path, Shape, closed, number, rect

# Contrast with white and with the band is 3:1 or more.
BAND = "#eef1f2"
COLOURS = {
    MarkKind.PLAIN: "#6b7280",
    MarkKind.USUAL: "#6b7280",
    MarkKind.IMPROVEMENT: "#005eb8",
    MarkKind.CONCERN: "#c2410c",
    MarkKind.UNUSUAL: "#490092",
}


def mark(kind: MarkKind, x: float, y: float, r: float, *, high: bool = True) -> Shape:
    """Circle usual, square concern, triangle improvement and diamond unusual; the triangle points its way."""
    colour = COLOURS[kind]
    if kind is MarkKind.CONCERN:
        return rect(x - r * 1.15, y - r * 1.15, x + r * 1.15, y + r * 1.15, colour)
    if kind is MarkKind.IMPROVEMENT:
        tip, base = (-r * 1.4, r * 1.15) if high else (r * 1.4, -r * 1.15)
        return closed([(x, y + tip), (x + r * 1.4, y + base), (x - r * 1.4, y + base)], colour)
    if kind is MarkKind.UNUSUAL:
        return closed([(x, y - r * 1.5), (x + r * 1.5, y), (x, y + r * 1.5), (x - r * 1.5, y)], colour)
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
