"""Splits the text of an action into its steps, each with the words of its own target."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .dates import Kind, parse_target
from .dates.step_labels import split_labels

MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
BULLET = "•▪●◦‣·➢➤\uf0b7\uf0a7"
# Every alternative begins with a plain character or class: the engine then rejects most places at once.
MARKER = re.compile(
    r"\((?:\d\d?|[A-Za-z]|[ivxIVX]{1,4})\)"
    r"|\d\d?(?:[ \t]?[.)](?!\d|[A-Za-z]\.)|[ \t]?[–—:-](?=[ \t])"
    rf"|(?=[ \t]+[A-Za-z])(?![ \t]+(?i:{MONTHS})))"
    r"|(?<![A-Za-z])(?:[A-Za-z][ \t]?[.)](?!\d|[A-Za-z]\.)"
    r"|[ivxIVX][ivxIVX]{1,3}[ \t]?[.)](?!\d|[A-Za-z]\.))"
    r"|[SsPpAa](?i:tep|oint|tage|hase|ction)[ \t]+(?P<named>\d\d?)(?:[ \t]*[.):–—-])?(?=\s)"
)
OPENS_A_LIST = tuple(":;.)?!")
BULLETED = re.compile(
    rf"(?:^|\n)[ \t\u00a0]*(?:[{BULLET}*]|[-–—o](?=[ \t\u00a0]))[ \t\u00a0]*|[{BULLET}][ \t\u00a0]*"
)
BLANK_LINE = re.compile(r"\n(?:[ \t\u00a0]*\n)+")
REFERENCE = re.compile(
    r"\(?(?:ofsted|recommendation|rec|ref|reference|para|paragraph|see)\b.{0,60}\)?", re.IGNORECASE
)
REFERS = re.compile(
    r"\b(?:section|para|paragraph|priority|action|recommendation|standard|objective|phase|appendix|annex|level|"
    r"in|of|to|and|by|than|with|least|top)[ \t]*$",
    re.IGNORECASE,
)
NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
ROMAN = {numeral: number for number, numeral in enumerate(NUMERALS, start=1)}
FEWEST = 2
REACH = 30


@dataclass(frozen=True, slots=True)
class StepText:
    """One step: its number as written (its place where none is), its words, its target's words or ""."""

    number: str
    text: str
    target_text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A step's marker at text[start:end]; `style` tells "1." from "a)", `order` is its place in the run."""

    start: int
    end: int
    number: str
    style: str
    order: int
    on_new_line: bool
    bare: bool


Parts = tuple[str, list[tuple[str, str]]]


@lru_cache(maxsize=4096)
def split_steps(text: str, target_text: str = "") -> tuple[str, tuple[StepText, ...]]:
    """The words before the first step and the steps; fewer than two numbered parts are no steps."""
    for split in (_numbered, _bulleted, _paragraphs):
        introduction, parts = split(text)
        if len(parts) >= FEWEST:
            targets = _targets([number for number, _ in parts], target_text)
            steps = (StepText(number, words, targets.get(number, "")) for number, words in parts)
            return introduction, tuple(steps)
    return text.strip(), ()


def with_steps(activity: str, steps: Iterable[Sequence[str]]) -> str:
    """The activity's introduction and below it each step, (number, words, ...), as a numbered line."""
    introduction, _ = split_steps(activity)
    lines = [f"{number}. {words}" for number, words, *_ in steps]
    return "\n".join([introduction, *lines] if introduction else lines)


def _numbered(text: str) -> Parts:
    marks = _sequence([mark for found in MARKER.finditer(text) for mark in _marks(found)], text)
    return _cut(text, [(mark.start, mark.end, mark.number) for mark in marks])


def _cut(text: str, marks: Sequence[tuple[int, int, str]]) -> Parts:
    if not marks:
        return text.strip(), []
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    parts = [(number, text[begin:end].strip()) for (_, begin, number), end in zip(marks, ends, strict=True)]
    return text[: marks[0][0]].strip(), [(number, words) for number, words in parts if words]


