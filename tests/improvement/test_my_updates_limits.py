"""The page of one's updates with nothing to update, with very much, and for those who may not."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import Plan, ProgressUpdate, Role
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_lead,
    make_member,
    make_plan,
    make_step,
    make_update,
)
from tests.improvement.rounds import Scene
from tests.pages import fields_of, text_of

pytestmark = pytest.mark.django_db


def test_a_board_without_a_plan(clock, signed_in):
    board = make_board()
    page = signed_in(make_member(board, Role.LEAD)).get(reverse("my_updates", args=[board.slug]))
    assert "This board has no plan yet, so there is nothing to update." in text_of(page)


def test_somebody_who_leads_nothing(scene, signed_in):
    signed_in(make_member(scene.board, Role.EDITOR))
    assert "You lead no action of this plan, so nothing waits for you." in text_of(scene.open())


def test_the_other_live_plans_are_named_where_one_leads_unfinished_actions(scene):
    newer = make_plan(scene.board, "The plan after", starts=scene.plan.starts + timedelta(days=1))
    for title, status in (("The plan before", "closed"), ("The plan of others", "live")):
        plan = make_plan(scene.board, title, status=status, starts=scene.plan.starts)
        make_action(make_area(plan), leads="Head of Service for Care")
    page = scene.open()
    assert page.context["plan"] == newer
    assert "You lead no action of this plan, so nothing of it waits for you." in text_of(page)
    assert f"More unfinished actions of yours are in {scene.plan.title} (3)." in text_of(page)
    assert f'href="?plan={scene.plan.pk}"' in page.content.decode()
    assert "More unfinished actions" not in text_of(scene.open(plan=scene.plan.pk))
    make_action(make_area(newer), leads=f"{scene.lead.name}; Head of Service for Care")
    make_update(make_action(make_area(newer), leads=scene.lead.name), "complete")
    assert "More unfinished actions of yours are in The plan after (1)." in text_of(
        scene.open(plan=scene.plan.pk)
    )


@pytest.mark.parametrize(
    "ended", [{"status": "closed"}, {"starts": date(2029, 1, 1), "ends": date(2030, 3, 22)}]
)
def test_a_plan_that_has_ended_takes_nothing(scene, ended):
    fields = scene.filled(a1={"happened": "One"})
    Plan.objects.filter(pk=scene.plan.pk).update(**ended)
    assert "This plan has ended, so nothing waits here." in text_of(scene.open())
    answer = scene.client.post(scene.url, fields, follow=True)
    assert "This plan takes no updates now, so nothing was saved." in text_of(answer)
    assert ProgressUpdate.objects.count() == 3


def test_another_plan_is_chosen_in_the_address(scene):
    older = make_plan(scene.board, "The plan before", starts=date(2029, 1, 1), ends=date(2030, 6, 30))
    action = make_action(make_area(older), leads=scene.lead.name)
    page = scene.open(plan=older.pk)
    assert [row.action for row in page.context["round"].rows] == [action]
    fields = fields_of(page, "save") | {f"a{action.pk}-happened": "Begun."}
    answer = scene.client.post(f"{scene.url}?plan={older.pk}", fields)
    assert answer.url == f"{scene.url}?plan={older.pk}"
    assert [update.happened for update in action.updates.all()] == ["Begun."]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR])
def test_a_role_without_updates_is_refused_unless_it_holds_a_lead(scene, signed_in, role):
    person = make_member(scene.board, role)
    signed_in(person)
    assert scene.open().status_code == 403
    make_lead(scene.board, scene.lead.name, holder=person)
    assert scene.open().status_code == 200


def test_an_action_of_somebody_else_slipped_into_the_form_is_not_saved(scene):
    foreign = make_action(scene.area, "Theirs", leads="Head of Service for Care")
    away = make_action(make_area(), "On another board")
    fields = scene.filled()
    for action in (foreign, away):
        fields |= {f"a{action.pk}-seen": "0||||", f"a{action.pk}-happened": "Slipped in"}
    answer = scene.client.post(scene.url, fields)
    assert ProgressUpdate.objects.filter(action__in=[foreign, away]).count() == 0
    assert "Slipped in" in text_of(answer)
    assert "On another board" not in text_of(answer)


def test_twenty_actions_are_on_a_page(clock, signed_in):
    scene = Scene(signed_in, 21)
    assert "0 of your 21 actions are updated in the last month, 21 to do." in text_of(scene.open())
    assert len(scene.open().context["round"].rows) == 20
    page = scene.open(page=2)
    assert [row.action for row in page.context["round"].rows] == scene.actions[20:]
    fields = fields_of(page, "save") | {f"a{scene.actions[20].pk}-happened": "The last."}
    assert scene.client.post(f"{scene.url}?page=2", fields).url == f"{scene.url}?page=2"
    assert scene.said(21)[0][1] == "The last."


def test_a_form_of_too_many_fields_is_refused_in_words(scene):
    fields = scene.filled() | {f"x{n}": "1" for n in range(5_001)}
    answer = scene.client.post(scene.url, fields)
    assert answer.status_code == 400
    assert "if you sent a large form or file, send it in smaller parts" in text_of(answer)


def test_a_text_that_is_too_long_is_said_beside_its_field(scene):
    answer = scene.save(a1={"happened": "x" * 10_001})
    assert answer.context["wrong"][0][1] == f"#id_a{scene.actions[0].pk}-happened"
    assert ProgressUpdate.objects.count() == 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(clock, signed_in, count):
    scene = Scene(signed_in, count)
    for action in scene.actions:
        make_step(action)
    scene.open()
    with CaptureQueriesContext(connection) as queries:
        scene.open()
    assert len(queries) == 14
