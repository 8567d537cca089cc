import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import Role
from plans.services.actions import find_or_create_recommendation, set_recommendations, withdraw_action
from plans.services.people import set_holders
from plans.services.progress import correct_target, move_target, record_update, set_step_done
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_step, make_update
from tests.pages import words_of

pytestmark = pytest.mark.django_db

ACTIVITY = "Before all else:\n1. Advertise\n2. Interview"


def ago(days):
    return timezone.localdate() - timedelta(days)


def said(day):
    return f"{day.day} {day:%B %Y}"


@pytest.fixture
def action():
    area = make_area(make_plan(make_board(), "Recovery plan"), "Operation of the hub")
    return make_action(
        area,
        "Agree the procedures",
        reference="3",
        target=said(ago(44)),
        leads="Director of Children's Care, PSW",
        outcome="Both councils use them.",
        what_it_means="A child gets the same decision on either side.",
        notes=[["Budget", "None"]],
    )


def page_of(client, action):
    return client.get(reverse("action", args=[action.plan.board.slug, action.pk]))


def page_for(signed_in, action, role=Role.MEMBER):
    return page_of(signed_in(make_member(action.plan.board, role)), action)


def test_how_it_is_rated_and_why_and_who_is_accountable(signed_in, action):
    lead = make_member(action.plan.board, Role.LEAD, name="Head of Service")
    make_update(action, "off_track", on=ago(9), by=lead, happened="Two of six sections are not agreed.")
    words = words_of(page_for(signed_in, action))
    assert "Action 3 · Operation of the hub Agree the procedures" in words
    assert (
        f"Red Two of six sections are not agreed. Rated on {said(ago(9))} by Head of Service. Red: Off track."
        in words
    )
    assert "Accountable: Director of Children's Care Also named: PSW" in words
    assert "Outcome Both councils use them." in words
    assert "What this means for children A child gets the same decision on either side." in words
    assert "Budget None" in words


def test_every_move_of_its_date_with_the_first_one(signed_in, action):
    editor = make_member(action.plan.board, Role.EDITOR, name="The editor")
    move_target(action, to=said(ago(24)), by=editor, reason="Time to read.", agreed_by="Board", on=ago(40))
    move_target(action, to=said(ago(-1)), by=editor, reason="Sections open.", agreed_by="Chair", on=ago(20))
    words = words_of(page_for(signed_in, action))
    assert "Date: moved twice, 45 days later" in words
    assert f"Due {said(ago(-1))}, tomorrow. First due {said(ago(44))}, written as “{said(ago(44))}”" in words
    assert "1, 20 days " in words
    assert "2, 25 days " in words
    assert f"Time to read. Board Moved {said(ago(40))} by The editor, recorded {said(ago(0))}" in words
    first, second = f"moved 20 days later to {said(ago(24))}", f"moved 25 days later to {said(ago(-1))}"
    assert words.count(f"Timeline: First due {said(ago(44))}, {first}, {second}.") == 2


def test_the_line_draws_a_corrected_date_as_the_table_tells_it(signed_in, action):
    editor = make_member(action.plan.board, Role.EDITOR)
    move_target(action, to=said(ago(-13000)), by=editor, reason="Sections open.", on=ago(40))
    correct_target(action, to=said(ago(24)), by=editor, reason="A slip in the year.")
    move_target(action, to=said(ago(-1)), by=editor, reason="Sections open.", on=ago(20))
    words = words_of(page_for(signed_in, action))
    assert "2, 25 days " in words
    first, second = f"moved 20 days later to {said(ago(24))}", f"moved 25 days later to {said(ago(-1))}"
    assert f"Timeline: First due {said(ago(44))}, {first}, {second}." in words


