"""Who is told what, as the mail server receives it."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from improvement.digests.sending import waiting_parts
from plans.models import Role
from plans.services.actions import withdraw_action
from plans.services.challenges import answer_challenge, close_challenge
from plans.services.evidence import show_evidence
from plans.services.moves import ask_move
from plans.services.people import require_second_factor, set_holders, set_reminders
from plans.services.sign_off import ask_sign_off
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_lead,
    make_member,
    make_plan,
    make_update,
)
from tests.improvement.digests.post import Waiting, parts_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2030-03-23 10:31:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def board():
    return Waiting()


def items_of(message):
    """The titles and words of an email's list, in their order."""
    words = parts_of(message)[0]
    return [tuple(item.split("\n  ")[:2]) for item in re.findall(r"^- (.*\n.*)", words, re.MULTILINE)]


def ask_for_sign_off(board, action, by):
    update = make_update(action, "complete", on=date(2030, 3, 4), by=by)
    show_evidence(update, [make_evidence(board.board)], by=by)
    return ask_sign_off(update, by=by)


def test_the_lead_is_told_what_needs_an_update_before_the_meeting(post, board):
    board.action("Meet partners weekly")
    board.action("Fill the two posts", target="10 March 2030")
    board.action("Write the guide", target="", updated=None)
    board.action("Updated since the last meeting", updated=date(2030, 2, 27))
    board.action("Complete", rating="complete")
    board.action("Somebody else's", lead=make_lead(board.board, "Director"))
    withdraw_action(board.action("Not needed"), by=board.head, reason="Done elsewhere")
    assert send() == "1 reminder sent.\n"
    [message] = post.messages
    assert message["To"] == board.head.email
    assert message["Subject"] == (
        "Teesmere Borough Council: 3 things wait for you before the meeting on 27 March 2030"
    )
    assert items_of(message) == [
        ("Fill the two posts", "13 days overdue (10 March 2030); last update 20 February 2030."),
        ("Meet partners weekly", "Due in 38 days (30 April 2030); last update 20 February 2030."),
        ("Write the guide", "It has no target date; no update yet."),
    ]
    plain, html = parts_of(message)
    assert "The board meets on Wednesday 27 March 2030: in 4 days." in plain
    assert "3 actions need your update before the meeting on 27 March 2030" in plain
    assert "3 actions need your update before the meeting on 27 March 2030" in html


def test_an_update_given_on_the_day_of_the_last_meeting_was_for_that_meeting(post, board):
    board.action("Meet partners weekly", updated=date(2030, 2, 26))
    send()
    assert [title for title, _ in items_of(post.messages[0])] == ["Meet partners weekly"]


def test_challenges_without_an_answer_go_to_who_holds_their_lead(post, board):
    board.challenge(action=board.action("Meet partners weekly", updated=date(2030, 3, 1)))
    answered = board.challenge("Who audits this?", due=date(2030, 4, 2))
    answer_challenge(answered, by=board.head, text="The audit team.", on=date(2030, 3, 20))
    closed = board.challenge("Is it done?")
    answer_challenge(closed, by=board.head, text="It is.", on=date(2030, 3, 20))
    close_challenge(closed, by=board.head, outcome="answered", words="Yes.")
    board.challenge("Not Lena's", owner=make_lead(board.board, "Director"))
    send()
    [message] = post.messages
    assert items_of(message) == [
        (
            "Why has the number of visits fallen?",
            "On “Meet partners weekly”. Answer due by 20 March 2030, 3 days overdue.",
        ),
    ]
    assert "1 challenge is yours to answer" in parts_of(message)[1]


def test_chairs_and_administrators_decide_what_others_ask_for(post, board):
    chair, admin = (make_member(board.board, role) for role in (Role.CHAIR, Role.ADMINISTRATOR))
    make_member(board.board, Role.EDITOR)
    ask_for_sign_off(board, board.action("Meet partners weekly", updated=date(2030, 3, 1)), board.head)
    moved = board.action("Fill the two posts", updated=date(2030, 3, 1))
    ask_move(moved, to="31 May 2030", by=admin, reason="The panel meets in May")
    send()
    told = {message["To"]: items_of(message) for message in post.messages}
    sign_off = ("Sign off: Meet partners weekly", "Lena Holt reported it complete on 23 March 2030.")
    move = ("Another date for Fill the two posts", f"{admin} asks for 31 May 2030: The panel meets in May")
    assert told == {chair.email: [sign_off, move], admin.email: [sign_off]}


