"""Entering values in the grid: typed or pasted, good ones saved and wrong ones kept open."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from impact.grid_forms import MeasureGrid
from impact.models import Observation
from impact.services.measures import create_measure
from impact.services.observations import set_value
from impact.years import Year, year_from
from plans.models import Role
from tests.factories import make_board, make_lead, make_member
from tests.pages import fields_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)


@pytest.fixture
def board():
    return make_board("harbour")


@pytest.fixture
def editor(board):
    return make_member(board, Role.EDITOR, "Editor One")


@pytest.fixture
def other(board):
    return make_member(board, Role.EDITOR, "Editor Two")


@pytest.fixture
def cla(board):
    return create_measure(board, "CLA", by=None, is_stock=True)


@pytest.fixture
def timely(board):
    return create_measure(board, "Contacts in time", by=None, unit="percent")


def address(query="year=2026&by=calendar"):
    return f"{reverse('impact:measure_grid', args=['harbour'])}?{query}"


def name(measure, month):
    return f"v-{measure.pk}-2026{month:02}"


def send(web, page=None, button="save", **fields):
    """Sends the form as it stands on the page, with other values for some fields."""
    page = page or web.get(address())
    data = fields_of(page, "pasted") | {button: "yes"} | fields
    for unused in {"save", "read"} - {button}:
        data.pop(unused, None)
    return web.post(address(), data, follow=True)


def values(measure):
    rows = measure.observations.latest().order_by("month")
    return {row.month.month: float(row.value) for row in rows if row.value is not None}


def mistakes(page):
    return [words for words, _ in page.context["mistakes"]]


def test_figures_are_saved_once_as_they_are_typed(signed_in, editor, cla, timely):
    web = signed_in(editor)
    fields = {
        name(cla, 1): "451",
        name(cla, 3): " 1,460 ",
        name(timely, 1): "52.5%",
        name(timely, 2): "39/40",
    }
    page = send(web, **fields)
    assert "4 values are saved." in text_of(page)
    assert (values(cla), values(timely)) == ({1: 451, 3: 1460}, {1: 52.5, 2: 97.5})
    row = timely.observations.get(month=date(2026, 2, 1))
    assert (row.numerator, row.denominator, row.by) == (39, 40, editor)
    shown = fields_of(page, "pasted")
    assert [shown[name(timely, 1)], shown[name(timely, 2)], shown[name(cla, 3)]] == ["52.5", "39/40", "1460"]
    assert "Nothing was changed." in text_of(send(web))
    assert Observation.objects.count() == 4


def test_a_changed_or_emptied_value_keeps_the_old_one(signed_in, editor, cla):
    set_value(cla, date(2026, 1, 1), Decimal(451), by=None)
    set_value(cla, date(2026, 2, 1), Decimal(455), by=None)
    send(signed_in(editor), **{name(cla, 1): "452", name(cla, 2): ""})
    assert values(cla) == {1: 452}
    assert [row.value for row in cla.observations.order_by("id")] == [451, 455, 452, None]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("lots", "“lots” is not a number. Write a figure, such as 52 or 39/40, or leave the cell empty."),
        ("-4", "A percentage can't be below 0. Check the figure and its sign."),
        ("140", "A percentage can't be above 100: 140 was given."),
        ("3/0", "The part can't be below 0, and the whole must be above 0."),
    ],
)
def test_a_wrong_cell_stays_open_with_its_reason_and_the_good_are_saved(
    signed_in, editor, cla, timely, typed, words
):
    web = signed_in(editor)
    page = send(web, **{name(cla, 1): "451", name(timely, 3): typed})
    assert values(cla) == {1: 451}
    [said] = mistakes(page)
    assert said.startswith(f"Contacts in time, March 2026: {words}")
    assert page.context["heading"] == "1 value saved, 1 needs you"
    assert fields_of(page, "pasted")[name(timely, 3)] == typed
    assert text_of(page, f"{name(timely, 3)}-said").startswith(f"March 2026: {words}")
    page = send(web, page, **{name(timely, 3): "40"})
    assert "1 value is saved." in text_of(page)
    assert values(timely) == {3: 40}


def test_a_share_of_a_count_and_a_sign_of_per_cent_are_refused(signed_in, editor, cla):
    page = send(signed_in(editor), **{name(cla, 1): "39/40", name(cla, 2): "52%"})
    assert mistakes(page) == [
        "CLA, January 2026: A count has no parts. Leave the two parts empty.",
        "CLA, February 2026: This measure is no percentage. Leave out the % sign, or change the measure's "
        "unit.",
    ]


def test_what_somebody_else_changed_meanwhile_is_shown_and_nothing_is_lost(signed_in, editor, other, cla):
    set_value(cla, date(2026, 1, 1), Decimal(451), by=None)
    web = signed_in(editor)
    page = web.get(address())
    set_value(cla, date(2026, 1, 1), Decimal(460), by=other)
    set_value(cla, date(2026, 2, 1), Decimal(470), by=other)
    page = send(web, page, **{name(cla, 1): "455", name(cla, 3): "480"})
    assert mistakes(page) == [
        "CLA, January 2026: Editor Two has changed it to 460 meanwhile. Save again to put yours in its place."
    ]
    assert values(cla) == {1: 460, 2: 470, 3: 480}
    assert fields_of(page, "pasted")[name(cla, 1)] == "455"
    send(web, page)
    assert values(cla) == {1: 455, 2: 470, 3: 480}


def test_one_s_own_change_in_another_window_is_told_as_one_s_own(editor, cla):
    sent, january = {name(cla, 1): "455", f"was-{name(cla, 1)}": "0"}, date(2026, 1, 1)
    set_value(cla, january, Decimal(460), by=editor)
    [at] = {timezone.localtime(row.recorded_at) for row in cla.observations.all()}
    grid = MeasureGrid([cla], [cla], [january], timezone.localdate(), sent)
    grid.save(by=editor)
    [cell] = grid.wrong
    assert cell.error.startswith("You changed it to 460 ")
    assert cell.error.endswith(f"at {at:%H:%M} in another window. Save again to put yours in its place.")


def test_what_somebody_else_saved_while_this_waited_is_no_less_shown(editor, other, cla):
    sent, january = {name(cla, 1): "455", f"was-{name(cla, 1)}": "0"}, date(2026, 1, 1)
    grid = MeasureGrid([cla], [cla], [january], date(2026, 6, 15), sent)
    set_value(cla, january, Decimal(460), by=other)
    grid.save(by=editor)
    assert [cell.error for cell in grid.wrong] == [
        "Editor Two has changed it to 460 meanwhile. Save again to put yours in its place."
    ]
    assert (grid.saved, values(cla)) == (0, {1: 460})


def test_the_same_change_by_two_people_is_one(signed_in, editor, other, cla):
    web = signed_in(editor)
    page = web.get(address())
    set_value(cla, date(2026, 1, 1), Decimal(451), by=other)
    assert "Nothing was changed." in text_of(send(web, page, **{name(cla, 1): "451"}))
    assert Observation.objects.count() == 1


def test_a_second_press_saves_nothing_twice(signed_in, editor, cla):
    web = signed_in(editor)
    page = web.get(address())
    send(web, page, **{name(cla, 1): "451"})
    assert "saved once" in text_of(send(web, page, **{name(cla, 1): "452"}))
    assert values(cla) == {1: 451}


def test_a_block_is_shown_before_it_is_saved(signed_in, editor, cla, timely):
    set_value(cla, date(2026, 1, 1), Decimal(451), by=None)
    set_value(cla, date(2026, 2, 1), Decimal(455), by=None)
    web = signed_in(editor)
    block = "\tJan-26\tFeb-26\tDec-25\nCLA\t451\t456\t440\nContacts in time\t52%\tlots\t\nOther\t1\t2\t3"
    page = send(web, button="read", pasted=block)
    words = text_of(page)
    assert "The block holds 5 values: 4 would change." in words
    assert "Other months and measures in the block" in words
    assert mistakes(page) == [
        "Contacts in time, February 2026: “lots” is not a number. Write a figure, such as 52 or 39/40, "
        "or leave the cell empty.",
        "“Other” is no measure here, so its row was left out. Write the name as it stands in the table, or "
        "add the measure first.",
    ]
    assert values(cla) == {1: 451, 2: 455}
    shown = fields_of(page, "pasted")
    assert (shown["pasted"], shown[name(cla, 2)], shown[f"v-{cla.pk}-202512"]) == (block, "456", "440")
    page = send(web, page)
    assert (page.context["heading"], fields_of(page, "pasted")["pasted"]) == (
        "3 values saved, 1 needs you",
        block,
    )
    assert page.context["grid"].beside == []
    send(web, page, **{name(timely, 2): ""})
    assert values(cla) == {1: 451, 2: 456, 12: 440}
    assert values(timely) == {1: 52}


def test_a_block_without_headings_starts_where_it_is_told(signed_in, editor, cla, timely):
    page = send(
        signed_in(editor), button="read", pasted="52%\t53%", first=str(timely.pk), **{"from": "202603"}
    )
    assert [(cell.label, cell.text) for cell in page.context["grid"].changed] == [
        ("Contacts in time, March 2026", "52%"),
        ("Contacts in time, April 2026", "53%"),
    ]


def test_an_empty_block_says_what_to_do_and_keeps_what_was_typed(signed_in, editor, cla):
    page = send(signed_in(editor), button="read", **{name(cla, 1): "451"})
    assert mistakes(page) == ["Paste the block into the field first."]
    assert fields_of(page, "pasted")[name(cla, 1)] == "451"
    assert Observation.objects.count() == 0


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("\n".join("1" * 501), "The block has more than 500 rows or columns. Paste a part of it at a time."),
        ("\tJan-26\nCLA\t-", "No figure was found in the block. Copy it again with its figures."),
    ],
)
def test_a_block_of_which_nothing_was_read_is_not_said_to_stand_anywhere(
    signed_in, editor, cla, block, words
):
    page = send(signed_in(editor), button="read", pasted=block)
    assert mistakes(page) == [words]
    assert "The block holds" not in text_of(page)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("451", "The block holds 1 value: 0 would change. Nothing is saved yet."),
        ("452", "1 value: 1 would change. It stands in the cells below, marked. Nothing is saved yet."),
        ("452\t3", "2 values: 2 would change. They stand in the cells below, marked. Nothing is saved yet."),
    ],
)
def test_only_what_would_change_is_said_to_stand_marked(signed_in, editor, cla, block, words):
    set_value(cla, date(2026, 1, 1), Decimal(451), by=None)
    page = send(signed_in(editor), button="read", pasted=block, **{"from": "202601"})
    assert words in text_of(page)


@pytest.mark.parametrize(
    ("month", "words"),
    [("Jan-1900", "January 1900 is too long ago."), ("Dec-26", "December 2026 has not begun yet.")],
)
def test_a_block_of_long_ago_or_to_come_is_refused(signed_in, editor, cla, month, words):
    page = send(signed_in(editor), button="read", pasted=f"\t{month}\nCLA\t451")
    assert mistakes(page)[0].startswith(
        f"CLA, {'January 1900' if '1900' in month else 'December 2026'}: {words}"
    )
    page = send(signed_in(editor), page)
    assert page.context["heading"] == "0 values saved, 1 needs you"
    assert Observation.objects.count() == 0


def test_who_holds_a_measures_lead_enters_its_values_alone(signed_in, board, cla, timely):
    holder = make_member(board, Role.MEMBER, "Holder")
    timely.owner = make_lead(board, holder=holder)
    timely.save()
    web = signed_in(holder)
    page = web.get(address())
    assert [measure.name for measure, *_ in page.context["grid"].rows] == ["Contacts in time"]
    send(web, page, **{name(timely, 1): "52", name(cla, 1): "451"})
    assert (values(timely), values(cla)) == ({1: 52}, {})


def test_who_holds_none_is_told_so(signed_in, board, cla):
    page = signed_in(make_member(board, Role.LEAD)).get(address())
    assert "You hold no measure whose values you may enter." in text_of(page)


def test_a_month_to_come_has_no_cell(signed_in, editor, cla):
    shown = fields_of(signed_in(editor).get(address()), "pasted")
    assert [month for month in range(1, 13) if name(cla, month) in shown] == [1, 2, 3, 4, 5, 6]


def test_what_was_sent_after_the_session_ended_is_offered_again(signed_in, client, editor, cla):
    web = signed_in(editor)
    page = web.get(address())
    data = fields_of(page, "pasted") | {name(cla, 1): "451", "save": "yes"}
    web.logout()
    web.post(address(), data)
    page = signed_in(editor).get(address())
    assert fields_of(page, "pasted")[name(cla, 1)] == "451"
    assert Observation.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_grid_asks_the_database_as_often_for_any_number_of_measures(
    signed_in, board, editor, number, django_assert_num_queries
):
    for n in range(number):
        measure = create_measure(board, f"Measure {n}", by=None)
        for month in range(1, 6):
            set_value(measure, date(2026, month, 1), Decimal(month), by=editor)
    web = signed_in(editor)
    web.get(address())
    with django_assert_num_queries(6):
        web.get(address())


@pytest.mark.parametrize(
    ("first", "kind", "words", "start"),
    [
        (None, None, "2026/27", date(2026, 4, 1)),
        ("2019", None, "2019/20", date(2019, 4, 1)),
        ("2019", "calendar", "2019", date(2019, 1, 1)),
        ("1066", "calendar", "2026", date(2026, 1, 1)),
        ("x", "lunar", "2026/27", date(2026, 4, 1)),
        ("1999", "financial", "1999/00", date(1999, 4, 1)),
    ],
)
def test_a_page_is_a_year(first, kind, words, start):
    year = year_from(first, kind, date(2026, 6, 15))
    assert (year.words, year.months[0], len(year.months)) == (words, start, 12)


def test_in_april_the_year_of_the_last_month_is_shown():
    assert year_from(None, None, date(2026, 4, 20)) == Year(2025)
