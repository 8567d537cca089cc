from datetime import date

import pytest
from django.urls import reverse

from plans.document import MOST_AT_ONCE
from plans.models import Role
from plans.services.actions import withdraw_action
from plans.services.plans import close_plan, edit_plan
from plans.services.progress import move_target
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_step, make_update
from tests.pages import words_of

pytestmark = pytest.mark.django_db


def plan_page(client, plan, **query):
    return client.get(reverse("plans:plan", args=[plan.board.slug]), {"plan": plan.pk} | query)


@pytest.fixture
def story():
    plan = make_plan(
        make_board(),
        "Improvement plan",
        level_names=["Improvement area", "Outcome", "Objective"],
        columns=[{"header": "Timescale", "field": "target"}, {"header": "Lead officer", "field": "leads"}],
    )
    area = make_area(plan, "Improvement area one: workforce", description="We begin with people.")
    outcome = make_area(plan, "Enough social workers", parent=area, reference="1.1")
    objective = make_area(plan, "Every team has the people it needs", parent=outcome)
    action = make_action(
        objective,
        "Fill the posts",
        reference="3",
        target="Mid May 2031",
        leads="PSW, DCS",
        activity="Before all else:\n1. Advertise\n2. Interview",
        success_criteria="No post is empty.",
        notes=[["Budget", "£40,000"]],
    )
    make_step(action, "1", "Advertise")
    make_step(action, "2", "Interview")
    make_update(action, "slippage")
    editor = make_member(plan.board, Role.EDITOR)
    move_target(action, to="End June 2031", by=editor, reason="The advert was late.")
    withdraw_action(make_action(area, "Publish a leaflet"), by=editor, reason="Nobody would read it.")
    return plan


def test_the_plan_reads_like_the_document_it_came_from(signed_in, story):
    words = words_of(plan_page(signed_in(make_member(story.board)), story))
    in_order = [
        "Improvement plan",
        "Improvement area one: workforce",
        "We begin with people.",
        "Outcome 1.1 Enough social workers",
        "Objective Every team has the people it needs",
        "3 Fill the posts",
        "Amber due 30 June 2031; first 15 May 2031, moved once, 46 days later",
        "Activity Before all else:",
        "Steps 1. Advertise 2. Interview",
        "Success criteria No post is empty.",
        "Budget £40,000",
        "Lead officer PSW accountable DCS",
        "Timescale End June 2031",
        "Withdrawn actions",
        "Publish a leaflet Withdrawn on ",
        "Nobody would read it.",
    ]
    places = [words.index(part) for part in in_order]
    assert places == sorted(places)
    assert "Improvement area Improvement area one" not in words


def test_a_long_plan_is_shown_one_part_at_a_time(signed_in):
    plan = make_plan(make_board())
    first, second = make_area(plan, "The first area"), make_area(plan, "The second area")
    for number in range(MOST_AT_ONCE):
        make_action(first, f"Read case {number}.")
    make_action(second, "Meet the police.")
    client = signed_in(make_member(plan.board))
    assert "Meet the police." not in words_of(plan_page(client, plan))
    assert "Read case 119." in words_of(plan_page(client, plan))
    there = words_of(plan_page(client, plan, area=second.pk))
    assert ("Meet the police." in there, "Read case 1." in there) == (True, False)
    make_action(first, "One more.")
    assert "One more." in words_of(plan_page(client, plan, area=first.pk, page=2))
    assert "One more." not in words_of(plan_page(client, plan, area=first.pk))


def test_an_ended_plan_says_so(signed_in):
    plan = make_plan(make_board(), starts=date(2020, 1, 6), ends=date(2020, 3, 30), status="closed")
    make_update(make_action(make_area(plan)), "complete", on=date(2020, 4, 1))
    words = words_of(plan_page(signed_in(make_member(plan.board)), plan))
    assert "This plan ended on 30 March 2020. You see it as it stood on that day." in words
    assert "Not rated" in words


@pytest.mark.parametrize(("role", "offered"), [(Role.ADMINISTRATOR, True), (Role.MEMBER, False)])
def test_only_those_who_may_are_offered_to_edit(signed_in, story, role, offered):
    words = words_of(plan_page(signed_in(make_member(story.board, role)), story))
    assert [("Edit the plan" in words), ("Edit the rating key" in words)] == [offered, offered]


def test_a_plan_without_headings_says_so(signed_in):
    plan = make_plan(make_board())
    words = words_of(plan_page(signed_in(make_member(plan.board)), plan))
    assert "This plan has no headings and no actions yet." in words


def test_the_plans_of_a_board_with_their_numbers(signed_in, story):
    make_plan(story.board, "Plan of 2020", starts=date(2020, 1, 6), ends=date(2020, 3, 30), status="closed")
    page = signed_in(make_member(story.board)).get(reverse("plans:plan_list", args=[story.board.slug]))
    assert [(plan.title, plan.standing) for plan in page.context["plans"]] == [
        ("Improvement plan", 1),
        ("Plan of 2020", 0),
    ]


