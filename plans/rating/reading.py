"""What a cell's word or letter rates, by a plan's own key or in the usual reading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .key import COLOUR_WORDS, COLOURS, DEFAULT_KEY, LETTERS, USUAL_CODE, USUAL_COLOUR, KeyEntry
from .meaning import UNRATED, Meaning
from .status_words import folded, meaning_of

LONGEST_STATUS = 60
WORD = re.compile(r"[a-z]+")
LABEL = re.compile(r"^(?:b?rag(?:b|bp)?(?: rating| status)?|rating|status|rated) ?[:=-]? +")
EDGES = " .,;:*-()[]\"'!"
COLOUR_PAIR = re.compile(r"([a-z]+) ?(?:/|-|to|>|&|and) ?([a-z]+)")


@dataclass(frozen=True, slots=True)
class RatingReading:
    """A rating as read: `code` "" when there is none; `word` then holds the cell's own words."""

    code: str
    colour: str
    word: str


@lru_cache(maxsize=4096)
def _read(word: str, key: tuple[KeyEntry, ...]) -> RatingReading:
    words = LABEL.sub("", folded(word).strip(EDGES)).strip(EDGES)
    if not words:
        return RatingReading(UNRATED, "", word.strip())
    for entry in key:
        if words in {folded(entry.word), folded(entry.explanation).strip(EDGES)}:
            return RatingReading(entry.code, entry.colour, "")
    colour = _colour(words)
    code = _code(words, colour, key)
    if not code:
        return RatingReading(UNRATED, "", word.strip())
    return RatingReading(str(code), colour or _colour_of(code, key), "")


def read_rating(word: str, key: Sequence[KeyEntry] = DEFAULT_KEY) -> RatingReading:
    """The rating that a cell's word or letter gives: "Green", "R", "Amber - delayed", "Completed"."""
    return _read(word, tuple(key)) if word else RatingReading(UNRATED, "", "")


def _colour(words: str) -> str:
    """The colour that the words begin with; of two, as in "Amber/Green", the more cautious."""
    if len(words) == 1:
        return LETTERS.get(words, "")
    pair = COLOUR_PAIR.fullmatch(words)
    if pair:
        both = [COLOUR_WORDS.get(name) or LETTERS.get(name, "") for name in pair.groups()]
        if all(both):
            return max(both, key=COLOURS.index) if "purple" not in both else both[0]
    named = WORD.findall(words.removeprefix("light ").removeprefix("dark "))
    colour = next((COLOUR_WORDS[name] for name in (named[:1] + named[-1:]) if name in COLOUR_WORDS), "")
    if colour:
        return colour
    lone = re.match(r"([a-z]) ?[-:=(]|.*\(([a-z])\)$", words)
    return LETTERS.get(lone[1] or lone[2], "") if lone else ""


def _code(words: str, colour: str, key: tuple[KeyEntry, ...]) -> str:
    """The code of a colour in the key, or that of status words; the words decide where the key is assumed."""
    said = Meaning.COMPLETE if words == "c" else meaning_of(words) if len(words) <= LONGEST_STATUS else None
    if colour and (said is None or key != DEFAULT_KEY):
        own = next((entry.code for entry in key if entry.colour == colour), "")
        return own or USUAL_CODE.get(colour, UNRATED)
    return said or UNRATED


def _colour_of(code: str, key: tuple[KeyEntry, ...]) -> str:
    return next((entry.colour for entry in key if entry.code == code), USUAL_COLOUR.get(code, ""))
