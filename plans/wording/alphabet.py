"""Where words stand in a list: case, accents and apostrophes do not count, and a hyphen is a space."""

from collections.abc import Iterator
from string import ascii_lowercase, digits
from unicodedata import normalize

BASES = {"ß": "s", "æ": "a", "ð": "d", "ø": "o", "þ": "t", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "œ": "o"}
LATIN = (range(0xC0, 0x250), range(0x1E00, 0x1F00))
SPACES = "-\u00a0\u2010\u2011\u2012\u2013\u2014"
DROPPED = "'\"`´\u00ad\u02bc\u2018\u2019\u201c\u201d" + "".join(map(chr, range(0x300, 0x370)))


def _letters() -> Iterator[tuple[str, str]]:
    """Each letter that is written otherwise in a list, with the letter it stands as."""
    yield from zip(ascii_lowercase.upper(), ascii_lowercase, strict=True)
    for letter in (chr(code) for codes in LATIN for code in codes):
        plain = BASES.get(letter.lower(), normalize("NFKD", letter)[0].lower())
        if plain in ascii_lowercase:
            yield letter, plain


# What most words are made of comes first, since a database looks every character up from the front.
_KEPT = f"{ascii_lowercase} {digits}.,"
_PAIRS = [*zip(_KEPT, _KEPT, strict=True), *_letters(), *((mark, " ") for mark in SPACES)]
# As SQL's `translate` takes them: the n-th character becomes the n-th, what has no counterpart goes.
WRITTEN = "".join(before for before, _ in _PAIRS) + DROPPED
LISTED = "".join(after for _, after in _PAIRS)
_TABLE = str.maketrans(WRITTEN[: len(LISTED)], LISTED, DROPPED)


def alphabetical(words: str | None) -> str | None:
    """What to sort by: "O’Brien" as "obrien", "Élodie" as "elodie", "Smith-Jones" as "smith jones"."""
    return words if words is None else words.translate(_TABLE)
