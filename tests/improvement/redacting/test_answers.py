"""What was answered stays answered, and its digest is none of the words that went."""

from datetime import date

import pytest
import time_machine

from improvement.redacting.removing import remove_words
from improvement.redacting.words import Words
from plans.models import CheckAnswer
from tests.factories import make_lead, make_member, make_user
from tests.impact.measuring import make_measure
from tests.improvement.checking.scene import Scene

pytestmark = pytest.mark.django_db
NAME = "Qxzzy Brambling"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2030-06-15 09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene():
    return Scene()


def answered_before_and_after(scene):
    [found] = scene.findings().open
    answer = scene.answer(found)
    remove_words(Words(NAME), by=make_user(is_staff=True), reason="A mistake.", start=False)
    findings = scene.findings()
    assert (findings.open, [answer for _, answer in findings.answered]) == ([], [answer])
    assert CheckAnswer.objects.get().basis != found.basis
    return found.check.name


def test_words_of_an_update(scene):
    scene.add(happened=f"The visit to {NAME} is delayed.")
    assert answered_before_and_after(scene) == "words_against_rating"


@pytest.mark.parametrize("rating", ["on_track", "slippage"])
def test_a_lead_that_has_left(scene, rating):
    lead = make_lead(scene.board, f"Worker of {NAME}", make_member(scene.board))
    scene.add(rating, leads=lead.name)
    lead.holdings.update(user=make_user(is_active=False))
    assert answered_before_and_after(scene) == "lead_left"


def test_a_measures_name_is_asked_about_again(scene):
    action = scene.add()
    measure = make_measure(scene.board, name=f"Visits to {NAME}")
    action.measure_links.create(measure=measure)
    answer = CheckAnswer.objects.create(
        action=action,
        check_name="better_in_concern",
        basis="1" * 64,
        reason="The board knows.",
        on=date(2030, 6, 15),
        recorded_on=date(2030, 6, 15),
        recorded_at="2030-06-15 09:00:00+00:00",
    )
    remove_words(Words(NAME), by=make_user(is_staff=True), reason="A mistake.", start=False)
    answer.refresh_from_db()
    assert answer.basis == ""
