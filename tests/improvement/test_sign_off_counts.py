"""Where lists, the dashboard, the plan, an area and the first page say what is signed off and what waits."""

import pytest
from django.urls import reverse

from plans.models import Role
from plans.services.people import set_role
from plans.services.progress import record_update
from plans.services.sign_off import agree_sign_off
from tests.factories import make_board, make_lead, make_member, report_done
from tests.improvement.rounds import Scene
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(clock, signed_in):
    """Of five actions reported complete one is signed off and one waits; a sixth is on track."""
    scene = Scene(signed_in, count=6)
    scene.plan.blue_needs_sign_off = True
    scene.plan.save()
    scene.sign_in = signed_in
    scene.chair = make_member(scene.board, Role.CHAIR, "Independent Chair")
    agree_sign_off(report_done(scene.actions[0], by=scene.head), by=scene.chair)
    scene.waiting = report_done(scene.actions[1], by=scene.head)
    for action in scene.actions[2:5]:
        record_update(action, by=scene.head, rating="complete", happened="Done")
    return scene


def page(scene, name, *args, by=None, **query):
    return scene.sign_in(by or scene.chair).get(reverse(name, args=["teesmere", *args]), query)


def test_the_dashboard_counts_what_is_signed_off(five):
    words = words_of(page(five, "dashboard"))
    assert "Blue, 1 of 5 signed off; 1 waits; 3 not asked for." in words
    assert "1 request waits for your decision" in words
    assert "waits for your decision" not in words_of(page(five, "dashboard", by=five.head))


def test_who_leads_every_action_has_nothing_to_decide(five):
    make_lead(five.board, holder=five.chair)
    assert "for your decision" not in words_of(page(five, "dashboard"))


def test_a_plan_that_needs_none_counts_none(five):
    five.plan.blue_needs_sign_off = False
    five.plan.save()
    assert "signed off" not in words_of(page(five, "dashboard"))
    shown = text_of(page(five, "plans:action_list"))
    assert (shown.count("Not signed off"), shown.count("Waits for sign-off")) == (0, 1)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("plans:action_list", ()), ("plans:plan", ()), ("area", ("area",))],
)
def test_the_word_stands_beside_the_rating(five, name, arguments):
    shown = text_of(page(five, name, *(getattr(five, each).pk for each in arguments)))
    flags = ("Blue Signed off", "Blue Waits for sign-off", "Blue Not signed off")
    assert [shown.count(words) for words in flags] == [1, 1, 3]


def test_an_area_says_how_many(five):
    assert "Blue, 1 of 5 signed off, 1 waits." in text_of(page(five, "area", five.area.pk))


@pytest.mark.parametrize(
    ("signed", "found", "words"),
    [
        ("yes", ["1"], "signed off"),
        ("waits", ["2"], "waiting for sign-off"),
        ("no", ["3", "4", "5"], "complete, with no sign-off asked for"),
    ],
)
def test_the_list_is_narrowed_to_them(five, signed, found, words):
    shown = page(five, "plans:action_list", signed=signed)
    assert [row.record.reference for row in shown.context["table"].page.object_list] == found
    assert words in shown.context["narrowed"]


def test_a_download_has_the_day_of_the_sign_off(five):
    lines = page(five, "plans:action_list", _export="csv").content.decode("utf-8-sig").splitlines()
    place = lines[0].split(",").index("Signed off")
    assert [line.split(",")[place] for line in lines[1:]] == ["23/03/2030", "", "", "", "", ""]


def test_the_first_page_says_how_many_wait_on_each_board(five):
    set_role(make_board("elsewhere"), five.chair, Role.CHAIR, by=None)
    set_role(make_board("quiet"), five.chair, Role.MEMBER, by=None)
    home = five.sign_in(five.chair).get("/")
    assert words_of(home).count("1 request for you to decide") == 1
    assert reverse("sign_off_list", args=["teesmere"]) in home.content.decode()
    counts = {each.board.slug: each.to_decide for each in home.context["boards"]}
    assert counts == {"teesmere": 1, "elsewhere": 0, "quiet": 0}


def test_the_form_above_the_list_offers_it_where_the_plan_needs_it(five):
    assert 'name="signed"' in page(five, "plans:action_list").content.decode()
    five.plan.blue_needs_sign_off = False
    five.plan.save()
    assert 'name="signed"' not in page(five, "plans:action_list").content.decode()
