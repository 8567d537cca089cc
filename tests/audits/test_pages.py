"""The pages of audits: board page, list, one audit, and what leaves the board's circle."""

import csv
import io
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from audits.services.audits import cancel_audit
from audits.services.findings import link_actions
from audits.services.scales import create_scale
from plans.models import Role
from tests.audits.factories import make_audit, make_done, make_finding, make_repeat
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_update
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day():
    with time_machine.travel("2026-11-22 12:00", tick=False):
        yield


@pytest.fixture
def board():
    return make_board()


def get(signed_in, board, name, *args, role=Role.EDITOR, **query):
    client = signed_in(make_member(board, role))
    return client.get(reverse(f"audits:{name}", args=[board.slug, *args]), query)


def titles(page):
    return [row.record.title for row in page.context["table"].rows]


def test_the_board_page_answers_with_numbers_first(signed_in, board):
    make_done(board, counts=(4, 10, 6, 0), read_twice=10, agreed=9)
    make_done(board, grading="agreement", counts=(1, 39))
    make_audit(board, planned="October 2026")
    make_audit(board, planned="January 2027")
    page = get(signed_in, board, "board")
    assert text_of(page, "answer") == "2 of 4 audits on the programme done, 60 cases looked at. 1 overdue."
    assert text_of(page, "moderation") == "9 of 10 (90%) agreed"
    assert [mixes.words for mixes in page.context["page"].mixes] == [
        ("Inadequate", "Requires improvement", "Good", "Outstanding"),
        ("Disagreed", "Agreed"),
    ]


def test_the_programme_by_month(signed_in, board):
    make_done(board, planned="March 2026", sample_wanted=25)
    make_audit(board, planned="10 March 2026", sample_wanted=5)
    make_audit(board, planned="January 2027")
    months = get(signed_in, board, "board").context["page"].months
    assert [(row.month, [number for _, number in row.numbers]) for row in months] == [
        (date(2026, 3, 1), [2, 1, 1, 30, 20]),
        (date(2027, 1, 1), [1, 0, 0, 0, 0]),
    ]


def test_findings_wait_for_an_action_and_then_for_a_repeat(signed_in, board):
    audit = make_done(board)
    finding = make_finding(audit, "Visits are late")
    make_finding(audit, "Children are heard", kind="strength")
    page = get(signed_in, board, "board").context["page"]
    assert ([way.finding for way in page.unanswered], page.unchecked) == ([finding], [])
    action = make_action(make_area(make_plan(board)))
    link_actions(finding, [action], by=None)
    make_update(action, "complete", on=date(2026, 5, 10))
    page = get(signed_in, board, "board").context["page"]
    assert (page.unanswered, [way.finding for way in page.unchecked]) == ([], [finding])
    make_repeat(audit)
    page = get(signed_in, board, "board").context["page"]
    assert (page.unanswered, page.unchecked, page.verdicts) == ([], [], [("Better", "ok", 1)])


def test_where_the_plan_asks_for_sign_off_complete_alone_is_not_done(signed_in, board):
    finding = make_finding(make_done(board))
    action = make_action(make_area(make_plan(board, blue_needs_sign_off=True)))
    link_actions(finding, [action], by=None)
    make_update(action, "complete", on=date(2026, 5, 10))
    [way] = get(signed_in, board, "board").context["page"].ways
    assert (way.is_answered, way.done_on) == (True, None)


def test_a_board_without_audits_says_what_to_do(signed_in, board):
    page = get(signed_in, board, "board")
    assert text_of(page, "answer") == "No audit is planned yet."
    assert "Plan the first audit" in text_of(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Planned", "Late", "Done"]),
        ({"state": "done"}, ["Done"]),
        ({"state": "open"}, ["Planned", "Late"]),
        ({"state": "overdue"}, ["Late"]),
        ({"state": "cancelled"}, ["Cancelled"]),
        ({"kind": "external"}, ["Late"]),
        ({"theme": "Visits"}, ["Done"]),
        ({"q": "lat"}, ["Late"]),
    ],
)
def test_the_list_is_narrowed(signed_in, board, query, found):
    make_done(board, "Done", theme="Visits")
    make_audit(board, "Late", kind="external", planned="October 2026")
    make_audit(board, "Planned", planned="January 2027")
    cancel_audit(make_audit(board, "Cancelled"), by=None, reason="Not needed")
    assert titles(get(signed_in, board, "audit_list", **query)) == found


