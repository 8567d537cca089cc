"""What the checks find in the rating of an action, as it is kept."""

from datetime import date

import pytest
from django.utils import timezone

from plans.models import Role, SignOff
from plans.services.evidence import show_evidence
from plans.services.progress import record_update
from tests.factories import make_action, make_area, make_evidence, make_member, make_update
from tests.impact.factories import make_narrative
from tests.improvement.checking.scene import FAR, TODAY

pytestmark = pytest.mark.django_db


def test_nothing_is_asked_of_a_plan_where_all_is_well(scene):
    scene.add()
    scene.add("slippage")
    assert scene.asked() == {}


def test_complete_needs_evidence_and_a_so_what(scene):
    action = scene.add("complete")
    assert scene.of(action) == ["complete_without_evidence", "complete_without_so_what"]
    show_evidence(action.updates.get(), [make_evidence(scene.board)], by=None)
    assert scene.of(action) == ["complete_without_so_what"]
    make_narrative(scene.area, so_what="Fewer children wait.")
    assert scene.of(action) == []


def test_a_so_what_of_the_heading_above_counts(scene):
    inner = make_area(scene.plan, "Screening", parent=scene.area)
    action = make_action(inner, target=FAR, leads=scene.lead.name)
    update = make_update(action, "complete", on=date(2030, 6, 13))
    show_evidence(update, [make_evidence(scene.board)], by=None)
    assert scene.of(action) == ["complete_without_so_what"]
    make_narrative(scene.area, so_what="Fewer children wait.")
    assert scene.of(action) == []


def test_complete_needs_a_sign_off_where_the_plan_says_so(scene):
    make_narrative(scene.area, so_what="Fewer children wait.", on=date(2030, 6, 1))
    action = scene.add("complete")
    update = action.updates.get()
    show_evidence(update, [make_evidence(scene.board)], by=None)
    scene.plan.blue_needs_sign_off = True
    scene.plan.save()
    assert scene.of(action) == ["complete_without_sign_off"]
    chair = make_member(scene.board, Role.CHAIR)
    sign_off = SignOff.objects.create(
        action=action,
        update=update,
        on=date(2030, 6, 13),
        recorded_on=TODAY,
        recorded_at=timezone.now(),
        by=scene.head,
    )
    [found] = scene.findings().open
    assert found.words == "Rated Blue on 13 June 2030 and not signed off: it waits for an answer."
    sign_off.outcome, sign_off.decided_by, sign_off.decided_on = "agreed", chair, TODAY
    sign_off.save()
    assert scene.of(action) == []
    assert scene.of(action, day=date(2030, 6, 14)) == ["complete_without_sign_off"]


def test_an_import_may_leave_the_way_back_open(scene):
    action = scene.add("off_track")
    action.updates.update(way_back="", rating="on_track")
    imported = scene.board.imports.create(filename="plan.xlsx", sha256="0" * 64, size=1)
    record_update(action, by=None, rating="off_track", happened="Late.", imported_by=imported)
    assert scene.of(action) == ["no_way_back"]


def test_amber_at_three_meetings_running(scene):
    action = scene.add("slippage", on=date(2030, 4, 10))
    make_update(action, "slippage", on=date(2030, 6, 13))
    [found] = scene.findings().open
    assert found.words == "Amber at 3 meetings running: 10 April 2030, 8 May 2030 and 12 June 2030."
    later = scene.add("slippage", on=date(2030, 4, 11))
    make_update(later, "slippage", on=date(2030, 6, 13))
    better = scene.add("slippage", on=date(2030, 4, 1))
    make_update(better, "on_track", on=date(2030, 5, 1))
    make_update(better, "slippage", on=date(2030, 6, 13))
    assert [each.pk for each in scene.findings().open] == [action.pk]


def test_without_three_meetings_amber_for_two_months_is_asked_about(scene):
    scene.board.meetings.all()[:1].get().delete()
    action = scene.add("slippage", on=date(2030, 4, 14))
    make_update(action, "slippage", on=date(2030, 6, 13))
    assert scene.of(action) == ["slipping_for_three"]
    later = scene.add("slippage", on=date(2030, 4, 15))
    make_update(later, "slippage", on=date(2030, 6, 13))
    assert scene.of(later) == []


def test_its_own_words_against_its_rating(scene):
    action = scene.add(happened="The audit is delayed.")
    scene.add(happened="No delays.")
    scene.add("slippage", happened="The audit is delayed.")
    assert scene.asked() == {("action", action.pk): ["words_against_rating"]}


def test_a_rating_that_rose_while_its_measure_is_in_concern(scene, concern):
    action = scene.add("slippage", on=date(2030, 6, 1))
    make_update(action, "on_track", on=date(2030, 6, 13))
    concern.actions.add(action)
    [found] = scene.findings().open
    assert found.words == f"Amber before, Green now, while “{concern.name}” is in concern."
    assert scene.of(action, day=date(2030, 6, 12)) == []
