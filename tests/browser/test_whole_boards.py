"""Closing a board, reading it, keeping it longer, copying it and opening it again, on a desk and a phone."""

import pytest
from playwright.sync_api import expect

from improvement.whole_boards.importing import import_board
from plans.models import Board, Role
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_update

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(transactional_db):
    board = make_board("teesmere")
    make_update(make_action(make_area(make_plan(board)), "Meet weekly"), "on_track")
    return make_member(board, Role.ADMINISTRATOR, "Sam Hill")


def test_a_board_is_closed_copied_and_opened_again(page, person, sign_in, axe_violations, sideways, tmp_path):
    def looks_right():
        for width, height in ((1280, 900), (375, 800)):
            page.set_viewport_size({"width": width, "height": height})
            assert axe_violations(page) == []
            assert sideways(page) == 0

    sign_in(page, person, "/boards/teesmere/people/")
    page.get_by_role("link", name="Close this board").click()
    page.wait_for_url("**/closing/")
    looks_right()
    page.get_by_label("Why is the board closed?").fill("The plan has ended")
    page.get_by_label("How many years is it kept?").fill("6")
    page.get_by_role("button", name="Close the board").click()
    expect(page.get_by_text("The plan has ended. It is kept until")).to_be_visible()
    looks_right()
    page.get_by_role("link", name="Change how long it is kept").click()
    page.wait_for_url("**/keeping/")
    looks_right()
    page.get_by_label("How many years is it kept?").fill("25")
    page.get_by_label("Why is it kept longer or shorter?").fill("The schedule says so")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The board is kept until")).to_be_visible()
    page.get_by_role("link", name="Take a copy").click()
    page.wait_for_url("**/copy/")
    looks_right()
    page.get_by_role("link", name="Download the copy").click()
    page.wait_for_url("**/reauthenticate/**")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/copy/?confirm=1")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the copy").click()
    download.value.save_as(tmp_path / "copy")
    assert import_board(tmp_path / "copy", slug="again").board.plans.count() == 1
    page.goto("/boards/teesmere/plans/new/", wait_until="commit")
    expect(page.get_by_role("heading", name="The board is closed")).to_be_visible()
    looks_right()
    page.problems.clear()
    page.get_by_role("link", name="Open it again").click()
    page.wait_for_url("**/reopening/")
    looks_right()
    page.get_by_label("Why is the board opened again?").fill("Too early")
    page.get_by_role("button", name="Open the board again").click()
    expect(page.get_by_text("The board is open again.")).to_be_visible()
    assert Board.objects.get(slug="teesmere").closed_on is None
