"""Every page that shows a plan, as at a past day or meeting."""

from datetime import date
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import time_machine
from django.urls import reverse

from impact.services.measures import set_actions, set_areas
from plans.models import Meeting, Plan, Recommendation, Role
from plans.services.actions import create_action, edit_action, withdraw_action
from plans.services.progress import move_target
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_step, make_update
from tests.impact.factories import make_narrative
from tests.impact.measuring import make_measure
from tests.improvement.test_dashboard import Links
from tests.pages import words_of

pytestmark = pytest.mark.django_db

NOW = "2026-04-20 12:00"
FEBRUARY, MARCH, MAY = date(2026, 2, 24), date(2026, 3, 30), date(2026, 5, 4)
PAGES = [
    "dashboard",
    "plans:plan",
    "plans:action_list",
    "impact:measure_list",
    "impact:narrative_list",
    "breaks",
    "action",
    "area",
    "measure",
    "impact:area_narratives",
    "impact:narrative",
    "audits:board",
]


@pytest.fixture
def plan():
    """A plan that began in January, with meetings in February, March and May; it is 20 April."""
    with time_machine.travel("2026-01-05 12:00"):
        plan = make_plan(make_board(), "Recovery plan")
        area = make_area(plan, "Front door")
        action = make_action(area, "Train the team", reference="1", target="1 March 2026", leads="DCS")
        make_step(action, target="1 February 2026")
        make_update(action, "on_track")
    for on in (FEBRUARY, MARCH, MAY):
        Meeting.objects.create(board=plan.board, on=on)
    editor = make_member(plan.board, Role.EDITOR)
    measure = make_measure(plan.board, [50, 52], last=date(2026, 2, 1))
    set_areas(measure, [area], by=None)
    set_actions(measure, [action], by=None)
    with time_machine.travel("2026-04-02 12:00"):
        edit_action(action, by=editor, title="Train everyone", leads_text="PSW")
        move_target(action, to="1 June 2026", by=editor, reason="Two posts are empty.")
        make_update(action, "off_track")
        create_action(area, "Added in April", by=editor, reference="2")
        draft = make_narrative(area, "Families wait less.", by=editor, measures=[measure])
    plan.things = {"action": action, "area": area, "measure": measure, "narrative": draft}
    return plan


@pytest.fixture
def web(signed_in, plan):
    with time_machine.travel(NOW, tick=False):
        yield signed_in(make_member(plan.board, Role.ADMINISTRATOR))


def address(plan, name):
    kind = name.removeprefix("impact:").removesuffix("s").removeprefix("area_")
    thing = plan.things["area" if name == "impact:area_narratives" else kind] if kind in plan.things else None
    return reverse(name, args=[plan.board.slug, *([thing.pk] if thing else [])])


@pytest.mark.parametrize("name", PAGES)
def test_each_page_says_which_day_it_shows_and_leads_back(web, plan, name):
    page = web.get(address(plan, name), {"as_at": "2026-03-30"})
    words = words_of(page)
    assert "As at Monday 30 March 2026, the day of the board’s meeting" in words
    assert (address(plan, name), "Back to today") in Links(page.content.decode()).found
    assert "As at" not in words_of(web.get(address(plan, name))) or name == "dashboard"


@pytest.mark.parametrize("name", PAGES)
def test_links_keep_the_day(web, plan, name):
    page = web.get(address(plan, name), {"as_at": "2026-03-30"})
    dated = {urlsplit(address(plan, other)).path for other in PAGES}
    found = [urljoin(address(plan, name), url) for url, words in Links(page.content.decode()).found]
    inside = [url for url in found if urlsplit(url).path in dated and urlsplit(url).fragment != "main"]
    lost = {url for url in inside if parse_qs(urlsplit(url).query).get("as_at") != ["2026-03-30"]}
    home = address(plan, "dashboard")
    assert lost - {home, address(plan, name), f"{address(plan, name)}?"} == set()


