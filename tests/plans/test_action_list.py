import csv
import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from plans.models import Action, Plan, Role
from plans.rating import DEFAULT_KEY, KeyEntry
from plans.services.actions import withdraw_action
from plans.services.people import set_holders
from plans.services.plans import set_key
from plans.services.progress import move_target
from plans.views.table_values import table_values
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_update
from tests.pages import text_of

pytestmark = pytest.mark.django_db


NOW = "2026-11-22T12:00:00+00:00"


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


def said(day):
    return f"{day.day} {day:%B %Y}"


def ago(days):
    return timezone.localdate() - timedelta(days)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The story's key: it is told once, and what a test adds to it is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        with travel(NOW, tick=False):
            plan = tell_story()
        yield plan.pk
        transaction.set_rollback(True)


@pytest.fixture
def story(told):
    return Plan.objects.get(pk=told)


def tell_story():
    """Five actions and a withdrawn one, each different in what the filters and columns tell apart."""
    plan = make_plan(make_board(), "Recovery plan")
    door, homes = make_area(plan, "Front door"), make_area(plan, "Homelessness")
    inner = make_area(plan, "Caseloads", parent=door)
    one = make_action(door, "Agree procedures", reference="1", target=said(ago(9)), leads="PSW")
    make_update(one, "on_track", on=ago(50))
    make_update(one, "off_track", on=ago(8))
    two = make_action(inner, "Audit decisions", reference="2", target=said(ago(40)), leads="DCS, PSW")
    make_update(two, "slippage", on=ago(60))
    make_update(two, "on_track", on=ago(45))
    ten = make_action(
        homes, "Write a protocol", reference="10", target=said(ago(-5)), leads="Head of Service"
    )
    make_update(ten, "complete", on=ago(3))
    bare = make_action(homes, "Meet the police", reference="11", target="Ongoing")
    late = make_action(
        homes, "Ask families", reference="12", target=said(ago(60)), leads="PSW", outcome="Trust grows"
    )
    make_update(late, "slippage", on=ago(2))
    editor = make_member(plan.board, Role.EDITOR)
    for on, to in ((40, ago(-5)), (6, ago(-20))):
        move_target(late, to=said(to), by=editor, reason="More time is needed.", on=ago(on))
    gone = make_action(homes, "Publish a leaflet", reference="13", target=said(ago(9)))
    withdraw_action(gone, by=editor, reason="Not needed.")
    assert bare.target_due is None
    return plan


@pytest.fixture
def listing(signed_in, story):
    client = signed_in(make_member(story.board))

    def page(**query):
        return client.get(reverse("plans:action_list", args=[story.board.slug]), query)

    return page


def references(page):
    return [row.record.reference for row in page.context["table"].rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["1", "2", "10", "11", "12"]),
        ({"rating": "off_track"}, ["1"]),
        ({"rating": "on_track"}, ["2"]),
        ({"rating": "none"}, ["11"]),
        ({"due": "overdue"}, ["1", "2"]),
        ({"due": "30"}, ["12"]),
        ({"due": "none"}, ["11"]),
        ({"due": "overdue", "rating": "on_track"}, ["2"]),
        ({"nolead": "1"}, ["11"]),
        ({"quiet": "1"}, ["2", "11"]),
        ({"moved": "1"}, ["12"]),
        ({"moved": "2"}, ["12"]),
        ({"moved": "month"}, ["12"]),
        ({"changed": "down"}, ["1"]),
        ({"changed": "up"}, []),
        ({"changed": "first"}, ["10", "12"]),
        ({"q": "trust GROWS"}, ["12"]),
        ({"q": "decisions families"}, []),
        ({"q": "trust " + "t " * 1_500}, ["12"]),
        ({"withdrawn": "1"}, ["13"]),
    ],
)
def test_each_filter_finds_its_actions(listing, query, found):
    page = listing(**query)
    assert (references(page), page.context["found"]) == (found, len(found))


def test_words_are_found_in_any_case_beyond_plain_letters(listing, story):
    make_action(story.areas.get(title="Front door"), "Réunir les familles", reference="20")
    assert references(listing(q="RÉUNIR Familles")) == ["20"]


def test_an_area_holds_what_is_inside_it(listing, story):
    door, inner, homes = (
        story.areas.get(title=title) for title in ("Front door", "Caseloads", "Homelessness")
    )
    assert references(listing(area=door.pk)) == ["1", "2"]
    assert references(listing(area=inner.pk)) == ["2"]
    assert references(listing(area=homes.pk)) == ["10", "11", "12"]


