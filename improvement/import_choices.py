"""What the administrator decided on the preview's page, between the form's fields and an import's choices."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.forms import DateField
from django.utils import timezone

from plans.imports.reader import PlanPreview
from plans.rating import COLOURS, DEFAULT_KEY, KeyEntry, Meaning
from plans.spreadsheets.preview import Comparison, Status
from plans.spreadsheets.vocabulary import FIELDS

MEANINGS = {
    Meaning.COMPLETE.value: "Complete and evidenced",
    Meaning.ON_TRACK.value: "On track",
    Meaning.SLIPPAGE.value: "Some issues or slippage",
    Meaning.OFF_TRACK.value: "Off track",
}
USUAL = {entry.colour: entry for entry in DEFAULT_KEY}


def read_choices(post, choices: Mapping) -> dict:
    """The import's choices with what a posted page says; rows that the page did not show keep theirs.

    Raises ValidationError for a day that can't be read.
    """
    shown = post.getlist("row")
    return {
        **choices,
        "plan": post.get("plan", ""),
        "title": post.get("title", "").strip(),
        "on": _day(post.get("on", "")),
        "columns": {**(choices.get("columns") or {}), **_columns(post)},
        "key": _key(post) or choices.get("key"),
        "updates": _ticks(choices.get("updates"), post, "update"),
        "moves": _ticks(choices.get("moves"), post, "move"),
        "reasons": {
            **(choices.get("reasons") or {}),
            **{key: post.get(f"reason-{key}", "").strip() for key in post.getlist("movable")},
        },
        "left_out": _troubles(choices.get("left_out"), post, shown, "leave"),
        "without_reference": _troubles(choices.get("without_reference"), post, shown, "without"),
    }


def _day(text: str) -> str:
    if not text.strip():
        return ""
    day = DateField(
        error_messages={"invalid": "Write the day from which the ratings count as 30/3/2020."}
    ).clean(text)
    if day > timezone.localdate():
        raise ValidationError("The day from which the ratings count must not lie in the future.")
    return day.isoformat()


def _columns(post) -> dict[str, str]:
    """Each heading, in every spelling, with the field that was chosen for it instead of the one guessed."""
    columns = {}
    for number in post.getlist("column"):
        field = post.get(f"field-{number}", "")
        if field in FIELDS and field != post.get(f"guess-{number}"):
            columns.update(dict.fromkeys(post.getlist(f"heading-{number}"), field))
    return columns


def _key(post) -> list[list[str]]:
    """The meaning chosen for each colour; each meaning once, the first colour that is given it."""
    entries: dict[str, list[str]] = {}
    for colour in COLOURS:
        code = post.get(f"meaning-{colour}", "")
        if code:
            words = post.get(f"word-{colour}") or colour.capitalize()
            entries.setdefault(code, [code, colour, words, post.get(f"explanation-{colour}", "")])
    return list(entries.values())


def _ticks(before: Mapping | None, post, name: str) -> dict[str, bool]:
    ticked = set(post.getlist(name))
    return {**(before or {}), **{key: key in ticked for key in post.getlist(f"{name}able")}}


def _troubles(before: Iterable[str] | None, post, shown: list[str], answer: str) -> list[str]:
    kept = [key for key in before or () if key not in shown]
    return kept + [key for key in shown if post.get(f"trouble-{key}") == answer]


def key_rows(preview: PlanPreview) -> list[dict]:
    """Each colour of the workbook's key, or the usual four, with the meaning that it is read with."""
    entries = effective_key(preview)
    by_colour = {entry.colour: entry for entry in entries}
    colours = [colour for colour in COLOURS if colour in by_colour or colour in USUAL]
    further = {entry.code: entry.word for entry in entries if entry.code not in MEANINGS}
    return [
        {
            "colour": colour,
            "entry": by_colour.get(colour) or USUAL[colour],
            "code": by_colour[colour].code if colour in by_colour else "",
            "meanings": MEANINGS | further,
        }
        for colour in colours
    ]


def effective_key(preview: PlanPreview) -> list[KeyEntry]:
    return list(preview.reading.key or DEFAULT_KEY)


ORDER = {Status.CHANGED: 1, Status.NEW: 2, Status.UNCHANGED: 3}


def ordered(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """Rows in trouble first, then changes, new and unchanged rows, each in the workbook's order."""
    return sorted(comparisons, key=lambda one: 0 if one.trouble else ORDER[one.status])
