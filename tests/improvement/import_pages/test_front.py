"""An import that makes a plan beside another says which of the two everybody sees first."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from plans.models import Plan, PlanStatus
from tests.factories import make_board, make_plan
from tests.importing import AUDITS, PLANS, ROWS, VISITS, bring_in, plan_book
from tests.improvement.import_pages.sending import send, started
from tests.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]

# The workbook's own title says that its plan starts on 1 January 2026.
NEW = "Recovery plan, January to December 2026"
BEFORE, AFTER = date(2025, 4, 1), date(2026, 4, 1)


@pytest.mark.parametrize("status", ["live", "closed", "draft"])
@pytest.mark.parametrize("stands", [None, BEFORE, AFTER])
@pytest.mark.parametrize("starts", [None, BEFORE, AFTER])
def test_a_plan_gives_way_as_the_boards_order_has_it(status, stands, starts):
    first = make_plan(status=status, starts=stands)
    told = first.gives_way_to(starts)
    new = make_plan(first.board, starts=starts)
    assert (first.board.plans.newest_first().first() == new) is told


def test_a_plan_that_will_stand_first_is_told_before_and_after(browser, board):
    running = make_plan(board, "Getting to good", starts=BEFORE)
    _, page = started(browser)
    words = "first, and Getting to good only under Plans of the board."
    assert f"Once this is applied, everybody sees the new plan {words}" in text_of(page)
    assert "choose it under Which plan, and from which day" in text_of(page)
    done = send(browser, page, apply="yes")
    assert f"Everybody now sees the plan of this import {words}" in text_of(done)
    new, plan_page = Plan.objects.get(title=NEW), reverse("plans:plan", args=["harbour"])
    for address in (
        f"{plan_page}?plan={running.pk}",
        reverse("plans:plan_list", args=["harbour"]),
        reverse("plans:plan_edit", args=["harbour", new.pk]),
    ):
        assert f'href="{address}"' in done.content.decode()
    assert browser.get(plan_page).context["plan"] == new


def test_the_running_plan_that_stays_first_is_told_too(browser, board):
    make_plan(board, "Getting to good", starts=AFTER)
    _, page = started(browser)
    assert (
        "Everybody goes on seeing Getting to good first, and the new plan only under Plans of the board."
    ) in text_of(page)
    assert "Once this is applied" not in text_of(page)
    done = send(browser, page, apply="yes")
    assert "Everybody sees Getting to good first, and the plan of this import only under" in text_of(done)


def test_the_page_of_the_import_tells_how_it_stands_today(browser, board):
    running = make_plan(board, "Getting to good", starts=BEFORE)
    imported = bring_in(board, plan_book(*ROWS))
    address = reverse("import_check", args=["harbour", imported.pk])
    assert "Everybody now sees the plan of this import first" in text_of(browser.get(address))
    Plan.objects.filter(title=NEW).update(status=PlanStatus.DRAFT)
    assert f"Everybody sees {running} first" in text_of(browser.get(address))


@pytest.mark.parametrize("other", [False, True], ids=["the only plan", "into a plan"])
def test_nothing_is_told_where_no_plan_changes_its_place(browser, board, other):
    if other:
        bring_in(board, plan_book(AUDITS))
        make_plan(board, "Getting to good", starts=BEFORE)
    else:
        make_plan(make_board("elsewhere"))
    _, page = started(browser, VISITS, PLANS, AUDITS)
    assert "first, and" not in text_of(page)
    assert "first, and" not in text_of(send(browser, page, apply="yes"))


@pytest.mark.parametrize(
    ("starts", "sentence"),
    [
        (BEFORE, "Everybody sees the new plan first, and “Getting to good” only under Plans of the board."),
        (AFTER, "Everybody sees “Getting to good” first, and the new plan only under Plans of the board."),
    ],
)
def test_the_command_tells_it_too(board, tmp_path, starts, sentence):
    make_plan(board, "Getting to good", starts=starts)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_book(*ROWS))
    for more in (["--dry-run"], []):
        said = StringIO()
        call_command("import_plan", str(path), "--board", "harbour", *more, stdout=said)
        assert sentence in said.getvalue().splitlines()
