"""How a pack names things: short words for a line, days as ISO texts, drawings as plain data."""

from dataclasses import asdict
from datetime import date

from impact.charts.frames import Chart
from impact.icons import Icon
from plans.drawing.shapes import Drawing
from plans.history.leads import accountable_of
from plans.models import Action, Area
from plans.wording.phrases import shortened

LONGEST_TITLE = 110
LONGEST_NAME = 36
NOBODY = "Nobody accountable yet"


def action_of(action: Action) -> dict:
    """What names an action in a table."""
    return {"reference": action.reference, "title": shortened(action.title, LONGEST_TITLE)}


def short_name(action: Action) -> str:
    """What names an action inside a sentence: its number, or the beginning of its title."""
    return action.reference or f"“{shortened(action.title, LONGEST_NAME)}”"


def full_name(action: Action) -> str:
    return shortened(f"{action.reference} {action.title}", LONGEST_TITLE)


def area_name(area: Area) -> str:
    return shortened(str(area), LONGEST_TITLE)


def accountable(action: Action) -> str:
    """The accountable lead's name on the day of the pack."""
    return accountable_of(action) or NOBODY


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def person(user) -> str:
    return user.name if user else ""


def icon_of(icon: Icon, *, low_is_good: bool) -> dict:
    return {"key": str(icon.key), "word": icon.word, "means": icon.description, "low_is_good": low_is_good}


def drawing_of(drawing: Drawing | None) -> dict | None:
    return asdict(drawing) | {"shapes": [asdict(shape) for shape in drawing.shapes]} if drawing else None


def chart_of(chart: Chart | None) -> dict | None:
    """A chart as plain data: its whole message in words, and its drawings."""
    if chart is None:
        return None
    return {
        "title": chart.title,
        "axis": chart.axis_words,
        "drawings": [drawing_of(drawing) for drawing in chart.drawings],
    }
