"""Challenges on their pages: asked, answered, closed, opened again, listed and counted."""

from datetime import date

import pytest
from django.urls import reverse

from improvement.challenges import ordinal
from plans.history import board_changes, changes_of
from plans.models import Challenge, Role
from plans.services.challenges import answer_challenge, close_challenge, reopen_challenge
from plans.services.meetings import record_attendance, record_decision
from tests.factories import (
    make_board,
    make_challenge,
    make_meeting,
    make_member,
    make_user,
)
from tests.impact.measuring import make_measure
from tests.improvement.test_dashboard import Links
from tests.pages import words_of
from tests.plans.editing import errors_of, fill, messages_of, url

pytestmark = pytest.mark.django_db

TODAY, APRIL = date(2026, 3, 17), date(2026, 4, 14)


def page_of(client, challenge):
    return client.get(reverse("challenge", args=[challenge.board.slug, challenge.pk]))


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
        ({"due": "soon"}, {"due": ["Enter the day by which it is to be answered, such as 27/3/2026"]}),
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
    assert errors_of(fill(chair, address, outcome="changed"))["words"] == ["Write what came of it"]
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


def test_as_at_a_past_day_it_tells_nothing_later(signed_in, board, action, member):
    asked = make_challenge(action, on=date(2026, 3, 1), due=date(2026, 3, 20), by=member)
    answer_challenge(asked, by=None, text="Two posts are filled.", on=date(2026, 3, 5))
    close_challenge(asked, by=None, outcome="changed", words="A step was added.", on=date(2026, 3, 10))
    client, address = signed_in(member), reverse("challenge", args=[board.slug, asked.pk])
    then = client.get(address, {"as_at": "2026-03-06"})
    words = words_of(then)
    assert "As at Friday 6 March 2026" in words
    assert "Answered, to be closed" in words
    assert "Two posts are filled." in words
    assert ("A step was added." in words, "Open it again" in words) == (False, False)
    about = reverse("action", args=[board.slug, action.pk])
    assert f"{about}?as_at=2026-03-06" in {url for url, _ in Links(then.content.decode()).found}
    assert "A step was added." in words_of(client.get(address))
    assert client.get(address, {"as_at": "2026-02-28"}).status_code == 404


def test_the_question_is_edited_while_it_is_open(signed_in, board, challenge, member):
    client = signed_in(member)
    fill(client, url(board, "challenge_edit", challenge.pk), question="Who checks, and when?", due="1/5/2026")
    challenge.refresh_from_db()
    assert (challenge.question, challenge.due) == ("Who checks, and when?", date(2026, 5, 1))


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


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (22, "22nd")],
)
def test_ordinals(number, words):
    assert ordinal(number) == words
