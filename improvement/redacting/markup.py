"""Words in a document's XML: in its texts, however they are cut into runs, and in its attributes.

All that does not hold the words stays byte for byte, so that the program that wrote the file still opens it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from xml.sax.saxutils import escape

from improvement.redacting.words import MOST_ROUNDS, SHORT, Marks, Words

TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!(?!--|\[CDATA\[)[^>]*>"
    r"|<(?![!?])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|[^<]+",
    re.DOTALL,
)
NAME = re.compile(r"</?\s*(?:[\w.-]+:)?([\w.-]+)")
ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]+)(\s*=\s*)(\"[^\"]*\"|'[^']*')")
CDATA, CDATA_ENDS = "<![CDATA[", "]]>"
# Whose texts belong together: paragraphs, and the strings of a workbook with their runs.
WHOLE = frozenset({"p", "h", "si", "is", "text"})
# What parts two words without being a text.
GAPS = frozenset({"br", "tab", "cr", "s", "line-break"})
# Texts and attributes in which a space would break a formula or an address.
NAMES = frozenset({"f", "definedName", "formula", "formula1", "formula2"})
NAMING = frozenset({"Target", "PartName", "location", "href", "ref"})
NAMED = frozenset({"sheet", "definedName", "table"})
HEADERS = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})
# What a header says of its own form: "&C" begins its middle.
HEADER_CODE = re.compile(r"(&(?:K[0-9A-F]{6}|\d+|\"[^\"]*\"|.))")
LONGEST_SHEET_NAME = 31
NUMBERS = ("", "n")


# Where each token stands and what it says; no place where it is a gap.
Texts = list[tuple[int | None, str]]


class NotMarkup(ValueError):
    """A part that is not well-formed."""


@dataclass
class _Group:
    """Texts that are read as one."""

    texts: Texts = field(default_factory=list)


class Markup:
    """One part of a document, taken apart; `rewritten` puts it together again without the words."""

    def __init__(self, text: str, words: Words, marks: Marks):
        self.tokens = list(_tokens(text))
        self.words, self.marks = words, marks
        self.sheets: set[str] = set()
        self.places = 0

    def rewritten(self) -> str:
        for at, inside, group in list(self._groups()):
            self._rewrite(at, inside, group)
        for at, token in enumerate(self.tokens):
            if token.startswith("<!--"):
                self.tokens[at] = self._replaced(token, SHORT)
            elif token.startswith("<") and not token.startswith(("<!", "</")):
                self.tokens[at] = ATTRIBUTE.sub(partial(self._attribute, _name(token)), token)
        return "".join(self.tokens)

    def _groups(self) -> Iterator[tuple[int, str, _Group]]:
        """Each group when it ends: where the cell or element begins that holds it, and that one's name."""
        open_groups: list[_Group] = []
        cell = last = 0
        for at, token in enumerate(self.tokens):
            if token.startswith("<![CDATA["):
                said = token.removeprefix(CDATA).removesuffix(CDATA_ENDS)
            elif not token.startswith("<"):
                said = unescape(token)
            else:
                name = _name(token)
                if not token.startswith(("</", "<!", "<?")):
                    last, cell = at, at if name == "c" else cell
                if name in GAPS and open_groups:
                    open_groups[-1].texts.append((None, "\n"))
                elif name in WHOLE and token.startswith("</"):
                    if open_groups:
                        yield cell, name, open_groups.pop()
                elif name in WHOLE and not token.endswith("/>"):
                    open_groups.append(_Group())
                continue
            if open_groups:
                open_groups[-1].texts.append((at, said))
            else:
                yield cell, _name(self.tokens[last]), _Group([(at, said)])

    def _rewrite(self, cell: int, inside: str, group: _Group) -> None:
        if inside == "v" and self._is_index(cell):
            return
        if inside in HEADERS:
            changed = [(at, self._header(said)) for at, said in group.texts if self.words.may_be_in(said)]
        else:
            texts = self._without(group.texts, SHORT if inside in NAMES else self.marks.long)
            changed = [new for new, old in zip(texts, group.texts, strict=True) if new != old]
        for at, said in changed:
            self._write(at, said)
        if changed and inside == "v":
            self._as_text(cell)

    def _without(self, texts: Texts, mark: str) -> Texts:
        for _ in range(MOST_ROUNDS):
            found = self.words.spans("".join(said for _, said in texts))
            if not found:
                break
            self.places += len(found)
            for span in reversed(found):
                texts = _cut(texts, *span, mark)
        return texts

    def _header(self, said: str) -> str:
        pieces = HEADER_CODE.split(said)
        told = self._without(list(enumerate(pieces[::2])), self.marks.long)
        pieces[::2] = [each for _, each in told]
        return "".join(pieces)

    def _write(self, at: int, said: str) -> None:
        is_cdata = self.tokens[at].startswith(CDATA)
        self.tokens[at] = f"{CDATA}{said}{CDATA_ENDS}" if is_cdata else escape(said)
        before = self.tokens[at - 1]
        if said != said.strip() and _name(before) == "t" and "space" not in before:
            self.tokens[at - 1] = f'{before[:-1]} xml:space="preserve">'

    def _kind_of(self, cell: int) -> str:
        found = re.search(r"\st\s*=\s*[\"'](\w+)", self.tokens[cell])
        return found[1] if found and _name(self.tokens[cell]) == "c" else ""

    def _is_index(self, cell: int) -> bool:
        """Whether the value only says which of the workbook's strings the cell shows."""
        return self._kind_of(cell) in ("s", "b")

    def _as_text(self, cell: int) -> None:
        """A number that was taken out is a text from now on."""
        token = self.tokens[cell]
        if _name(token) == "c" and self._kind_of(cell) in NUMBERS:
            self.tokens[cell] = re.sub(r"\st\s*=\s*[\"']n[\"']", "", token)[:-1] + ' t="str">'

    def _attribute(self, holder: str, found: re.Match) -> str:
        said, quote = unescape(found[3][1:-1]), found[3][0]
        if not self.words.are_in(said):
            return found[0]
        name = found[1].rpartition(":")[2]
        is_name = name in NAMING or (holder in NAMED and name in ("name", "displayName"))
        made = self._replaced(said, SHORT if is_name else self.marks.long)
        if holder == "sheet" and name == "name":
            made = self._sheet(said)
        safe = escape(made, {quote: "&quot;" if quote == '"' else "&apos;", "\n": "&#10;", "\t": "&#9;"})
        return f"{found[1]}{found[2]}{quote}{safe}{quote}"

    def _replaced(self, said: str, mark: str) -> str:
        self.places += len(self.words.spans(said))
        return self.words.replaced(said, mark)

    def _sheet(self, said: str) -> str:
        """A sheet's name: short enough, and no other's."""
        made = self.words.replaced_within(said, Marks(SHORT), LONGEST_SHEET_NAME - 3)
        number = 2
        while made in self.sheets:
            made, number = f"{made.rstrip(' 0123456789')} {number}", number + 1
        self.sheets.add(made)
        return made


def _tokens(text: str) -> Iterator[str]:
    """Stops at the first that is none: to look for others behind it takes for ever in a text of such."""
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            raise NotMarkup
        yield found[0]
        at = found.end()


def _name(token: str) -> str:
    found = NAME.match(token)
    return found[1] if found else ""


def _cut(texts: Texts, start: int, end: int, mark: str) -> list[tuple[int | None, str]]:
    """The texts with `mark` from `start` to `end`, in the first of those that it touches."""
    made, at = [], 0
    for place, said in texts:
        first, last = max(start - at, 0), min(end - at, len(said))
        at += len(said)
        if place is not None and first < last:
            said, mark = said[:first] + mark + said[last:], ""
        made.append((place, said))
    return made