def test_as_at_a_past_day_the_plans_are_called_as_they_were(signed_in, time_machine):
    time_machine.move_to("2026-03-02T12:00:00+00:00", tick=False)
    plan, editor = make_plan(make_board(), "Recovery plan"), make_member(make_board())
    area = make_area(plan)
    action = make_action(area, added_on=date(2026, 3, 2))
    time_machine.move_to("2026-04-20T12:00:00+00:00", tick=False)
    edit_plan(plan, by=editor, title="Improvement plan")
    close_plan(plan, ends=date(2026, 4, 10), by=editor)
    withdraw_action(action, by=editor, reason="Done elsewhere")
    make_plan(plan.board, "The plan after")
    old = make_plan(plan.board, "An old plan, brought in since")
    make_update(make_action(make_area(old)), on=date(2026, 3, 1))
    client, url = signed_in(make_member(plan.board)), reverse("plans:plan_list", args=[plan.board.slug])
    now, then = words_of(client.get(url)), words_of(client.get(url, {"as_at": "2026-03-30"}))
    assert "Improvement plan Closed, ended on 10 April 2026 No date 10 Apr 2026 0" in now
    assert "Recovery plan Live No date No date 1" in then
    assert "As at Monday 30 March 2026" in then
    assert "Plans whose import was taken back since are not listed." in then
    assert "The history kept here begins on 20 April 2026" in then
    assert ("The plan after" in now, "The plan after" in then) == (True, False)
    assert "An old plan, brought in since Live" in then
    links = client.get(url, {"as_at": "2026-03-30"}).content.decode()
    assert f'?plan={plan.pk}&amp;as_at=2026-03-30"' in links


def test_as_at_a_day_before_the_first_plan_there_is_none(signed_in):
    board = make_plan(make_board(), "Recovery plan").board
    url = reverse("plans:plan_list", args=[board.slug])
    words = words_of(signed_in(make_member(board)).get(url, {"as_at": "2020-03-30"}))
    assert "No plan was kept here by then." in words
    assert "As at Monday 30 March 2020" in words
    assert "Recovery plan" not in words.split("Plans of the board", 1)[1]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("query", "queries"), [({}, 5), ({"as_at": "2026-03-30"}, 6)])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    signed_in, django_assert_num_queries, rows, query, queries
):
    board = make_board()
    for _ in range(rows):
        make_update(make_action(make_area(make_plan(board))), on=date(2026, 3, 2))
    client = signed_in(make_member(board))
    with django_assert_num_queries(queries):
        client.get(reverse("plans:plan_list", args=[board.slug]), query)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends": date(2015, 3, 31)}, "Ended on 31 March 2015, not closed"),
        ({"ends": date(2015, 3, 31), "status": "closed"}, "Closed, ended on 31 March 2015"),
        ({"starts": date(2040, 4, 1)}, "Live, starts on 1 April 2040"),
        ({"starts": date(2015, 4, 1)}, "Live 1 Apr 2015"),
        ({"status": "draft"}, "Draft No date"),
    ],
)
def test_the_status_of_a_plan_says_what_its_dates_make_of_it(signed_in, fields, words):
    plan = make_plan(make_board(), "Recovery plan", **fields)
    page = signed_in(make_member(plan.board)).get(reverse("plans:plan_list", args=[plan.board.slug]))
    assert f"Recovery plan {words}" in words_of(page)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends": date(2015, 3, 31)}, "ended on 31 March 2015, not closed"),
        ({"ends": date(2015, 3, 31), "status": "closed"}, "closed, ended on 31 March 2015"),
        ({"starts": date(2040, 4, 1)}, "live, starts on 1 April 2040"),
        ({"starts": date(2015, 4, 1)}, "live, from April 2015"),
        ({"starts": date(2015, 4, 1), "ends": date(2040, 3, 31)}, "live, April 2015 to March 2040"),
        ({"status": "draft"}, "draft"),
    ],
)
def test_another_plan_is_named_with_what_its_dates_make_of_it(signed_in, fields, words):
    plan = make_plan(make_board(), "Improvement plan")
    make_plan(plan.board, "Recovery plan", **fields)
    url = reverse("plans:plan", args=[plan.board.slug])
    page = signed_in(make_member(plan.board)).get(url, {"plan": plan.pk})
    assert f"(Other plans of this board) Recovery plan {words}" in words_of(page)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_queries(signed_in, django_assert_num_queries, rows):
    plan = make_plan(make_board())
    client = signed_in(make_member(plan.board))
    for number in range(rows):
        action = make_action(make_area(plan), f"Action {number}", leads="PSW", target="May 2031")
        make_step(action)
        make_update(action)
    with django_assert_num_queries(15):
        plan_page(client, plan)