def test_a_past_day_draws_the_moves_of_then(signed_in, action):
    editor = make_member(action.plan.board, Role.EDITOR)
    for to, on in ((24, 40), (-1, 20)):
        move_target(action, to=said(ago(to)), by=editor, reason="Sections open.", on=ago(on))
    web, place = signed_in(editor), reverse("action", args=[action.plan.board.slug, action.pk])
    lines = [web.get(place, {"as_at": ago(days)}).context["page"].date_line for days in (41, 30)]
    first = f"First due {said(ago(44))}"
    assert lines[0] is None
    assert lines[1].title == f"Timeline: {first}, moved 20 days later to {said(ago(24))}."


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        (
            "Ongoing",
            "Written in the plan as “Ongoing”. It recurs, so it has no date and cannot become overdue.",
        ),
        ("", "No date is given."),
        ("TBC", "Written in the plan as “TBC”. No day can be read from that, so it has no date"),
        ("5 January 2020", "Due 5 January 2020, "),
    ],
)
def test_a_date_in_the_plans_own_words(signed_in, target, sentence):
    action = make_action(make_area(make_plan(make_board())), target=target)
    assert sentence in words_of(page_for(signed_in, action))


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        ([("1", "Advertise"), ("2", "Interview")], "Before all else:"),
        ([("1", "Interview"), ("2", "Advertise"), ("3", "Welcome them")], "Before all else:"),
        ([("1", "Advertise"), ("2", "Interview all who apply")], "Before all else:"),
        ([("1", "Advertise")], ACTIVITY),
        ([("1", "Ask"), ("2", "Listen")], ACTIVITY),
        ([], ACTIVITY),
    ],
)
def test_the_activity_does_not_repeat_the_steps(signed_in, steps, shown):
    action = make_action(make_area(make_plan(make_board())), activity=ACTIVITY)
    for number, text in steps:
        make_step(action, number, text)
    texts = dict(page_for(signed_in, action).context["page"].texts)
    assert texts == {"Activity": shown}


def test_steps_say_their_state(signed_in, action):
    done, late, _ = (make_step(action, str(n), f"Step {n}", target=said(ago(5))) for n in (1, 2, 3))
    set_step_done(done, ago(6), by=None)
    move_target(late, to=said(ago(-9)), by=make_member(action.plan.board), reason="A partner is ill.")
    page = page_for(signed_in, action)
    assert "Steps: 1 of 3 done, 1 overdue" in words_of(page)
    assert [state.words for state in page.context["page"].steps] == [
        f"Done {ago(6).day} {ago(6):%b %Y}",
        "Not done yet",
        "5 days overdue",
    ]
    assert "Step 2, move 1, 14 days" in words_of(page)


def test_the_timeline_of_ratings_with_their_reasons(signed_in, action):
    lead = make_member(action.plan.board, Role.LEAD, name="Head of Service")
    make_update(action, "slippage", on=ago(60), by=lead, happened="A draft exists.", way_back="Agree it.")
    make_update(action, "off_track", on=ago(30), by=lead, happened="We disagree.", way_back="Both sign.")
    make_update(action, "off_track", by=lead, happened="Still open.", way_back="Both sign.")
    words = words_of(page_for(signed_in, action))
    assert (
        f"{said(ago(0))} · Head of Service Red unchanged Still open. What would make it green: Both sign."
        in words
    )
    late = f"{said(ago(30))} · Head of Service · recorded {said(ago(0))} Amber → to Red We disagree."
    assert late in words
    assert (
        f"{said(ago(60))} · Head of Service · recorded {said(ago(0))} Amber first rating A draft exists."
        in words
    )


def test_a_replaced_update_is_kept_with_the_reason(signed_in, action):
    lead = make_member(action.plan.board, Role.LEAD, name="Head of Service")
    wrong = make_update(action, "complete", by=lead, happened="All is done.")
    record_update(
        action, by=lead, rating="on_track", happened="One is left.", replaces=wrong, reason="Wrong action."
    )
    page = page_for(signed_in, action)
    assert page.context["page"].entry.word == "Green"
    assert "1 update replaced or taken back" in words_of(page)
    assert "replaced by Head of Service: Wrong action. All is done." in words_of(page)


def test_each_update_that_stands_can_be_corrected(signed_in, action):
    first, second = make_update(action, on=ago(30)), make_update(action, "on_track", on=ago(2))
    content = page_for(signed_in, action, Role.EDITOR).content.decode()
    at = reverse("plans:action_update", args=[action.plan.board.slug, action.pk])
    links = re.findall(rf'href="{at}\?replaces=(\d+)"\s*>Correct this update<span[^>]*> of ([^<]+)<', content)
    assert links == [(str(second.pk), said(ago(2))), (str(first.pk), said(ago(30)))]
    assert "Correct this update" not in page_for(signed_in, action).content.decode()


