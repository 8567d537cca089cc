"""What the checks find in a board's recommendations."""

from datetime import date

import pytest

from plans.models import ActionRecommendation, Recommendation
from plans.services.actions import withdraw_action
from tests.factories import make_action, make_area, make_inspection, make_plan, make_recommendation

pytestmark = pytest.mark.django_db


def test_what_was_recommended_later_is_no_question_of_a_past_day(scene):
    inspection = make_inspection(scene.board, received_on=date(2030, 6, 14))
    told = make_recommendation(scene.board, inspection=inspection)
    asked = scene.asked(day=date(2030, 6, 13)), scene.asked(day=date(2030, 6, 14))
    assert asked == ({}, {("recommendation", told.pk): ["recommendation_without_action"]})


def test_recommendations_and_their_actions(scene):
    nothing, red, other = (
        Recommendation.objects.create(board=scene.board, reference=f"R{n}") for n in range(3)
    )
    action = scene.add("off_track")
    elsewhere = make_action(make_area(make_plan(scene.board)))
    for recommendation, answers in ((red, action), (other, elsewhere)):
        ActionRecommendation.objects.create(recommendation=recommendation, action=answers)
    assert scene.asked() == {
        ("recommendation", nothing.pk): ["recommendation_without_action"],
        ("recommendation", red.pk): ["recommendation_not_met"],
    }
    withdraw_action(action, by=scene.head, reason="Not needed.")
    assert scene.asked()["recommendation", red.pk] == ["recommendation_without_action"]
