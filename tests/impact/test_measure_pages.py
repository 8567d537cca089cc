import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from impact.models import Measure, MeasureTarget, Note, StepChange
from impact.services.measures import agree_step_change, close_measure, set_areas, set_target
from impact.services.observations import add_note
from plans.models import Role
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_update
from tests.impact.measuring import FALLING, LAST, RISING, STEADY, make_measure, make_stock
from tests.pages import fields_of, text_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board()


def get(signed_in, board, name, *args, role=Role.EDITOR, **query):
    client = signed_in(make_member(board, role))
    return client.get(reverse(name, args=[board.slug, *args]), query)


def send(signed_in, board, page, measure, /, *, by=None, **changed):
    """Fills a form of the measure as a browser does, and sends it."""
    client = signed_in(by or make_member(board, Role.EDITOR))
    address = reverse(page, args=[board.slug, measure.pk])
    fields = fields_of(client.get(address), "token")
    return client.post(address, fields | changed, follow=True)


def rows_of(response, table="table"):
    return [(row.record.name, row.record.group) for row in response.context[table].rows]


def test_the_list_puts_concern_first_and_stocks_apart(signed_in, board):
    make_measure(board, STEADY, "Visits on time")
    make_measure(board, STEADY[:3], "Overnight stays")
    make_measure(board, RISING, "Health checks")
    make_stock(board)
    make_measure(board, FALLING, "Contacts on time")
    page = get(signed_in, board, "impact:measure_list")
    assert rows_of(page) == [
        ("Children looked after, monthly change", "concern"),
        ("Contacts on time", "concern"),
        ("Visits on time", "usual"),
        ("Health checks", "improving"),
        ("Overnight stays", "unjudged"),
    ]
    assert [row.record.name for row in page.context["stocks"].rows] == ["Children looked after"]
    assert text_of(page, "found") == (
        "2 in concern, 1 improving, 1 with no significant change, 1 without a verdict yet"
    )


def test_a_row_says_value_range_target_and_what_is_missing(signed_in, board):
    measure = make_measure(board, FALLING, "Contacts on time")
    set_target(measure, Decimal(90), date(2025, 6, 1), by=None)
    make_measure(board, STEADY, "Visits on time", last=date(2026, 5, 1))
    words = words_of(get(signed_in, board, "impact:measure_list"))
    assert (
        "Contacts on time Higher is better 20% Mar 2026 No data for April and May 2026 Concern (low)" in words
    )
    assert "90% Will consistently miss the target" in words


def test_a_row_says_that_the_latest_month_meets_a_target_out_of_reach(signed_in, board):
    measure = make_measure(board, [*STEADY[:-1], 99], "Visits on time")
    set_target(measure, Decimal(98), date(2025, 6, 1), by=None)
    words = words_of(get(signed_in, board, "impact:measure_list"))
    assert "98% Will consistently miss the target, though the latest month meets it" in words


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"shows": "concern"}, ["Contacts on time"]),
        ({"q": "visits"}, ["Visits on time"]),
        ({"shows": "improving"}, []),
    ],
)
def test_the_list_is_narrowed_by_verdict_and_words(signed_in, board, query, names):
    make_measure(board, STEADY, "Visits on time")
    make_measure(board, FALLING, "Contacts on time")
    page = get(signed_in, board, "impact:measure_list", **query)
    assert [name for name, _ in rows_of(page)] == names


def test_the_list_is_narrowed_by_area_and_owner(signed_in, board):
    area = make_area(make_plan(board))
    inner = make_area(area.plan, "Inside", parent=area)
    lead = make_lead(board)
    mine = make_measure(board, name="Ours", owner=lead)
    set_areas(mine, [inner], by=None)
    make_measure(board, name="Another")
    client = signed_in(make_member(board))
    address = reverse("impact:measure_list", args=[board.slug])
    assert rows_of(client.get(address, {"owner": lead.pk})) == [("Ours", "usual")]
    assert rows_of(client.get(address, {"area": inner.pk})) == [("Ours", "usual")]


