"""A head of service updates their actions: what is saved, and what is asked again."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Action, ProgressUpdate
from plans.services.actions import withdraw_action
from tests.factories import make_action, make_meeting, make_member, make_step, make_update
from tests.improvement.rounds import FEBRUARY, Scene
from tests.pages import fields_of, text_of

pytestmark = pytest.mark.django_db


def test_only_the_actions_that_one_leads_are_listed(scene):
    make_action(scene.area, "Somebody else's work", reference="9", leads="Head of Service for Care")
    gone = scene.add("8")
    withdraw_action(gone, by=scene.head, reason="Done elsewhere")
    page = scene.open()
    assert [row.action for row in page.context["round"].rows] == scene.actions


def test_a_row_shows_the_last_words_the_rating_the_date_and_what_there_is_to_do(scene):
    row = text_of(scene.open(), f"a{scene.actions[0].pk}")
    assert "1 Do what stands as number 1 accountable The team met and agreed the next step." in row
    assert "Green 30 Apr 2030 in 38 days To do" in row
    assert "Your last update, 18 February 2030 The team met and agreed the next step. Rated Green" in row
    assert "What has happened since 18 February 2030?" in row


def test_an_action_without_a_date_shows_the_words_of_the_plan(scene):
    action = scene.add("4", target="Every Q")
    make_update(action, on=date(2030, 2, 18), by=make_member(scene.board, name="Omar Reid"))
    row = text_of(scene.open(), f"a{action.pk}")
    assert "No date “Every Q” To do" in row
    assert "Last update, 18 February 2030" in row
    assert "by Omar Reid" in row


def test_the_answer_counts_the_last_month(scene):
    make_update(scene.actions[0], by=scene.head)
    make_update(scene.actions[1], "complete", by=scene.head)
    assert "2 of your 3 actions are updated in the last month, 1 to do." in text_of(scene.open())


def test_the_answer_counts_what_the_rows_say(scene):
    ago = scene.add("4", "")
    make_update(ago, "complete", by=scene.head, on=date(2030, 2, 18))
    make_update(scene.actions[0], by=scene.head, on=date(2030, 3, 20))
    make_update(scene.actions[1], "complete", by=scene.head, on=date(2030, 3, 21))
    page = scene.open()
    flags = [row.flag[0] for row in page.context["round"].rows]
    assert flags == ["Updated 20 Mar", "Updated 21 Mar", "To do", "Nothing to do"]
    assert "2 of your 4 actions are updated in the last month, 1 other is complete, 1 to do." in text_of(page)


def test_a_row_of_which_a_step_alone_was_saved_is_still_to_do(scene):
    step = make_step(scene.actions[0])
    page = scene.save(a1={"steps": [str(step.pk)]}, a2={"rating": "off_track", "happened": "Two"})
    assert "Saved 10:31, still to do" in text_of(page, f"a{scene.actions[0].pk}")
    assert page.context["round"].to_do == 3


def test_an_update_is_of_this_round_for_a_month(scene):
    make_update(scene.actions[0], by=scene.head, on=date(2030, 2, 21))
    make_update(scene.actions[1], by=scene.head, on=date(2030, 2, 20))
    assert "1 of your 3 actions is updated in the last month, 2 to do." in text_of(scene.open())


def test_a_board_that_has_met_counts_from_the_day_after_its_last_meeting(scene):
    for day in (date(2030, 1, 29), date(2030, 3, 5), date(2030, 3, 23), date(2030, 4, 9)):
        make_meeting(scene.board, day)
    make_update(scene.actions[0], by=scene.head, on=date(2030, 3, 5))
    make_update(scene.actions[1], by=scene.head, on=date(2030, 3, 6))
    page = text_of(scene.open())
    assert "1 of your 3 actions is updated since the meeting on 5 March, 2 to do." in page
    assert "To do: not updated since the meeting on 5 March." in page


def test_a_meeting_long_ago_begins_no_round(scene):
    make_meeting(scene.board, date(2029, 12, 20))
    page = text_of(scene.open())
    assert "0 of your 3 actions are updated in the last month, 3 to do." in page
    assert "To do: not updated in the last month." in page


def test_one_action_is_one_whether_it_is_updated_or_not(scene):
    for action in scene.actions[1:]:
        withdraw_action(action, by=scene.head, reason="Done elsewhere")
    assert "0 of your 1 action is updated in the last month, 1 to do." in text_of(scene.open())
    make_update(scene.actions[0], by=scene.head)
    assert "1 of your 1 action is updated in the last month." in text_of(scene.open())


def test_the_dashboard_and_the_list_count_the_same(scene):
    make_meeting(scene.board, date(2030, 3, 5))
    make_update(scene.actions[0], by=scene.head, on=date(2030, 3, 6))
    to_do = scene.open().context["round"].to_do
    board = scene.client.get(reverse("dashboard", args=["teesmere"])).context["dashboard"]
    found = scene.client.get(reverse("plans:action_list", args=["teesmere"]), {"quiet": "1"}).context["found"]
    assert (to_do, board.quiet.number, found) == (2, 2, 2)
    assert board.quiet_words == "not updated since the meeting on 5 March"


def test_nothing_written_saves_nothing(scene):
    page = scene.save()
    assert ProgressUpdate.objects.count() == 3
    assert "Nothing is changed, so nothing was saved." in text_of(page)


def test_words_are_saved_with_the_rating_as_it_stands(scene):
    page = scene.save(a2={"happened": "Two  posts are filled.\r\nThe third is advertised. "})
    said = "Two  posts are filled.\nThe third is advertised."
    assert scene.said(2) == [("on_track", said, ""), FEBRUARY]
    assert page.redirect_chain == [(scene.url, 302)]
    assert "Action 2 is saved." in text_of(page)
    assert "Saved 10:31" in text_of(page, f"a{scene.actions[1].pk}")
    update = scene.actions[1].updates.first()
    assert (update.by, update.on, update.recorded_on) == (scene.head, date(2030, 3, 23), date(2030, 3, 23))


def test_several_rows_are_saved_at_once(scene):
    page = scene.save(a1={"happened": "One"}, a3={"rating": "complete", "happened": "Three"})
    assert [scene.said(n)[0] for n in (1, 2, 3)] == [
        ("on_track", "One", ""),
        FEBRUARY,
        ("complete", "Three", ""),
    ]
    assert "2 updates saved." in text_of(page)


def test_what_counts_from_an_earlier_day_shows_that_day_and_an_import_no_time(scene):
    make_update(scene.actions[0], by=scene.head, on=date(2030, 3, 20))
    make_update(scene.actions[1], by=None, on=date(2030, 3, 23))
    flags = [row.flag for row in scene.open().context["round"].rows]
    assert flags == [("Updated 20 Mar", "ok"), ("Updated 23 Mar", "ok"), ("To do", "plain")]


def test_nothing_new_is_said_in_words(scene):
    scene.save(a1={"same": "on"})
    assert scene.said(1) == [("on_track", "No change since the last update.", ""), FEBRUARY]


@pytest.mark.parametrize("said", ["No change since the last update.", ""])
def test_below_an_update_without_words_stand_the_last_ones(scene, said):
    make_update(scene.actions[0], by=scene.head, happened=said)
    row = text_of(scene.open(), f"a{scene.actions[0].pk}")
    assert "accountable Said on 18 February 2030: The team met and agreed the next step." in row
    assert "Your last update, 23 March 2030" in row
    assert "Said on 18 February 2030: The team met and agreed the next step. Date" in row
    assert "Said on" not in text_of(scene.open(), f"a{scene.actions[1].pk}")


def test_own_words_take_the_place_of_nothing_new(scene):
    scene.save(a1={"same": "on", "happened": "A little."})
    assert scene.said(1)[0] == ("on_track", "A little.", "")


def test_a_complete_action_offers_no_nothing_new(clock, signed_in):
    scene = Scene(signed_in, 1, "complete")
    assert f"a{scene.actions[0].pk}-same" not in scene.open().content.decode()


def test_nothing_new_and_another_rating_contradict_each_other(scene):
    page = scene.save(a1={"same": "on", "rating": "complete"})
    assert page.context["wrong"] == [
        (
            "Action 1: Untick “Nothing new”, or put the rating back to what it was",
            f"#id_a{scene.actions[0].pk}-same",
        )
    ]
    assert scene.said(1) == [FEBRUARY]


@pytest.mark.parametrize("rating", ["slippage", "off_track"])
def test_amber_and_red_need_a_way_back_and_the_text_is_kept(scene, rating):
    page = scene.save(a1={"rating": rating, "happened": "The training was stopped."})
    pk = scene.actions[0].pk
    assert page.context["wrong"] == [
        (
            "Action 1: Say what would make it green, or choose another rating",
            f"#id_a{pk}-way_back",
        )
    ]
    assert scene.said(1) == [FEBRUARY]
    assert fields_of(page, "save")[f"a{pk}-happened"] == "The training was stopped."
    assert fields_of(page, "save")[f"a{pk}-rating"] == rating


def test_a_changed_rating_needs_a_reason(scene):
    page = scene.save(a1={"rating": "complete"})
    assert [words for words, _ in page.context["wrong"]] == [
        "Action 1: Say what has happened, so that the board knows why the rating changed"
    ]


def test_last_month_s_way_back_stands_until_it_is_changed(clock, signed_in):
    scene = Scene(signed_in, 2, "slippage")
    scene.save(a1={"happened": "Still waiting."}, a2={"way_back": "Both sign by 9 April."})
    assert scene.said(1)[0] == ("slippage", "Still waiting.", "Fill the two posts by June.")
    assert scene.said(2)[0] == ("slippage", "", "Both sign by 9 April.")


def test_last_month_s_way_back_is_not_repeated_under_green(clock, signed_in):
    scene = Scene(signed_in, 1, "slippage")
    scene.save(a1={"rating": "on_track", "happened": "Both posts are filled."})
    assert scene.said(1)[0] == ("on_track", "Both posts are filled.", "")


def test_the_good_ones_are_saved_and_the_wrong_ones_stay_open(scene):
    page = scene.save(
        a1={"happened": "One"}, a2={"rating": "off_track", "happened": "Two"}, a3={"happened": "Three"}
    )
    assert [len(scene.said(n)) for n in (1, 2, 3)] == [2, 1, 2]
    text = text_of(page)
    assert "2 updates saved, 1 needs you" in text
    assert "<title>Error: My updates" in page.content.decode()
    first, second, third = (text_of(page, f"a{action.pk}") for action in scene.actions)
    assert ("Saved 10:31" in first, "Not saved: 1 mistake" in second, "Saved 10:31" in third) == (
        True,
        True,
        True,
    )
    assert "2 saved, 1 changed and not saved" in text
    assert [row.is_open for row in page.context["round"].rows] == [False, True, False]


def test_a_wrong_one_mended_is_saved_and_nothing_twice(scene):
    page = scene.save(a1={"happened": "One"}, a2={"rating": "off_track", "happened": "Two"})
    again = scene.save(page, a2={"way_back": "A third post."})
    assert again.redirect_chain == [(scene.url, 302)]
    assert [len(scene.said(n)) for n in (1, 2)] == [2, 2]
    assert scene.said(2)[0] == ("off_track", "Two", "A third post.")


def test_one_alone_is_saved_and_what_is_written_elsewhere_stays_on_the_page(scene):
    page = scene.save(which=str(scene.actions[0].pk), a1={"happened": "One"}, a2={"happened": "Two"})
    assert [len(scene.said(n)) for n in (1, 2)] == [2, 1]
    assert "Action 1 is saved. 1 other is changed and not saved yet." in text_of(page)
    assert "Not saved yet" in text_of(page, f"a{scene.actions[1].pk}")
    assert "<title>My updates" in page.content.decode()
    scene.save(page)
    assert scene.said(2)[0] == ("on_track", "Two", "")


def test_a_step_ticked_alone_is_saved_and_is_no_update(scene):
    step = make_step(scene.actions[0], text="Meet the partner council")
    done = make_step(scene.actions[0], "2", "Agree the draft", done_on=date(2030, 2, 1))
    scene.save(a1={"steps": [str(step.pk)]})
    step.refresh_from_db()
    done.refresh_from_db()
    assert (step.done_on, done.done_on) == (date(2030, 3, 23), None)
    assert scene.said(1) == [FEBRUARY]


def test_a_date_is_moved_in_one_s_own_words_and_the_page_says_what_was_understood(scene):
    page = scene.save(a1={"new_date": "end of May 2030", "move_reason": "The partner signs late"})
    action = Action.objects.get(pk=scene.actions[0].pk)
    [move] = action.moves.all()
    assert (action.target_text, action.target_due) == ("end of May 2030", date(2030, 5, 31))
    assert (move.from_due, move.to_due, move.reason, move.by) == (
        date(2030, 4, 30),
        date(2030, 5, 31),
        "The partner signs late",
        scene.head,
    )
    assert "Action 1 is now due by 31 May 2030." in text_of(page)
    assert "Moved once, 31 days later." in text_of(page, f"a{action.pk}")
    assert scene.said(1) == [FEBRUARY]


@pytest.mark.parametrize(
    ("written", "problem", "field"),
    [
        ({"new_date": "31 May 2030"}, "Say why the date moves", "move_reason"),
        ({"move_reason": "Late"}, "Write the new date, or clear the reason", "new_date"),
        (
            {"new_date": "soon", "move_reason": "Late"},
            "No day was found in “soon”. Write one, such as 30 April 2026",
            "new_date",
        ),
        (
            {"new_date": "30/4/2030", "move_reason": "Late"},
            "30 April 2030 is the date it already has. Write the new one",
            "new_date",
        ),
        (
            {"new_date": "1 March 2030", "move_reason": "Late"},
            "1 March 2030 has passed. Write a day that is still to come",
            "new_date",
        ),
    ],
)
def test_a_move_that_is_wrong_saves_nothing_of_its_row(scene, written, problem, field):
    page = scene.save(a1={"happened": "Kept"} | written)
    pk = scene.actions[0].pk
    assert page.context["wrong"] == [(f"Action 1: {problem}", f"#id_a{pk}-{field}")]
    assert scene.said(1) == [FEBRUARY]
    assert Action.objects.get(pk=pk).moves.count() == 0
    assert fields_of(page, "save")[f"a{pk}-happened"] == "Kept"


def test_what_was_understood_is_shown_beside_a_mistake(scene):
    page = scene.save(a1={"new_date": "mid June"})
    row = text_of(page, f"a{scene.actions[0].pk}")
    assert "Understood as 15 June 2030, the year assumed: 46 days later than now." in row


def test_a_plan_s_own_words_are_used(clock, signed_in):
    scene = Scene(signed_in, 1, rating="")
    scene.plan.key.all().delete()
    words = [("complete", "green", "Green"), ("on_track", "amber", "Amber"), ("off_track", "red", "Red")]
    for position, (code, colour, word) in enumerate(words):
        scene.plan.key.create(code=code, colour=colour, word=word, position=position)
    row = text_of(scene.open(), f"a{scene.actions[0].pk}")
    assert "What would make it amber? Needed for red: what, by whom, by when." in row
    scene.save(a1={"rating": "on_track", "happened": "Begun."})
    assert scene.said(1) == [("on_track", "Begun.", "")]


def test_a_rating_that_left_the_key_is_chosen_anew_and_never_dropped(scene):
    scene.plan.key.filter(code="on_track").delete()
    page = scene.save(a1={"happened": "It met."})
    assert [words for words, _ in page.context["wrong"]] == [
        "Action 1: Choose a rating: the plan’s key no longer has the earlier one"
    ]
    scene.save(page, a1={"rating": "complete"})
    assert scene.said(1)[0] == ("complete", "It met.", "")


def test_a_long_key_opens_beside_the_ratings(scene):
    scene.plan.key.filter(code="on_track").update(explanation="On course for its day " * 10)
    row = text_of(scene.open(), f"a{scene.actions[0].pk}")
    assert "What the ratings mean" in row
    assert "On course for its day" in row


def test_an_action_without_a_number_is_named_by_its_words(scene):
    scene.plan.actions.filter(pk=scene.actions[0].pk).update(reference="")
    page = scene.save(a1={"rating": "complete"})
    assert page.context["wrong"][0][0].startswith("“Do what stands as number 1”: Say what has happened")


def test_a_day_in_the_address_is_told_apart_from_today(scene):
    words = "This page shows today, not the day asked for"
    assert words in text_of(scene.client.get(scene.url, {"as_at": "2030-03-01"}))
    assert words not in text_of(scene.client.get(scene.url))
