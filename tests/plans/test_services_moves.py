"""Moves where the plan asks for the chair's agreement: asked, agreed, refused, dropped, overtaken."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from plans.models import Meeting, MoveRequest, Outcome, Role, Step, TargetMove
from plans.services.actions import withdraw_action
from plans.services.moves import agree_move, ask_or_move, drop_move_request, refuse_move
from plans.services.plans import edit_plan
from plans.services.progress import correct_target
from plans.services.steps import remove_step
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_step

pytestmark = pytest.mark.django_db

LAST, NEXT = date(2026, 11, 10), date(2026, 12, 8)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-22T12:00:00+00:00", tick=False)


class Told:
    """A board with a chair, an administrator and a lead, and an action whose moves need agreement."""

    def __init__(self, **plan):
        self.board = make_board()
        self.lead, self.chair, self.administrator = (
            make_member(self.board, role) for role in (Role.LEAD, Role.CHAIR, Role.ADMINISTRATOR)
        )
        self.plan = make_plan(self.board, moves_need_agreement=True, **plan)
        self.action = make_action(make_area(self.plan), target="31 January 2026")
        self.held = Meeting.objects.create(board=self.board, on=LAST)

    def ask(self, to="30 April 2026", **fields):
        fields = {"by": self.lead, "reason": "Two posts are open", "obj": self.action} | fields
        return ask_or_move(fields.pop("obj"), to=to, **fields)


@pytest.fixture
def told():
    return Told()


def due(obj):
    obj.refresh_from_db()
    return obj.target_due


def test_a_plan_that_asks_for_nothing_moves_at_once_with_its_meeting():
    told = Told()
    edit_plan(told.plan, by=None, moves_need_agreement=False)
    move = told.ask(agreed_by="The board", meeting=told.held)
    assert (move.days, move.agreed_by, move.meeting) == (89, "The board", told.held)
    assert (due(told.action), MoveRequest.objects.count()) == (date(2026, 4, 30), 0)


def test_a_move_is_asked_for_and_the_date_stays(told):
    request = told.ask()
    assert (request.by, request.after.due, request.outcome) == (told.lead, date(2026, 4, 30), Outcome.WAITING)
    assert (due(told.action), TargetMove.objects.count()) == (date(2026, 1, 31), 0)


def test_the_chair_agrees_and_the_move_is_by_who_asked(told):
    move = agree_move(told.ask(), by=told.chair)
    request = MoveRequest.objects.get()
    assert (move.by, move.agreed_by, move.meeting, move.reason) == (
        told.lead,
        told.chair.name,
        None,
        "Two posts are open",
    )
    assert (request.outcome, request.decided_by, request.move) == (Outcome.AGREED, told.chair, move)
    assert (move.on, due(told.action)) == (date(2026, 11, 22), date(2026, 4, 30))


def test_the_change_of_the_date_stands_in_the_name_of_who_agreed(told):
    agree_move(told.ask(), by=told.chair)
    assert told.action.history.first().history_user == told.chair


def test_an_administrator_records_it_with_the_meeting(told):
    request = told.ask(on=date(2026, 11, 1))
    with pytest.raises(ValidationError, match="Choose the meeting at which the chair decided"):
        agree_move(request, by=told.administrator)
    move = agree_move(request, by=told.administrator, meeting=told.held)
    words = f"Chair, as recorded by {told.administrator.name}"
    assert (move.on, move.meeting, move.agreed_by) == (LAST, told.held, words)


def test_agreement_given_before_it_was_asked_counts_from_today(told):
    request = told.ask(on=date(2026, 11, 14))
    move = agree_move(request, by=told.administrator, meeting=told.held)
    assert (move.on, MoveRequest.objects.get().decided_on) == (date(2026, 11, 22), date(2026, 11, 22))
    assert MoveRequest.objects.waiting(date(2026, 11, 21)).count() == 1


def test_what_is_said_in_agreeing_is_kept(told):
    move = agree_move(told.ask(), by=told.chair, reason=" Only if the training is booked. ")
    assert MoveRequest.objects.get().decision_reason == "Only if the training is booked."
    assert TargetMove.objects.get(pk=move.pk).chairs_words == "Only if the training is booked."
    edit_plan(told.plan, by=None, moves_need_agreement=False)
    assert told.ask("1 June 2026").chairs_words == ""


def test_it_is_refused_with_a_reason_and_the_date_stays(told):
    request = told.ask()
    with pytest.raises(ValidationError, match="Say why the move is refused"):
        refuse_move(request, by=told.chair, reason=" ")
    refuse_move(request, by=told.chair, reason="The post was filled", meeting=told.held)
    request.refresh_from_db()
    assert (request.outcome, request.decision_reason, request.meeting) == (
        Outcome.REFUSED,
        "The post was filled",
        told.held,
    )
    assert (due(told.action), TargetMove.objects.count()) == (date(2026, 1, 31), 0)


@pytest.mark.parametrize("role", ["chair", "administrator"])
def test_nobody_decides_on_what_they_asked(told, role):
    asker = getattr(told, role)
    request = told.ask(by=asker)
    for decide in (agree_move, lambda *args, **kwargs: refuse_move(*args, reason="No", **kwargs)):
        with pytest.raises(ValidationError, match="somebody else decides"):
            decide(request, by=asker, meeting=told.held)
    assert MoveRequest.objects.waiting().count() == 1


def test_a_meeting_of_another_board_cancelled_or_to_come_is_none(told):
    request = told.ask()
    elsewhere = Meeting.objects.create(board=make_board(), on=LAST)
    coming = Meeting.objects.create(board=told.board, on=NEXT)
    off = Meeting.objects.create(
        board=told.board, on=date(2026, 10, 1), cancelled_on=LAST, cancelled_reason="Snow"
    )
    for meeting, words in ((elsewhere, "of this board"), (off, "of this board"), (coming, "still to come")):
        with pytest.raises(ValidationError, match=words):
            agree_move(request, by=told.chair, meeting=meeting)


def test_of_two_who_decide_at_once_the_second_is_told(told):
    request = told.ask()
    same = MoveRequest.objects.get()
    agree_move(request, by=told.chair)
    with pytest.raises(ValidationError, match=f"agreed by {told.chair.name} already"):
        refuse_move(same, by=told.administrator, reason="No", meeting=told.held)
    with pytest.raises(ValidationError, match="already"):
        agree_move(same, by=told.administrator, meeting=told.held)
    assert (TargetMove.objects.count(), MoveRequest.objects.get().outcome) == (1, Outcome.AGREED)


def test_it_is_asked_once_until_it_is_answered(told):
    request = told.ask()
    with pytest.raises(ValidationError, match=r"“30 April 2026” was asked for by .* waits for the chair"):
        told.ask("31 May 2026")
    refuse_move(request, by=told.chair, reason="Too late")
    told.ask("28 February 2026")
    assert [each.outcome for each in MoveRequest.objects.order_by("id")] == ["refused", "waiting"]


def test_a_date_that_it_has_is_not_asked_for(told):
    with pytest.raises(ValidationError, match="the date it already has"):
        told.ask("31 January 2026")


def test_who_asked_drops_it_and_nobody_else_does(told):
    request = told.ask()
    with pytest.raises(ValidationError, match="Only who asked"):
        drop_move_request(request, by=told.administrator)
    drop_move_request(request, by=told.lead)
    request.refresh_from_db()
    assert (request.outcome, request.decided_by) == (Outcome.DROPPED, told.lead)
    with pytest.raises(ValidationError, match=r"dropped by .* already"):
        agree_move(request, by=told.chair)


def test_a_steps_move_waits_beside_its_actions(told):
    step = make_step(told.action, target="15 January 2026")
    asked = told.ask("28 February 2026", obj=step)
    told.ask()
    assert (asked.step, MoveRequest.objects.waiting().count()) == (step, 2)
    move = agree_move(asked, by=told.chair)
    assert (move.step, due(step), due(told.action)) == (step, date(2026, 2, 28), date(2026, 1, 31))


def test_a_step_whose_move_is_asked_for_stays(told):
    step = make_step(told.action, target="15 January 2026")
    told.ask("28 February 2026", obj=step)
    with pytest.raises(ValidationError, match="so the step stays"):
        remove_step(step, by=told.administrator)
    assert Step.objects.count() == 1


def test_withdrawing_the_action_drops_what_waits(told):
    request = told.ask()
    step = make_step(told.action)
    told.ask("28 February 2026", obj=step)
    withdraw_action(told.action, by=told.administrator, reason="Covered elsewhere")
    request.refresh_from_db()
    assert (request.outcome, request.decision_reason) == (Outcome.DROPPED, "The action was withdrawn.")
    assert MoveRequest.objects.waiting().count() == 0


def test_once_a_date_was_corrected_to_the_one_asked_for_there_is_nothing_to_agree(told):
    request = told.ask()
    correct_target(told.action, to="30 April 2026", by=told.administrator, reason="Mistyped")
    with pytest.raises(ValidationError, match="has this date already"):
        agree_move(request, by=told.chair)


def test_a_move_overtakes_what_was_asked_before_the_plan_stopped_asking(told):
    request = told.ask()
    edit_plan(told.plan, by=None, moves_need_agreement=False)
    told.action.refresh_from_db()
    told.ask("31 May 2026")
    request.refresh_from_db()
    assert (request.outcome, due(told.action)) == (Outcome.DROPPED, date(2026, 5, 31))


def test_words_are_read_as_when_they_were_asked(told):
    request = told.ask("Q2 2026")
    edit_plan(told.plan, by=None, quarters_from=4)
    assert agree_move(request, by=told.chair).to_due == date(2026, 6, 30)


def test_in_a_plan_that_has_ended_it_counts_from_the_last_day():
    told = Told(starts=date(2026, 1, 1), ends=date(2026, 9, 30), status="closed")
    request = told.ask()
    move = agree_move(request, by=told.chair)
    assert (request.on, move.on, move.recorded_on) == (
        date(2026, 9, 30),
        date(2026, 9, 30),
        date(2026, 11, 22),
    )


def test_agreed_at_a_meeting_after_the_plans_end_it_counts_from_the_last_day():
    told = Told(starts=date(2026, 1, 1), ends=date(2026, 9, 30), status="closed")
    move = agree_move(told.ask(), by=told.administrator, meeting=told.held)
    assert (move.on, move.meeting) == (date(2026, 9, 30), told.held)


def test_as_at_a_day_it_waited_until_it_was_decided(told):
    request = told.ask(on=date(2026, 11, 1))
    agree_move(request, by=told.chair, on=date(2026, 11, 15))
    days = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 14), date(2026, 11, 15))
    assert [MoveRequest.objects.waiting(day).count() for day in days] == [0, 1, 1, 0]
