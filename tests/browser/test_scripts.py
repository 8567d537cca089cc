"""Words that would run, in every text of a board, shown by a real browser under the site's own policy."""

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Error

from impact.services.observations import add_note
from plans.models import Role
from tests.audits.factories import make_done, make_finding
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_evidence,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_recommendation,
    make_step,
    make_update,
)
from tests.impact.factories import make_narrative
from tests.impact.measuring import make_measure
from tests.security.poison import MARK, poison

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST = 30


@pytest.fixture
def chief():
    """An administrator of a board that holds something of everything, all of it poisoned."""
    board = make_board("teesmere")
    chief = make_member(board, Role.ADMINISTRATOR)
    lead = make_lead(board, holder=chief)
    area = make_area(make_plan(board))
    action = make_action(area, target="End March 2026", leads=lead.name)
    make_step(action)
    make_update(action, "off_track", by=chief)
    make_challenge(action, owner=lead)
    make_evidence(board)
    make_meeting(board)
    make_recommendation(board)
    make_narrative(area)
    add_note(make_measure(board, owner=lead), date(2026, 1, 1), "Two teams merged.", by=chief)
    make_finding(make_done(board, lead=lead))
    poison()
    return chief


def test_nothing_runs_and_nothing_is_fetched(page, sign_in, chief):
    dialogs, fetched = [], []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message) or dialog.dismiss())
    page.on("request", lambda request: fetched.append(request.url))
    board = reverse("dashboard", args=["teesmere"])
    sign_in(page, chief, board)
    waiting, seen, shown = [board], {}, 0
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        # One page of each kind is enough.
        kind = re.sub(r"\d+", "0", path)
        if kind in seen:
            continue
        seen[kind] = path
        try:
            page.goto(path)
        except Error as error:
            if "Download is starting" not in error.message:
                raise
            continue
        shown += MARK in page.content()
        page.mouse.move(300, 300)
        links = page.eval_on_selector_all(
            "main a[href], nav a[href]", "all => all.map(a => a.getAttribute('href'))"
        )
        waiting += [link for link in links if re.fullmatch(r"/boards/teesmere/[\w/-]*/", link)]
    assert len(seen) > 20
    assert shown > 15
    assert dialogs == []
    assert [url for url in fetched if "evil" in url] == []
