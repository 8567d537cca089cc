"""A measure's chart stands without script; where scripts run, Plotly takes over and the console is silent."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from impact.services.measures import agree_step_change, set_target
from impact.services.observations import add_note
from plans.models import Role
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_update
from tests.impact.measuring import FALLING, LAST, STEADY, STOCK, make_measure, make_stock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def board():
    board = make_board(slug="teesmere")
    action = make_action(
        make_area(make_plan(board, "Recovery plan")), "Agree procedures", reference="6", leads="DCS"
    )
    make_update(action, "complete", on=date(2025, 9, 9))
    measure = make_measure(board, STEADY + FALLING, "Contacts on time", actions=[action])
    set_target(measure, Decimal(60), date(2024, 6, 1), by=None)
    agree_step_change(
        measure, date(2025, 1, 1), by=None, reason="New", agreed_by="The board", agreed_on=date(2025, 2, 1)
    )
    add_note(measure, LAST, "Two teams merged.", by=None)
    make_stock(board, STOCK)
    return board


def address(board, name):
    return reverse("measure", args=[board.slug, board.measures.get(name=name).pk])


@pytest.fixture
def editor(board):
    return make_member(board, Role.EDITOR)


@pytest.mark.parametrize("width", [1280, 375])
def test_the_chart_stands_without_script(new_page, sign_in, board, editor, width, sideways):
    page = new_page(width=width, scripts=False)
    sign_in(page, editor, address(board, "Contacts on time"))
    kind = "wide" if width > 640 else "narrow"
    chart = page.locator(f".app-chart--{kind}")
    expect(chart).to_be_visible()
    expect(page.locator(".app-chart:visible")).to_have_count(1)
    expect(chart.locator("title")).to_contain_text("Concern: 20% in March 2026")
    expect(page.locator(".app-live")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 375])
def test_plotly_takes_over_with_the_same_values(
    new_page, sign_in, board, editor, width, axe_violations, sideways
):
    page = new_page(width=width)
    sign_in(page, editor, address(board, "Contacts on time"))
    live = page.get_by_role("img", name="Contacts on time, October 2023 to March 2026")
    expect(live.locator("path.point").first).to_be_visible()
    expect(page.locator(".app-drawn")).to_be_hidden()
    drawn = page.evaluate("document.querySelector('.app-live').data.at(-1).y.filter(y => y !== null)")
    assert drawn == [*STEADY, *FALLING]
    assert page.locator(".modebar, [data-title*=cloud]").count() == 0
    assert sideways(page) == 0
    assert axe_violations(page) == []


def test_print_shows_the_drawing_of_the_server(page, sign_in, board, editor):
    sign_in(page, editor, address(board, "Contacts on time"))
    expect(page.locator(".app-figure--live")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.locator(".app-drawn")).to_be_visible()
    expect(page.locator(".app-live")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 375])
def test_the_dashboard_draws_the_trend_anew_when_asked(
    new_page, sign_in, board, editor, width, axe_violations, sideways
):
    page = new_page(width=width)
    sign_in(page, editor, reverse("dashboard", args=[board.slug]))
    assert axe_violations(page) == []
    assert sideways(page) == 0
    assert page.evaluate("typeof window.Plotly") == "undefined"
    page.get_by_role("button", name="Show a chart to point at").click()
    expect(page.locator(".app-live path.point").first).to_be_visible()
    expect(page.locator(".app-drawn")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize(
    "name",
    [
        "measure_list",
        "measure_edit",
        "measure_links",
        "measure_rules",
        "measure_target",
        "measure_step_change",
    ],
)
def test_pages_of_measures_are_accessible_and_fit(
    new_page, sign_in, board, editor, width, name, axe_violations, sideways
):
    page = new_page(width=width)
    pk = [] if name == "measure_list" else [board.measures.get(name="Contacts on time").pk]
    sign_in(page, editor, reverse(f"impact:{name}", args=[board.slug, *pk]))
    assert axe_violations(page) == []
    assert sideways(page) == 0


def test_a_step_change_is_agreed_from_the_page(page, sign_in, board, editor):
    sign_in(page, editor, address(board, "Contacts on time"))
    page.get_by_role("link", name="Agree a step change").click()
    page.get_by_label("First month of the new phase").fill("October 2023")
    page.get_by_label("Reason").fill("A joint front door opens")
    page.get_by_label("Agreed by").fill("The improvement board")
    page.get_by_label("Agreed on").fill("14 January 2026")
    page.get_by_role("button", name="Record the step change").click()
    expect(page.get_by_role("alert").or_(page.locator(".govuk-error-summary"))).to_contain_text(
        "Choose a month after October 2023"
    )
    page.get_by_label("First month of the new phase").fill("March 2025")
    page.get_by_role("button", name="Record the step change").click()
    expect(page.get_by_text("Limits start anew from March 2025.")).to_be_visible()
