from datetime import date

import pytest
import time_machine

from plans.models import Action, Area, Role, Step, TargetMove
from plans.services.actions import edit_action, find_or_create_recommendation, withdraw_action
from plans.services.plans import edit_plan
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_meeting,
    make_member,
    make_plan,
    make_step,
)
from tests.pages import fields_of, text_of, words_of
from tests.plans.editing import errors_of, fill, messages_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    """In winter, before the days that dates are moved to here."""
    with time_machine.travel("2026-02-02 12:00"):
        yield


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def editor(board):
    return make_member(board, Role.EDITOR, "Edith Moor")


@pytest.fixture
def web(signed_in, editor):
    return signed_in(editor)


@pytest.fixture
def plan(board):
    return make_plan(board, "Recovery plan", level_names=["Improvement area", "Outcome"])


def test_recommendations_known_to_the_board_are_answered_again(web, board, plan):
    known = find_or_create_recommendation(board, "R1", "Improve supervision", by=None)
    area = make_area(plan)
    action = make_action(area)
    address = url(board, "action_edit", action.pk)
    fill(web, address, recommendations="R1 Improve supervision")
    assert list(action.recommendations.all()) == [known]
    fill(web, address, title="New words")
    assert list(action.recommendations.all()) == [known]
    fill(web, address, recommendations="")
    assert list(action.recommendations.all()) == []
    new = url(board, "action_new", plan=plan.pk, area=area.pk)
    fill(web, new, title="Another", recommendations="R1 Improve supervision")
    assert list(known.actions.values_list("title", flat=True)) == ["Another"]


def test_an_action_is_edited_and_moved_to_another_heading(web, board, plan):
    here, there = make_area(plan, "Here"), make_area(plan, "There")
    action = make_action(here, "Old words", leads="Director")
    fields = {
        "area": there.pk,
        "reference": "1a",
        "title": "New words\nin two lines",
        "activity": "What is done",
        "outcome": "What comes of it",
        "objective": "To what end",
        "success_criteria": "How it shows",
        "what_it_means": "Children are seen sooner",
        "leads_text": "Director of Education, Prevention and Partnerships",
        "links": "Neglect strategy",
    }
    response = fill(
        web, url(board, "action_edit", action.pk), recommendations="R1 Improve supervision\nR2", **fields
    )
    action.refresh_from_db()
    assert [str(each) for each in action.recommendations.all()] == ["R1 Improve supervision", "R2"]
    assert {name: getattr(action, name) for name in fields} == fields | {"area": there}
    assert messages_of(response) == [
        "The action is saved. Accountable: Director of Education, Prevention and Partnerships."
    ]


def test_the_title_of_a_form_says_what_it_is_about(web, board, plan):
    action = make_action(
        make_area(plan), "Hold the panel every week, with the police and with health there", reference="4"
    )
    page = web.get(url(board, "action_edit", action.pk)).content.decode()
    said = "Edit the action: 4 Hold the panel every week, with the police and with…"
    assert f"<title>{said} – Teesmere Borough Council</title>" in page


def test_a_reference_in_use_says_where(web, board, plan):
    area = make_area(plan)
    make_action(area, "Answer contacts", reference="1")
    action = make_action(area)
    errors = errors_of(fill(web, url(board, "action_edit", action.pk), reference="1"))
    assert errors == {"reference": ["“Answer contacts” has this reference. Choose another."]}


