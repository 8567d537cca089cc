"""Rows that belong to the page and not to the plan: page numbers, keys, totals, titles."""

import re
from collections.abc import Collection, Iterable, Sequence

from plans.rating import KeyEntry, colour_of_fill, grey_or_white, read_key, read_rating

from .book import Cell
from .headings import name_and_number

PAGE_NUMBER = "Page number"
PAGE = re.compile(
    r"(?:-|–)? ?(?:page|pg\.?|p\.?) ?\|? ?\d{1,3}(?: ?(?:of|/|\||-) ?\d{1,3})?\.?|(?:-|–) ?\d{1,3} ?(?:-|–)"
    r"|\d{1,3} ?(?:of|/|\|) ?\d{1,3}|\d{1,3} ?\| ?page|page ?\|? ?\d{1,3} of \d{1,3}",
    re.IGNORECASE,
)
TOTAL = re.compile(
    r"(?:grand |sub-?\s?)?totals?\b|(?:number|no\.?|count|total) of (?:actions|tasks|items)\b|overall total|"
    r"(?:actions|tasks) (?:total|complete[d]?|outstanding|on track)\s*:?$|%\s|percentage",
    re.IGNORECASE,
)
MARKING = re.compile(
    r"(?:not protectively marked|official|restricted|confidential|protect|unclassified|"
    r"private and confidential|internal use only)"
    r"(?:[ \-–—:(]+(?:sensitive|personal|internal|draft|public|partners?|only|use|for)\b\)?)*",
    re.IGNORECASE,
)
FIGURE = re.compile(r"[£\d.,%() /-]+")
KEY = re.compile(
    r"(?:b?rag|rating|colour|status|progress|brag)?\s*(?:rating|status|colour)?\s*(?:key|legend)\b",
    re.IGNORECASE,
)
DEFINES = re.compile(r"^\s*\S.{0,25}?\s*(?:=|:|-|–|—)\s*\S", re.DOTALL)
PLAN_WORDS = re.compile(
    r"\b(?:plan|programme|statement|strategy|response|recovery|improvement|action|journey)\b", re.IGNORECASE
)
NOT_A_TITLE = re.compile(
    r"^(?:appendix|annex|page|v(?:ersion)?\.? ?\d|draft v|updated|last updated|date|author|owner|status|"
    r"official|restricted|confidential|private|not protectively|\d)|^\S{0,3}$",
    re.IGNORECASE,
)


def is_page_number(text: str) -> bool:
    return len(text) <= 24 and PAGE.fullmatch(text.strip()) is not None


def is_marking(text: str) -> bool:
    """A protective marking, as it stands at the head or foot of a page: "OFFICIAL - SENSITIVE"."""
    return len(text) <= 50 and MARKING.fullmatch(text.strip()) is not None


def page_line(cells: Sequence[Cell], running: Collection[str] = ()) -> str:
    """What a row of page furniture is; `running` are the titles printed on every page. "" for any other."""
    texts = [cell.text for cell in cells]
    if all(map(is_page_number, texts)):
        return PAGE_NUMBER
    if all(text in running for text in texts):
        return "Says again the title of the page"
    return "Protective marking" if all(map(is_marking, texts)) else ""


def is_total(cells: Sequence[Cell]) -> bool:
    """ "Total", "Number of actions: 24", with little beside it but figures."""
    if not TOTAL.match(cells[0].text) or len(cells[0].text) > 60:
        return False
    return all(FIGURE.fullmatch(cell.text) for cell in cells[1:])


def key_line(cells: Sequence[Cell], in_key: bool = False, swatch: str | None = None) -> str:
    """A row of a rating key as one line ("Blue = Complete and evidenced"), "" if it is none.

    Within a key (`in_key`) a fill alone is enough to name the colour; `swatch` is that of the blank cell
    to the left of the words.
    """
    texts = [cell.text for cell in cells]
    if not texts or len(texts) > 6:
        return ""
    if KEY.match(texts[0]):
        return " ".join(texts)
    head, rest = cells[0], " ".join(texts[1:])
    fill = head.fill or swatch
    colour = (
        (colour_of_fill(fill) or (grey_or_white(fill) if in_key and not head.fill else None))
        if fill
        else None
    )
    if not rest:
        return _one_cell(head.text, colour, in_key)
    if len(texts) > 3 or len(head.text) > 30:
        return ""
    if _is_colour_or_letter(head.text) and (len(head.text) > 2 or in_key or _names_rating(rest)):
        return f"{head.text} = {rest}"
    if (_names_rating(head.text) and len(head.text) > 2) or (colour and (in_key or _names_rating(rest))):
        return f"{colour} = {head.text}: {rest}" if colour else f"{head.text} = {rest}"
    return ""


def _one_cell(text: str, colour: str | None, in_key: bool) -> str:
    if DEFINES.match(text) and _names_rating(re.split(r"[=:–—-]", text, maxsplit=1)[0]):
        return text
    if colour and len(text) <= 80 and (in_key or _names_rating(text)):
        return text if _is_colour_or_letter(text) else f"{colour} = {text}"
    return ""


def _names_rating(text: str) -> bool:
    return bool(len(text) <= 30 and read_rating(text.strip(" ()")).code)


def _is_colour_or_letter(text: str) -> bool:
    return text.strip(" .:=").casefold() in {
        "b",
        "g",
        "a",
        "r",
        "blue",
        "green",
        "amber",
        "red",
        "purple",
        "p",
        "yellow",
        "y",
        "grey",
    }


def may_run_on_each_page(text: str) -> bool:
    """A title or a version, which may be printed on every page, and no name of an area."""
    if name_and_number(text) != ("", ""):
        return False
    return bool(NOT_A_TITLE.match(text) or PLAN_WORDS.search(text))


def find_key(lines: Iterable[str]) -> tuple[KeyEntry, ...] | None:
    """The rating key that lines of key rows add up to."""
    lines = [line for line in lines if line]
    return read_key(lines) if lines else None


def plan_title(texts: Iterable[str]) -> str:
    """The line above the table that reads most like the title of a plan."""
    candidates = [
        text
        for text in texts
        if not NOT_A_TITLE.match(text) and not is_page_number(text) and len(text) <= 250
    ]
    named = [text for text in candidates if PLAN_WORDS.search(text)]
    return " ".join((named or candidates or [""])[0].split())