@pytest.mark.parametrize("order", ["measure", "-measure", "variation", "-variation"])
def test_each_column_that_sorts_sorts_both_ways(signed_in, board, order):
    for name, values in (("B", STEADY), ("A", FALLING), ("C", RISING)):
        make_measure(board, values, name)
    names = "".join(name for name, _ in rows_of(get(signed_in, board, "impact:measure_list", sort=order)))
    assert names == {"measure": "ABC", "-measure": "CBA", "variation": "ABC", "-variation": "CBA"}[order]


def test_a_board_without_measures_says_so(signed_in, board):
    page = get(signed_in, board, "impact:measure_list")
    assert "This board has no measures yet, so it cannot see a difference." in words_of(page)


@pytest.mark.parametrize("number", [1, 3, 60])
def test_any_number_of_measures_takes_the_same_queries(signed_in, board, django_assert_num_queries, number):
    for n in range(number):
        measure = make_measure(board, (STEADY * 4)[: 60 if number == 60 else 15], f"Measure {n}")
        set_target(measure, Decimal(60), LAST, by=None)
    client = signed_in(make_member(board))
    with django_assert_num_queries(11):
        client.get(reverse("impact:measure_list", args=[board.slug]))


def test_the_list_downloads_as_shown(signed_in, board):
    make_measure(board, FALLING, "Contacts on time")
    make_measure(board, STEADY, "Visits on time")
    client = signed_in(make_member(board))
    response = client.get(
        reverse("impact:measure_list", args=[board.slug]), {"_export": "csv", "shows": "concern"}
    )
    headers, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert headers[:3] == ["Measure", "Which way is better", "Latest"]
    assert row[:5] == ["Contacts on time", "Higher is better", "20%", "01/03/2026", "Concern (low)"]


def test_the_page_says_the_verdict_first_and_shows_the_months(signed_in, board):
    measure = make_measure(board, FALLING, "Contacts on time")
    add_note(measure, LAST, "Two teams merged.", by=None)
    page = get(signed_in, board, "measure", measure.pk)
    words = words_of(page)
    assert "Contacts on time Concern: 20% in March 2026, below the expected range" in words
    assert "Mar 2026 20% Concern, below limit" in words
    assert "Two teams merged." in words
    assert page.context["page"].shown_months[0].month == LAST
    assert len(page.context["page"].shown_months) == 12
    assert 'role="img" aria-labelledby="value-wide"' in " ".join(page.content.decode().split())


def test_all_months_are_shown_when_asked_for(signed_in, board):
    measure = make_measure(board, STEADY)
    page = get(signed_in, board, "measure", measure.pk, months="all")
    assert len(page.context["page"].shown_months) == 15


def test_a_stock_has_no_verdict_but_its_change_has(signed_in, board):
    stock = make_stock(board)
    page = get(signed_in, board, "measure", stock.pk)
    words = words_of(page)
    assert "560 in March 2026" in words
    assert "its net monthly change has one" in words
    assert "Monthly change Concern: +36 in March 2026, above the expected range" in words
    assert page.context["verdict"].variation.is_empty


def test_what_is_being_done_carries_ratings_and_flags(signed_in, board):
    action = make_action(make_area(make_plan(board)), "Agree procedures", target="5 January 2026")
    make_update(action, "off_track")
    measure = make_measure(board, actions=[action])
    words = words_of(get(signed_in, board, "measure", measure.pk))
    assert "Agree procedures Red" in words
    assert "days overdue" in words


def test_a_completed_action_is_marked_on_the_time_axis(signed_in, board):
    action = make_action(make_area(make_plan(board)), "Fill the posts", reference="6")
    make_update(action, "complete", on=date(2026, 2, 9))
    make_update(action, "complete", on=date(2026, 3, 9))
    measure = make_measure(board, actions=[action])
    page = get(signed_in, board, "measure", measure.pk)
    assert [(event.day, event.words) for event in page.context["page"].events] == [
        (date(2026, 2, 9), "Action 6 done")
    ]


