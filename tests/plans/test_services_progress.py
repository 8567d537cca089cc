from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from plans.models import Action, ProgressUpdate, TargetMove
from plans.services.actions import withdraw_action
from plans.services.progress import correct_target, move_target, record_update, set_step_done
from tests.factories import make_action, make_step, make_update, make_user

pytestmark = pytest.mark.django_db


def test_an_update_is_added_with_both_its_times():
    action, by = make_action(), make_user()
    update = record_update(
        action, by=by, rating="slippage", happened=" Met. ", way_back="Fill posts", on=date(2026, 1, 5)
    )
    update.refresh_from_db()
    assert (update.rating, update.happened, update.way_back) == ("slippage", "Met.", "Fill posts")
    assert (update.on, update.recorded_on, update.by) == (date(2026, 1, 5), timezone.localdate(), by)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rating": "purple"}, "from the plan's key"),
        ({"rating": "off_track"}, "what would make it green"),
        ({"rating": "slippage", "way_back": "  "}, "what would make it green"),
        ({"rating": "on_track", "on": date(2999, 1, 1)}, "must not lie in the future"),
    ],
)
def test_an_update_that_can_not_be(fields, words):
    action = make_action()
    with pytest.raises(ValidationError, match=words):
        record_update(action, by=make_user(), **fields)
    assert ProgressUpdate.objects.count() == 0


def test_a_withdrawn_action_takes_no_update():
    action = make_action()
    withdraw_action(action, by=make_user(), reason="Done elsewhere")
    with pytest.raises(ValidationError, match="takes no more updates"):
        record_update(action, by=make_user(), rating="on_track")


def test_a_mistaken_update_is_replaced_on_its_own_day_and_stays():
    action, by = make_action(), make_user()
    mistaken = make_update(action, "complete", on=date(2026, 1, 5))
    newer = record_update(action, by=by, rating="on_track", replaces=mistaken, reason="Wrong row")
    assert (newer.on, newer.replacement_reason) == (date(2026, 1, 5), "Wrong row")
    assert list(ProgressUpdate.objects.standing()) == [newer]
    assert Action.objects.with_rating().get().rating == "on_track"


def test_an_update_is_replaced_once_with_a_reason_on_its_own_action():
    action, by = make_action(), make_user()
    first = make_update(action)
    with pytest.raises(ValidationError, match="Say why the earlier update is replaced"):
        record_update(action, by=by, rating="complete", replaces=first)
    with pytest.raises(ValidationError, match="belongs to another action"):
        record_update(make_action(), by=by, rating="complete", replaces=first, reason="Wrong")
    record_update(action, by=by, rating="complete", replaces=first, reason="Wrong row")
    with pytest.raises(ValidationError, match="already been replaced"):
        record_update(action, by=by, rating="complete", replaces=first, reason="Again")
    assert ProgressUpdate.objects.count() == 2


def test_a_move_keeps_the_first_target_and_its_reason():
    action, by = make_action(target="1 March 2026"), make_user()
    move_target(action, to="1 April 2026", by=by, reason="Two posts are open", agreed_by="The board")
    move_target(action, to="End April 2026", by=by, reason="Still open")
    action = Action.objects.with_moves().get()
    assert (action.target_due, action.first_due, action.moves_count) == (
        date(2026, 4, 30),
        date(2026, 3, 1),
        2,
    )
    moves = TargetMove.objects.values_list("from_text", "to_text", "reason", "agreed_by")
    assert list(moves) == [
        ("1 March 2026", "1 April 2026", "Two posts are open", "The board"),
        ("1 April 2026", "End April 2026", "Still open", ""),
    ]
    assert [move.days for move in TargetMove.objects.all()] == [31, 29]


@pytest.mark.parametrize(
    ("to", "reason", "words"),
    [("1 March 2026", "Why not", "the date it already has"), ("1 April 2026", " ", "Give the reason")],
)
def test_a_move_that_can_not_be(to, reason, words):
    action = make_action(target="1 March 2026")
    with pytest.raises(ValidationError, match=words):
        move_target(action, to=to, by=make_user(), reason=reason)
    action.refresh_from_db()
    assert (action.target_text, TargetMove.objects.count()) == ("1 March 2026", 0)


def test_the_date_of_a_withdrawn_action_stays():
    action = make_action(target="31 January 2026")
    step = make_step(action, target="15 January 2026")
    withdraw_action(action, by=make_user(), reason="Covered elsewhere")
    for obj in (action, step):
        with pytest.raises(ValidationError, match="Bring it back first"):
            move_target(obj, to="30 April 2026", by=None, reason="Two posts are open")
    assert TargetMove.objects.count() == 0


def test_a_step_has_moves_of_its_own():
    action = make_action(target="1 March 2026")
    step = make_step(action, target="1 February 2026")
    move = move_target(step, to="8 February 2026", by=make_user(), reason="Half term")
    assert (move.action, move.step, move.days) == (action, step, 7)
    assert Action.objects.with_moves().get().moves_count == 0


def test_a_correction_is_no_move_but_stays_in_history():
    action, by = make_action(target="1 March 2062"), make_user()
    correct_target(action, to="1 March 2026", by=by, reason="Mistyped")
    assert TargetMove.objects.count() == 0
    rows = action.history.order_by("history_id").values_list("target_due", "history_change_reason")
    assert list(rows) == [
        (date(2062, 3, 1), ""),
        (date(2026, 3, 1), "Target corrected: Mistyped"),
    ]
    with pytest.raises(ValidationError, match="Say what was wrong"):
        correct_target(action, to="2 March 2026", by=by, reason="")


def test_a_step_is_ticked_and_unticked():
    step, by = make_step(make_action()), make_user()
    set_step_done(step, date(2026, 1, 5), by=by)
    set_step_done(step, None, by=by)
    assert [row.done_on for row in step.history.order_by("history_id")] == [None, date(2026, 1, 5), None]
    with pytest.raises(ValidationError, match="still to come"):
        set_step_done(step, timezone.localdate() + timedelta(1), by=by)
