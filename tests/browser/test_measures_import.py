"""From a workbook on somebody's desk to the trend on the measure's page, and values typed and pasted."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from impact.models import Measure, Narrative
from impact.services.measures import create_measure
from impact.services.observations import set_value
from plans.models import Role
from tests.factories import make_board, make_member

WORKBOOK = settings.BASE_DIR / "fixtures" / "recovery-plan-2020.xlsx"

pytestmark = pytest.mark.browser


@pytest.fixture
def board(transactional_db):
    return make_board("harbour")


@pytest.fixture
def administrator(board):
    return make_member(board, Role.ADMINISTRATOR, "Administrator One")


def standing(measure):
    rows = measure.observations.latest().order_by("month")
    return {f"{row.month:%Y-%m}": float(row.value) for row in rows}


def test_from_the_upload_to_the_chart_and_back(page, sign_in, administrator, axe_violations):
    sign_in(page, administrator, "/boards/harbour/imports/new/")
    page.get_by_label("The workbook").set_input_files(WORKBOOK)
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_role("heading", name="2 measures: values by month, 72 new")).to_be_visible()
    expect(page.get_by_role("heading", name="12 narratives: 12 new, 0 unchanged")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Apply to the board").first.click()
    expect(page.get_by_text("2 new measures, 72 values, 12 narratives").first).to_be_visible()
    cla = Measure.objects.get(name="CLA")
    assert (cla.is_stock, len(standing(cla)), standing(cla)["2017-04"]) == (True, 36, 451)
    page.goto(reverse("measure", args=["harbour", cla.pk]))
    expect(page.get_by_role("heading", level=1)).to_contain_text("CLA")
    expect(page.get_by_role("img", name="CLA, April 2017 to March 2020").first).to_be_visible()
    expect(page.locator(".app-live path.point").first).to_be_visible()
    drawn = page.evaluate("document.querySelector('.app-live').data.map(line => line.y)")
    assert list(standing(cla).values()) in drawn
    expect(page.get_by_role("row", name="Mar 2020").first).to_be_visible()
    assert axe_violations(page) == []
    page.goto("/boards/harbour/imports/")
    page.get_by_role("link", name=WORKBOOK.name).click()
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("rows reversed, 0 kept, 0 refused").first).to_be_visible()
    assert (Measure.objects.current().count(), Narrative.objects.standing().count()) == (0, 0)
    assert axe_violations(page) == []


@pytest.fixture
def measures(board):
    cla = create_measure(board, "CLA", by=None, is_stock=True)
    timely = create_measure(board, "Contacts in time", by=None, unit="percent")
    set_value(cla, date(2019, 4, 1), Decimal(451), by=None)
    return cla, timely


GRID = "/boards/harbour/measures/grid/?year=2019"
PASTE = """([input, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def paste(page, label, text):
    field = page.get_by_label(label, exact=True)
    page.evaluate(PASTE, [field.element_handle(), text])


@pytest.mark.parametrize("width", [1280, 375])
def test_typing_and_pasting_into_the_grid(
    new_page, sign_in, administrator, measures, width, axe_violations, sideways
):
    page = new_page(width=width)
    sign_in(page, administrator, GRID)
    assert (axe_violations(page), sideways(page)) == ([], 0)
    page.get_by_label("CLA, May 2019", exact=True).fill("455")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Contacts in time, May 2019", exact=True)).to_be_focused()
    paste(page, "CLA, June 2019", "460\t462\r\n52%\t39/40\r\n")
    page.get_by_label("Contacts in time, October 2019", exact=True).fill("lots")
    page.get_by_role("button", name="Save the values").click()
    expect(page.get_by_role("heading", name="5 values saved, 1 needs you")).to_be_visible()
    assert (axe_violations(page), sideways(page)) == ([], 0)
    cla, timely = measures
    assert standing(cla) == {"2019-04": 451, "2019-05": 455, "2019-06": 460, "2019-07": 462}
    assert standing(timely) == {"2019-06": 52, "2019-07": 97.5}
    page.get_by_label("Contacts in time, October 2019", exact=True).fill("61")
    page.get_by_role("button", name="Save the values").click()
    expect(page.get_by_text("1 value is saved.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_block_with_headings_is_shown_before_it_is_saved(
    new_page, sign_in, administrator, measures, scripts, axe_violations
):
    page = new_page(scripts=scripts)
    sign_in(page, administrator, GRID)
    block = "\tApr-19\tMay-19\nCLA\t452\t455\nContacts in time\t52%\t61%"
    if scripts:
        paste(page, "CLA, April 2019", block)
    else:
        page.get_by_label("The block").fill(block)
        page.get_by_role("button", name="Show it in the table").click()
    expect(page.get_by_text("The block holds 4 values: 4 would change.")).to_be_visible()
    if scripts:
        assert axe_violations(page) == []
    cla, timely = measures
    assert (standing(cla), standing(timely)) == ({"2019-04": 451}, {})
    page.get_by_role("button", name="Save the values").click()
    expect(page.get_by_text("4 values are saved.")).to_be_visible()
    assert (standing(cla), standing(timely)) == (
        {"2019-04": 452, "2019-05": 455},
        {"2019-04": 52, "2019-05": 61},
    )


@pytest.mark.parametrize("width", [1280, 375])
def test_what_is_published_fits_the_page(
    new_page, sign_in, administrator, measures, width, axe_violations, sideways
):
    page = new_page(width=width)
    sign_in(page, administrator, "/boards/harbour/measures/published/")
    assert (axe_violations(page), sideways(page)) == ([], 0)
    page.get_by_role("link", name="Change the threshold of 5").click()
    page.get_by_role("heading", name="Small numbers in what is published").wait_for()
    assert (axe_violations(page), sideways(page)) == ([], 0)
