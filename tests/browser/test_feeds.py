"""Making a token for a data feed, with a browser that runs no scripts too, and reading with it."""

import json
import urllib.request

import pytest
from playwright.sync_api import expect

from plans.models import FeedToken, Role
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_update

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def board(transactional_db):
    board = make_board("teesmere")
    make_update(make_action(make_area(make_plan(board)), "Meet weekly"), "on_track")
    return board


@pytest.fixture
def person(board):
    return make_member(board, Role.MEMBER, "Sam Hill")


def read(address, token):
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def make_token(page, name):
    page.get_by_role("link", name="Data feeds").click()
    page.get_by_label("What will read with it").fill(name)
    page.get_by_label("365 days").check()
    page.get_by_role("button", name="Make the token").click()
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Confirm").click()
    return page.locator("#token").inner_text()


def test_a_token_is_made_used_and_withdrawn(page, live_server, person, sign_in, axe_violations, sideways):
    def looks_right():
        for width, height in ((1280, 900), (375, 800)):
            page.set_viewport_size({"width": width, "height": height})
            assert axe_violations(page) == []
            assert sideways(page) == 0

    sign_in(page, person, "/account/feeds/")
    token = make_token(page, "Power BI")
    looks_right()
    page.get_by_role("link", name="Teesmere Borough Council").click()
    page.get_by_text("41 fields of Actions").click()
    expect(page.get_by_role("rowheader", name="accountable_lead")).to_be_visible()
    looks_right()
    rows = read(f"{live_server.url}/boards/teesmere/feed/actions.json", token)["rows"]
    assert [(row["title"], row["rating_word"]) for row in rows] == [("Meet weekly", "Green")]
    page.goto("/account/feeds/")
    looks_right()
    page.get_by_role("link", name="Withdraw Power BI").click()
    page.wait_for_url("**/account/feeds/*/")
    looks_right()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("“Power BI” reads nothing any more.")).to_be_visible()
    assert FeedToken.objects.get().withdrawn_at is not None


def test_a_token_is_made_without_scripts(new_page, live_server, person, sign_in):
    page = new_page(scripts=False)
    sign_in(page, person, "/account/feeds/")
    token = make_token(page, "Excel")
    assert len(read(f"{live_server.url}/boards/teesmere/feed/plans.json", token)["rows"]) == 1
