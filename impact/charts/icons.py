"""The icons of variation and assurance: a ring with what is in it. Their word always stands beside them."""

from collections.abc import Iterator, Sequence

from impact.charts.shapes import COLOURS, mark
from impact.spc import Assurance, Variation
from impact.verdict_parts import MarkKind
from plans.drawing.shapes import Drawing, Path, Shape, line, number

SIZE = 32
USUAL, IMPROVING = COLOURS[MarkKind.USUAL], COLOURS[MarkKind.IMPROVEMENT]
CONCERN, UNUSUAL, INK = COLOURS[MarkKind.CONCERN], COLOURS[MarkKind.UNUSUAL], "#0b0c0c"
ZIGZAG = ((8, 18), (12, 13), (16, 18), (20, 14), (24, 18))
RISING = ((8, 22), (12, 20), (16, 21), (20, 14), (24, 9))
ARROWS = {
    Variation.NEUTRAL_HIGH: "M10 22L21 11M14 10H22V18",
    Variation.NEUTRAL_LOW: "M10 10L21 21M14 22H22V14",
}
MOVES = {
    Variation.IMPROVEMENT_HIGH: (MarkKind.IMPROVEMENT, True),
    Variation.IMPROVEMENT_LOW: (MarkKind.IMPROVEMENT, False),
    Variation.CONCERN_HIGH: (MarkKind.CONCERN, True),
    Variation.CONCERN_LOW: (MarkKind.CONCERN, False),
}


def draw_icon(key: str, *, low_is_good: bool = False) -> Drawing:
    """The drawing of an icon's key; meeting a target lies below its line where low is good."""
    return Drawing(SIZE, SIZE, "icon", tuple(_shapes(key, low_is_good)))


def _shapes(key: str, low_is_good: bool) -> Iterator[Shape]:
    if key in MOVES:
        kind, high = MOVES[key]
        yield _ring(COLOURS[kind])
        yield from _dots(RISING if high else [(x, SIZE - 1 - y) for x, y in RISING], kind, high)
    elif key == Variation.COMMON:
        yield _ring(USUAL)
        yield from _dots(ZIGZAG, MarkKind.USUAL, True)
    elif key in ARROWS:
        yield _ring(UNUSUAL)
        yield Path(ARROWS[key], UNUSUAL, 2.5)
    elif key in (Assurance.PASS, Assurance.FAIL):
        above = (key == Assurance.PASS) != low_is_good
        yield _ring(IMPROVING if key == Assurance.PASS else CONCERN)
        yield from _wave(
            21 if above else 10, 12 if above else 19, IMPROVING if key == Assurance.PASS else CONCERN
        )
    elif key == Assurance.INCONSISTENT:
        yield _ring(USUAL)
        yield from _wave(16, 16, USUAL)
    else:
        yield _ring(USUAL, dash="4 3")
        yield Path("M11 16H21", USUAL, 2)


def _ring(colour: str, dash: str = "") -> Path:
    return Path("M2 16a14 14 0 1 1 28 0a14 14 0 1 1-28 0Z", colour, 2.5, dash, "#fff")


def _dots(points: Sequence[tuple[float, float]], kind: MarkKind, high: bool) -> Iterator[Shape]:
    yield line(points, COLOURS[kind], 1)
    for n, (x, y) in enumerate(points):
        yield mark(kind if n > 2 else MarkKind.USUAL, x, y, 2.2, high=high)


def _wave(target: float, middle: float, colour: str) -> Iterator[Path]:
    yield Path(f"M6 {number(target)}H26", INK, 1.5, "3 2")
    yield Path(f"M6 {number(middle)}q3-5 6-1t6 1 8-1", colour, 2)