def test_the_list_is_narrowed_by_area_and_lead(signed_in, board):
    area = make_area(make_plan(board))
    lead = make_lead(board)
    make_audit(board, "Ours", area=make_area(area.plan, "Inside", parent=area), lead=lead)
    make_audit(board, "Another")
    client = signed_in(make_member(board))
    address = reverse("audits:audit_list", args=[board.slug])
    assert titles(client.get(address, {"lead": lead.pk})) == ["Ours"]
    assert titles(client.get(address, {"area": area.pk})) == []
    assert titles(client.get(address, {"area": area.children.get().pk})) == ["Ours"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("audit", "ABC"),
        ("-audit", "CBA"),
        ("planned", "BCA"),
        ("-planned", "ACB"),
        ("sample", "BAC"),
        ("-sample", "ABC"),
        ("lead", "CAB"),
        ("-lead", "CAB"),
        ("theme", "CBA"),
        ("-theme", "ABC"),
        ("status", "BAC"),
        ("-status", "CAB"),
    ],
)
def test_each_column_that_sorts_sorts_both_ways(signed_in, board, order, expected):
    make_done(board, "A", planned="September 2026", theme="C", counts=(0, 9, 0, 0))
    make_done(board, "B", planned="May 2026", theme="B", counts=(0, 3, 0, 0))
    make_audit(board, "C", planned="June 2026", theme="A", lead=make_lead(board))
    assert "".join(titles(get(signed_in, board, "audit_list", sort=order))) == expected


def test_the_list_downloads_with_more_columns(signed_in, board):
    make_done(board, "Visits", theme="Seen", read_twice=10, agreed=9, area=make_area(make_plan(board)))
    page = get(signed_in, board, "audit_list", _export="csv")
    [row] = csv.DictReader(io.StringIO(page.content.decode("utf-8-sig")))
    wanted = ("Audit", "Theme", "Area", "State", "Cases", "Grades", "Second reader")
    assert [row[name] for name in wanted] == [
        "Visits",
        "Seen",
        "Front door",
        "Done",
        "20",
        "Inadequate 4, Requires improvement 10, Good 6, Outstanding 0",
        "9 of 10 (90%) agreed",
    ]


def test_one_audit_with_its_grades_and_its_repeat(signed_in, board):
    audit = make_done(board, "Plans", read_twice=3, agreed=2)
    repeat = make_repeat(audit)
    page = get(signed_in, board, "audit", audit.pk)
    assert text_of(page, "answer") == (
        "20 cases looked at on 31 March 2026. 6 of 20 (30%) good or outstanding."
    )
    assert "2 of 3 agreed" in text_of(page)
    words = text_of(get(signed_in, board, "audit", repeat.pk))
    assert "Better 6 of 20 (30%) good or outstanding, then 15 of 20 (75%) good or outstanding" in words


def test_an_audit_that_is_made_often_asks_to_be_made_again(signed_in, board):
    audit = make_done(board, frequency="six-monthly")
    assert "next on 30 September 2026" in text_of(get(signed_in, board, "audit", audit.pk))
    make_repeat(audit)
    assert "next on" not in text_of(get(signed_in, board, "audit", audit.pk))


def test_a_member_reads_and_is_offered_no_change(signed_in, board):
    audit = make_done(board)
    make_finding(audit)
    words = text_of(get(signed_in, board, "audit", audit.pk, role=Role.MEMBER))
    assert [words.count(each) for each in ("Plan a repeat", "Add a finding", "Raise an action", "Edit")] == [
        0,
        0,
        0,
        0,
    ]


def test_small_counts_are_hidden_in_what_is_published(signed_in, board):
    make_done(board, "Plans", counts=(2, 10, 6, 2), read_twice=10, agreed=9)
    page = get(signed_in, board, "audit_published")
    [published] = page.context["published"]
    assert [(words, cell.text) for words, cell in published.cells] == [
        ("Inadequate", "fewer than 5"),
        ("Requires improvement", "10"),
        ("Good", "6"),
        ("Outstanding", "fewer than 5"),
        ("Cases looked at", "20"),
        ("Second reader agreed", "hidden"),
        ("Second reader disagreed", "fewer than 5"),
        ("Read by a second reader", "10"),
    ]
    download = get(signed_in, board, "audit_published", _export="csv").content.decode("utf-8-sig")
    assert "Plans,31/03/2026,Inadequate,fewer than 5" in download


def test_a_small_sample_does_not_show_through_its_grades(signed_in, board):
    make_done(board, counts=(0, 1, 2, 0), sample=4)
    [published] = get(signed_in, board, "audit_published").context["published"]
    assert {cell.text for _, cell in published.cells} == {"0", "fewer than 5"}


@pytest.mark.parametrize("name", ["audit_list", "audit_published", "product_list"])
def test_no_other_download_is_made(signed_in, board, name):
    assert get(signed_in, board, name, _export="exe").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("board", 11), ("audit_list", 9), ("audit_published", 5), ("audit", 14)]
)
def test_a_fixed_number_of_queries(signed_in, django_assert_num_queries, board, rows, name, queries):
    area = make_area(make_plan(board))
    for _ in range(rows):
        audit = make_done(board, area=area, lead=make_lead(board))
        for _ in range(rows):
            action = make_action(area)
            link_actions(make_finding(audit), [action], by=None)
            make_update(action, "complete", on=date(2026, 5, 1))
        make_repeat(audit)
    create_scale(board, "Standards", ["No", "Yes"], by=None, good=1)
    client = signed_in(make_member(board, Role.EDITOR))
    arguments = [audit.pk] if name == "audit" else []
    address = reverse(f"audits:{name}", args=[board.slug, *arguments])
    with django_assert_num_queries(queries):
        client.get(address)