def test_the_leads_to_choose_from_are_those_of_the_plans_actions(listing, story):
    make_action(make_area(make_plan(story.board)), leads="Head of another plan")
    gone = make_action(story.areas.first(), leads="Head of what is gone")
    withdraw_action(gone, by=make_member(story.board, Role.EDITOR), reason="Not needed.")
    form = listing(plan=story.pk).context["filter"].form
    assert [label for value, label in form.fields["lead"].choices if value] == [
        "DCS",
        "Head of Service",
        "PSW",
    ]


def test_further_ratings_stand_between_the_best_and_not_rated(listing, story):
    set_key(story, [*DEFAULT_KEY, KeyEntry("paused", "purple", "Paused", "")], by=None)
    further = make_action(story.areas.first(), "Wait for the inspection", reference="3")
    make_update(further, "paused")
    assert references(listing(sort="rating")) == ["1", "12", "2", "10", "3", "11"]
    assert references(listing(sort="-rating")) == ["3", "10", "2", "12", "1", "11"]


def test_a_lead_accountable_or_named(listing, story):
    assert references(listing(lead=story.board.leads.get(name="PSW").pk)) == ["1", "2", "12"]


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        ("action", ["1", "2", "10", "11", "12"]),
        ("area", ["1", "2", "10", "11", "12"]),
        ("rating", ["1", "12", "2", "10", "11"]),
        ("lead", ["2", "10", "1", "12", "11"]),
        ("due", ["2", "1", "10", "12", "11"]),
        ("moves", ["1", "2", "10", "11", "12"]),
        ("updated", ["2", "1", "10", "12", "11"]),
    ],
)
def test_each_column_sorts_both_ways(listing, column, ascending):
    assert references(listing(sort=column)) == ascending
    descending = {
        "action": ["12", "11", "10", "2", "1"],
        "area": ["10", "11", "12", "2", "1"],
        "rating": ["10", "2", "12", "1", "11"],
        "lead": ["1", "12", "10", "2", "11"],
        "due": ["12", "10", "1", "2", "11"],
        "moves": ["12", "1", "2", "10", "11"],
        "updated": ["12", "10", "1", "2", "11"],
    }
    assert references(listing(sort=f"-{column}")) == descending[column]


def test_the_number_found_is_a_sentence(listing, story):
    assert text_of(listing(), "found") == "5 actions in the plan"
    page = listing(due="overdue", rating="on_track", area=story.areas.get(title="Front door").pk)
    assert text_of(page, "found") == "1 of 5 actions: in “Front door”, rated Green, overdue"
    assert "No action fits." in text_of(listing(q="nowhere"))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"rating": "none"}, "1 of 5 actions: not rated"),
        ({"due": "30"}, "1 of 5 actions: due in the next 30 days"),
        ({"moved": "month"}, "1 of 5 actions: with a date that moved in the last month"),
        ({"changed": "down"}, "1 of 5 actions: rated worse than a month ago"),
        ({"nolead": "1", "q": "police"}, "1 of 5 actions: with the words “police”, led by nobody yet"),
        ({"withdrawn": "1"}, "1 action: withdrawn or merged"),
    ],
)
def test_each_narrowing_has_its_words(listing, query, words):
    assert text_of(listing(**query), "found") == words


def test_a_rating_or_area_that_is_not_the_plans_is_a_mistake_said_plainly(listing):
    page = listing(area=make_area().pk)
    assert "<title>Error: " in page.content.decode()
    assert page.context["found"] == 0


def test_fifty_actions_a_page(listing, story):
    area = story.areas.get(title="Caseloads")
    for number in range(60):
        make_action(area, f"Read case {number}")
    assert len(listing().context["table"].page.object_list) == 50
    assert len(listing(page="2").context["table"].page.object_list) == 15


def test_a_late_action_says_how_late(listing):
    assert "40 days overdue" in text_of(listing(rating="on_track"))
    assert f"Twice, 80 days later, first due {ago(60).day} {ago(60):%b %Y}" in text_of(listing(moved="1"))


def test_a_long_heading_is_cut_on_the_page_and_whole_in_the_download(listing, story):
    title = f"Every team has the people it needs {'and keeps them ' * 5}for years"
    make_action(make_area(story, title), "Advertise again")
    assert "Every team has the people it needs and keeps them…" in text_of(listing())
    assert title in listing(_export="csv").content.decode()


