"""What the checks find in a plan as it is kept, and until when an answer to it stands."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from improvement.checking import findings_of
from plans.models import ActionRecommendation, CheckAnswer, Meeting, Recommendation, Role, SignOff
from plans.services.actions import withdraw_action
from plans.services.evidence import show_evidence
from plans.services.people import set_holders
from plans.services.progress import move_target, record_update, set_step_done
from plans.standing import shown_day
from plans.wording.silence import NO_CHANGE
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_inspection,
    make_lead,
    make_member,
    make_plan,
    make_recommendation,
    make_step,
    make_update,
)
from tests.impact.factories import make_measure, make_narrative

pytestmark = pytest.mark.django_db

TODAY = date(2030, 6, 15)
FAR = "31 December 2030"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2030-06-15 09:00:00+00:00", tick=False) as traveller:
        yield traveller


class Scene:
    """A board that met on 10 April, 8 May and 12 June, with a plan of one area."""

    def __init__(self):
        self.board = make_board("teesmere")
        self.head = make_member(self.board, Role.LEAD, "Head of Service")
        self.lead = make_lead(self.board, holder=self.head)
        self.plan = make_plan(self.board)
        self.area = make_area(self.plan)
        for on in (date(2030, 4, 10), date(2030, 5, 8), date(2030, 6, 12)):
            Meeting.objects.create(board=self.board, on=on)

    def add(self, rating="on_track", *, on=date(2030, 6, 13), target=FAR, leads=None, **said):
        leads = self.lead.name if leads is None else leads
        action = make_action(self.area, target=target, leads=leads)
        if rating is not None:
            make_update(action, rating, on=on, **said)
        return action

    def findings(self, actions=None, day=None):
        meetings = list(self.board.meetings.standing())
        shown = shown_day(self.plan, timezone.localdate(), chosen=day, meetings=meetings)
        return findings_of(self.plan, shown, actions)

    def asked(self, day=None):
        """What is asked as {(kind, id): [check names]}."""
        found = {}
        for each in self.findings(day=day).open:
            found.setdefault((each.check.on, each.pk), []).append(each.check.name)
        return found

    def of(self, action, day=None):
        return self.asked(day).get(("action", action.pk), [])

    def answer(self, finding, on=TODAY):
        return CheckAnswer.objects.create(
            **{f"{finding.check.on}_id": finding.pk},
            check_name=finding.check.name,
            basis=finding.basis,
            reason="The board knows.",
            on=on,
            recorded_on=timezone.localdate(),
            recorded_at=timezone.now(),
        )


@pytest.fixture
def scene():
    return Scene()


def test_nothing_is_asked_of_a_plan_where_all_is_well(scene):
    scene.add()
    scene.add("slippage")
    assert scene.asked() == {}


def test_a_date_that_has_passed_and_a_step(scene):
    late = scene.add(target="14 June 2030")
    stepped = scene.add()
    make_step(stepped, target="1 June 2030")
    done = make_step(stepped, "2", target="2 June 2030")
    set_step_done(done, date(2030, 6, 10), by=None)
    assert scene.asked() == {
        ("action", late.pk): ["overdue_on_track"],
        ("action", stepped.pk): ["step_overdue_on_track"],
    }
    words = [each.words for each in scene.findings().open]
    assert words == [
        "1 day overdue (due 14 June 2030) and still rated Green.",
        "14 days overdue: step 1 (due 1 June 2030), and still rated Green.",
    ]


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


def test_no_update_since_the_last_meeting_but_one_while_a_round_is_young(scene):
    missed = scene.add(on=date(2030, 5, 8))
    scene.add(on=date(2030, 5, 9))
    never = scene.add(None)
    make_action(scene.area, leads=scene.lead.name, target=FAR, added_on=date(2030, 5, 8))
    assert scene.asked() == {("action", missed.pk): ["no_update"], ("action", never.pk): ["no_update"]}


def test_no_update_since_the_last_meeting_once_the_next_one_is_near(scene):
    quiet = scene.add(on=date(2030, 6, 12))
    scene.add(on=date(2030, 6, 13))
    never = scene.add(None)
    new = make_action(scene.area, leads=scene.lead.name, target=FAR, added_on=date(2030, 6, 12))
    Meeting.objects.create(board=scene.board, on=date(2030, 6, 18))
    assert scene.asked() == {("action", quiet.pk): ["no_update"], ("action", never.pk): ["no_update"]}
    assert scene.of(new) == []
    assert scene.of(quiet, day=date(2030, 6, 14)) == []


def test_an_answer_about_the_round_gone_by_stands_until_the_next_is_asked_about(scene, clock):
    action = scene.add(on=date(2030, 5, 8))
    [found] = scene.findings().open
    scene.answer(found)
    clock.move_to("2030-07-09T09:00:00+00:00")
    assert scene.of(action) == []
    clock.move_to("2030-07-10T09:00:00+00:00")
    assert scene.of(action) == ["no_update"]


def test_a_date_moved_twice(scene):
    action = scene.add()
    for day, to in ((date(2030, 6, 1), "1 July 2030"), (date(2030, 6, 14), "31 August 2030")):
        move_target(action, to=to, by=scene.head, reason="The partner asked for time.", on=day)
    assert scene.of(action) == ["moved_twice"]
    assert scene.of(action, day=date(2030, 6, 13)) == []


def test_its_own_words_against_its_rating(scene):
    action = scene.add(happened="The audit is delayed.")
    scene.add(happened="No delays.")
    scene.add("slippage", happened="The audit is delayed.")
    assert scene.asked() == {("action", action.pk): ["words_against_rating"]}


def test_worse_until_an_update_says_why(scene):
    action = scene.add(on=date(2030, 6, 1))
    make_update(action, "off_track", on=date(2030, 6, 10), happened="")
    make_update(action, "off_track", on=date(2030, 6, 13), happened=NO_CHANGE)
    [found] = scene.findings().open
    assert found.words == "Green before, Red now, and no update says why."
    assert [each.check.name for each in scene.findings(scene.plan.actions.all()).open] == [found.check.name]
    assert scene.of(action, day=date(2030, 6, 9)) == []
    make_update(action, "off_track", on=date(2030, 6, 14), happened="The partner has withdrawn.")
    assert scene.of(action) == []
    make_update(action, "off_track", on=TODAY, happened=NO_CHANGE)
    assert scene.of(action) == []


def test_worse_in_an_update_that_is_put_right(scene):
    action = scene.add(on=date(2030, 6, 12))
    worse = make_update(action, "off_track", on=date(2030, 6, 13), happened="")
    assert scene.of(action) == ["worse_without_reason"]
    said = {"way_back": worse.way_back, "replaces": worse, "reason": "Its words were missing."}
    record_update(action, by=scene.head, rating="off_track", happened="Two posts are vacant.", **said)
    assert scene.of(action) == []


def test_nobody_accountable_and_a_lead_that_has_left(scene):
    nobody = scene.add(leads="")
    held = scene.add()
    assert scene.asked() == {("action", nobody.pk): ["no_lead"]}
    scene.head.is_active = False
    scene.head.save()
    assert scene.of(held) == ["lead_left"]
    scene.head.is_active = True
    scene.head.save()
    set_holders(scene.lead, [], by=None)
    assert scene.of(held) == ["lead_left"]


def test_a_lead_whom_nobody_ever_held_has_not_left(scene):
    assert scene.of(scene.add(leads="Principal Social Worker")) == []


def test_a_rating_that_rose_while_its_measure_is_in_concern(scene, concern):
    action = scene.add("slippage", on=date(2030, 6, 1))
    make_update(action, "on_track", on=date(2030, 6, 13))
    concern.actions.add(action)
    [found] = scene.findings().open
    assert found.words == f"Amber before, Green now, while “{concern.name}” is in concern."
    assert scene.of(action, day=date(2030, 6, 12)) == []


@pytest.fixture
def concern(scene):
    """A measure whose last values are far above what it used to have, where lower is better."""
    values = [10, 11, 9, 10, 12, 10, 9, 11, 10, 10, 11, 9, 10, 30, 31, 32]
    return make_measure(scene.board, "Days to a visit", direction="lower", values=values)


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


def test_an_answer_stands_until_something_changes(scene):
    action = scene.add(target="14 June 2030")
    [found] = scene.findings().open
    answer = scene.answer(found)
    assert scene.findings().open == []
    assert scene.findings().answered == [(found, answer)]
    make_update(action, "on_track", on=TODAY)
    assert scene.findings().open == []
    move_target(action, to="1 June 2030", by=scene.head, reason="Mended.")
    assert [each.check.name for each in scene.findings().open] == ["overdue_on_track"]


def test_without_a_recent_meeting_an_update_is_asked_for_after_a_month(scene, clock):
    clock.move_to("2030-09-30T09:00:00+00:00")
    action = scene.add(on=date(2030, 9, 30))
    found = {}
    for day in ("2030-10-01", "2030-10-31", "2030-11-01"):
        clock.move_to(f"{day}T09:00:00+00:00")
        found[day] = [each.words for each in scene.findings().of_action(action.pk)]
    words = ["No update since 30 September 2030."]
    assert found == {"2030-10-01": [], "2030-10-31": words, "2030-11-01": words}


def test_an_answer_about_updates_stands_for_the_days_of_its_month(scene, clock):
    clock.move_to("2030-09-01T09:00:00+00:00")
    action = scene.add(on=date(2030, 9, 1))
    clock.move_to("2030-11-05T09:00:00+00:00")
    [found] = scene.findings().open
    scene.answer(found, on=date(2030, 11, 5))
    clock.move_to("2030-11-20T09:00:00+00:00")
    assert scene.of(action) == []
    clock.move_to("2030-12-20T09:00:00+00:00")
    assert scene.of(action) == ["no_update"]


def test_an_answer_taken_back_or_given_later_does_not_stand(scene):
    action = scene.add(target="1 June 2030", on=date(2030, 6, 13))
    [found] = scene.findings().open
    answer = scene.answer(found)
    assert scene.of(action, day=date(2030, 6, 14)) == ["overdue_on_track"]
    answer.withdrawn_at = timezone.now()
    answer.save()
    assert scene.of(action) == ["overdue_on_track"]


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
