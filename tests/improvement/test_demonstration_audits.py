"""The demonstration's practice audits of 2020 and of the last months, and its register."""

from collections import Counter
from datetime import date

import pytest

from audits.board_rows import AuditBoard
from audits.models import AssuranceProduct, Audit, AuditKind, Finding
from audits.services.audits import mix_of
from plans.models import Action, Board

TODAY = date(2026, 11, 22)
END_OF_2020 = date(2020, 4, 1)

pytestmark = pytest.mark.django_db


def counts_of(title):
    audit = Audit.objects.get(title=title)
    return audit.sample, {grade.word: count for grade, count in zip(*parts_of(audit), strict=True)}


def parts_of(audit):
    mix = mix_of(audit)
    return mix.grades, mix.counts


def test_the_programme_of_twelve_weeks(demonstration):
    programme = Audit.objects.filter(planned_due__lt=END_OF_2020)
    weeks = {audit.planned_due.isocalendar().week for audit in programme}
    assert (programme.count(), min(weeks), max(weeks)) == (17, 3, 13)
    assert Counter(audit.status for audit in programme) == {"done": 15, "cancelled": 2}
    assert all(audit.theme and audit.team and audit.area for audit in programme)


def test_all_early_help_cases_were_rated(demonstration):
    assert counts_of("Early help cases rated by risk") == (
        900,
        {"Red: stepped up at once": 130, "Amber: read in depth": 245, "Green: stays with early help": 525},
    )


def test_another_council_agreed_with_39_of_40_decisions(demonstration):
    assert counts_of("Front door decisions read by another council") == (40, {"Disagreed": 1, "Agreed": 39})
    audit = Audit.objects.get(title="Front door decisions read by another council")
    assert (audit.kind, audit.done_on) == (AuditKind.EXTERNAL, date(2020, 3, 12))


def test_the_board_sees_what_is_done_open_and_to_come(demonstration):
    board = AuditBoard(Board.objects.get(slug="teesmere"), TODAY)
    recent = [audit for audit in board.done if audit.done_on > END_OF_2020]
    assert Counter(audit.kind for audit in recent) == {
        "internal": 6,
        "repeat": 2,
        "external": 1,
        "live": 1,
    }
    assert [audit.title for audit in board.overdue] == ["Records of managers' oversight"]
    assert (board.under_way, len(board.coming)) == (1, 5)
    assert board.moderated == 11


def test_findings_go_every_way(demonstration):
    board = AuditBoard(Board.objects.get(slug="teesmere"), TODAY)
    assert [str(way.finding)[:21] for way in board.unanswered] == ["Half of the pathway p"]
    assert "Six of 15 records" in {str(way.finding)[:17] for way in board.unchecked}
    assert {words: number for words, _, number in board.verdicts} == {
        "Better": 2,
        "No clear change": 1,
    }
    assert Finding.objects.filter(kind="strength").count() == 6


def test_a_finding_raised_an_action(demonstration):
    raised = Action.objects.get(title__startswith="Agree before we close")
    assert [finding.audit.title for finding in raised.findings.all()] == [
        "Referrals that came back within a year"
    ]
    assert raised.added_on == date(2026, 11, 13)


def test_one_product_of_the_register_is_overdue(demonstration):
    products = AssuranceProduct.objects.current()
    overdue = products.filter(next_due__lt=TODAY)
    assert (products.count(), [str(product) for product in overdue]) == (12, ["Complaints and compliments"])
    assert all(product.reviews.exists() for product in products)