def _marks(found: re.Match[str]) -> list[Mark]:
    """What the marker can be: "i." is the ninth letter or the first numeral."""
    mark = found[0]
    number = found["named"] or mark.strip("().:–—- \t")
    closing = "()" if mark[0] == "(" else mark[-1] if mark[-1] in ".)" else ""
    low = number.lower()
    orders: list[tuple[str, int]] = []
    if number.isdigit():
        orders = [("1", int(number))]
    else:
        orders += [("i", ROMAN[low])] if low in ROMAN else []
        orders += [("a", ord(low) - ord("a") + 1)] if len(low) == 1 else []
    before = found.string[: found.start()].rstrip(" \t\u00a0")
    new_line = not before or before[-1] == "\n"
    return [
        Mark(
            *found.span(), number, style + ("" if style == "1" else closing), order, new_line, mark == number
        )
        for style, order in orders
    ]


def _sequence(marks: list[Mark], text: str) -> list[Mark]:
    """The longest run of markers of one style, in rising order."""
    best: list[Mark] = []
    for style in dict.fromkeys(mark.style for mark in marks):
        chosen: list[Mark] = []
        for mark in marks:
            if mark.style == style and _goes_on(chosen, mark, text):
                chosen.append(mark)
        if len(chosen) > len(best) or not best:
            best = chosen
    return best


def _goes_on(chosen: list[Mark], mark: Mark, text: str) -> bool:
    """Whether the marker is the next of the run; it may skip a number only on a new line."""
    if not chosen:
        return _may_open(mark, text)
    step = mark.order - chosen[-1].order
    if mark.on_new_line:
        return step == 1 or (step > 1 and mark.style == "1" and not mark.bare)
    return step == 1 and _may_be_inline(mark, text)


def _may_be_inline(mark: Mark, text: str) -> bool:
    """Inside a line "(2)" and "2." go on with a run, "B." and "section 2." do not."""
    initial = mark.style.endswith(".") or mark.bare
    return not initial and not REFERS.search(text[max(0, mark.start - REACH) : mark.start])


def _may_open(mark: Mark, text: str) -> bool:
    before = text[max(0, mark.start - REACH) : mark.start]
    if mark.on_new_line or not before.strip():
        return mark.order == 1 or (mark.style == "1" and not mark.bare)
    return mark.order == 1 and before.rstrip().endswith(OPENS_A_LIST) and _may_be_inline(mark, text)


def _bulleted(text: str) -> Parts:
    found = [mark.span() for mark in BULLETED.finditer(text)]
    return _cut(text, [(start, end, str(place)) for place, (start, end) in enumerate(found, 1)])


def _paragraphs(text: str) -> Parts:
    """Paragraphs parted by blank lines, a reference of its own staying with the paragraph before it."""
    paragraphs: list[str] = []
    for paragraph in BLANK_LINE.split(text.strip()):
        if paragraphs and REFERENCE.fullmatch(paragraph.strip()):
            paragraphs[-1] += "\n\n" + paragraph.strip()
        elif paragraph.strip():
            paragraphs.append(paragraph.strip())
    introduction = paragraphs.pop(0) if paragraphs and paragraphs[0].endswith(":") else ""
    return introduction, [(str(place), words) for place, words in enumerate(paragraphs, 1)]


def _targets(numbers: Sequence[str], target_text: str) -> dict[str, str]:
    """Each step's target: by its number, or line by line where there are as many dates as steps."""
    labelled = split_labels(target_text) if target_text else {}
    if labelled:
        return labelled
    lines = [line.strip() for line in target_text.split("\n") if line.strip()]
    if len(lines) == len(numbers) and all(parse_target(line).kind != Kind.NONE for line in lines):
        return dict(zip(numbers, lines, strict=True))
    return {}
