"""Verdicts to draw, and what a drawing says."""

from datetime import date

from impact.months import months_after
from impact.spc import Improvement
from impact.units import Unit
from impact.verdicts import Rebase, Target, Terms, verdict
from plans.drawing.shapes import Circle, Path, Rect, Text

APRIL = date(2017, 4, 1)
ROUGH = (84, 86, 88, 85, 83, 87, 89, 86, 84, 88, 85, 87)
# A year and a half on one level, as long on a lower one, and at its end falling out of its range.
SERIES = (*ROUGH, *ROUGH[:6], 74, 71, 75, 70, 73, 72, 69, 74, 76, 72, 70, 73, 70, 68, 66, 61, 57, 52)
STEP = Rebase(months_after(APRIL, 18), "A joint front door opens", "The board")


def told(values, *, unit=Unit.PERCENT, improvement=Improvement.INCREASE, first=APRIL, **terms):
    """The verdict on values of months that follow one another from April 2017."""
    readings = {months_after(first, n): value for n, value in enumerate(values)}
    return verdict(readings, Terms(improvement=improvement, unit=unit, **terms))


def full(**changed):
    """Everything that a chart can show: a step change, a target, limits, concern."""
    return told(SERIES, **{"rebases": [STEP], "targets": [Target(90, months_after(APRIL, 12))]} | changed)


def texts(drawing):
    return [shape for shape in drawing.shapes if isinstance(shape, Text)]


def words(drawing):
    return [shape.words for shape in texts(drawing)]


def marks(drawing, colour):
    """The marks of one colour: circles, squares, triangles or diamonds."""
    return [
        shape
        for shape in drawing.shapes
        if isinstance(shape, Circle | Rect | Path) and shape.fill == colour and shape.kind != "text"
    ]
