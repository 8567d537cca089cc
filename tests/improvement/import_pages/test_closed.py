"""A workbook that looks like a plan that is closed."""

import pytest

from plans.models import Plan, PlanStatus, Role
from tests.factories import make_board, make_member
from tests.importing import ROWS, bring_in, plan_book
from tests.improvement.import_pages.sending import send, upload
from tests.pages import words_of

pytestmark = pytest.mark.django_db

LIKE = "The plan “Recovery plan” looks like this one, but it is closed."


@pytest.fixture
def board(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)
    board = make_board("harbour")
    bring_in(board, plan_book(*ROWS))
    board.plans.update(title="Recovery plan", status=PlanStatus.CLOSED)
    return board


@pytest.fixture
def browser(signed_in, board):
    return signed_in(make_member(board, Role.EDITOR))


@pytest.mark.parametrize("above", ["Recovery plan", "Something else"])
def test_it_becomes_a_new_plan_and_the_page_names_the_closed_one(browser, above):
    page = upload(browser, plan_book(*ROWS, above=[(above,)]))
    assert page.context["form"]["plan"].value() == "new"
    assert LIKE in words_of(page)


def test_who_chooses_the_closed_plan_brings_it_there(browser):
    page = upload(browser, plan_book(*ROWS))
    plan = Plan.objects.get()
    page = send(browser, page, plan=str(plan.pk))
    assert page.context["form"]["plan"].value() == str(plan.pk)
    assert "The workbook goes into Recovery plan, which is closed." in words_of(page)
    assert LIKE not in words_of(page)