def test_a_date_moves_with_its_reason_or_is_put_right_without_a_move(web, board, plan, editor):
    action = make_action(make_area(plan), target="1 March 2062")
    address = url(board, "action_target", action.pk)
    fill(web, address, kind="correct", to="1 March 2026", reason="Mistyped")
    fill(web, address, kind="move", to="1 April 2026", reason="Posts are open", agreed_by="The board")
    move = TargetMove.objects.get()
    assert (move.from_text, move.to_text, move.reason, move.agreed_by, move.by) == (
        "1 March 2026",
        "1 April 2026",
        "Posts are open",
        "The board",
        editor,
    )
    action.refresh_from_db()
    assert action.target_due == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"to": "1 April 2026"}, {"reason": ["Give the reason"]}),
        (
            {"to": "", "reason": "Why"},
            {"to": ["Write the new date, or say that the old one was mistyped"]},
        ),
        (
            {"to": "1 March 2026", "reason": "Why"},
            {"to": ["This is the date it already has. Write the new one."]},
        ),
    ],
)
def test_a_move_that_can_not_be(web, board, plan, changes, errors):
    action = make_action(make_area(plan), target="1 March 2026")
    assert errors_of(fill(web, url(board, "action_target", action.pk), **changes)) == errors
    assert TargetMove.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "to", "at", "problem"),
    [
        (
            "move",
            "1 February 2026",
            False,
            "1 February 2026 has passed. Write a day that is still to come, "
            "or choose the meeting that agreed it",
        ),
        ("move", "2 February 2026", False, ""),
        ("move", "13 January 2026", True, ""),
        (
            "move",
            "12 January 2026",
            True,
            "12 January 2026 had passed at the meeting of 13 January 2026. Write a later day",
        ),
        ("correct", "1 January 2026", False, ""),
    ],
)
@pytest.mark.parametrize("make", [lambda action: action, make_step], ids=["action", "step"])
def test_a_date_moves_to_a_day_that_was_to_come(web, board, plan, kind, to, at, problem, make):
    dated = make(make_action(make_area(plan), target="31 December 2025"))
    address = url(board, f"{dated._meta.model_name}_target", dated.pk)
    meeting = make_meeting(board, date(2026, 1, 13))
    response = fill(web, address, kind=kind, to=to, reason="Why", meeting=str(meeting.pk) if at else "")
    assert (errors_of(response) if problem else {}) == ({"to": [problem]} if problem else {})
    dated.refresh_from_db()
    assert (dated.target_text == to) is not bool(problem)


def test_a_plan_that_has_ended_moves_dates_as_on_its_last_day(web, board, plan):
    edit_plan(plan, by=None, ends=date(2026, 1, 20))
    action = make_action(make_area(plan), target="31 December 2025")
    address = url(board, "action_target", action.pk)
    assert list(errors_of(fill(web, address, to="19 January 2026", reason="Why"))) == ["to"]
    assert fill(web, address, to="20 January 2026", reason="Why").status_code == 302


WITHOUT_A_DAY = "so the action would have no date and could no longer be overdue. Write a day, or tick below."


@pytest.mark.parametrize(
    ("before", "changes", "problem"),
    [
        ("1 March 2026", {"to": "gibberish"}, f"No day can be read from “gibberish”, {WITHOUT_A_DAY}"),
        ("1 March 2026", {"to": "Ongoing"}, f"“Ongoing” names no day, {WITHOUT_A_DAY}"),
        ("1 March 2026", {"to": "", "kind": "correct"}, f"Nothing is written, {WITHOUT_A_DAY}"),
        ("Ongoing", {"to": "gibberish"}, f"No day can be read from “gibberish”, {WITHOUT_A_DAY}"),
    ],
)
def test_words_without_a_day_take_a_date_away_only_once_confirmed(web, board, plan, before, changes, problem):
    action = make_action(make_area(plan), target=before)
    address = url(board, "action_target", action.pk)
    changes = {"reason": "Not known yet"} | changes
    response = fill(web, address, **changes)
    assert errors_of(response) == {"to": [problem]}
    assert "Save it without a date" in text_of(response)
    action.refresh_from_db()
    assert action.target_text == before
    fill(web, address, **changes, without_day="on")
    action.refresh_from_db()
    assert (action.target_text, action.target_due) == (changes["to"], None)


def test_plain_words_for_no_date_are_not_asked_about_where_no_day_stood(web, board, plan):
    action = make_action(make_area(plan), target="Ongoing")
    address = url(board, "action_target", action.pk)
    assert "Save it without a date" not in text_of(web.get(address))
    response = fill(web, address, to="TBC", reason="Not agreed yet")
    assert messages_of(response) == [
        "The date has moved. “TBC” names no day, so the action has no date and cannot become overdue. "
        "The board sees the move and its reason."
    ]


