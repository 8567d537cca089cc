"""What changed in a plan between two days, from real rows, and the page that shows it."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from improvement.changes import changes_between
from improvement.changes_page import nothing_words
from plans.models import Meeting, Plan
from plans.services.actions import edit_action, restore_action, withdraw_action
from plans.services.areas import edit_area
from plans.services.plans import edit_plan
from plans.services.progress import move_target
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_member,
    make_plan,
    make_update,
)
from tests.improvement.test_dashboard import Links
from tests.pages import text_of

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 10, 13), date(2026, 11, 10)
BETWEEN = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-22T12:00:00+00:00", tick=False)


@pytest.fixture
def plan():
    board = make_board("teesmere")
    for day in (FIRST, LAST, date(2026, 12, 8)):
        Meeting.objects.create(board=board, on=day)
    return make_plan(board, "Recovery plan")


@pytest.fixture
def area(plan):
    return make_area(plan, "Front door")


def rated(area, title, before, after, **fields):
    action = make_action(area, title, **fields)
    for rating, day in ((before, date(2026, 10, 1)), (after, BETWEEN)):
        if rating:
            make_update(action, rating, on=day)
    return action


def names(actions):
    return [action.name for action in actions]


def test_every_change_is_found_on_its_own_list(plan, area):
    rated(area, "Up", "slippage", "on_track")
    rated(area, "Down", "on_track", "off_track")
    rated(area, "First", "", "on_track")
    rated(area, "Done", "on_track", "complete")
    moved = rated(area, "Moved", "on_track", "on_track", target="31 October 2026")
    move_target(moved, to="30 November 2026", by=None, reason="Two posts are open", on=BETWEEN)
    make_action(area, "Added", added_on=BETWEEN)
    gone = rated(area, "Gone", "on_track", "")
    withdraw_action(gone, by=None, reason="Covered elsewhere", on=BETWEEN, merged_into=moved)
    rated(area, "Silent", "on_track", "")
    found = changes_between(plan, FIRST, LAST)
    assert names(found.up) == ["Up", "Done"]
    assert names(found.down) == ["Down"]
    assert names(found.first_rated) == ["First"]
    assert names(found.done) == ["Done"]
    assert [(one.name, one.days, one.moves[0].reason) for one in found.moved] == [
        ("Moved", 30, "Two posts are open")
    ]
    assert names(found.added) == ["Added"]
    assert [(one.name, one.gone) for one in found.removed] == [
        ("Gone", "Merged into Moved: Covered elsewhere")
    ]
    assert names(found.silent) == ["Added", "Silent"]
    assert (names(found.due), found.until) == (["Moved"], date(2026, 12, 8))


def test_what_happened_on_the_first_day_belongs_to_the_time_before(plan, area):
    action = make_action(area, target="31 October 2026")
    make_update(action, "on_track", on=FIRST)
    move_target(action, to="30 November 2026", by=None, reason="Two posts are open", on=FIRST)
    found = changes_between(plan, FIRST, LAST)
    assert found.is_empty
    assert names(found.silent) == [action.title]


def test_blue_is_done_once_it_is_signed_off_where_the_plan_asks(plan, area):
    plan.blue_needs_sign_off = True
    rated(area, "Reported", "on_track", "complete")
    assert names(changes_between(plan, FIRST, LAST).done) == []


def test_what_was_taken_out_and_brought_back_since_says_so(plan, area, time_machine):
    action = rated(area, "Train managers", "on_track", "")
    time_machine.move_to(f"{BETWEEN}T12:00:00+00:00", tick=False)
    withdraw_action(action, by=make_member(plan.board), reason="Covered elsewhere")
    assert [each.gone for each in changes_between(plan, FIRST, BETWEEN).removed] == [
        "Withdrawn: Covered elsewhere"
    ]
    time_machine.move_to("2026-11-22T12:00:00+00:00", tick=False)
    restore_action(action, by=make_member(plan.board), reason="Not covered after all")
    assert [each.gone for each in changes_between(plan, FIRST, LAST).removed] == [
        "Withdrawn, and brought back since"
    ]
    assert changes_between(plan, FIRST, date(2026, 11, 22)).removed == []


def test_without_a_meeting_to_come_thirty_days_are_looked_ahead(plan, area):
    make_action(area, "Soon", target="10 January 2027")
    found = changes_between(plan, LAST, date(2026, 12, 11))
    assert (names(found.due), found.until) == (["Soon"], date(2027, 1, 10))


def test_the_number_of_queries_does_not_grow(plan, area, django_assert_num_queries):
    def add():
        rated(area, "One", "on_track", "slippage", target="31 October 2026", leads="Head of Service")
        move_target(area.actions.last(), to="30 November 2026", by=None, reason="Open posts", on=BETWEEN)

    add()
    with django_assert_num_queries(8):
        changes_between(plan, FIRST, LAST)
    add()
    add()
    with django_assert_num_queries(8):
        changes_between(plan, FIRST, LAST)


@pytest.fixture
def opened(plan, signed_in):
    client = signed_in(make_member(plan.board))
    return lambda **query: client.get(reverse("changes", args=["teesmere"]), query)


def test_the_page_compares_now_with_the_last_meeting(plan, area, opened):
    action = rated(area, "Up", "slippage", "")
    make_update(action, "on_track", on=date(2026, 11, 20))
    page = opened()
    assert (page.context["page"].first, page.context["page"].last) == (LAST, date(2026, 11, 22))
    words = text_of(page)
    assert "What changed from 10 November 2026 to 22 November 2026" in words
    assert "1 rating went up." in words
    assert "No rating went down, no action was rated for the first time, no date moved, " in words
    assert [page.context["form"][name].value() for name in ("from", "to")] == ["10/11/2026", "22/11/2026"]


def test_only_meetings_of_the_plans_own_time_are_offered(plan, opened):
    Meeting.objects.create(board=plan.board, on=date(2020, 3, 30))
    Plan.objects.filter(pk=plan.pk).update(starts=FIRST)
    assert opened().context["form"].pairs == [(LAST, date(2026, 11, 22)), (FIRST, LAST)]


@pytest.mark.parametrize(
    ("empty", "words"),
    [
        ([], ""),
        (["due"], "Nothing is due by 4 May 2026."),
        (["up", "down"], "No rating went up or down."),
        (["moved", "silent"], "No date moved, and no open action went without an update."),
        (
            ["done", "removed", "due"],
            "Nothing was done or taken out of the plan, and nothing is due by 4 May 2026.",
        ),
        (
            ["first_rated", "done", "added", "removed", "due"],
            "No action was rated for the first time, nothing was done, added to the plan or taken out of "
            "the plan, and nothing is due by 4 May 2026.",
        ),
    ],
)
def test_what_there_is_nothing_of_is_one_sentence(empty, words):
    assert nothing_words(empty, date(2026, 5, 4)) == words


def test_any_two_days_in_the_address_as_people_write_them(plan, area, opened):
    rated(area, "Down", "on_track", "off_track")
    page = opened(**{"from": "13/10/2026", "to": "2026-11-10"})
    assert "1 rating went down." in text_of(page)
    assert "Ratings down: 1" in text_of(page)
    only_last = opened(to="2026-11-10").context["page"]
    assert (only_last.first, only_last.last) == (FIRST, LAST)


def test_a_past_day_in_the_address_is_compared_with_the_meeting_before_it(plan, area, opened):
    action = rated(area, "Down", "on_track", "off_track")
    page = opened(as_at="10/11/2026")
    assert (page.context["page"].first, page.context["page"].last) == (FIRST, LAST)
    assert page.context["form"]["to"].value() == "10/11/2026"
    links = {words: url for url, words in Links(page.content.decode()).found}
    assert links["Down"] == f"{reverse('action', args=['teesmere', action.pk])}?as_at=2026-11-10"
    assert links["Plan"] == f"{reverse('plans:plan', args=['teesmere'])}?as_at=2026-11-10"
    now = {words: url for url, words in Links(opened(**{"from": "2026-10-13"}).content.decode()).found}
    assert now["Down"] == reverse("action", args=["teesmere", action.pk])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"from": "2026-11-10", "to": "2026-11-10"}, "Choose a day before 10 November 2026"),
        ({"from": "2026-11-11", "to": "2026-11-10"}, "Choose a day before 10 November 2026"),
        ({"from": "soon"}, "Type a real day, such as 30 March 2026"),
        ({"to": "2027-01-01"}, "That day is still to come."),
        ({"as_at": "2027-01-01"}, "That day is still to come."),
        ({"as_at": "soon"}, "Type a real day, such as 30 March 2026"),
        ({"from": "1900-01-01"}, "Choose a day from 1 January 2000 on"),
    ],
)
def test_days_that_can_not_be_compared_get_a_sentence(area, opened, query, words):
    page = opened(**query)
    assert (page.status_code, words in text_of(page)) == (200, True)
    assert page.context["page"] is None


def test_a_plan_that_has_ended_is_compared_up_to_its_end(plan, area, opened):
    plan.starts, plan.ends = date(2026, 1, 1), date(2026, 10, 31)
    plan.save()
    assert (opened().context["page"].first, opened().context["page"].last) == (FIRST, plan.ends)
    assert "The plan ended on 31 October 2026." in text_of(opened(to="2026-11-10"))


def test_the_changes_as_a_file(plan, area, opened):
    rated(area, "Down", "on_track", "off_track")
    answer = opened(**{"from": "2026-10-13", "to": "2026-11-10", "_export": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = [(row["What changed"], row["Action"], row["Rating before"], row["Rating after"]) for row in rows]
    assert told == [("Ratings down", "Down", "Green", "Red")]
    assert opened(_export="pdf").status_code == 404


def test_the_words_are_those_of_the_last_day(plan, area, opened, time_machine):
    time_machine.move_to(f"{BETWEEN}T12:00:00+00:00", tick=False)
    editor = make_member(plan.board)
    home = make_area(plan, "Homes")
    action = rated(area, "Train managers", "on_track", "off_track", leads="Head of Service")
    time_machine.move_to("2026-11-22T12:00:00+00:00", tick=False)
    edit_action(action, by=editor, title="Train everybody", leads_text="Principal Social Worker", area=home)
    edit_area(area, by=editor, title="The first contact")
    edit_plan(plan, by=editor, title="The plan of now")
    days = {"from": FIRST.isoformat(), "to": LAST.isoformat()}
    page = opened(**days)
    [one] = page.context["page"].changes.down
    assert (one.name, one.lead, one.area) == ("Train managers", "Head of Service", "Front door")
    assert page.context["plan"].title == "Recovery plan"
    assert "Train managers" in opened(**days, _export="csv").content.decode()
    [now] = opened(**{"from": FIRST.isoformat()}).context["page"].changes.down
    assert (now.name, now.lead, now.area) == ("Train everybody", "Principal Social Worker", "Homes")


def test_words_from_before_the_history_begins_are_said_to_be_later(plan, area, opened):
    rated(area, "Down", "on_track", "off_track")
    words = "The history kept here begins on 22 November 2026"
    assert words in text_of(opened(**{"from": "2026-10-13", "to": "2026-11-10"}))
    assert words not in text_of(opened())


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("last", "queries"), [("2026-11-22", 14), ("2026-11-10", 17)])
def test_the_page_takes_the_same_queries(plan, area, opened, django_assert_num_queries, count, last, queries):
    for n in range(count):
        rated(area, f"Task {n}", "on_track", "off_track", leads=f"Lead {n}")
    opened()
    with django_assert_num_queries(queries):
        opened(**{"from": "2026-10-13", "to": last})


def test_no_question_grows_with_the_plan(area):
    """Databases take only so many values in one: SQLite 32,766 as it comes."""
    for number in range(30):
        rated(area, f"Action {number}", "on_track", "off_track", leads="The lead")
    most = []

    def watch(execute, sql, params, many, context):
        most.append(len(params or ()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        changes = changes_between(area.plan, FIRST, LAST)
    assert len(changes.down) == 30
    assert {each.lead for each in changes.down} == {"The lead"}
    assert max(most) < 30
