"""Actions while their rows are still being gathered, and how the gathered words become values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from plans.dates import Kind, Period, Target, parse_target, target_from_day
from plans.leads import split_leads
from plans.rating import DEFAULT_KEY, KeyEntry, RatingReading, colour_of_fill, read_rating
from plans.steps import StepText, split_steps

from .results import ActionRow, Level
from .vocabulary import LEVEL_FIELDS

BULLET = re.compile(
    r"^\s*(?:[-•*–▪●o]\s+|\(?([0-9]{1,2}(?:\.[0-9]{1,2})*|[a-z]|[ivx]{1,4})[.):]\)?\s+)", re.IGNORECASE
)
PARTS = re.compile(r",| [-–—] ")
STEP_TARGET = re.compile(r"(\S+?)\.(?: +(.*))?")
TEXTS = ("title", "activity", "success_criteria", "what_it_means", "progress", "way_back", "links")


@dataclass(slots=True)
class RowStep:
    """A step that stands on a row of its own."""

    number: str
    text: str
    target_text: str = ""


@dataclass(slots=True)
class Draft:
    """The words of one action; `levels` are shared with its neighbours: a continued text reaches all."""

    sheet: str
    row: int
    values: dict[str, str] = field(default_factory=dict)
    levels: dict[str, Level] = field(default_factory=dict)
    headings: tuple[tuple[Level, str], ...] = ()
    notes: list[list[str]] = field(default_factory=list)
    row_steps: list[RowStep] = field(default_factory=list)
    day: date | None = None
    fill: str | None = None
    pale: bool = False
    mark: str = ""
    mark_text: str = ""
    who_when: bool = False
    rows: list[int] = field(default_factory=list)
    area_of_sheet: Level | None = None

    @property
    def ends_its_title(self) -> bool:
        return self.values.get("title", "").endswith((".", "?", "!", ":", ";"))

    def append(self, name: str, text: str) -> None:
        """Text that goes on in a later row: one sentence where it was broken off, else a new line."""
        before = self.values.get(name, "")
        self.values[name] = join_texts(before, text)

    def add_note(self, header: str, text: str) -> None:
        for note in self.notes:
            if note[0] == header:
                note[1] = join_texts(note[1], text)
                return
        self.notes.append([header, text])


def join_texts(before: str, text: str) -> str:
    if not before:
        return text
    broken_off = (
        not before.rstrip().endswith((".", "!", "?", ":", ";"))
        and text[:1].islower()
        and not BULLET.match(text)
    )
    return f"{before} {text}" if broken_off else f"{before}\n{text}"


def parts_of(text: str) -> list[str]:
    """The lines of a cell for "who and when", and their parts between commas and dashes."""
    return [part.strip() for line in text.splitlines() for part in PARTS.split(line) if part.strip()]


def date_part(text: str) -> str:
    """What is a date of a cell for "who and when"."""
    return ", ".join(part for part in parts_of(text) if parse_target(part).kind != Kind.NONE)


def day_of(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def tidy_reference(text: str, value: object) -> str:
    """ "1." -> "1"; "2)" -> "2"; the number 1.0 -> "1"; "1.10" and "15 (b)" stay."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(text.split()).rstrip(".:" if "(" in text else ".:)")


def target_of(draft: Draft, period: Period) -> Target:
    text, own = _target_text(draft), draft.values.get("target", "")
    return (
        replace(target_from_day(draft.day), text=text)
        if draft.day and text == own
        else parse_target(text, period)
    )


def _target_text(draft: Draft) -> str:
    """The action's own words, and below them what the steps on rows of their own add to these."""
    lines = [draft.values.get("target", "")]
    lines += [step.target_text for step in draft.row_steps if step.target_text not in lines]
    return "\n".join(line for line in lines if line)


def rating_of(draft: Draft, key: Sequence[KeyEntry]) -> RatingReading:
    """By its word; where there is none, or the word is no rating, by its tick or its colour."""
    text = draft.values.get("rating", "")
    reading = read_rating(text, key) if text else read_rating(draft.mark, key)
    if reading.code:
        return reading
    colour = colour_of_fill(draft.fill, pale=draft.pale) if draft.fill else None
    if colour is None:
        return reading
    coloured = read_rating(colour, key)
    return replace(coloured, word=reading.word) if coloured.code else reading


