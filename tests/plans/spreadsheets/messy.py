"""Random workbooks as messy as councils send them, each from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from openpyxl.utils import get_column_letter

from .workbooks import AMBER, BLUE, GREEN, RED, Page


@dataclass
class Mess:
    """Choices of one random layout, drawn from a seed."""

    dice: Random

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def pick(self, options: Sequence) -> object:
        return self.dice.choice(options)


SPELLINGS = {
    "reference": ["Ref", "No.", "Task num", "Task number", "#"],
    "area": ["Area", "Theme", "Priority"],
    "recommendation": ["Recommendation", "Ofsted area for improvement"],
    "outcome": ["Outcome", "Expected outcome"],
    "title": ["Action", "Key action", "What will we do?", "Action(s) required"],
    "activity": ["Activity", "How", "Tasks"],
    "leads": ["Lead", "Lead officer", "Owner", "Who"],
    "target": ["By when", "Target date", "Timescale"],
    "rating": ["RAG", "R/A/G", "Status"],
    "success_criteria": ["Success criteria", "How will we know?"],
    "progress": ["Progress", "Update", "Comments"],
    "budget": ["Budget", "Where it is kept", ""],
}
WORDS = [
    *("visit", "plan", "review", "family", "record", "audit", "worker", "school"),
    *("health", "panel", "contact", "referral", "court", "risk", "voice"),
]
LEADS = [
    "Head of Service, Care",
    "PSW",
    "QA manager / PSW",
    "DCS and partners",
    "TBC",
    None,
    "Head of Service",
]
DATES = [
    "End May 2024",
    "Mid June",
    "Ongoing",
    "1. May 2024\n2. June 2024",
    "tbc",
    None,
    date(2024, 7, 1),
    "As above",
]
RATINGS = ["G", "Amber", "red", "Complete", None, "In progress", " B "]
STRAY = [
    "Page 2 of 9",
    "3",
    "Key: G = on track. R = late",
    "Total",
    "Agreed by the board",
    "see note overleaf",
    7,
    "Red",
]


def messy_pages(seed: int) -> list[Page]:
    """One to three sheets as messy as the seed makes them."""
    mess = Mess(Random(seed))
    pages = [_messy_plan(mess, f"Sheet{number}") for number in range(1, mess.dice.randint(2, 4))]
    if mess.chance(0.4):
        pages.append(Page("Other", [[_words(mess, 2) for _ in range(3)] for _ in range(4)]))
    return pages


def _messy_plan(mess: Mess, title: str) -> Page:
    names = [name for name in SPELLINGS if name in ("title", "leads") or mess.chance(0.6)]
    if mess.chance(0.3):
        mess.dice.shuffle(names)
    rows: list[list[object]] = [[_words(mess, 4)] for _ in range(mess.dice.randint(0, 3))]
    page = Page(title, rows, merges=[], bold=[], fills={}, first_column=mess.dice.randint(1, 3))
    _add_header(mess, page, names)
    for number in range(1, mess.dice.randint(2, 14)):
        _add_rows(mess, page, names, number)
    if mess.chance(0.3):
        page.hidden_rows = [mess.dice.randint(1, len(rows))]
    return page


def _add_header(mess: Mess, page: Page, names: Sequence[str]) -> None:
    page.rows.append([mess.pick(SPELLINGS[name]) for name in names])


def _add_rows(mess: Mess, page: Page, names: Sequence[str], number: int) -> None:
    """An action, and perhaps before or after it one of the things that spoil a table."""
    width = len(names)
    if mess.chance(0.2):
        page.rows.append([_words(mess, 3)])
        if mess.chance(0.6):
            page.merges.append(_across(page, width))
    if mess.chance(0.1):
        _add_header(mess, page, names)
    page.rows.append([_value(mess, name, number) for name in names])
    if mess.chance(0.2):
        page.fills[_address(page, len(page.rows), mess.dice.randrange(width))] = mess.pick(
            [RED, AMBER, GREEN, BLUE]
        )
    if mess.chance(0.2):
        page.rows.append([_words(mess, 5) if mess.chance(0.3) else None for _ in names])
    if mess.chance(0.15):
        page.rows.append([mess.pick(STRAY) if mess.chance(1 / width) else None for _ in names])
    if mess.chance(0.15):
        _merge_down(mess, page, width)
    if mess.chance(0.1):
        page.rows.append([])


def _value(mess: Mess, name: str, number: int) -> object:
    if name == "reference":
        return mess.pick([number, f"{number}.", f"1.{number}", None])
    if name in ("leads", "target", "rating"):
        return mess.pick({"leads": LEADS, "target": DATES, "rating": RATINGS}[name])
    if name == "title":
        return mess.pick(
            [_words(mess, 6), _words(mess, 30), f"1. {_words(mess, 4)}\n2. {_words(mess, 4)}", None]
        )
    return mess.pick([_words(mess, 5), None, None, "As above", 12.5, True])


def _words(mess: Mess, most: int) -> str:
    return " ".join(mess.pick(WORDS) for _ in range(mess.dice.randint(1, most))).capitalize()


def _address(page: Page, row: int, column: int) -> str:
    return f"{get_column_letter(column + page.first_column)}{row + page.first_row - 1}"


def _across(page: Page, width: int) -> str:
    row = len(page.rows)
    return f"{_address(page, row, 0)}:{_address(page, row, max(1, width - 1))}"


def _merge_down(mess: Mess, page: Page, width: int) -> None:
    """Merges a cell over the blank rows to come, as a level is."""
    row, column = len(page.rows), mess.dice.randrange(width)
    page.rows += [[None if i == column else _words(mess, 3) for i in range(width)] for _ in range(2)]
    page.merges.append(f"{_address(page, row, column)}:{_address(page, row + 2, column)}")


SCRAPS = [
    *(spelling for spellings in SPELLINGS.values() for spelling in spellings),
    *(
        "Key",
        "Red",
        "G",
        "x",
        "1",
        "1.1",
        "As above",
        "Page 1 of 2",
        "Total",
        "Priority 1: a",
        "May 2024",
        "-",
        "(1)",
    ),
    *(
        "Head of Service",
        "lower case",
        "What will be done for children who need it, over many words",
        2.5,
        True,
    ),
]


def scattered_page(seed: int) -> Page:
    """Words that mean something to a reader of plans, thrown over a sheet without any order."""
    mess = Mess(Random(seed))
    height, width = mess.dice.randint(1, 24), mess.dice.randint(1, 9)
    rows = [[mess.pick(SCRAPS) if mess.chance(0.5) else None for _ in range(width)] for _ in range(height)]
    page = Page("Scattered", rows, merges=[], fills={})
    for _ in range(4):
        row, column = mess.dice.randint(1, height), mess.dice.randrange(width)
        page.fills[_address(page, row, column)] = mess.pick([RED, AMBER, GREEN, "FFD9E1F2"])
    row, column = mess.dice.randint(1, height), mess.dice.randrange(width)
    page.merges.append(
        f"{_address(page, row, column)}:{_address(page, row + 2, column + mess.dice.randint(0, 3))}"
    )
    return page