def test_the_months_download_with_numbers_and_dates(signed_in, board):
    measure = make_measure(board, FALLING, "Contacts on time")
    add_note(measure, LAST, "Two teams merged.", by=None)
    response = get(signed_in, board, "measure", measure.pk, _export="xlsx")
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[0][:2] == ("Month", "Value")
    assert (rows[-1][0].date(), rows[-1][1], rows[-1][6], rows[-1][9]) == (
        LAST,
        20,
        "Concern, below limit",
        "Two teams merged.",
    )
    assert get(signed_in, board, "measure", measure.pk, _export="pdf").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries(signed_in, board, django_assert_num_queries, number):
    area = make_area(make_plan(board))
    actions = [make_action(area, f"Action {n}") for n in range(number)]
    measure = make_measure(board, STEADY * number, actions=actions, areas=[area])
    for n in range(number):
        add_note(measure, date(2026, n + 1, 1), "A remark", by=None)
    client = signed_in(make_member(board))
    with django_assert_num_queries(19):
        client.get(reverse("measure", args=[board.slug, measure.pk]))


def test_only_measure_pages_let_plotly_style_itself(signed_in, board):
    page = get(signed_in, board, "measure", make_measure(board).pk)
    assert "style-src 'self' 'sha256-" in page.headers["Content-Security-Policy"]
    other = get(signed_in, board, "impact:measure_list")
    assert "sha256" not in other.headers["Content-Security-Policy"]


def test_a_measure_is_added_edited_and_closed(signed_in, board):
    client = signed_in(make_member(board, Role.EDITOR))
    address = reverse("impact:measure_new", args=[board.slug])
    fields = fields_of(client.get(address), "name") | {
        "name": "Visits on time",
        "unit": "percent",
        "direction": "higher",
    }
    page = client.post(address, fields, follow=True)
    measure = Measure.objects.get()
    assert (measure.name, measure.unit, measure.board) == ("Visits on time", "percent", board)
    assert "“Visits on time” is added." in words_of(page)
    send(signed_in, board, "impact:measure_edit", measure, name="Visits in time")
    measure.refresh_from_db()
    assert measure.name == "Visits in time"
    page = send(signed_in, board, "impact:measure_close", measure, reason="Replaced")
    assert "No longer reported Visits in time" in words_of(page)
    send(signed_in, board, "impact:measure_reopen", measure)
    measure.refresh_from_db()
    assert measure.closed_on is None


def test_a_second_measure_of_the_name_is_refused_in_words(signed_in, board):
    make_measure(board, name="Visits on time")
    other = make_measure(board, name="Other")
    page = send(signed_in, board, "impact:measure_edit", other, name="Visits on time")
    assert "The board already has a measure of this name." in words_of(page)


def test_areas_and_actions_are_linked(signed_in, board):
    action = make_action(make_area(make_plan(board)))
    measure = make_measure(board)
    send(signed_in, board, "impact:measure_links", measure, areas=[action.area_id], actions=[action.pk])
    assert list(measure.areas.all()) == [action.area]
    assert list(measure.actions.all()) == [action]
    other = make_action()
    page = send(signed_in, board, "impact:measure_links", measure, actions=[other.pk])
    assert "Select a valid choice" in words_of(page)


def test_a_target_is_set_from_a_month_as_written(signed_in, board):
    measure = make_measure(board)
    page = send(
        signed_in, board, "impact:measure_target", measure, value="90", month="Apr 2025", reason="The board"
    )
    assert [(row.value, row.month) for row in MeasureTarget.objects.all()] == [(90, date(2025, 4, 1))]
    assert "The target counts from April 2025." in words_of(page)


@pytest.mark.parametrize(
    ("name", "sent", "words"),
    [
        ("impact:measure_target", {"value": "ninety"}, "Write the target as a number"),
        ("impact:measure_target", {"value": "900", "month": "April 2025"}, "A percentage can't be above 100"),
        ("impact:measure_target", {"value": "90", "month": "soon"}, "Write the month with its year"),
        ("impact:measure_target", {"value": "90", "month": "May 1900"}, "from January 1990 on"),
        ("impact:measure_step_change", {"month": "January 2025"}, "Choose a month after January 2025"),
        ("impact:measure_step_change", {"month": "May 2026"}, "up to March 2026, its last"),
        ("impact:measure_step_change", {"month": "June 2025", "agreed_on": "1 May 2999"}, "up to today"),
        ("impact:measure_note", {"month": "January 1900", "text": "x"}, "too long ago"),
        ("impact:measure_note", {"month": "March 2026", "text": ""}, "Write the remark"),
    ],
)
def test_what_is_wrong_is_said_and_kept(signed_in, board, name, sent, words):
    measure = make_measure(board, STEADY)
    step = {"reason": "A new team", "agreed_by": "The board", "agreed_on": "14 January 2026"}
    fields = (step if "step" in name else {}) | sent
    page = send(signed_in, board, name, measure, **fields)
    assert words in words_of(page)
    assert page.context["form"].data["month"] == sent.get("month", page.context["form"].data["month"])
    assert not MeasureTarget.objects.exists()
    assert not StepChange.objects.exists()
    assert not Note.objects.exists()


