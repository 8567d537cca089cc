"""The forms of audits, findings and scales, sent as a browser sends them."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from audits.models import Audit, Finding, GradeScale
from audits.services.audits import record_results
from audits.services.scales import create_scale
from plans.models import Action, Role
from tests.audits.factories import make_audit, make_done, make_finding
from tests.audits.sending import send
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan
from tests.pages import fields_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day():
    with time_machine.travel("2026-11-22 12:00", tick=False):
        yield


@pytest.fixture
def board():
    return make_board()


PLANNED = {"title": "Visits in time", "planned_text": "March 2027"}


def test_an_audit_is_planned(signed_in, board):
    area, lead = make_area(make_plan(board)), make_lead(board)
    chosen = {"area": area.pk, "lead": lead.pk, "sample_wanted": "25", "graded_by": "agreement"}
    page = send(signed_in, board, "audit_new", **PLANNED, **chosen)
    audit = Audit.objects.get()
    assert "“Visits in time” is on the programme." in text_of(page)
    assert (audit.planned_due, audit.area, audit.lead, audit.sample_wanted, audit.grading) == (
        date(2027, 3, 31),
        area,
        lead,
        25,
        "agreement",
    )


def test_an_audit_is_graded_by_a_scale_of_the_board(signed_in, board):
    scale = create_scale(board, "Standards", ["Not met", "Met"], by=None, good=1)
    send(signed_in, board, "audit_new", **PLANNED, graded_by=f"scale-{scale.pk}")
    assert Audit.objects.get().scale == scale


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title": ""}, "Say what is audited"),
        ({"planned_text": ""}, "Write a month or a day, such as March 2026"),
        ({"planned_text": "soon"}, "Write a month or a day, such as March 2026 or 27/3/2026."),
        ({"kind": "repeat"}, "Choose the audit that it repeats, or another kind"),
        ({"sample_wanted": "0"}, "A sample is 1 case or more."),
    ],
)
def test_what_cannot_be_planned_says_what_to_do(signed_in, board, changed, message):
    page = send(signed_in, board, "audit_new", **(PLANNED | changed))
    assert message in text_of(page)
    assert not Audit.objects.exists()


def test_an_earlier_audit_is_repeated_only_by_a_repeat(signed_in, board):
    earlier = make_done(board)
    page = send(signed_in, board, "audit_new", **PLANNED, repeats=earlier.pk)
    assert "Choose “None” here, or “Repeat of an earlier one” as the kind" in text_of(page)


def test_a_repeat_is_planned_from_the_earlier_one(signed_in, board):
    audit = make_done(board, "Plans", theme="Planning", sample_wanted=20)
    send(signed_in, board, "audit_new", query=f"?repeats={audit.pk}", planned_text="January 2027")
    repeat = Audit.objects.get(repeats=audit)
    assert (repeat.title, repeat.kind, repeat.theme, repeat.sample_wanted) == (
        "Plans: repeat",
        "repeat",
        "Planning",
        20,
    )


def test_a_planned_audit_is_under_way(signed_in, board):
    audit = make_audit(board)
    send(signed_in, board, "audit_edit", audit.pk, status="under_way")
    audit.refresh_from_db()
    assert audit.status == "under_way"


RESULTS = {"done_on": "31/3/2026", "sample": "20", "grade_0": "4", "grade_1": "10", "grade_2": "6"}


def test_whoever_holds_the_lead_enters_results(signed_in, board):
    holder = make_member(board)
    audit = make_audit(board, lead=make_lead(board, holder=holder))
    page = send(signed_in, board, "audit_results", audit.pk, by=holder, **RESULTS, read_twice="5", agreed="4")
    audit.refresh_from_db()
    assert "The results are saved." in text_of(page)
    assert (audit.sample, audit.graded, audit.read_twice, audit.agreed) == (20, 20, 5, 4)
    assert [row.count for row in audit.grades.all()] == [4, 10, 6, 0]


def test_who_holds_another_lead_enters_none(signed_in, board):
    other = make_member(board)
    make_lead(board, "Another", holder=other)
    audit = make_audit(board, lead=make_lead(board))
    client = signed_in(other)
    assert client.get(reverse("audits:audit_results", args=[board.slug, audit.pk])).status_code == 403


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"done_on": "23/11/2026"}, "today or earlier"),
        ({"done_on": ""}, "Enter the day the audit was done"),
        ({"sample": ""}, "Give the number of cases looked at"),
        ({"grade_3": "9"}, "The grades add up to 29, but 20 cases were looked at. Change one of them"),
        ({"read_twice": "21"}, "More cases were read again than were looked at."),
        ({"read_twice": "3", "agreed": "4"}, "The second reader agreed with more cases than they read."),
        ({"grade_0": "-1"}, "Enter 0 or more for “Inadequate”"),
        ({"read_twice": "-1"}, "Enter 0 or more for “Read again by a second reader”"),
        ({"agreed": "two"}, "Enter a whole number for “Of these, second reader agreed with”"),
    ],
)
def test_results_that_cannot_be_say_what_to_do(signed_in, board, changed, message):
    audit = make_audit(board)
    page = send(signed_in, board, "audit_results", audit.pk, **(RESULTS | changed))
    assert message in text_of(page)
    assert not audit.grades.exists()


def test_two_who_enter_results_at_once_meet(signed_in, board):
    audit = make_audit(board)
    address = reverse("audits:audit_results", args=[board.slug, audit.pk])
    client = signed_in(make_member(board, Role.EDITOR))
    opened = fields_of(client.get(address), "token")
    by = make_member(board, Role.EDITOR, "Programme office")
    record_results(audit, by=by, done_on=date(2026, 3, 30), sample=30, counts=[0, 20, 10, 0])
    page = client.post(address, opened | RESULTS, follow=True)
    assert "Programme office changed this while you were writing" in text_of(page)
    audit.refresh_from_db()
    assert (audit.sample, audit.done_on) == (30, date(2026, 3, 30))


def test_text_that_may_name_a_child_is_asked_about_before_it_is_saved(signed_in, board):
    audit = make_done(board)
    text = "Child A, aged 7, was not seen: 943 476 5919"
    client = signed_in(make_member(board, Role.EDITOR))
    address = reverse("audits:finding_new", args=[board.slug, audit.pk])
    page = client.post(address, fields_of(client.get(address), "token") | {"text": text})
    words = text_of(page)
    assert "What was found: “943 476 5919” looks like an NHS number." in words
    assert "What was found: “aged 7” looks like one child’s age." in words
    assert not Finding.objects.exists()
    again = fields_of(page, "token") | {"names_nobody": ["Child A", "aged 7"]}
    page = client.post(address, again)
    assert "“aged 7” looks like" not in text_of(page)
    assert not Finding.objects.exists()
    again = fields_of(page, "token") | {"names_nobody": ["Child A", "aged 7", "943 476 5919"]}
    client.post(address, again)
    assert Finding.objects.get().text == text


def test_text_that_stood_before_is_not_asked_about_again(signed_in, board):
    finding = make_finding(make_done(board), "Case 123456 again")
    send(signed_in, board, "finding_edit", finding.pk, theme="Visits")
    finding.refresh_from_db()
    assert (finding.theme, finding.text) == ("Visits", "Case 123456 again")


def test_a_finding_raises_an_action(signed_in, board):
    area = make_area(make_plan(board))
    finding = make_finding(make_done(board))
    page = send(
        signed_in,
        board,
        "finding_action",
        finding.pk,
        title="Write visits up",
        area=area.pk,
        leads_text="Head of Service for Assessment",
        target_text="May 2027",
    )
    action = Action.objects.get()
    assert list(finding.actions.all()) == [action]
    assert (action.title, action.target_due) == ("Write visits up", date(2027, 5, 31))
    assert "“Write visits up” is in the plan and answers the finding." in text_of(page)


def test_an_action_without_a_readable_day_is_asked_about(signed_in, board):
    area = make_area(make_plan(board))
    finding = make_finding(make_done(board))
    page = send(
        signed_in, board, "finding_action", finding.pk, title="Act", area=area.pk, target_text="32/13/2026"
    )
    assert "There is no such day" in text_of(page)
    assert not Action.objects.exists()


def test_a_finding_is_linked_to_a_standing_action(signed_in, board):
    action = make_action(make_area(make_plan(board)))
    finding = make_finding(make_done(board))
    page = send(signed_in, board, "finding_link", finding.pk, actions=[action.pk])
    assert "1 action answers the finding now." in text_of(page)
    assert list(finding.actions.all()) == [action]


def test_a_finding_is_removed_with_a_reason(signed_in, board):
    finding = make_finding(make_done(board))
    assert "Say why it is removed" in text_of(send(signed_in, board, "finding_remove", finding.pk))
    send(signed_in, board, "finding_remove", finding.pk, reason="Of another audit")
    assert not Finding.objects.exists()


def test_learning_cancelling_and_taking_back(signed_in, board):
    audit = make_done(board)
    send(signed_in, board, "audit_learning", audit.pk, text="Plan sooner", on="1/4/2026")
    audit.refresh_from_db()
    assert (audit.learning, audit.learning_on) == ("Plan sooner", date(2026, 4, 1))
    send(signed_in, board, "audit_results_back", audit.pk, reason="Of another audit")
    send(signed_in, board, "audit_cancel", audit.pk, reason="Not needed")
    audit.refresh_from_db()
    assert (audit.status, audit.cancelled_reason) == ("cancelled", "Not needed")
    send(signed_in, board, "audit_reopen", audit.pk)
    audit.refresh_from_db()
    assert audit.status == "planned"


def test_a_scale_is_added_and_edited(signed_in, board):
    send(signed_in, board, "scale_new", name="Standards", words="Not met\nPartly\nMet", good="1")
    scale = GradeScale.objects.get()
    send(signed_in, board, "scale_edit", scale.pk, words="Not met\nMet")
    assert [(grade.word, grade.is_good) for grade in scale.grades.all()] == [
        ("Not met", False),
        ("Met", True),
    ]
    assert "Give a number from 1 to 1." in text_of(send(signed_in, board, "scale_edit", scale.pk, good="5"))
