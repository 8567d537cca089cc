"""Of which actions the checks ask, and how many queries that takes."""

import pytest

from improvement.checking import findings_of
from plans.models import ActionRecommendation, Recommendation
from plans.standing import shown_day
from tests.factories import make_step
from tests.improvement.checking.scene import TODAY

pytestmark = pytest.mark.django_db


def test_of_some_actions_alone(scene):
    Recommendation.objects.create(board=scene.board, reference="R1")
    one, other = scene.add(target="1 June 2030"), scene.add(target="1 June 2030")
    found = scene.findings(scene.plan.actions.filter(pk=one.pk))
    assert found.asked == [one.pk]
    assert found.asked_recommendations == []
    assert other.pk in scene.findings().asked


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_queries(scene, concern, django_assert_num_queries, rows):
    for _ in range(rows):
        action = scene.add(target="1 June 2030")
        make_step(action, target="1 June 2030")
        concern.actions.add(action)
        ActionRecommendation.objects.create(
            recommendation=Recommendation.objects.create(board=scene.board, reference="R1"), action=action
        )
        scene.answer(scene.findings().of_action(action.pk)[0])
    shown = shown_day(scene.plan, TODAY, meetings=list(scene.board.meetings.standing()))
    with django_assert_num_queries(11):
        findings = findings_of(scene.plan, shown)
        assert (len(findings.open), len(findings.answered)) == (rows, rows)
