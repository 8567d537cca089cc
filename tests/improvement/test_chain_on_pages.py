"""Action, measure, narrative and evidence point at one another on the pages of area, action and dashboard."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Role
from plans.services.evidence import show_evidence
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_member,
    make_plan,
    make_update,
)
from tests.impact.factories import FALLING, make_measure, make_narrative
from tests.pages import words_of

pytestmark = pytest.mark.django_db


class Scene:
    def __init__(self):
        self.board = make_board()
        self.plan = make_plan(self.board)
        self.area = make_area(self.plan, "Front door")
        self.inner = make_area(self.plan, "Decisions", parent=self.area)
        self.action = make_action(self.inner, "Fill the posts", reference="2")
        self.minutes = make_evidence(self.board, "Minutes", kind="document", dated=date(2026, 1, 5))
        self.audit = make_evidence(self.board, "Audit of decisions", kind="audit", dated=date(2026, 2, 5))
        show_evidence(make_update(self.action), [self.minutes], by=None)
        self.measure = make_measure(
            self.board, "Contacts on time", values=FALLING, actions=[self.action], areas=[self.area]
        )
        self.narrative = make_narrative(
            self.area, "Quicker, **not** yet safer.", measures=[self.measure], evidence=[self.audit]
        )

    def open(self, client, name, pk=None):
        args = [self.board.slug] + ([pk] if pk else [])
        return client.get(reverse(name, args=args), {"plan": self.plan.pk} if name == "dashboard" else {})


@pytest.fixture
def scene():
    return Scene()


def test_the_area_shows_the_whole_chain(signed_in, scene):
    words = words_of(scene.open(signed_in(make_member(scene.board)), "area", scene.area.pk))
    assert "Measures that should move Contacts on time 52% Jul 2026 Concern (low)" in words
    assert "Actions: 2 Fill the posts" in words
    assert "So what? Quicker, not yet safer. What have we done? Two posts filled." in words
    assert "Shown by Contacts on time; Audit of decisions" in words
    assert "Audit of decisions Audit, 5 February 2026. Shows So what? January to March 2026" in words
    assert "Minutes Document, 5 January 2026. Shows 2 Fill the posts" in words


def test_the_action_shows_its_measures_its_areas_so_what_and_its_evidence(signed_in, scene):
    words = words_of(scene.open(signed_in(make_member(scene.board)), "action", scene.action.pk))
    assert "Measures Contacts on time 52% Jul 2026 Concern (low)" in words
    assert "So what? Quicker, not yet safer. Front door, January to March 2026" in words
    assert "Evidence Minutes Document, 5 January 2026" in words


def test_an_action_with_nothing_behind_it_says_so(signed_in, scene):
    bare = make_action(make_area(scene.plan, "Elsewhere"))
    words = words_of(scene.open(signed_in(make_member(scene.board)), "action", bare.pk))
    assert "No measure is linked, so the board cannot see a difference." in words
    assert "No update shows evidence yet." in words


def test_the_dashboard_has_the_latest_so_what_of_each_area(signed_in, scene):
    other = make_area(scene.plan, "Permanency")
    make_narrative(other, "We cannot tell.", starts=date(2026, 4, 1), ends=date(2026, 6, 30))
    words = words_of(scene.open(signed_in(make_member(scene.board)), "dashboard"))
    assert (
        "Permanency We cannot tell. No measure or evidence behind it Front door Quicker, not yet safer. "
        "Shown by Contacts on time; Audit of decisions" in words
    )


def test_a_plan_of_which_nothing_is_said(signed_in):
    area = make_area()
    make_action(area)
    url = reverse("dashboard", args=[area.plan.board.slug])
    words = words_of(signed_in(make_member(area.plan.board)).get(url))
    assert "No area has said yet what difference its work made." in words


def test_those_who_may_write_are_offered_to(signed_in, scene):
    for role, offered in ((Role.LEAD, True), (Role.MEMBER, False)):
        words = words_of(scene.open(signed_in(make_member(scene.board, role)), "area", scene.area.pk))
        assert ("Write the next" in words) == offered


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("area", 21), ("action", 27), ("dashboard", 20)])
def test_a_fixed_number_of_queries(signed_in, django_assert_num_queries, rows, name, queries):
    scene = Scene()
    for number in range(rows):
        action = make_action(scene.inner, f"Action {number}")
        pieces = [make_evidence(scene.board) for _ in range(rows)]
        show_evidence(make_update(scene.action), pieces, by=None)
        show_evidence(make_update(action), pieces, by=None)
        actions = [action, scene.action]
        measure = make_measure(scene.board, values=FALLING, actions=actions, areas=[scene.area])
        area = make_area(scene.plan, f"Area {number}", parent=scene.area)
        make_narrative(area, measures=[measure], evidence=pieces)
    client = signed_in(make_member(scene.board))
    pk = {"area": scene.area.pk, "action": scene.action.pk}.get(name)
    with django_assert_num_queries(queries):
        assert scene.open(client, name, pk).status_code == 200
