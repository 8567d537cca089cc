"""Finding words in texts however they were typed, and putting something else in their place."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u00b4\u0060\u2032\uff07"), "'")
HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")
SAME = APOSTROPHES | HYPHENS
# As addresses write what is not plain ("Sam%20Hill"), and as workbooks do ("_x000D_").
ESCAPED = re.compile(r"(?:%[0-9a-fA-F]{2})+|_x[0-9a-fA-F]{4}_")
# Signs that fold with their neighbours or into other letters, and all that is not of western texts.
UNUSUAL = re.compile(
    r"%[0-9a-fA-F]{2}|_x[0-9a-fA-F]{4}_|[\xaa\xad\xb2\xb3\xb9\xba\xbc-\xbe\xdf\u0130\u0132\u0133\u013f\u0140\u0149\u017f]"
    r"|[^\x00-\u017f\u2010-\u2027\u2030-\u205e\u20ac]"
)
# What may stand between two words of a name, in sentences, names of files and addresses.
BETWEEN = r"[\s_\-+]+"
# An underscore ends a word, as in the name of a file.
NOT_AFTER, NOT_BEFORE = r"(?<![^\W_])", r"(?![^\W_])"
FEWEST_CHARACTERS, FEWEST_DIGITS = 3, 5
MOST_CHARACTERS = 300
MOST_ROUNDS = 50
SHORT = "removed"
SHORTEST = CUT = "…"

TOO_SHORT = "Write at least three letters, or a number of five digits: less would take out too much."
TOO_LONG = f"Write at most {MOST_CHARACTERS} characters: a name, or a short part of a sentence."
IN_PLACE = (
    "These words are part of what is put in their place. Write more of the words that stand around them."
)


class BadWords(ValueError):
    """Words that cannot be taken out; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is put in the words' place: the first of them for which there is room."""

    long: str

    def __iter__(self):
        return iter((self.long, SHORT, SHORTEST))


class Words:
    """The words to be found: whole words in any case, with any space between them and in any form of
    Unicode. Raises BadWords. With `folded`, also where a possessive lost its apostrophe ("Sams").
    """

    def __init__(self, text: str, *, folded: bool = False, is_part: bool = False):
        plain, _ = fold(text)
        self._tokens = [each for each in re.split(BETWEEN, plain) if each]
        self._text = text
        if not is_part:
            _check(plain, self._tokens)
        ending = r"(?=s?(?![^\W_]))" if folded else NOT_BEFORE
        self._pattern = re.compile(
            (NOT_AFTER if self._tokens[0][0].isalnum() else "")
            + BETWEEN.join(map(_pattern_of, self._tokens))
            + (ending if self._tokens[-1][-1].isalnum() else "")
        )
        # The longest run of letters, which every place must hold, for a first quick look.
        self.piece = max(re.findall(r"[^\W_]+", " ".join(self._tokens)), key=len)

    def __repr__(self) -> str:
        """Nothing that ends in a log shows them."""
        return "Words(...)"

    @cached_property
    def parts(self) -> list["Words"]:
        """Each word by itself, however short, without the comma after it."""
        tokens = dict.fromkeys(re.sub(r"^\W+|\W+$", "", each) for each in self._tokens)
        return [Words(each, is_part=True) for each in tokens if each]

    @cached_property
    def folded(self) -> "Words":
        return Words(self._text, folded=True)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where they stand: (start, end) of each place."""
        if not self.may_be_in(text):
            return []
        if _is_plain(text):
            lowered = text.lower().replace("`", "'")
            return [found.span() for found in self._pattern.finditer(lowered)]
        folded, ends = fold(text)
        return [_unfold(found.span(), ends) for found in self._pattern.finditer(folded)]

    def may_be_in(self, text: str) -> bool:
        """A quick look, so that hundreds of thousands of texts are gone through in seconds."""
        if self.piece in text.lower():
            return True
        escapes = "%" in text or "_x" in text
        return (escapes or not text.isascii()) and bool(UNUSUAL.search(text))

    def are_in(self, text: str) -> bool:
        return bool(self.spans(text))

    def replaced(self, text: str, mark: str) -> str:
        """The text with `mark` in every place; what stands around each stays as it is."""
        return rewrite(text, self.spans, lambda _: mark)

    def replaced_cut(self, text: str, mark: str, *, is_cut: bool = False) -> str:
        """Also without the beginning of the words where a text was shortened inside them: "Sam H…".

        With `is_cut` the text's own end is such a place.
        """
        text, at = self.replaced(text, mark), 0
        while at <= len(text):
            end = text.find(CUT, at)
            if end < 0 and not is_cut:
                break
            end = len(text) if end < 0 else end
            start = self._begins(text, end)
            if start is not None:
                text, end = text[:start] + mark + text[end:], start + len(mark)
            at = end + 1
        return text

    def _begins(self, text: str, end: int) -> int | None:
        """Where the words begin that the text up to `end` stops inside of; three letters at least."""
        first, whole = max(end - len(self._text) - MOST_ROUNDS, 0), " ".join(self._tokens)
        folded, ends = fold(text[first:end])
        for found in re.finditer(NOT_AFTER + re.escape(whole[:FEWEST_CHARACTERS]), folded):
            said = re.sub(BETWEEN, " ", folded[found.start() :]).rstrip()
            if whole.startswith(said) and said != whole:
                return first + ends[found.start()][0]
        return None

    def replaced_within(self, text: str, marks: Marks, most: int | None) -> str:
        """With the longest mark that keeps the text within `most` characters; nothing else is cut."""
        made = text
        for mark in marks:
            made = self.replaced(text, mark)
            if most is None or len(made) <= most:
                break
        return made

    def marks(self, today: date) -> Marks:
        """Marks that do not hold the words themselves. Raises BadWords where all do."""
        for day in (f"{today.day} {today:%B %Y}", today.isoformat()):
            if not self.are_in(f"removed on {day}") and not self.are_in(SHORT):
                return Marks(f"removed on {day}")
        raise BadWords(IN_PLACE)


def rewrite(text: str, spans: Callable[[str], list[tuple[int, int]]], put: Callable[[str], str]) -> str:
    """Replaces until nothing is found: what is put somewhere may make a new place with its neighbours."""
    for _ in range(MOST_ROUNDS):
        found = spans(text)
        if not found:
            break
        pieces, at = [], 0
        for start, end in found:
            pieces += [text[at:start], put(text[start:end])]
            at = end
        text = "".join([*pieces, text[at:]])
    return text


def fold(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text in one form, and of each of its characters where it stood in the first: (start, end)."""
    folded, ends = [], []
    for start, end, piece in _pieces(text):
        made = _fold(piece)
        folded.append(made)
        ends += [(start, end)] * len(made)
    return "".join(folded), ends


