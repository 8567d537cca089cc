import re
from datetime import date, timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import Role
from plans.rating import DEFAULT_KEY, KeyEntry
from plans.services.actions import withdraw_action
from plans.services.progress import move_target
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_member,
    make_plan,
    make_step,
    make_update,
)
from tests.pages import size_of, words_of

pytestmark = pytest.mark.django_db

COUNTED = re.compile(r"(?:All )?(\d+)\b")
LARGEST = 104_000


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-22T12:00:00+00:00", tick=False)


class Links(HTMLParser):
    """The links of a page as (address, words)."""

    def __init__(self, page):
        super().__init__()
        self.found, self.open = [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.open = [dict(attrs)["href"], ""]

    def handle_data(self, data):
        if self.open:
            self.open[1] += data

    def handle_endtag(self, tag):
        if tag == "a":
            self.found.append((self.open[0], " ".join(self.open[1].split())))
            self.open = None


def said(day):
    return f"{day.day} {day:%B %Y}"


def ago(days):
    return timezone.localdate() - timedelta(days)


def make_story():
    """A plan of seven actions, of which one or more show each thing that a dashboard counts."""
    board = make_board()
    plan = make_plan(board, "Recovery plan")
    door, homes = make_area(plan, "Front door"), make_area(plan, "Homelessness")
    inner = make_area(plan, "A team that is full", parent=door)
    red = make_action(door, "Agree procedures", target=said(ago(3)), leads="PSW", reference="1")
    make_update(red, "slippage", on=ago(50))
    make_update(red, "off_track", on=ago(10))
    green = make_action(inner, "Audit decisions", target=said(ago(44)), leads="PSW", reference="2")
    make_update(green, "on_track", on=ago(40))
    moved = make_action(homes, "Write a protocol", target=said(ago(20)), leads="DCS", reference="3")
    make_update(moved, "off_track", on=ago(60))
    make_update(moved, "on_track", on=ago(5))
    member = make_member(board)
    for days, to in ((40, ago(-5)), (10, ago(-25))):
        move_target(moved, to=said(to), by=member, reason="The partner asked for time.", on=ago(days))
    step = make_step(moved, target=said(ago(9)))
    move_target(step, to=said(ago(2)), by=member, reason="Follows the action.", on=ago(3))
    done = make_action(homes, "Fill the posts", target=said(ago(9)), leads="DCS", reference="4")
    make_update(done, "complete", on=ago(12))
    make_action(homes, "Train staff", target="Ongoing", reference="5")
    make_action(homes, "Meet the police", target=said(ago(-30)), leads="DCS", reference="6")
    late = make_action(homes, "Ask families", target=said(ago(-31)), leads="DCS", reference="7")
    make_update(late, "slippage", on=ago(31))
    gone = make_action(homes, "Publish a leaflet", target=said(ago(70)), reference="8")
    withdraw_action(gone, by=member, reason="Not needed.")
    return plan, member


def dashboard_of(plan, client):
    return client.get(f"{reverse('dashboard', args=[plan.board.slug])}?plan={plan.pk}")


def test_the_answer_comes_first_and_in_numbers(signed_in):
    plan, member = make_story()
    page = dashboard_of(plan, signed_in(member))
    shown = page.context["dashboard"]
    assert "1 of 7 actions is off track, the same as a month ago; 1 date moved." in words_of(page)
    assert [
        (count.entry.word if count.entry else "", count.number, count.change) for count in shown.ratings
    ] == [
        ("Red", 1, "no change"),
        ("Amber", 1, "1 fewer"),
        ("Green", 2, "1 more"),
        ("Blue", 1, "1 more"),
        ("", 2, "2 fewer"),
    ]
    assert (shown.worse.number, shown.better.number, shown.first_rated.number) == (1, 1, 1)
    assert (shown.overdue.number, shown.overdue_on_track.number) == (2, 1)
    assert (shown.moved.number, shown.moved_days) == (1, "20 days later in all")
    assert (shown.quiet.number, shown.undated.number, shown.leaderless.number) == (4, 1, 1)
    assert shown.due_soon.number == 2


def test_every_number_leads_to_the_list_that_it_counts(signed_in):
    plan, member = make_story()
    client = signed_in(member)
    links = Links(dashboard_of(plan, client).content.decode()).found
    start = reverse("dashboard", args=[plan.board.slug])
    counted = [(urljoin(start, url), words) for url, words in links if "actions/?" in url]
    assert len(counted) > 30
    for url, words in counted:
        assert (words, client.get(url).context["found"]) == (words, int(COUNTED.match(words)[1]))


def test_areas_hold_what_stands_inside_them(signed_in):
    plan, member = make_story()
    rows = dashboard_of(plan, signed_in(member)).context["dashboard"].areas
    found = [
        (
            row.area.title,
            [count.number for count in row.ratings],
            row.overdue.number,
            row.moved.number,
            row.total.number,
        )
        for row in rows
    ]
    assert found == [
        ("Front door", [1, 0, 1, 0, 0], 2, 0, 2),
        ("Homelessness", [0, 1, 1, 1, 2], 0, 1, 5),
    ]


def test_lists_name_the_actions_and_what_their_ratings_hide(signed_in):
    plan, member = make_story()
    shown = dashboard_of(plan, signed_in(member)).context["dashboard"]
    assert [(item.action.reference, item.late) for item in shown.overdue_list] == [
        ("2", "44 days overdue"),
        ("1", "3 days overdue"),
    ]
    assert [item.action.reference for item in shown.due_soon_list] == ["3", "6"]


def test_questions_name_the_actions_with_the_gravest_first(signed_in):
    plan, member = make_story()
    page = dashboard_of(plan, signed_in(member))
    shown = page.context["dashboard"]
    asked = {
        item.action.reference: [each.check.name for each in item.findings] for item in shown.question_list
    }
    assert asked == {
        "2": ["overdue_on_track", "no_update"],
        "4": ["complete_without_evidence", "complete_without_so_what"],
        "3": ["step_overdue_on_track", "moved_twice"],
        "5": ["no_lead", "no_update"],
        "6": ["no_update"],
        "7": ["no_update"],
    }
    assert f"44 days overdue (due {said(ago(44))}) and still rated Green. And 1 more question." in words_of(
        page
    )
    assert "Ask about these All 10 questions" in words_of(page)
    assert f"/boards/{plan.board.slug}/questions/?plan={plan.pk}" == urljoin(
        reverse("dashboard", args=[plan.board.slug]), shown.questions.url
    )
    questions = signed_in(member).get(urljoin(page.request["PATH_INFO"], shown.questions.url))
    assert questions.context["asked"].number == shown.questions.number == 10
    assert "10 questions about 6 actions." in words_of(questions)


def test_areas_and_actions_lead_to_their_pages(signed_in):
    plan, member = make_story()
    client = signed_in(member)
    page = dashboard_of(plan, client)
    start, shown = reverse("dashboard", args=[plan.board.slug]), page.context["dashboard"]
    for row in shown.areas:
        assert urljoin(start, row.url) == reverse("area", args=[plan.board.slug, row.area.pk])
    for item in [*shown.overdue_list, *shown.due_soon_list, *shown.question_list]:
        assert urljoin(start, item.url) == reverse("action", args=[plan.board.slug, item.action.pk])


def test_an_ended_plan_shows_its_state_at_its_end_and_says_so(signed_in):
    board = make_board()
    plan = make_plan(board, starts=date(2020, 1, 6), ends=date(2020, 3, 30), status="closed")
    action = make_action(make_area(plan), target="15 March 2020")
    make_update(action, "on_track", on=date(2020, 3, 1))
    make_update(action, "complete", on=date(2020, 4, 9))
    page = dashboard_of(plan, signed_in(make_member(board)))
    assert "This plan ended on 30 March 2020." in words_of(page)
    assert "As at Monday 30 March 2020" in words_of(page)
    assert page.context["dashboard"].overdue_on_track.number == 1


def test_the_plans_own_key_and_its_own_words(signed_in):
    board = make_board()
    key = [
        KeyEntry("on_track", "amber", "Amber", "On track"),
        KeyEntry("complete", "green", "Green", "Completed"),
        KeyEntry("carried-over", "purple", "Purple", "Goes into the next plan"),
        KeyEntry("off_track", "red", "Red", "Not started or late"),
    ]
    plan = make_plan(board, key=key)
    make_update(make_action(make_area(plan)), "carried-over")
    page = dashboard_of(plan, signed_in(make_member(board)))
    counts = [
        (count.entry.word if count.entry else "", count.number) for count in page.context["dashboard"].ratings
    ]
    assert counts == [("Red", 0), ("Amber", 0), ("Green", 0), ("Purple", 1)]
    assert all(entry.explanation in words_of(page) for entry in key)


def test_the_newest_live_plan_and_the_others_by_links(signed_in):
    board = make_board()
    old = make_plan(board, "The first plan", starts=date(2020, 1, 1), ends=date(2020, 6, 1), status="closed")
    new = make_plan(board, "The second plan", starts=date(2026, 1, 1))
    page = signed_in(make_member(board)).get(reverse("dashboard", args=[board.slug]))
    assert page.context["plan"] == new
    assert (f"/boards/{board.slug}/?plan={old.pk}", "The first plan") in Links(page.content.decode()).found


def test_a_plan_of_another_board_is_not_found(signed_in):
    board, other = make_board(), make_plan()
    client = signed_in(make_member(board))
    assert client.get(reverse("dashboard", args=[board.slug]), {"plan": other.pk}).status_code == 404
    assert client.get(reverse("dashboard", args=[other.board.slug])).status_code == 404


@pytest.mark.parametrize(("role", "offered"), [(Role.EDITOR, True), (Role.MEMBER, False)])
def test_a_board_without_a_plan_says_what_to_do(signed_in, role, offered):
    board = make_board()
    page = signed_in(make_member(board, role)).get(reverse("dashboard", args=[board.slug]))
    assert "This board has no plan yet" in words_of(page)
    assert ("Import a workbook" in words_of(page)) is offered


def test_a_plan_without_actions_says_so(signed_in):
    plan = make_plan()
    page = dashboard_of(plan, signed_in(make_member(plan.board)))
    assert "This plan has no actions yet." in words_of(page)


def test_a_plan_that_has_just_come_in_is_compared_with_nothing(signed_in):
    plan = make_plan(make_board())
    area = make_area(plan)
    make_update(make_action(area), "off_track", on=ago(20))
    make_update(make_action(area), "on_track", on=ago(3))
    page = dashboard_of(plan, signed_in(make_member(plan.board)))
    shown = page.context["dashboard"]
    assert [(count.number, count.change) for count in shown.ratings] == [(1, ""), (0, ""), (1, ""), (0, "")]
    words = words_of(page)
    assert "1 of 2 actions is off track; no date moved." in words
    assert "No action was rated a month ago, so there is nothing to compare with yet" in words
    assert "In the last month 2 had a first rating." in words
    assert "Compared with" not in words


def numbers_of(page):
    return {count.entry and count.entry.word: count.number for count in page.context["dashboard"].ratings}


def test_each_change_is_todays_number_less_that_days_own(signed_in):
    plan = make_plan(make_board())
    area, member = make_area(plan), make_member(plan.board)
    make_action(area)
    make_update(make_action(area), "off_track", on=ago(40))
    gone = make_action(area)
    make_update(gone, "off_track", on=ago(40))
    withdraw_action(gone, by=member, reason="Not needed.", on=ago(10))
    make_action(area, added_on=ago(20))
    make_update(make_action(area, added_on=ago(20)), "on_track", on=ago(40))
    client = signed_in(member)
    page, earlier = (client.get(url_on(plan, day)) for day in (None, ago(31)))
    shown = page.context["dashboard"]
    assert numbers_of(page) == {"Red": 1, "Amber": 0, "Green": 1, "Blue": 0, None: 2}
    assert numbers_of(earlier) == {"Red": 2, "Amber": 0, "Green": 0, "Blue": 0, None: 1}
    assert [count.change for count in shown.ratings] == [
        "1 fewer",
        "no change",
        "1 more",
        "no change",
        "1 more",
    ]
    assert "1 of 4 actions is off track, 1 fewer than a month ago; no date moved." in words_of(page)
    assert "2 actions were added to the plan and 1 left it." in words_of(page)
    assert "left it" not in words_of(earlier)


def url_on(plan, day):
    url = f"{reverse('dashboard', args=[plan.board.slug])}?plan={plan.pk}"
    return f"{url}&as_at={day}" if day else url


def test_nothing_overdue_is_a_sentence(signed_in):
    plan = make_plan(make_board())
    make_update(make_action(make_area(plan), target=said(ago(-90)), leads="DCS"), "on_track")
    page = dashboard_of(plan, signed_in(make_member(plan.board)))
    assert "None of 1 action is off track; no date moved." in words_of(page)
    assert "Nothing is overdue." in words_of(page)
    assert "Nothing is due in the next 30 days." in words_of(page)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_queries(signed_in, django_assert_num_queries, rows):
    plan = make_plan(make_board())
    client = signed_in(make_member(plan.board))
    for _ in range(rows):
        action = make_action(make_area(plan), target=said(ago(3)), leads="PSW")
        make_update(action, "off_track")
    with django_assert_num_queries(15):
        dashboard_of(plan, client)


def test_a_large_plan_keeps_a_small_page(signed_in):
    board = make_board(slug="the-improvement-board-of-the-borough-of-teesmere")
    further = [KeyEntry(f"further-{colour}", colour, f"Ours: {colour}", "") for colour in ("purple", "grey")]
    plan = make_plan(board, key=[*DEFAULT_KEY, *further])
    codes = [rating.code for rating in plan.key.all()]
    for number in range(40):
        area = make_area(plan, f"{number} " + "An area with a heading that says all it wants " * 3)
        for code in codes:
            action = make_action(area, "Do this. " * 20, target=said(ago(number)), leads="The lead")
            make_update(action, code, on=ago(number))
    page = dashboard_of(plan, signed_in(make_member(plan.board)))
    assert len(page.context["dashboard"].areas) == 25
    assert size_of(page) < LARGEST