def test_nobody_signs_off_what_they_reported_themselves(post, board):
    chair = make_member(board.board, Role.CHAIR)
    update = make_update(board.action("Meet partners weekly"), "complete", by=chair)
    show_evidence(update, [make_evidence(board.board)], by=chair)
    ask_sign_off(update, by=board.head)
    assert send() == "0 reminders sent.\n"


def test_nobody_signs_off_an_action_that_they_lead(post, board):
    chair = make_member(board.board, Role.CHAIR)
    set_holders(board.lead, [board.head, chair], by=None)
    ask_for_sign_off(board, board.action("Meet partners weekly", updated=date(2030, 3, 1)), board.head)
    assert send() == "0 reminders sent.\n"


def test_the_chair_decides_on_another_date_of_an_action_that_they_lead(post, board):
    chair = make_member(board.board, Role.CHAIR)
    set_holders(board.lead, [board.head, chair], by=None)
    moved = board.action("Fill the two posts", updated=date(2030, 3, 23))
    ask_move(moved, to="31 May 2030", by=board.head, reason="The panel meets in May")
    send()
    [message] = post.messages
    words = "Lena Holt asks for 31 May 2030: The panel meets in May"
    assert message["To"] == chair.email
    assert items_of(message) == [("Another date for Fill the two posts", words)]


def test_nobody_is_told_who_wants_no_reminder_or_has_no_account_any_more(post, board):
    board.action("Meet partners weekly")
    gone = make_member(board.board, Role.LEAD)
    set_holders(board.lead, [board.head, gone], by=None)
    gone.is_active = False
    gone.save()
    set_reminders(board.board.memberships.filter(user=board.head), [], by=board.head)
    assert send() == "0 reminders sent.\n"
    assert post.messages == []


@pytest.mark.parametrize(
    ("today", "sent"),
    [("2030-03-19", 0), ("2030-03-20", 1), ("2030-03-27", 1), ("2030-03-28", 0), ("2030-04-20", 1)],
)
def test_a_reminder_is_due_a_week_before_a_meeting_or_from_the_twentieth(post, board, today, sent):
    board.action("Meet partners weekly")
    send(today)
    assert len(post.messages) == sent


def test_without_a_meeting_the_reminder_is_of_the_month(post):
    board, head = make_board(), make_member(make_board(), Role.LEAD)
    area = make_area(make_plan(board))
    make_lead(board, "Director", holder=head)
    make_update(make_action(area, "Updated", leads="Director"), on=date(2030, 2, 21))
    make_update(make_action(area, "Not updated", leads="Director"), on=date(2030, 2, 20))
    send()
    [message] = post.messages
    assert message["Subject"] == "Teesmere Borough Council: 1 thing waits for you this month"
    assert [title for title, _ in items_of(message)] == ["Not updated"]
    words = "This is the reminder for March 2030, of what is not updated in the last month."
    assert f"No meeting is planned. {words}" in parts_of(message)[0]


def test_the_reminder_of_a_board_that_has_stopped_meeting_names_what_is_a_month_old(post, board, clock):
    clock.move_to("2030-11-20 09:00:00+00:00")
    board.action("Updated once since", updated=date(2030, 4, 10))
    board.action("Updated this month", updated=date(2030, 11, 5))
    send("2030-11-20")
    assert [title for title, _ in items_of(post.messages[0])] == ["Updated once since"]


def test_the_reminder_of_a_month_speaks_of_the_last_meeting(post, board, clock):
    clock.move_to("2030-04-20 09:00:00+00:00")
    board.action("Updated on its day", updated=date(2030, 3, 27))
    board.action("Updated since", updated=date(2030, 3, 28))
    send("2030-04-20")
    [message] = post.messages
    assert [title for title, _ in items_of(message)] == ["Updated on its day"]
    words = "the reminder for April 2030, of what is not updated since the meeting on 27 March."
    assert words in parts_of(message)[0]


