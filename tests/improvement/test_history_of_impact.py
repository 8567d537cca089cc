"""The board's history tells of measures and narratives beside everything else."""

from datetime import date

import pytest
from django.urls import reverse

from impact.services.measures import edit_measure
from impact.services.narratives import draft_narrative, edit_narrative
from plans.models import Role
from tests.factories import make_area, make_member, make_plan
from tests.impact.measuring import make_measure
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area(make_plan(), "Front door")


def history(signed_in, board, **query):
    client = signed_in(make_member(board))
    return text_of(client.get(reverse("plans:history", args=[board.slug]), query))


def test_a_measure_that_was_renamed(signed_in, area):
    board = area.plan.board
    editor = make_member(board, Role.EDITOR, "Programme office")
    measure = make_measure(board, name="Contacts on time")
    edit_measure(measure, by=editor, name="Contacts decided on time")
    page = history(signed_in, board, kind="measure")
    assert "Measure Contacts decided on time" in page
    assert "Programme office" in page
    assert page.index("Contacts on time") < page.rindex("Contacts decided on time")


def test_a_narrative_that_was_written_and_edited(signed_in, area):
    board = area.plan.board
    editor = make_member(board, Role.EDITOR, "Programme office")
    period = {"starts": date(2026, 1, 1), "ends": date(2026, 3, 31), "done": "Two posts filled."}
    narrative = draft_narrative(area, by=editor, **period)
    edit_narrative(narrative, by=editor, so_what="Families wait a day less.", **period)
    page = history(signed_in, board, kind="narrative")
    assert "Narrative on Front door" in page
    assert "Families wait a day less." in page
