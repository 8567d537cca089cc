"""The first page of the PDF is one page, whatever the size of the plan and the length of its words."""

import io
from datetime import date

import pikepdf
import pytest
from django.utils import timezone

from improvement.packs.content import gather
from improvement.packs.html import web_page
from improvement.packs.pdf import pdf_of
from plans.rating import KeyEntry
from plans.services.plans import set_key
from tests.factories import make_action, make_area, make_board, make_meeting, make_plan, make_update
from tests.impact.measuring import FALLING, RISING, STEADY, make_measure

LONG = (
    "Agree with every partner of the safeguarding partnership how thresholds are understood and used by all"
)
RATINGS = ("on_track", "slippage", "off_track", "complete", "on_track", "off_track", "slippage")


@pytest.fixture
def board(db, clock):
    board = make_board(council="Teesmere and Upper Dale Metropolitan Borough Council")
    make_meeting(board, date(2026, 2, 24))
    for number, values in enumerate((FALLING, RISING, STEADY) * 4):
        make_measure(board, values, f"Children whose visits and reviews were on time, group {number}")
    return board


def fill(board, number, *, numbered):
    """A plan of so many long-winded actions, rated differently at each meeting."""
    plan = make_plan(board, "Plan for better help, protection and care of children")
    area = make_area(plan)
    for n in range(number):
        reference = f"{n // 10}.{n % 10}" if numbered else ""
        action = make_action(area, f"{n} {LONG}", reference=reference, target="28 February 2026")
        make_update(action, RATINGS[n % 7], on=date(2026, 2, 10))
        make_update(action, RATINGS[(n + 1) % 7], on=date(2026, 3, 20))
    return plan


def page_of_the_contents(content):
    """The number of the page after the summary's, from the outline; the pages after it are left empty."""
    bare = content | {"plan": [], "exceptions": [], "measures": {"judged": [], "stocks": []}}
    bare |= {"changes": content["changes"] | {"groups": []}}
    with pikepdf.open(io.BytesIO(pdf_of(web_page(bare, "0" * 64)))) as pdf, pdf.open_outline() as outline:
        [contents] = [each for each in outline.root[0].children if each.title == "In this pack"]
        return [page.obj for page in pdf.pages].index(contents.destination[0]) + 1


@pytest.mark.parametrize(("number", "numbered"), [(24, True), (200, False)])
def test_all_that_a_board_reads_in_two_minutes_stands_on_one_page(board, number, numbered):
    plan = fill(board, number, numbered=numbered)
    content = gather(make_meeting(board, date(2026, 3, 30)), plan, number=1, at=timezone.now(), by=None)
    summary = content["summary"]
    assert (len(summary["counts"]), len(summary["questions"]), len(summary["since"]["lines"])) == (4, 3, 2)
    assert (len(summary["better"]["rows"]), summary["better"]["more"]) == (6, 6)
    assert page_of_the_contents(content) == 2


def test_a_key_of_long_words_still_fits(board):
    plan = fill(board, 8, numbered=False)
    named = {
        "complete": "blue",
        "on_track": "green",
        "slippage": "amber",
        "off_track": "red",
        "held": "purple",
    }
    key = [
        KeyEntry(code, colour, f"A rather long word for {code}"[:40], "") for code, colour in named.items()
    ]
    set_key(plan, key, by=None)
    content = gather(make_meeting(board, date(2026, 3, 30)), plan, number=1, at=timezone.now(), by=None)
    assert page_of_the_contents(content) == 2
