"""Splits "1 - 4 End Jan 2020, 5 Mid Feb 2020." into the words for each numbered step."""

import re
from functools import lru_cache

from .mentions import find_mentions
from .words import plain_words

MOST_STEPS = 60
LOOK_AHEAD = 30
JOINTS = r"\s*(?:-|–|—|to\b|&|and\b|,|/)\s*"
NUMBER = r"\d{1,2}(?![\d%]|\s?(?:st|nd|rd|th)\b|[./]\d)"
LABEL = re.compile(
    rf"(?<![\w./£:-])(?:\(|(?:step|point|action|part|task)s?\s+)?({NUMBER})((?:{JOINTS}{NUMBER})*)\s*([.):]|[-–—](?=\s)|(?=\s))",
    re.IGNORECASE,
)
NEXT_NUMBER = re.compile(rf"({JOINTS})({NUMBER})", re.IGNORECASE)
LISTED = frozenset({",", "&", "and", "/"})


@lru_cache(maxsize=4096)
def split_labels(text: str) -> dict[str, str]:
    """The words for each step number, {} when the text has no numbered parts in sequence."""
    labels = _labels(text) if "1" in text else []
    if not labels:
        return {}
    ends = [start for start, _, _ in labels[1:]] + [len(text)]
    parts: dict[str, str] = {}
    for (_, body, numbers), end in zip(labels, ends, strict=True):
        words = text[body:end].strip().rstrip(" \t\n,;.")
        parts |= {str(number): words for number in numbers}
    return parts


def _labels(text: str) -> list[tuple[int, int, list[int]]]:
    """Where each label starts, where its words start, and the numbers it stands for."""
    labels: list[tuple[int, int, list[int]]] = []
    expected, marked = 1, False
    for found in LABEL.finditer(text):
        if int(found[1]) != expected or (not labels and not _opens(text, found.start())):
            continue
        if _is_date(text, found.start(1)):
            continue
        numbers, body = _numbers(text, found)
        labels.append((found.start(), body, numbers))
        marked = marked or bool(found[3])
        expected = numbers[-1] + 1
    return labels if len(labels) > 1 or (labels and marked) else []


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t")
    return not before or before[-1] in "\n.;:("


def _numbers(text: str, found: re.Match[str]) -> tuple[list[int], int]:
    """The numbers of a label such as "1 - 3", without a last one that is a day ("1 - 8 Jan 2020")."""
    numbers, end = [int(found[1])], found.end(1)
    for joint in NEXT_NUMBER.finditer(text, found.end(1), found.end(2)):
        number = int(joint[2])
        if _is_date(text, joint.start(2)) or not numbers[-1] < number <= MOST_STEPS:
            return numbers, joint.start(2)
        listed = joint[1].strip().lower() in LISTED
        numbers += [number] if listed else range(numbers[-1] + 1, number + 1)
        end = joint.end(2)
    return numbers, max(end, found.end()) if end == found.end(2) else end


def _is_date(text: str, start: int) -> bool:
    mentions = find_mentions(plain_words(text[start : start + LOOK_AHEAD]))
    return bool(mentions) and mentions[0].start == 0 and mentions[0].day is not None