def test_one_email_for_all_boards(post):
    boards = [Waiting("one", name="One"), Waiting("two", name="Two")]
    for each in boards:
        each.action(f"Action of {each.board.name}")
        make_lead(each.board, holder=boards[0].head)
    send()
    [message] = [each for each in post.messages if each["To"] == boards[0].head.email]
    assert [title for title, _ in items_of(message)] == ["Action of One", "Action of Two"]
    assert message["Subject"] == (
        "Teesmere Borough Council: 2 things wait for you on 2 boards, the next meeting is on 27 March 2030"
    )


def test_closed_plans_and_their_requests_want_nothing(post, board):
    board.action("Meet partners weekly")
    board.area.plan.status = "closed"
    board.area.plan.save()
    assert send() == "0 reminders sent.\n"


def test_every_link_opens_for_who_got_the_email(post, board, client, settings):
    chair = make_member(board.board, Role.CHAIR)
    board.action("Meet partners weekly")
    board.action("Fill the two posts")
    board.challenge()
    ask_for_sign_off(board, board.action("Write the guide"), board.head)
    send()
    assert post.people == sorted([board.head.email, chair.email])
    for message in post.messages:
        client.force_login(
            {board.head.email: board.head, chair.email: chair}[message["To"]],
            backend=settings.AUTHENTICATION_BACKENDS[0],
        )
        plain, html = parts_of(message)
        links = set(re.findall(r"https?://\S+", plain))
        assert links == set(re.findall(r'href="([^"]+)"', html))
        for link in links:
            assert client.get(link.removeprefix("https://plans.example.org")).status_code == 200
    assert f"https://plans.example.org{reverse('reminders')}" in links


def test_the_html_is_of_one_piece_and_escapes_what_people_wrote(post, board):
    board.action("Meet <b>partners</b> & others")
    send()
    plain, html = parts_of(post.messages[0])
    assert "- Meet <b>partners</b> & others\n" in plain
    assert "Meet &lt;b&gt;partners&lt;/b&gt; &amp; others" in html
    assert re.findall(r"<(?:img|link|script|style)\b|\bsrc=|url\(", html) == []
    assert '<html lang="en-GB">' in html


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_queries_for_a_board(post, board, django_assert_num_queries, rows):
    chair = make_member(board.board, Role.CHAIR)
    for number in range(rows):
        action = board.action(f"Action {number}")
        board.challenge(action=action)
        ask_move(action, to="31 May 2030", by=board.head, reason="The panel meets in May")
        make_lead(board.board, f"Lead {number}", holder=make_member(board.board))
    set_holders(board.lead, [board.head, *[make_member(board.board) for _ in range(rows)]], by=None)
    with django_assert_num_queries(10):
        told = waiting_parts(date(2030, 3, 23))
    assert {user.name for user in told} >= {chair.name, board.head.name}
    assert len(told) == 2 + rows


def test_of_a_board_that_asks_for_a_second_step_the_email_gives_numbers_only(post, board):
    chair = make_member(board.board, Role.CHAIR)
    set_holders(board.lead, [board.head, chair], by=None)
    action = board.action("Meet partners weekly")
    board.action("Fill the two posts")
    board.challenge("Who audits this?")
    ask_move(action, to="30 May 2030", by=board.head, reason="Two posts are open")
    require_second_factor(board.board, True, by=None)
    send()
    [message] = [message for message in post.messages if message["To"] == chair.email]
    for words in parts_of(message):
        assert "This board needs a second step at sign-in, so this email gives numbers only." in words
        assert "2 actions need your update before the meeting on 27 March 2030" in words
        assert "1 challenge is yours to answer" in words
        assert "1 request waits for your decision" in words
        told = ("Meet partners", "Fill the two", "Who audits", "Front door", "Two posts", "Lena Holt")
        assert [secret for secret in told if secret in words] == []
        home = f"https://plans.example.org/boards/{board.board.slug}"
        links = [f"{home}/updates/", f"{home}/challenges/?whose=asked", f"{home}/sign-off/"]
        assert re.findall(rf"{home}[^\s\"]*", words) == links
    assert message["Subject"].endswith("4 things wait for you before the meeting on 27 March 2030")