def finish(draft: Draft, key: Sequence[KeyEntry], period: Period, target: Target) -> ActionRow:
    """The action that a draft has become."""
    values = draft.values
    get = values.get
    leads_text = get("leads", "")
    activity, steps = _steps(draft)
    steps = _with_targets(steps, get("step_targets", ""))
    action = ActionRow(
        sheet=draft.sheet,
        row=draft.row,
        reference=get("reference", ""),
        title=get("title", ""),
        activity=activity,
        steps=steps,
        leads_text=leads_text,
        leads=_leads(draft, leads_text),
        target=target,
        rating=rating_of(draft, key),
        rating_text="\n".join(text for text in (get("rating", ""), draft.mark_text) if text),
        success_criteria=get("success_criteria", ""),
        what_it_means=get("what_it_means", ""),
        progress=get("progress", ""),
        way_back=get("way_back", ""),
        links=get("links", ""),
        notes=[(header, text) for header, text in draft.notes],
        rows=tuple(draft.rows),
    )
    _place(action, draft)
    return action


def _leads(draft: Draft, text: str) -> list[str]:
    if not text:
        return []
    if draft.who_when:
        text = "\n".join(part for part in parts_of(text) if parse_target(part).kind == Kind.NONE)
    return list(split_leads(text))


def _steps(draft: Draft) -> tuple[str, tuple[StepText, ...]]:
    """The activity and its steps; steps on rows of their own become its numbered lines."""
    activity, title = draft.values.get("activity", ""), draft.values.get("title", "")
    target = draft.values.get("target", "")
    steps = tuple(split_steps(activity or title, target)[1]) if len(activity or title) > 3 else ()
    if not draft.row_steps:
        return activity, steps
    rows = list(draft.row_steps)
    if activity and not steps:
        # With dates in the rows below, the one beside the first step is that step's.
        dated = any(step.target_text for step in rows)
        rows.insert(0, RowStep("", activity, target if dated else ""))
    own = [_numbered(step, number) for number, step in enumerate(rows, len(steps) + 1)]
    lines = [line for line, _ in own]
    if steps:
        lines.insert(0, activity)
    return "\n".join(lines), (*steps, *(step for _, step in own))


def _with_targets(steps: tuple[StepText, ...], lines: str) -> tuple[StepText, ...]:
    """The steps with the targets that a column of their own gives, a numbered line for each."""
    told = dict(found.groups() for line in lines.splitlines() if (found := STEP_TARGET.fullmatch(line)))
    return tuple(replace(step, target_text=told.get(step.number) or "") for step in steps) if told else steps


def _numbered(step: RowStep, number: int) -> tuple[str, StepText]:
    """Its line in the activity, with a number where it has none, and the step."""
    found = BULLET.match(step.text)
    if found and found[1] and not step.number:
        return step.text, StepText(found[1], step.text[found.end() :], step.target_text)
    if found and not step.number:
        return step.text, StepText(str(number), step.text[found.end() :], step.target_text)
    label = step.number or str(number)
    return f"{label}. {step.text}", StepText(label, step.text, step.target_text)


def _place(action: ActionRow, draft: Draft) -> None:
    """The chain of headings above the action; its area, outcome, objective and recommendations."""
    heads, levels, values = draft.headings, draft.levels, draft.values
    texts = {name: values.get(name, "") for name in LEVEL_FIELDS}
    texts.update({name: level.title for name, level in levels.items()})
    inner = texts["area"]
    areas = [level for level, name in heads if name == "area"]
    outermost = [*areas, *([draft.area_of_sheet] if draft.area_of_sheet and not inner else [])]
    outermost += [level for level, _ in heads]
    if outermost:
        texts["area"] = outermost[0].title
        for level, name in heads:
            texts[name] = texts[name] or level.title
        if heads and (len(areas) > 1 or inner):
            texts["objective"] = texts["objective"] or inner or areas[1].title
    action.area, action.outcome, action.objective = texts["area"], texts["outcome"], texts["objective"]
    recommendation = texts["recommendation"]
    if recommendation and not action.outcome and not action.objective:
        action.objective = recommendation
    number = values.get("recommendation_reference", "") or _recommendation_number(draft)
    if recommendation or number:
        action.recommendations = [(number, recommendation)]
    outer = () if areas or not draft.area_of_sheet or "area" in levels else (draft.area_of_sheet,)
    action.levels = (*outer, *(level for level, _ in heads), *levels.values())


def _recommendation_number(draft: Draft) -> str:
    if "recommendation" in draft.levels:
        return draft.levels["recommendation"].reference
    return next((level.reference for level, name in draft.headings if name == "recommendation"), "")


__all__ = ["DEFAULT_KEY", "Draft", "RowStep", "day_of", "finish", "join_texts", "target_of", "tidy_reference"]