@pytest.mark.parametrize("words", ["30/2/2027", "31 April 2027", "29 February 2027", "2027-13-01", "31/06"])
@pytest.mark.parametrize("confirmed", [{}, {"without_day": "on"}])
def test_a_day_that_no_calendar_has_is_refused(web, board, plan, words, confirmed):
    action = make_action(make_area(plan), target="1 March 2026")
    response = fill(web, url(board, "action_target", action.pk), to=words, reason="Why", **confirmed)
    problem = f"There is no such day as “{words}”. Write one that the calendar has."
    assert errors_of(response) == {"to": [problem]}


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("1 April 2026", "It is due on 1 April 2026."),
        ("end of May 2026", "“end of May 2026” is read as 31 May 2026."),
    ],
)
def test_a_saved_date_says_how_it_was_read(web, board, plan, words, understood):
    action = make_action(make_area(plan), target="1 March 2026")
    response = fill(web, url(board, "action_target", action.pk), to=words, reason="Why")
    told = f"The date has moved. {understood} The board sees the move and its reason."
    assert messages_of(response) == [told]


def test_the_date_of_a_new_action_or_step_is_asked_about_too(web, board, plan):
    area = make_area(plan)
    new = url(board, "action_new", plan=plan.pk, area=area.pk)
    problem = {"target_text": [f"No day can be read from “soonish”, {WITHOUT_A_DAY}"]}
    assert errors_of(fill(web, new, title="Agree", target_text="soonish")) == problem
    response = fill(web, new, title="Agree", target_text="soonish", without_day="on")
    action = Action.objects.get()
    assert action.target_text == "soonish"
    assert messages_of(response) == [
        "The action is added. “soonish” names no day, so the action has no date and cannot become overdue. "
        "Nobody is accountable for it yet."
    ]
    response = fill(web, url(board, "step_new", action.pk), text="Meet", target_text="soonish")
    assert errors_of(response) == {
        "target_text": [f"No day can be read from “soonish”, {WITHOUT_A_DAY}".replace("action", "step")]
    }


def test_a_date_moved_meanwhile_is_shown_first(web, board, plan):
    action = make_action(make_area(plan), target="1 March 2026")
    address = url(board, "action_target", action.pk)
    fields = fields_of(web.get(address), "token") | {"to": "1 May 2026", "reason": "Posts are open"}
    fill(web, address, to="1 April 2026", reason="Half term")
    response = web.post(address, fields)
    assert errors_of(response)["to"] == [
        "The date was changed to “1 April 2026” while you were writing. Save again if yours still holds."
    ]
    web.post(address, fields_of(response, "token"))
    assert [move.to_text for move in TargetMove.objects.all()] == ["1 April 2026", "1 May 2026"]


def test_an_action_is_withdrawn_merged_and_brought_back(web, board, plan):
    area = make_area(plan)
    action, other = make_action(area), make_action(area)
    fill(web, url(board, "action_withdraw", action.pk), reason="Same work", merged_into=other.pk)
    action.refresh_from_db()
    assert (action.withdrawn_reason, action.merged_into) == ("Same work", other)
    assert list(Action.objects.current()) == [other]
    fill(web, url(board, "action_restore", action.pk), reason="Not the same after all")
    assert Action.objects.current().count() == 2


def test_withdrawing_what_covers_others_names_them_and_asks(web, board, plan):
    area = make_area(plan)
    first, second, third = make_action(area, "Agree who answers"), make_action(area), make_action(area)
    fill(web, url(board, "action_withdraw", first.pk), reason="Same work", merged_into=second.pk)
    address = url(board, "action_withdraw", second.pk)
    assert "Merged into this action, and covered by it now: Agree who answers" in words_of(web.get(address))
    assert errors_of(fill(web, address, reason="Not needed")) == {
        "covers_others": [
            "Other actions were merged into this one. Choose what covers them all now, or tick this."
        ]
    }
    fill(web, address, reason="Not needed", merged_into=third.pk)
    first.refresh_from_db()
    assert first.merged_into == third
    fill(web, url(board, "action_withdraw", third.pk), reason="Not needed", covers_others="on")
    assert not Action.objects.current().exists()


