"""The board's history tells of audits and the assurance register beside everything else."""

from datetime import date

import pytest
from django.urls import reverse

from audits.services.assurance import withdraw_review
from audits.services.audits import record_results
from audits.services.findings import edit_finding, link_actions, remove_finding
from plans.models import Role
from tests.audits.factories import make_done, make_finding, make_product, make_review
from tests.factories import make_action, make_area, make_board, make_member, make_plan
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board()


def history(signed_in, board, **query):
    client = signed_in(make_member(board))
    return text_of(client.get(reverse("plans:history", args=[board.slug]), query))


def test_results_that_were_mended(signed_in, board):
    editor = make_member(board, Role.EDITOR, "Programme office")
    audit = make_done(board, "Visits in time", counts=(4, 10, 6, 0))
    record_results(audit, by=editor, done_on=date(2026, 3, 31), sample=20, counts=[4, 9, 7, 0])
    page = history(signed_in, board, kind="audit")
    assert "Grade Good of audit Visits in time" in page
    assert "Audit Visits in time" in page
    assert "Programme office" in page


def test_a_finding_with_its_action_and_its_end(signed_in, board):
    finding = make_finding(make_done(board, "Visits in time"), "Visits are late")
    action = make_action(make_area(make_plan(board)), "Write visits up")
    link_actions(finding, [action], by=None)
    edit_finding(finding, by=None, text="Visits are two weeks late", kind="need")
    remove_finding(finding, by=None, reason="Of another audit")
    page = history(signed_in, board, kind="audit")
    assert "Finding of audit Visits in time" in page
    assert "Action Write visits up for the finding “Visits are two weeks late”" in page
    assert "Of another audit" in page


def test_a_review_that_was_taken_back(signed_in, board):
    withdraw_review(make_review(make_product(board, "Performance report")), by=None)
    page = history(signed_in, board, kind="assurance")
    assert "Assurance product Performance report" in page
    assert "Review of Performance report" in page
    assert "Practice audits" in page