def test_the_list_downloads_with_real_dates(listing):
    page = listing(due="overdue", _export="xlsx", sort="due")
    assert page["Content-Disposition"] == f'attachment; filename="recovery-plan-actions-{ago(0)}.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(page.content)).active
    header, *rows = sheet.iter_rows(values_only=True)
    told = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["Reference"] for row in told] == ["2", "1"]
    assert told[0] == {
        "Reference": "2",
        "Action": "Audit decisions",
        "Area": "Caseloads",
        "Rating": "Green",
        "Signed off": None,
        "Accountable": "DCS",
        "Leads as written": "DCS, PSW",
        "Due": as_moment(ago(40)),
        "Target as written": said(ago(40)),
        "Date moved": 0,
        "First due": as_moment(ago(40)),
        "Updated": as_moment(ago(45)),
        "What has happened": "The team met and agreed the next step.",
        "What would make it green": None,
    }
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("query", [{}, {"withdrawn": "1"}, {"sort": "-rating"}])
def test_a_download_has_the_values_of_the_table_itself(listing, query):
    table = listing(**query).context["table"]
    assert list(table_values(table)) == list(table.as_values())


def as_moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def test_the_list_downloads_as_csv_without_formulas(listing, story):
    make_action(story.areas.get(title="Caseloads"), "=1+1", target="@now")
    page = listing(q="=1+1", _export="csv")
    rows = list(csv.DictReader(io.StringIO(page.content.decode("utf-8-sig"))))
    assert [(row["Action"], row["Target as written"], row["Updated"]) for row in rows] == [
        ("'=1+1", "'@now", "")
    ]


def test_an_unknown_download_is_not_found(listing):
    assert listing(_export="pdf").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_queries(signed_in, django_assert_num_queries, rows):
    plan = make_plan(make_board())
    client = signed_in(make_member(plan.board))
    for number in range(rows):
        make_update(make_action(make_area(plan), f"Action {number}", leads=f"Head {number}"))
    with django_assert_num_queries(11):
        client.get(reverse("plans:action_list", args=[plan.board.slug]))
    with django_assert_num_queries(10):
        client.get(reverse("plans:action_list", args=[plan.board.slug]), {"_export": "csv"})


@pytest.mark.parametrize(("role", "offered"), [(Role.EDITOR, True), (Role.MEMBER, False), (Role.LEAD, False)])
def test_only_those_who_edit_are_offered_to_add(signed_in, story, role, offered):
    page = signed_in(make_member(story.board, role)).get(
        reverse("plans:action_list", args=[story.board.slug])
    )
    assert ("Add an action" in text_of(page)) is offered


def test_a_board_without_a_plan_says_so(signed_in):
    board = make_board()
    page = signed_in(make_member(board)).get(reverse("plans:action_list", args=[board.slug]))
    assert "This board has no plan yet" in text_of(page)


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER])
def test_steps_are_ticked_by_who_leads_the_action(signed_in, story, role):
    action = story.actions.get(reference="1")
    first = action.steps.create(number="1", text="Draft them")
    second = action.steps.create(number="2", text="Sign them", done_on=ago(9))
    person = make_member(story.board, role)
    set_holders(story.board.leads.get(name="PSW"), [person], by=None)
    url = reverse("plans:steps_done", args=[story.board.slug, action.pk])
    answer = signed_in(person).post(url, {"done": [first.pk], "was_done": [second.pk]})
    assert answer["Location"] == f"/boards/{story.board.slug}/actions/{action.pk}/#steps"
    assert [step.done_on for step in action.steps.all()] == [ago(0), None]


def test_steps_that_somebody_else_ticked_meanwhile_stay(signed_in, story):
    action = story.actions.get(reference="1")
    step = action.steps.create(number="1", text="Draft them", done_on=ago(1))
    client = signed_in(make_member(story.board, Role.EDITOR))
    client.post(reverse("plans:steps_done", args=[story.board.slug, action.pk]), {})
    step.refresh_from_db()
    assert step.done_on == ago(1)


def test_nobody_ticks_the_steps_of_an_action_that_others_lead(signed_in, story):
    action = story.actions.get(reference="10")
    step = action.steps.create(number="1", text="Draft it")
    person = make_member(story.board, Role.LEAD)
    set_holders(story.board.leads.get(name="PSW"), [person], by=None)
    url = reverse("plans:steps_done", args=[story.board.slug, action.pk])
    assert signed_in(person).post(url, {"done": [step.pk]}).status_code == 403
    assert Action.objects.get(pk=action.pk).steps.get().done_on is None