def test_withdrawing_asks_for_a_reason(web, board, plan):
    action = make_action(make_area(plan))
    errors = errors_of(fill(web, url(board, "action_withdraw", action.pk)))
    assert errors == {"reason": ["Give the reason, for the board to see"]}
    assert Action.objects.current().get() == action


def test_actions_are_reordered_and_renumbered_on_one_page(web, board, plan):
    area = make_area(plan)
    one, two, three = (make_action(area, reference=number) for number in "123")
    gone = make_action(area, reference="4")
    withdraw_action(gone, by=make_member(board), reason="Not needed")
    changes = {f"place_{three.pk}": "1"}
    changes |= {f"number_{row.pk}": number for row, number in ((three, "1"), (one, "2"), (two, "3"))}
    fill(web, url(board, "action_reorder", area.pk), **changes)
    assert list(area.actions.values_list("pk", "reference")) == [
        (three.pk, "1"),
        (one.pk, "2"),
        (two.pk, "3"),
        (gone.pk, "4"),
    ]


@pytest.mark.parametrize(("moved", "place", "order"), [(0, "2", "BAC"), (2, "2", "ACB"), (0, "9", "BCA")])
def test_who_is_moved_to_a_place_gets_it(web, board, plan, moved, place, order):
    area = make_area(plan)
    actions = [make_action(area, title) for title in "ABC"]
    fill(web, url(board, "action_reorder", area.pk), **{f"place_{actions[moved].pk}": place})
    assert "".join(action.title for action in area.actions.all()) == order


def test_a_place_must_be_a_number(web, board, plan):
    action = make_action(make_area(plan), "Answer contacts")
    changes = {f"place_{action.pk}": "first"}
    errors = errors_of(fill(web, url(board, "action_reorder", action.area_id), **changes))
    assert errors == {f"place_{action.pk}": ["Enter a whole number, such as 3"]}


def test_a_reference_changed_meanwhile_by_somebody_else_stays(web, board, plan):
    area = make_area(plan)
    one, two = make_action(area, reference="1"), make_action(area, reference="2")
    address = url(board, "action_reorder", area.pk)
    fields = fields_of(web.get(address), "token") | {f"number_{one.pk}": "1a"}
    edit_action(two, by=make_member(board), reference="2b")
    web.post(address, fields)
    assert list(area.actions.values_list("reference", flat=True)) == ["1a", "2b"]


def test_steps_are_added_one_by_one_or_pasted_edited_reordered_and_removed(web, board, plan):
    action = make_action(make_area(plan))
    new = url(board, "step_new", action.pk)
    fill(web, new, text="Agree who answers", target_text="End March 2026")
    response = fill(web, new, several="2. Tell the teams\n3. Look again")
    assert messages_of(response) == ["2 steps are added."]
    first, second, third = action.steps.all()
    assert (first.number, first.target_due, third.text) == ("1", date(2026, 3, 31), "Look again")
    fill(web, url(board, "step_edit", second.pk), text="Tell every team", done_on="5/1/2026")
    fill(web, url(board, "step_reorder", action.pk), **{f"place_{third.pk}": "1", f"number_{third.pk}": "0"})
    fill(web, url(board, "step_remove", first.pk))
    assert list(action.steps.values_list("number", "text", "done_on")) == [
        ("0", "Look again", None),
        ("2", "Tell every team", date(2026, 1, 5)),
    ]
    fill(web, url(board, "step_target", third.pk), to="1 April 2026", reason="Half term")
    assert TargetMove.objects.get().step == third


def test_a_step_always_has_a_number(web, board, plan):
    action = make_action(make_area(plan))
    fill(web, url(board, "step_new", action.pk), text="Agree", number="")
    step = action.steps.get()
    assert step.number == "1"
    errors = errors_of(fill(web, url(board, "step_reorder", action.pk), **{f"number_{step.pk}": ""}))
    assert errors == {f"number_{step.pk}": ["Enter the number of 1. Agree"]}


