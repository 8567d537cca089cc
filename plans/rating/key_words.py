"""A plan's own words for its ratings, as sentences need them."""

from collections.abc import Iterable, Sequence

from .key import KeyEntry
from .meaning import NEEDS_WAY_BACK, ORDER, Meaning

SHORT = 160


def worst_first(key: Iterable[KeyEntry]) -> list[KeyEntry]:
    """A key from off track to complete, the plan's own further ratings last."""
    return sorted(key, key=lambda entry: ORDER.index(entry.code) if entry.code in ORDER else len(ORDER))


def sentence_word(word: str) -> str:
    """A rating's word inside a sentence: "green", but "RAG 1" stays."""
    return word.lower() if word.istitle() else word


def word_of(key: Sequence[KeyEntry], code: str) -> str:
    return next((entry.word for entry in key if entry.code == code), "Not rated")


def good_word(key: Sequence[KeyEntry]) -> str:
    """The plan's word for on track, which a way back leads to: "What would make it green?"."""
    words = (sentence_word(entry.word) for entry in key if entry.code == Meaning.ON_TRACK)
    return next(words, "right")


def weak_words(key: Sequence[KeyEntry]) -> str:
    """The plan's words for the ratings that need a way back: "red and amber"."""
    words = [sentence_word(entry.word) for entry in key if entry.code in NEEDS_WAY_BACK]
    return " and ".join(words) or "a rating that is off track"


def short_key(key: Sequence[KeyEntry]) -> str:
    """The plan's key in one line, where it is short enough to stand under the ratings; else ""."""
    line = " ".join(f"{entry.word}: {entry.explanation.rstrip('.')}." for entry in key if entry.explanation)
    return line if len(line) <= SHORT else ""
