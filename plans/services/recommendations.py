"""Inspections, what they recommended, and when their clocks were met."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from plans.clocks import Clock
from plans.models import Action, ActionRecommendation, Board, ClockStop, Inspection, Recommendation, User
from plans.services.boards import hold_board
from plans.services.history import remove, save
from plans.wording.phrases import plural


def add_inspection(board: Board, *, by: User | None, **fields) -> Inspection:
    """`fields`: kind, title, received_on and link. Raises ValidationError."""
    inspection = Inspection(board=board, **fields)
    _save_inspection(inspection, by=by)
    return inspection


def edit_inspection(inspection: Inspection, *, by: User, **fields) -> None:
    """`fields` as in `add_inspection`. Raises ValidationError."""
    for name, value in fields.items():
        setattr(inspection, name, value)
    _save_inspection(inspection, by=by)


def _save_inspection(inspection: Inspection, *, by: User | None) -> None:
    if inspection.received_on > timezone.localdate():
        raise ValidationError({"received_on": "Give the day the final report came: today or earlier."})
    save(inspection, by=by)


def stop_clock(
    inspection: Inspection, clock: Clock, on: date, *, by: User | None, words: str = ""
) -> ClockStop:
    """Records that what the clock waits for was done on a day from the report up to today.

    Raises ValidationError, also for a clock that the inspection's kind does not set.
    """
    if inspection.kind not in clock.kinds:
        raise ValidationError("This kind of inspection does not set this clock.")
    if on > timezone.localdate():
        raise ValidationError({"on": "Give the day it was done: today or earlier."})
    if on < inspection.received_on:
        raise ValidationError({"on": "Give a day on or after the one on which the final report came."})
    stop = ClockStop(inspection=inspection, clock=clock.code, on=on, words=words.strip(), by=by)
    save(stop, by=by)
    return stop


def add_recommendation(board: Board, *, by: User | None, **fields) -> Recommendation:
    """`fields`: inspection, reference, paragraph, text and priority. Raises ValidationError."""
    recommendation = Recommendation(board=board, **fields)
    _save_recommendation(recommendation, by=by)
    return recommendation


def edit_recommendation(recommendation: Recommendation, *, by: User, **fields) -> None:
    """`fields` as in `add_recommendation`. Raises ValidationError."""
    for name, value in fields.items():
        setattr(recommendation, name, value)
    _save_recommendation(recommendation, by=by)


def _save_recommendation(recommendation: Recommendation, *, by: User | None) -> None:
    inspection = recommendation.inspection
    if inspection and inspection.board_id != recommendation.board_id:
        raise ValidationError({"inspection": "Choose an inspection of this board."})
    save(recommendation, by=by)


def name_answer(recommendation: Recommendation, action: Action, *, by: User) -> None:
    """Says that an action of the same board answers the recommendation. Raises ValidationError."""
    if action.plan.board_id != recommendation.board_id:
        raise ValidationError({"action": "Choose an action of this board."})
    if action.withdrawn_on:
        raise ValidationError({"action": "This action is withdrawn. Choose another."})
    save(ActionRecommendation(action=action, recommendation=recommendation), by=by)


@transaction.atomic
def remove_recommendation(recommendation: Recommendation, *, by: User, reason: str) -> None:
    """Takes off the board what no action answers; its history stays. Raises ValidationError."""
    hold_board(recommendation.board_id)
    answers = recommendation.action_recommendations.count()
    if answers:
        raise ValidationError(f"{plural(answers, 'action')} answer it. Take it out of them first.")
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is removed."})
    remove(recommendation, by=by, reason=reason.strip())