def test_a_step_page_says_what_is_missing(web, board, plan):
    action = make_action(make_area(plan))
    new = url(board, "step_new", action.pk)
    assert errors_of(fill(web, new)) == {"text": ["Say what the step is, or paste a numbered list below"]}
    assert errors_of(fill(web, new, text="Agree", several="1. Tell\n2. Look")) == {
        "several": ["Add the one step or the list first, then the other"]
    }
    assert Step.objects.count() == 0


def test_a_second_press_adds_nothing(web, board, plan):
    address = url(board, "area_new", plan=plan.pk)
    fields = fields_of(web.get(address), "token") | {"title": "Front door"}
    first, second = web.post(address, fields), web.post(address, fields)
    assert second.url == first.url
    assert Area.objects.count() == 1


def test_what_others_changed_meanwhile_is_kept_and_shown_where_both_did(web, board, plan):
    other = make_member(board, Role.EDITOR, "Omar Reid")
    action = make_action(make_area(plan), "Old title", activity="Old activity", outcome="Old outcome")
    address = url(board, "action_edit", action.pk)
    mine = {"title": "My title", "outcome": "My outcome"}
    fields = fields_of(web.get(address), "token") | mine
    edit_action(action, by=other, title="Their title", activity="Their activity")

    response = web.post(address, fields)
    assert errors_of(response) == {
        "title": ["Omar Reid changed this while you were writing. Save again to keep your words."]
    }
    words = text_of(response)
    assert "Action: two versions Omar Reid saved Their title You wrote My title" in words
    action.refresh_from_db()
    assert action.title == "Their title"

    assert web.post(address, fields_of(response, "token")).status_code == 302
    action.refresh_from_db()
    assert (action.title, action.activity, action.outcome) == ("My title", "Their activity", "My outcome")


@time_machine.travel("2026-03-23 10:31:00+00:00", tick=False)
def test_what_was_saved_in_another_window_is_told_as_one_s_own(web, board, plan):
    address = url(board, "action_edit", make_action(make_area(plan), "Old title").pk)
    fields = fields_of(web.get(address), "token")
    fill(web, address, title="Saved title")
    response = web.post(address, fields | {"title": "My title"})
    assert errors_of(response) == {
        "title": ["You saved this at 10:31 in another window. Save again to keep these words."]
    }
    assert "two versions In another window you saved Saved title You wrote My title" in text_of(response)


@time_machine.travel("2026-03-23 10:31:00+00:00", tick=False)
def test_who_wrote_a_field_last_is_told_whoever_saved_the_row_since(web, board, plan, editor):
    other = make_member(board, Role.EDITOR, "Omar Reid")
    action = make_action(make_area(plan), "Old title", activity="Old activity")
    address = url(board, "action_edit", action.pk)
    fields = fields_of(web.get(address), "token") | {"title": "My title", "activity": "My activity"}
    for by, changes in ((other, {"title": "Their title"}), (editor, {"activity": "Saved"})):
        action.refresh_from_db()
        edit_action(action, by=by, **changes)
    response = web.post(address, fields)
    assert errors_of(response) == {
        "title": ["Omar Reid changed this while you were writing. Save again to keep your words."],
        "activity": ["You saved this at 10:31 in another window. Save again to keep these words."],
    }
    assert [clash.who for clash in response.context["form"].clashes] == ["Omar Reid", "In another window you"]


def test_changes_to_other_fields_are_brought_together_without_a_question(web, board, plan):
    action = make_action(make_area(plan), "Old title", activity="Old\nactivity")
    address = url(board, "action_edit", action.pk)
    fields = fields_of(web.get(address), "token") | {"title": "My title"}
    edit_action(action, by=make_member(board), activity="Their\nactivity")
    assert web.post(address, fields).status_code == 302
    action.refresh_from_db()
    assert (action.title, action.activity) == ("My title", "Their\nactivity")
