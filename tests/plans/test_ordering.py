"""The same order on each database; the suite runs on both."""

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audits.models import GradeScale
from impact.models import Measure
from plans.models import Board, Lead, Membership, Plan, User
from plans.models.ordering import Alphabetical
from plans.services.people import find_or_create_leads
from plans.wording.alphabet import WRITTEN, alphabetical
from tests.factories import make_board, make_lead, make_member, make_plan
from tests.impact.factories import make_measure
from tests.pages import text_of
from tests.plans.editing import url

pytestmark = pytest.mark.django_db
NAMES = ["Zoe Park", "de Souza", "Élodie Roy", "O'Brien", "eva lund", "Obi Ade", "Oakley", "DeSilva"]
LISTED = ["de Souza", "DeSilva", "Élodie Roy", "eva lund", "Oakley", "Obi Ade", "O'Brien", "Zoe Park"]
LETTERS = st.sampled_from(WRITTEN) | st.characters(codec="utf-8", exclude_characters="\0")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(names=st.lists(st.text(LETTERS, min_size=1, max_size=8), max_size=8))
def test_a_database_sorts_as_python_does(names):
    boards = Board.objects.bulk_create(
        Board(council=name, name="", slug=f"sorted-{n}") for n, name in enumerate(names)
    )
    found = Board.objects.filter(pk__in=[board.pk for board in boards])
    assert list(found.values_list("council", flat=True)) == sorted(names, key=alphabetical)
    found.delete()


def test_people_are_listed_by_name_wherever_they_come_from():
    board = make_board()
    for name in NAMES:
        make_member(board, name=name)
    assert [user.name for user in User.objects.all()] == LISTED
    assert [row.user.name for row in Membership.objects.all()] == LISTED
    assert [row.user.name for row in Membership.objects.reverse()] == LISTED[::-1]
    assert Membership.objects.last().user.name == "Zoe Park"


def test_leads_and_their_holdings_are_listed_by_name(signed_in):
    board = make_board()
    holder = make_member(board, "administrator", "Ada Finch")
    for name in NAMES:
        make_lead(board, name, holder=holder)
    assert [lead.name for lead in Lead.objects.all()] == LISTED
    assert [holding.lead.name for holding in holder.holdings.order_by("lead")] == LISTED
    words = text_of(signed_in(holder).get(url(board, "member_list")))
    assert "; ".join(LISTED) in words
    listed = text_of(signed_in(holder).get(url(board, "lead_list")))
    assert sorted(LISTED, key=lambda name: listed.index(f"{name} Ada Finch")) == LISTED


def test_boards_measures_and_scales_are_listed_by_name():
    boards = [make_board(council="Ösberg Council", name=name) for name in NAMES]
    assert [board.name for board in Board.objects.all()] == LISTED
    for name in NAMES:
        measure = make_measure(boards[0], name=name)
        Measure.objects.filter(pk=measure.pk).update(position=1)
        GradeScale.objects.create(board=boards[0], name=name)
    assert [measure.name for measure in Measure.objects.all()] == LISTED
    assert [scale.name for scale in boards[0].grade_scales.all() if scale.name in LISTED] == LISTED


def test_of_equal_names_the_older_row_comes_first():
    board = make_board()
    find_or_create_leads(board, ["Zoe", "Zoë", "Zo'e"], by=None)
    names = Lead.objects.annotate(listed=Alphabetical(F("name"))).values_list("name", "listed")
    assert list(names) == [("Zoe", "zoe"), ("Zoë", "zoe"), ("Zo'e", "zoe")]


def test_a_plan_without_a_beginning_comes_last():
    board = make_board()
    for title, starts in (("Never", None), ("Old", "2024-04-01"), ("New", "2026-04-01")):
        make_plan(board, title, starts=starts)
    assert [plan.title for plan in Plan.objects.all()] == ["New", "Old", "Never"]