def test_what_a_plan_leads_to_keeps_the_day(web, plan):
    with time_machine.travel("2026-03-02 12:00"):
        told = Recommendation.objects.create(board=plan.board, reference="5", text="See children sooner.")
    for name, url in [
        ("questions", reverse("plans:recommendation", args=[plan.board.slug, told.pk])),
        ("area", address(plan, "impact:area_narratives")),
    ]:
        page = web.get(address(plan, name), {"as_at": "2026-04-10"})
        found = {found for found, _ in Links(page.content.decode()).found if found.startswith(url)}
        assert found == {f"{url}?as_at=2026-04-10"}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_can_be_changed_on_a_past_day(web, plan, name):
    page = web.get(address(plan, name), {"as_at": "2026-03-30"})
    assert page.content.decode().count('method="post"') == 1  # signing out
    for url, _ in Links(page.content.decode()).found:
        assert not {"edit", "new", "withdraw", "target", "update", "restore"} & set(
            urlsplit(url).path.split("/")
        )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"as_at": "yesterday"}, "type a real day"),
        ({"as_at": "2026-02-30"}, "type a real day"),
        ({"as_at": "x\x00"}, "Null characters"),
        ({"as_at": "2026-04-21"}, "That day is still to come"),
        ({"as_at": "0001-01-01"}, "Choose a day from 1 January 2000 on"),
        ({"day": "31/2/2026"}, "type a real day"),
        ({"day": "1 May 2026"}, "That day is still to come"),
    ],
)
def test_a_day_that_can_not_be_shown_is_told(web, plan, name, query, words):
    page = web.get(address(plan, name), query)
    assert page.status_code == 200
    assert words in words_of(page)
    assert "This page shows today, not the day asked for." in words_of(page)
    assert "<title>Error: " in page.content.decode()


@pytest.mark.parametrize(
    ("query", "to"),
    [
        ({"day": "30/3/2026"}, "?as_at=2026-03-30"),
        ({"as_at": "2026-02-24", "day": "30 March 2026"}, "?as_at=2026-03-30"),
        ({"as_at": "2026-02-24", "day": ""}, "?as_at=2026-02-24"),
        ({"as_at": "", "day": ""}, "?"),
        ({"as_at": "30/03/2026"}, "?as_at=2026-03-30"),
        ({"as_at": "30 March 2026"}, "?as_at=2026-03-30"),
        ({"plan": "7", "as_at": "2026-02-24", "day": ""}, "?plan={plan}&as_at=2026-02-24"),
    ],
)
def test_the_form_leads_to_the_day(web, plan, query, to):
    query = query | ({"plan": plan.pk} if "plan" in query else {})
    answer = web.get(address(plan, "dashboard"), query)
    assert (answer.status_code, answer.url) == (302, address(plan, "dashboard") + to.format(plan=plan.pk))


def test_the_form_offers_the_meetings_held_and_the_day_shown(web, plan):
    form = web.get(address(plan, "dashboard"), {"as_at": "2026-03-02"}).context["as_at_form"]
    assert [words for value, words in form.fields["as_at"].widget.choices] == [
        "Today",
        "2 March 2026, no meeting",
        "30 March 2026",
        "24 February 2026",
    ]


def test_the_form_offers_no_meeting_from_before_the_plan_unless_it_is_shown(web, plan):
    Meeting.objects.create(board=plan.board, on=date(2020, 3, 30))
    Plan.objects.filter(pk=plan.pk).update(starts=MARCH)
    offered = [
        [words for _, words in page.context["as_at_form"].fields["as_at"].widget.choices]
        for day in ("", "2020-03-30")
        for page in [web.get(address(plan, "dashboard"), {"plan": plan.pk} | ({"as_at": day} if day else {}))]
    ]
    assert offered == [["Today", "30 March 2026"], ["Today", "30 March 2020", "30 March 2026"]]


def test_a_past_day_is_compared_with_the_meeting_before_it(web, plan):
    page = web.get(address(plan, "dashboard"), {"as_at": "2026-04-15"})
    words = words_of(page)
    assert "1 of 2 actions is off track, 1 more than on 30 March; 1 date moved." in words
    assert "Compared with the meeting of 30 March 2026" in words
    assert "not updated since the meeting on 30 March" in words
    early = words_of(web.get(address(plan, "dashboard"), {"as_at": "2026-02-20"}))
    assert "None of 1 action is off track" in early
    assert "1 not updated in the month to 20 February 2026" in early


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-30", ["Train the team", "DCS", "1 Mar 2026", "29 days overdue", "Green"]),
        (
            "2026-04-02",
            ["Train everyone", "PSW", "1 Jun 2026", "Once, 92 days later, first due 1 Mar 2026", "Red"],
        ),
    ],
)
def test_the_list_has_the_words_targets_and_ratings_of_the_day(web, plan, day, words):
    page = web.get(address(plan, "plans:action_list"), {"as_at": day})
    assert [each for each in words if each not in words_of(page)] == []
    assert ("Added in April" in words_of(page)) is (day == "2026-04-02")