def test_a_step_change_is_agreed_shown_and_taken_back(signed_in, board):
    measure = make_measure(board, STEADY + FALLING)
    page = send(
        signed_in,
        board,
        "impact:measure_step_change",
        measure,
        month="January 2025",
        reason="A new front door",
        agreed_by="The board",
        agreed_on="14 January 2026",
    )
    assert "Step change: A new front door" in words_of(page)
    assert "Agreed by The board, 14 January 2026" in words_of(page)
    [step] = StepChange.objects.all()
    page = send(signed_in, board, "impact:stepchange_remove", step)
    assert "Step change: A new front door" not in words_of(page)


def test_a_holder_of_the_owning_lead_may_remark_and_others_may_not(signed_in, board):
    holder = make_member(board, Role.MEMBER)
    measure = make_measure(board, owner=make_lead(board, holder=holder))
    page = send(
        signed_in,
        board,
        "impact:measure_note",
        measure,
        by=holder,
        month="March 2026",
        text="Two teams merged.",
    )
    assert "Two teams merged." in words_of(page)
    [note] = Note.objects.all()
    for role in (Role.MEMBER, Role.CHAIR, Role.LEAD):
        client = signed_in(make_member(board, role))
        assert client.get(reverse("impact:measure_note", args=[board.slug, measure.pk])).status_code == 403
        assert client.get(reverse("impact:note_remove", args=[board.slug, note.pk])).status_code == 403
    page = send(signed_in, board, "impact:note_remove", note, by=holder)
    assert list(measure.notes.standing()) == []


@pytest.mark.parametrize(("role", "offered"), [(Role.EDITOR, True), (Role.MEMBER, False)])
def test_only_who_may_edit_is_offered_it(signed_in, board, role, offered):
    measure = make_measure(board)
    words = words_of(get(signed_in, board, "measure", measure.pk, role=role))
    assert ("Agree a step change" in words) is offered
    assert ("Add a measure" in words_of(get(signed_in, board, "impact:measure_list", role=role))) is offered


def test_a_closed_measure_says_so(signed_in, board):
    measure = make_measure(board)
    close_measure(measure, by=make_member(board))
    assert "No longer reported since" in words_of(get(signed_in, board, "measure", measure.pk))


def test_the_rules_change_what_is_printed_under_the_chart(signed_in, board):
    measure = make_measure(board)
    page = send(signed_in, board, "impact:measure_rules", measure, run_length="6", fix_after="12")
    assert "6 on one side of the mean" in words_of(page)
    page = send(signed_in, board, "impact:measure_rules", measure, fix_after="5")
    assert "Limits need at least 12 months, or leave this empty." in words_of(page)


def test_the_verdict_before_a_step_change_stays_until_there_are_enough_points(signed_in, board):
    measure = make_measure(board, FALLING + STEADY[:3])
    agree_step_change(
        measure, date(2026, 1, 1), by=None, reason="New", agreed_by="The board", agreed_on=date(2026, 2, 1)
    )
    words = words_of(get(signed_in, board, "measure", measure.pk))
    assert "Too few points since the step change of January 2026 for a new verdict: 3 of 13." in words
    assert "Until then the one before stands. Concern: 20%" in words


def test_stock_values_never_count_as_concern(signed_in, board):
    make_stock(board, tuple(400 + 10 * n for n in range(15)))
    page = get(signed_in, board, "impact:measure_list")
    assert rows_of(page) == [("Children looked after, monthly change", "unjudged")]
