"""Challenges on their pages: asked, answered, closed, opened again, listed and counted."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from impact.services.challenges import challenge_measure
from improvement.challenges import count_open, ordinal
from plans.history import board_changes, changes_of
from plans.models import Challenge, Role
from plans.services.challenges import answer_challenge, close_challenge, reopen_challenge
from plans.services.meetings import record_attendance, record_decision
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_user,
)
from tests.impact.measuring import make_measure
from tests.pages import text_of, words_of
from tests.plans.editing import errors_of, fill, messages_of, url

pytestmark = pytest.mark.django_db

BEFORE, TODAY, APRIL = date(2026, 3, 1), date(2026, 3, 17), date(2026, 4, 14)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def board():
    return make_board("teesmere")


@pytest.fixture
def holder(board):
    return make_member(board, Role.MEMBER, "H Older")


@pytest.fixture
def lead(board, holder):
    return make_lead(board, "Head of Service for Assessment", holder)


@pytest.fixture
def action(board, lead):
    return make_action(make_area(make_plan(board)), "Fill the posts", leads=lead.name)


@pytest.fixture
def member(board):
    return make_member(board, Role.MEMBER, "M Ember")


@pytest.fixture
def challenge(action, member, lead):
    return make_challenge(action, "Who checks?", by=member, owner=lead, due=APRIL)


def page_of(client, challenge):
    return client.get(reverse("challenge", args=[challenge.board.slug, challenge.pk]))


def listed(client, board, **query):
    return client.get(reverse("challenge_list", args=[board.slug]), query)


def test_a_member_asks_the_accountable_lead_by_the_next_meeting(signed_in, board, action, member, lead):
    make_meeting(board, TODAY)
    make_meeting(board, APRIL)
    client = signed_in(member)
    assert "Challenge this" in words_of(client.get(reverse("action", args=[board.slug, action.pk])))
    response = fill(client, url(board, "action_challenge", action.pk), question="Who checks?")
    challenge = Challenge.objects.get()
    assert response.headers["Location"] == reverse("challenge", args=[board.slug, challenge.pk])
    assert (challenge.owner, challenge.due, challenge.action) == (lead, APRIL, action)
    assert (challenge.raised_by, challenge.meeting.on) == (member, TODAY)


def test_an_area_and_a_measure_are_challenged_too(signed_in, board, action, member, lead):
    measure = make_measure(board, owner=lead)
    client = signed_in(member)
    told = {"question": "Is this enough?", "due": "14/4/2026"}
    fill(client, url(board, "area_challenge", action.area_id), **told, owner=str(lead.pk))
    fill(client, reverse("impact:measure_challenge", args=[board.slug, measure.pk]), **told)
    of_area, of_measure = Challenge.objects.order_by("pk")
    assert (of_area.area, of_measure.measure_link.measure, of_measure.owner) == (action.area, measure, lead)
    for name, args in (("area", action.area_id), ("measure", measure.pk)):
        words = words_of(client.get(reverse(name, args=[board.slug, args])))
        assert "Is this enough? Waits for an answer Raised by M Ember at" not in words
        assert "Is this enough? Waits for an answer Raised by M Ember on 17 March 2026." in words


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"question": ""}, {"question": ["Answer “What do you ask?”"]}),
        ({"owner": ""}, {"owner": ["Answer “Who is to answer?”"]}),
        (
            {"owner": "99999"},
            {"owner": ["Select a valid choice. That choice is not one of the available choices."]},
        ),
        ({"due": "16/3/2026"}, {"due": ["Give a day on or after the day the question is asked."]}),
        ({"due": "soon"}, {"due": ["Enter answer due by as a real day, such as 27/3/2026"]}),
    ],
)
def test_what_cannot_be_asked(signed_in, board, action, member, changes, errors):
    told = {"question": "Why?", "due": "14/4/2026"} | changes
    found = errors_of(fill(signed_in(member), url(board, "action_challenge", action.pk), **told))
    assert list(found) == list(errors)
    assert Challenge.objects.count() == 0


def test_text_that_looks_like_a_case_number_is_asked_about(signed_in, board, action, member):
    told = {"question": "What of NHS number 943 476 5919?", "due": "14/4/2026"}
    found = errors_of(fill(signed_in(member), url(board, "action_challenge", action.pk), **told))
    assert list(found) == ["names_nobody"]


def test_who_holds_the_lead_answers_and_others_do_not(signed_in, board, challenge, holder):
    address = url(board, "challenge_answer", challenge.pk)
    outsider = signed_in(make_member(board, Role.LEAD))
    assert outsider.get(address).status_code == 403
    client = signed_in(holder)
    assert "Answer" in words_of(page_of(client, challenge))
    fill(client, address, text="The team manager,\r\neach week.")
    fill(client, address, text="The head of service.")
    assert [answer.text for answer in challenge.answers.all()] == [
        "The head of service.",
        "The team manager,\neach week.",
    ]
    words = words_of(page_of(client, challenge))
    assert words.index("The head of service.") < words.index("The team manager")


def test_the_raiser_and_the_chair_close_it_and_others_do_not(signed_in, board, challenge, member, holder):
    address = url(board, "challenge_close", challenge.pk)
    assert signed_in(holder).get(address).status_code == 403
    chair = signed_in(make_member(board, Role.CHAIR))
    choices = dict(chair.get(address).context["form"].fields["outcome"].choices)
    assert "dropped" not in choices
    response = fill(signed_in(member), address, outcome="dropped", words="I had misread it.")
    assert messages_of(response) == ["The challenge is closed."]
    words = words_of(page_of(signed_in(member), challenge))
    assert "Withdrawn by who raised it. I had misread it." in words


def test_who_closes_it_second_is_told(signed_in, board, challenge, member):
    address = url(board, "challenge_close", challenge.pk)
    chair = signed_in(make_member(board, Role.CHAIR))
    opened = chair.get(address)
    assert opened.status_code == 200
    close_challenge(challenge, by=member, outcome="changed", words="A step was added.")
    response = fill(chair, address, outcome="decided", words="The board agreed.")
    assert errors_of(response) == {"__all__": ["This challenge is closed. Open it again first."]}
    assert "A step was added." in words_of(response)
    challenge.refresh_from_db()
    assert challenge.outcome == "changed"


def test_it_is_opened_again_with_a_reason_and_the_story_is_told(signed_in, board, challenge, member):
    close_challenge(challenge, by=member, outcome="changed", words="A step was added.")
    client = signed_in(member)
    address = url(board, "challenge_reopen", challenge.pk)
    assert list(errors_of(fill(client, address, reason=""))) == ["reason"]
    fill(client, address, reason="The step went again.")
    story = page_of(client, challenge).context["page"].story
    assert [(each.heading, each.text) for each in story] == [
        ("Opened again", "The step went again."),
        ("Closed. The plan was changed", "A step was added."),
    ]


def test_the_question_is_edited_while_it_is_open(signed_in, board, challenge, member):
    client = signed_in(member)
    fill(client, url(board, "challenge_edit", challenge.pk), question="Who checks, and when?", due="1/5/2026")
    challenge.refresh_from_db()
    assert (challenge.question, challenge.due) == ("Who checks, and when?", date(2026, 5, 1))


class TestTheList:
    @pytest.fixture
    def several(self, board, action, lead, member):
        """By name: one open, one overdue, one answered, one closed; asked of two leads."""
        other = make_lead(board, "Director")
        found = {
            "open": make_challenge(action, "Open?", by=member, owner=other, due=APRIL),
            "overdue": make_challenge(action, "Overdue?", on=BEFORE, due=date(2026, 3, 10), owner=lead),
            "answered": make_challenge(action, "Answered?", on=BEFORE, due=date(2026, 3, 12), owner=lead),
            "closed": make_challenge(action, "Closed?", on=BEFORE, due=APRIL, owner=other),
        }
        answer_challenge(found["answered"], by=None, text="Yes.")
        close_challenge(found["closed"], by=None, outcome="changed", words="A step was added.")
        return found

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ({}, ["overdue", "answered", "open"]),
            ({"state": "overdue"}, ["overdue"]),
            ({"state": "answered"}, ["answered"]),
            ({"state": "closed"}, ["closed"]),
            ({"state": "all"}, ["overdue", "answered", "open", "closed"]),
            ({"whose": "asked"}, ["overdue", "answered"]),
            ({"whose": "raised"}, []),
            ({"state": "nonsense"}, []),
        ],
    )
    def test_it_is_narrowed(self, signed_in, board, several, holder, query, names):
        table = listed(signed_in(holder), board, **query).context["table"]
        found = [row.record for row in table.rows]
        assert sorted(found, key=lambda row: row.pk) == sorted(
            (several[name] for name in names), key=lambda row: row.pk
        )

    def test_it_says_how_many_are_open_and_overdue(self, signed_in, board, several, member):
        client = signed_in(member)
        assert "3 challenges are open, 1 overdue." in words_of(listed(client, board))
        dashboard = client.get(reverse("dashboard", args=[board.slug]))
        assert "3 challenges open, 1 overdue." in words_of(dashboard)

    @pytest.mark.parametrize("column", ["question", "owner", "due", "raised_on"])
    def test_each_column_sorts_both_ways(self, signed_in, board, several, member, column):
        client = signed_in(member)
        up, down = (
            [row.record.pk for row in listed(client, board, sort=sort).context["table"].rows]
            for sort in (column, f"-{column}")
        )
        assert sorted(up) == sorted(down)
        assert up != down

    def test_the_download_has_answers_and_outcomes(self, signed_in, board, several, member):
        response = listed(signed_in(member), board, state="all", _export="csv")
        lines = response.content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("Challenge,About,To answer,Answer due,Raised,Raised by,Last answered")
        assert any("Answered?" in line and "Yes." in line for line in lines)
        assert any("Closed?" in line and "A step was added." in line for line in lines)
        assert listed(signed_in(member), board, _export="pdf").status_code == 404

    @pytest.mark.parametrize("rows", [1, 3])
    def test_a_fixed_number_of_queries(
        self, signed_in, board, action, member, rows, django_assert_num_queries
    ):
        for number in range(rows):
            one = make_challenge(action, f"Question {number}?", by=member)
            answer_challenge(one, by=member, text="Yes.")
        client = signed_in(member)
        with django_assert_num_queries(8):
            listed(client, board)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_challenges_page_takes_the_same_queries(
    signed_in, board, challenge, member, rows, django_assert_num_queries
):
    meeting = make_meeting(board, TODAY)
    for _ in range(rows):
        answer_challenge(challenge, by=member, text="Yes.")
        record_decision(meeting, by=None, text="Agreed.", challenge=challenge)
        close_challenge(challenge, by=member, outcome="answered", words="Good.")
        reopen_challenge(challenge, by=member, reason="Again.")
    client = signed_in(member)
    with django_assert_num_queries(8):
        page_of(client, challenge)


def test_the_owner_is_told_on_their_boards(signed_in, board, challenge, holder):
    other = make_board("elsewhere")
    make_lead(other, holder=holder)
    words = words_of(signed_in(holder).get(reverse("home")))
    assert "1 challenge to answer" in words
    answer_challenge(challenge, by=holder, text="The manager.")
    assert "to answer" not in words_of(signed_in(holder).get(reverse("home")))


def test_on_a_past_day_only_what_was_asked_by_then_is_shown(signed_in, board, action, challenge, member):
    client = signed_in(member)
    address = reverse("action", args=[board.slug, action.pk])
    assert "Who checks?" in text_of(client.get(address))
    then = client.get(address, {"as_at": "2026-03-01"})
    assert "Who checks?" not in words_of(then)
    assert "Challenge this" not in words_of(then)


def test_outsiders_and_other_boards_find_nothing(signed_in, board, challenge):
    assert page_of(signed_in(make_user()), challenge).status_code == 404
    stranger = signed_in(make_member(make_board("elsewhere"), Role.ADMINISTRATOR))
    address = reverse("challenge", args=["elsewhere", challenge.pk])
    assert stranger.get(address).status_code == 404


def test_history_tells_meetings_attendance_decisions_and_challenges(board, action, challenge, member):
    meeting = make_meeting(board, TODAY)
    record_attendance(meeting, by=member, people={member: "present"})
    record_decision(meeting, by=member, text="An audit follows.", challenge=challenge)
    answer_challenge(challenge, by=member, text="The manager does.")
    close_challenge(challenge, by=member, outcome="answered", words="We saw it.")
    told = [
        (change.what, change.field, change.after, change.url)
        for kind in ("meeting", "challenge")
        for change in board_changes(board, kind=kind).object_list
    ]
    on_meeting = reverse("meeting", args=[board.slug, meeting.pk])
    on_challenge = reverse("challenge", args=[board.slug, challenge.pk])
    assert sorted(told) == sorted(
        [
            ("Meeting of 17 March 2026", "Added", "", on_meeting),
            ("M Ember at the meeting of 17 March 2026", "Added", "", ""),
            ("Decision of the meeting of 17 March 2026", "Added", "", on_meeting),
            ("Challenge “Who checks?”", "Added", "", on_challenge),
            ("Challenge “Who checks?”", "Answer", "The manager does.", on_challenge),
            ("Challenge “Who checks?”", "Outcome", "Answered: nothing more is needed", on_challenge),
            ("Challenge “Who checks?”", "What came of it", "We saw it.", on_challenge),
            ("Challenge “Who checks?”", "Closed on", "17 March 2026", on_challenge),
        ]
    )
    assert "Challenge “Who checks?”" in {change.what for change in changes_of(action)}


def test_a_measures_challenge_is_named_on_the_list(signed_in, board, lead, member):
    measure = make_measure(board, name="Contacts decided on time", owner=lead)
    challenge_measure(measure, by=member, question="Why no change?", owner=lead, due=APRIL)
    assert "Measure: Contacts decided on time" in words_of(listed(signed_in(member), board))


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (22, "22nd")],
)
def test_ordinals(number, words):
    assert ordinal(number) == words


def test_what_was_answered_by_a_day_is_not_overdue_on_it_whatever_came_later(board, action):
    challenge = make_challenge(action, on=BEFORE, due=date(2026, 3, 3))
    for day in (date(2026, 3, 5), date(2026, 3, 16)):
        answer_challenge(challenge, by=None, text="Two posts are filled.", on=day)
    assert count_open(board, date(2026, 3, 4)) == {"open": 1, "overdue": 1}
    assert count_open(board, date(2026, 3, 10)) == {"open": 1, "overdue": 0}
    assert count_open(board, date(2026, 2, 28)) == {"open": 0, "overdue": 0}