def _pattern_of(token: str) -> str:
    """With or without its apostrophes; many in a row are one step, or searching them takes for ever."""
    return re.sub("'+", lambda run: f"'{{0,{len(run[0])}}}", re.escape(token))


def _check(plain: str, tokens: list[str]) -> None:
    signs = [each for each in plain if each.isalnum()]
    enough = FEWEST_DIGITS if all(each.isdigit() for each in signs) else FEWEST_CHARACTERS
    if not tokens or len(signs) < enough:
        raise BadWords(TOO_SHORT)
    if len(plain) > MOST_CHARACTERS:
        raise BadWords(TOO_LONG)


def _is_plain(text: str) -> bool:
    return text.isascii() and not (("%" in text or "_x" in text) and ESCAPED.search(text))


def _fold(piece: str) -> str:
    plain = unicodedata.normalize("NFKC", piece.translate(SAME))
    return unicodedata.normalize("NFKC", plain.casefold()).translate(SAME)


def _pieces(text: str):
    """(start, end, what is said): a letter with its accents, or an escaped sign; soft hyphens say nothing."""
    at = 0
    while at < len(text):
        if text[at] in "%_" and (found := ESCAPED.match(text, at)) and (said := _unescaped(found[0])):
            for letter in said:
                end = at + (3 * len(letter.encode()) if text[at] == "%" else len(found[0]))
                yield at, end, letter
                at = end
            continue
        end = at + 1
        while end < len(text) and (
            unicodedata.combining(text[end]) or unicodedata.category(text[end]) == "Cf"
        ):
            end += 1
        said = "".join(each for each in text[at:end] if unicodedata.category(each) != "Cf")
        yield at, end, said
        at = end


def _unescaped(run: str) -> str:
    if run.startswith("_"):
        return chr(int(run[2:6], 16))
    try:
        return bytes.fromhex(run.replace("%", "")).decode()
    except UnicodeDecodeError:
        return ""


def _unfold(span: tuple[int, int], ends: list[tuple[int, int]]) -> tuple[int, int]:
    return ends[span[0]][0], ends[span[1] - 1][1]
