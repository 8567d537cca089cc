"""A plan's key: what each of its colours or letters means, in the plan's own words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .meaning import Meaning
from .status_words import folded, is_not_started, is_under_way, meaning_of

COLOURS = ("blue", "green", "amber", "red", "purple", "grey")
LONGEST_SLUG = 40


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One rating of a plan's key: its code (a Meaning, or a slug of its own), colour, word, explanation."""

    code: str
    colour: str
    word: str
    explanation: str


DEFAULT_KEY: tuple[KeyEntry, ...] = (
    KeyEntry(Meaning.COMPLETE.value, "blue", "Blue", "Complete and evidenced"),
    KeyEntry(Meaning.ON_TRACK.value, "green", "Green", "On track"),
    KeyEntry(Meaning.SLIPPAGE.value, "amber", "Amber", "Some issues or slippage"),
    KeyEntry(Meaning.OFF_TRACK.value, "red", "Red", "Off track"),
)
USUAL_CODE = {entry.colour: entry.code for entry in DEFAULT_KEY}
USUAL_COLOUR = {entry.code: entry.colour for entry in DEFAULT_KEY}

COLOUR_WORDS = {
    **{colour: colour for colour in COLOURS},
    **dict.fromkeys(("yellow", "orange", "amb", "ambre", "ambar", "yelow", "gold"), "amber"),
    **dict.fromkeys(("grn", "gren", "greeen"), "green"),
    **dict.fromkeys(("violet", "lilac", "purpel"), "purple"),
    **dict.fromkeys(("bule", "blu"), "blue"),
    "gray": "grey",
}
LETTERS = {"b": "blue", "g": "green", "a": "amber", "y": "amber", "r": "red", "p": "purple"}
BLANKS = frozenset({"blank", "white", "none", "black", "clear"})
NAMES = "|".join(sorted((*COLOUR_WORDS, *BLANKS, "no colou?r", "not rated"), key=len, reverse=True))
HEAD = re.compile(
    rf"(?:^|(?<=[\s.,;:|/(\[]))(?:(?P<name>{NAMES})(?: ?\((?P<short>[a-z])\))?|(?P<letter>[bgarypwc]))"
    r"(?:\s*(?:=|:|–|—)\s*|\s+(?:means|is|equals|indicates|denotes)\s+|\s+-\s*|-\s+|\s*\((?=[a-z]{2}))",
    re.IGNORECASE,
)
LONE = re.compile(rf"[\s(\[]*(?:(?P<name>{NAMES})|(?P<letter>[bgaryp]))[\s:.)\]=–-]*", re.IGNORECASE)
EDGES = " \t\n.,;:|/()[]=–—-"
NOT_A_CODE = re.compile(r"[^a-z0-9]+")


def read_key(texts: Iterable[str]) -> tuple[KeyEntry, ...] | None:
    """The key in the texts of its cells: "B = Complete. G = On track", one entry a cell, or word and meaning
    in neighbouring cells. None when they hold fewer than two entries.
    """
    explained: dict[str, str] = {}
    waiting = ""
    for text in texts:
        pairs = _pairs(text)
        if not pairs and waiting and text.strip():
            pairs = [(waiting, text)]
        lone = LONE.fullmatch(text)
        waiting = _colour(lone["name"] or lone["letter"]) if lone and not pairs else ""
        for colour, words in pairs:
            explained.setdefault(colour, words.strip(EDGES))
    explained = {colour: words for colour, words in explained.items() if colour and words}
    return _entries(explained) if len(explained) > 1 else None


def _colour(name: str) -> str:
    low = name.lower()
    return (
        LETTERS.get(low)
        or COLOUR_WORDS.get(low, "")
        or (USUAL_COLOUR[Meaning.COMPLETE] if low == "c" else "")
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    """The colours that the text explains, each with its explanation; "" for blank and white."""
    heads = [head for head in HEAD.finditer(text) if head["name"] or _stands_alone(text, head)]
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [
        (_colour(head["name"] or head["letter"]), text[head.end() : end])
        for head, end in zip(heads, ends, strict=False)
    ]


def _stands_alone(text: str, head: re.Match[str]) -> bool:
    """A letter opens an entry only after another entry or a label, not within a sentence ("part a - ...")."""
    before = text[: head.start()].rstrip(" ")
    return not before or before[-1] in ".,;:|\n(" or head["letter"].isupper()


def _entries(explained: dict[str, str]) -> tuple[KeyEntry, ...]:
    meanings = {colour: meaning_of(words) for colour, words in explained.items()}
    entries, taken = [], set()
    for colour, words in explained.items():
        code = _code(colour, words, meanings)
        if not code or code in taken:
            code = _slug(words)
        if code not in taken:
            taken.add(code)
            entries.append(KeyEntry(code, colour, colour.capitalize(), words))
    return tuple(entries)


def _code(colour: str, words: str, meanings: dict[str, Meaning | None]) -> str:
    """The entry's meaning by its words; a colour's usual meaning only where the words say nothing else."""
    meaning, said = meanings[colour], set(meanings.values())
    if meaning == Meaning.SLIPPAGE and colour == "red":
        return Meaning.OFF_TRACK.value
    if meaning == Meaning.OFF_TRACK and colour == "amber" and "red" in meanings:
        return Meaning.SLIPPAGE.value
    if meaning:
        return meaning.value
    if is_under_way(words) and Meaning.ON_TRACK not in said:
        return Meaning.ON_TRACK.value
    usual = USUAL_CODE.get(colour, "")
    spoken_for = usual in said or is_not_started(words) or is_under_way(words)
    return (
        ""
        if spoken_for or re.search(r"\bcarried|\bno longer|\bsuperseded|\bwithdrawn|\bclosed", folded(words))
        else usual
    )


def _slug(words: str) -> str:
    return NOT_A_CODE.sub("-", folded(words))[:LONGEST_SLUG].strip("-") or "other"