def test_the_download_is_of_the_day_too(web, plan):
    got = web.get(address(plan, "plans:action_list"), {"as_at": "2026-03-30", "_export": "csv"})
    assert "Train the team" in got.content.decode()
    assert "actions-2026-03-30" in got["Content-Disposition"]
    refused = web.get(address(plan, "plans:action_list"), {"as_at": "2027-03-30", "_export": "csv"})
    assert "text/html" in refused["Content-Type"]


def test_an_action_that_was_not_there_yet_says_so(web, plan):
    added = plan.actions.get(reference="2")
    page = web.get(reverse("action", args=[plan.board.slug, added.pk]), {"as_at": "2026-03-30"})
    assert "This action was not part of the plan yet. It was added on 2 April 2026." in words_of(page)


def test_an_action_withdrawn_later_still_counts_on_the_day(web, plan):
    action = plan.things["action"]
    withdraw_action(action, by=make_member(plan.board, Role.EDITOR), reason="Done otherwise.")
    then = words_of(web.get(address(plan, "action"), {"as_at": "2026-04-19"}))
    assert "Withdrawn" not in then
    assert "Withdrawn" in words_of(web.get(address(plan, "action")))
    listed = web.get(address(plan, "plans:action_list"), {"as_at": "2026-04-19"})
    assert listed.context["found"] == 2


def test_words_kept_only_since_a_later_day_are_told_as_such(web, plan):
    page = words_of(web.get(address(plan, "plans:plan"), {"as_at": "2026-01-02"}))
    assert (
        "The history kept here begins on 5 January 2026: words are shown as they were first recorded." in page
    )
    assert "Train the team" in page
    assert "The history kept here" not in words_of(
        web.get(address(plan, "plans:plan"), {"as_at": "2026-03-30"})
    )


def test_what_was_published_later_is_not_shown(web, plan):
    for name in ("dashboard", "area", "impact:narrative_list"):
        assert "Families wait less" in words_of(web.get(address(plan, name)))
        assert "Families wait less" not in words_of(web.get(address(plan, name), {"as_at": "2026-03-30"}))
    assert "This was not published yet." in words_of(
        web.get(address(plan, "impact:narrative"), {"as_at": "2026-03-30"})
    )


def test_an_ended_plan_goes_back_to_its_end(web, plan):
    old = make_plan(plan.board, "Old plan", starts=date(2020, 1, 6), ends=date(2020, 3, 30), status="closed")
    make_update(make_action(make_area(old)), "complete", on=date(2020, 3, 1))
    home = address(plan, "dashboard")
    page = web.get(home, {"plan": old.pk, "as_at": "2020-02-10"})
    assert (f"{home}?plan={old.pk}", "Back to the plan’s end") in Links(page.content.decode()).found
    refused = words_of(web.get(home, {"plan": old.pk, "as_at": "2020-04-01"}))
    assert "The plan ended on 30 March 2020. Choose that day or an earlier one" in refused


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", PAGES)
def test_everybody_on_the_board_can_look_back(signed_in, plan, role, name):
    with time_machine.travel(NOW, tick=False):
        client = signed_in(make_member(plan.board, role))
        assert client.get(address(plan, name), {"as_at": "2026-04-19"}).status_code == 200


def test_nobody_else_can(signed_in, plan):
    with time_machine.travel(NOW, tick=False):
        client = signed_in(make_member(make_board()))
        assert client.get(address(plan, "dashboard"), {"as_at": "2026-04-19"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("dashboard", 25), ("plans:plan", 26), ("plans:action_list", 16), ("action", 42), ("area", 25)],
)
def test_a_past_day_takes_a_fixed_number_of_queries(
    web, plan, django_assert_num_queries, rows, name, queries
):
    editor = make_member(plan.board, Role.EDITOR)
    for number in range(rows):
        with time_machine.travel("2026-02-02 12:00"):
            action = make_action(make_area(plan), f"Another {number}", target="1 April 2026", leads="PSW")
            make_step(action)
            make_update(action)
        with time_machine.travel("2026-04-09 12:00"):
            edit_action(action, by=editor, area=plan.things["area"], leads_text="DCS")
            move_target(action, to="1 July 2026", by=editor, reason="Time.")
    with django_assert_num_queries(queries):
        assert web.get(address(plan, name), {"as_at": "2026-03-30"}).status_code == 200
