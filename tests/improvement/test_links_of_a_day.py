"""Every link of every page of a past day leads to that day, where there is such a page."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import time_machine
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from plans.models import Role
from plans.services.plans import edit_plan
from plans.services.progress import move_target
from plans.views.base import AsAtMixin
from tests.factories import make_area, make_plan, make_step
from tests.impact.measuring import make_measure
from tests.improvement.test_dashboard import Links
from tests.test_every_url import address, board_patterns, build

pytestmark = pytest.mark.django_db

PAGES = [(name, pattern) for name, pattern, view in board_patterns() if issubclass(view, AsAtMixin)]
# They lead out of the past: the council's name at the top of each page, and the way back.
OUT = {"Back to today", "Back to the plan’s end"}


def takes_a_day(path):
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return issubclass(getattr(view, "view_class", object), AsAtMixin)


def lost(page, url, day):
    """The links that open today's page, though they could keep the day."""
    council = str(page.context["board"].council)
    found = [
        (urlsplit(urljoin(url, link)), words)
        for link, words in Links(page.content.decode()).found
        if words not in {council, *OUT} and not link.startswith("#")
    ]
    return {
        (link.geturl(), words)
        for link, words in found
        if not link.netloc and takes_a_day(link.path) and parse_qs(link.query).get("as_at") != [day]
    }


@pytest.mark.parametrize(("name", "pattern"), PAGES, ids=[name for name, _ in PAGES])
def test_links_keep_the_day(signed_in, name, pattern):
    told = build("here")
    move_target(told["action"], to="30 June 2026", by=told[Role.EDITOR], reason="Two posts are open")
    make_step(told["action"], "2", target="1 February 2026")
    make_area(make_plan(told["board"], "Another plan"))
    day = timezone.localdate().isoformat()
    with time_machine.travel(timezone.now() + timedelta(40)):
        url = f"{address(name, pattern, told)}?plan={told['plan'].pk}&as_at={day}"
        page = signed_in(told[Role.ADMINISTRATOR]).get(url)
    assert page.context["shown"].is_past
    assert lost(page, url, day) == set()


def test_measures_on_the_dashboard_of_an_ended_plan_show_its_end(signed_in):
    told = build("here")
    ended = date(2026, 3, 31)
    edit_plan(told["plan"], by=None, starts=date(2026, 1, 1), ends=ended)
    measure = make_measure(told["board"], [50, 52], last=date(2026, 2, 1))
    page = signed_in(told[Role.MEMBER]).get(reverse("dashboard", args=["here"]))
    links = {link for link, _ in Links(page.content.decode()).found}
    shown = reverse("measure", args=["here", measure.pk])
    assert {link for link in links if link.startswith(shown)} == {f"{shown}?as_at=2026-03-31"}