def test_many_updates_fold_away(signed_in, action):
    for day in range(12):
        make_update(action, on=ago(day * 30))
    assert "4 earlier updates" in words_of(page_for(signed_in, action))


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.MEMBER, []),
        (Role.CHAIR, []),
        (Role.LEAD, []),
        (Role.EDITOR, ["Add an update", "Edit", "Move the date", "Withdraw", "Add steps"]),
    ],
)
def test_buttons_go_by_the_role(signed_in, action, role, offered):
    words = words_of(page_for(signed_in, action, role))
    buttons = ["Add an update", "Edit", "Move the date", "Withdraw", "Add steps"]
    assert [button for button in buttons if button in words] == offered


def test_whoever_holds_a_lead_may_update_whatever_their_role(signed_in, action):
    make_step(action)
    member = make_member(action.plan.board)
    set_holders(action.leads.get(name="PSW"), [member], by=None)
    words = words_of(page_of(signed_in(member), action))
    assert ("Add an update" in words, "Save the ticks" in words, "Withdraw" in words) == (True, True, False)


def test_a_withdrawn_action_says_why_and_takes_no_updates(signed_in, action):
    other = make_action(action.area, "Sign the protocol")
    editor = make_member(action.plan.board, Role.EDITOR)
    withdraw_action(action, by=editor, reason="One covers both.", merged_into=other)
    words = words_of(page_of(signed_in(editor), action))
    assert f"Merged into Sign the protocol on {said(ago(0))}. Reason: One covers both. It counts" in words
    assert ("Add an update" in words, "Bring it back" in words) == (False, True)


def test_a_withdrawn_action_gives_its_reason_as_a_sentence(signed_in, action):
    other = make_action(action.area, "Sign the protocol")
    editor = make_member(action.plan.board, Role.EDITOR)
    withdraw_action(other, by=editor, reason="same thing", merged_into=action)
    web = signed_in(editor)
    assert "Merged into this action: Sign the protocol" in words_of(page_of(web, action))
    withdraw_action(action, by=editor, reason="no longer needed", covers_others=True)
    words = f"Withdrawn on {said(ago(0))}. Reason: No longer needed. It counts nowhere."
    assert words in words_of(page_of(web, action))
    words = "Reason: Same thing. What it was merged into is withdrawn, too. It counts nowhere."
    assert words in words_of(page_of(web, other))


def test_what_it_answers_and_who_changed_what(signed_in, action):
    editor = make_member(action.plan.board, Role.EDITOR, name="The editor")
    link = find_or_create_recommendation(action.plan.board, "R4", "Decide the same way everywhere", by=None)
    set_recommendations(action, [link], by=editor)
    step = make_step(action)
    set_step_done(step, date(2026, 1, 5), by=editor)
    page = page_for(signed_in, action)
    assert "Recommendations R4 Decide the same way everywhere" in words_of(page)
    newest = page.context["page"].changes[0]
    assert (newest[0].who, newest[1], newest[0].after) == ("The editor", "Step 1", "5 January 2026")


def test_an_ended_plan_rates_it_as_at_its_end(signed_in):
    plan = make_plan(make_board(), starts=date(2020, 1, 6), ends=date(2020, 3, 30), status="closed")
    action = make_action(make_area(plan), target="31 January 2020")
    make_update(action, "on_track", on=date(2020, 3, 1))
    make_update(action, "complete", on=date(2020, 5, 1))
    page = page_for(signed_in, action)
    assert page.context["page"].entry.word == "Green"
    assert "59 days overdue" in words_of(page)


def test_an_action_of_another_board_is_not_found(signed_in, action):
    board = make_board()
    client = signed_in(make_member(board))
    assert client.get(reverse("action", args=[board.slug, action.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_queries(signed_in, django_assert_num_queries, action, rows):
    client = signed_in(make_member(action.plan.board))
    editor = make_member(action.plan.board, Role.EDITOR)
    for number in range(rows):
        make_update(action, on=ago(number), by=editor)
        make_step(action, str(number))
        move_target(action, to=said(ago(number)), by=editor, reason="Time.", on=ago(number))
    with django_assert_num_queries(25):
        page_of(client, action)
