"""A move that is asked for, on its pages: the form, the action's page, the list of what waits, the answer."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Meeting, MoveRequest, Role, TargetMove
from plans.services.moves import agree_move, ask_or_move
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_step
from tests.pages import fields_of, text_of
from tests.plans.editing import errors_of, fill, messages_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-22T12:00:00+00:00", tick=False)


class Scene:
    def __init__(self, signed_in):
        self.board = make_board("teesmere")
        self.roles = {role: make_member(self.board, role) for role in Role.values}
        lead = make_lead(self.board, holder=self.roles[Role.LEAD])
        area = make_area(make_plan(self.board, moves_need_agreement=True))
        self.action = make_action(area, "Meet", target="31 January 2026", leads=lead.name, reference="4")
        self.held = Meeting.objects.create(board=self.board, on=date(2026, 11, 10))
        self.signed_in = signed_in

    def ask(self, role=Role.LEAD, obj=None, to="30 April 2026"):
        return ask_or_move(obj or self.action, to=to, by=self.roles[role], reason="Two posts are open")

    def by(self, role):
        return self.signed_in(self.roles[role])

    def action_page(self, role, **query):
        return text_of(self.by(role).get(reverse("action", args=["teesmere", self.action.pk]), query))

    def answer(self, role, asked, **fields):
        client = self.by(role)
        return fill(client, url(self.board, "move_request", asked.pk), **fields)

    def due(self):
        self.action.refresh_from_db()
        return self.action.target_due


@pytest.fixture
def scene(signed_in):
    return Scene(signed_in)


def test_the_form_asks_and_offers_no_agreement_of_ones_own(scene):
    client = scene.by(Role.EDITOR)
    page = url(scene.board, "action_target", scene.action.pk)
    assert "agreed_by" not in client.get(page).context["form"].fields
    passed = {"to": ["21 November 2026 has passed. Write a day that is still to come"]}
    assert errors_of(fill(client, page, to="21 November 2026", reason="Two posts are open")) == passed
    fill(client, page, to="30 April 2027", reason="Two posts are open")
    asked = MoveRequest.objects.get()
    assert (asked.by, asked.to_due, scene.due()) == (
        scene.roles[Role.EDITOR],
        date(2027, 4, 30),
        date(2026, 1, 31),
    )
    again = fill(client, page, to="31 May 2027", reason="Later still")
    assert "waits for the chair" in errors_of(again)["to"][0]


def test_elsewhere_a_move_has_its_meeting(scene):
    scene.action.plan.moves_need_agreement = False
    scene.action.plan.save()
    client = scene.by(Role.EDITOR)
    fill(
        client,
        url(scene.board, "action_target", scene.action.pk),
        to="30 April 2027",
        reason="Two posts are open",
        agreed_by="The board",
        meeting=str(scene.held.pk),
    )
    assert TargetMove.objects.get().meeting == scene.held
    assert "The board, at the meeting of 10 November 2026" in scene.action_page(Role.MEMBER)


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.CHAIR, ["Agree or refuse the move to 30 April 2026"]),
        (Role.ADMINISTRATOR, ["Agree or refuse the move to 30 April 2026"]),
        (Role.LEAD, ["Drop it"]),
        (Role.EDITOR, []),
        (Role.MEMBER, []),
    ],
)
def test_the_actions_page_says_it_to_all_and_offers_each_their_part(scene, role, offered):
    scene.ask()
    page = scene.action_page(role)
    assert "Asked to move to 30 April 2026, waits for the chair" in page
    ways = ("Agree or refuse the move to 30 April 2026", "Drop it")
    assert [way for way in ways if way in page] == offered


def test_the_chair_agrees_on_the_page(scene):
    asked = scene.ask()
    answer = scene.answer(Role.CHAIR, asked, answer="agree")
    assert answer.url == reverse("action", args=["teesmere", scene.action.pk])
    assert (scene.due(), TargetMove.objects.get().agreed_by) == (
        date(2026, 4, 30),
        scene.roles[Role.CHAIR].name,
    )


def test_what_the_chair_says_in_agreeing_is_shown(scene):
    words = "Only if the training is booked."
    scene.answer(Role.CHAIR, scene.ask(), answer="agree", reason=words)
    assert words in scene.action_page(Role.MEMBER)
    for page in ("sign_off_list", "history"):
        assert words in text_of(scene.by(Role.MEMBER).get(reverse(page, args=["teesmere"])))


def test_only_meetings_from_the_last_before_it_was_asked_are_offered(scene):
    for day in (date(2020, 3, 3), date(2026, 10, 13), date(2026, 11, 20)):
        Meeting.objects.create(board=scene.board, on=day)
    asked = ask_or_move(
        scene.action, to="30 April 2026", by=scene.roles[Role.LEAD], reason="Posts", on=date(2026, 11, 14)
    )
    page = scene.by(Role.CHAIR).get(url(scene.board, "move_request", asked.pk))
    days = [meeting.on for meeting in page.context["form"].fields["meeting"].queryset]
    assert days == [date(2026, 11, 20), date(2026, 11, 10)]


def test_an_administrator_names_the_meeting(scene):
    asked = scene.ask()
    wrong = scene.answer(Role.ADMINISTRATOR, asked, answer="agree", meeting="")
    assert errors_of(wrong)["meeting"] == ["Choose the meeting at which the chair answered"]
    scene.answer(Role.ADMINISTRATOR, asked, answer="agree", meeting=str(scene.held.pk))
    assert TargetMove.objects.get().meeting == scene.held


def test_a_refusal_needs_its_reason_and_is_shown_with_it(scene):
    asked = scene.ask()
    wrong = scene.answer(Role.CHAIR, asked, answer="refuse", reason="")
    assert errors_of(wrong)["reason"] == ["Say why the move is refused"]
    scene.answer(Role.CHAIR, asked, answer="refuse", reason="The post was filled")
    page = scene.action_page(Role.LEAD)
    assert "Refused on 22 November 2026" in page
    assert "The post was filled" in page
    assert scene.due() == date(2026, 1, 31)


def test_nobody_answers_their_own_question(scene):
    asked = scene.ask(Role.ADMINISTRATOR)
    answer = scene.answer(Role.ADMINISTRATOR, asked, answer="agree", meeting=str(scene.held.pk))
    assert "somebody else decides" in errors_of(answer)["__all__"][0]
    assert TargetMove.objects.count() == 0


def test_of_two_answers_at_once_the_second_gets_a_sentence(scene):
    asked = scene.ask()
    client = scene.by(Role.ADMINISTRATOR)
    page = url(scene.board, "move_request", asked.pk)
    opened = client.get(page)
    agree_move(asked, by=scene.roles[Role.CHAIR])
    fields = {"answer": "refuse", "reason": "No", "meeting": str(scene.held.pk)}
    fields |= {name: opened.context[name] for name in ("token", "who") if name in opened.context}
    late = client.post(page, fields)
    words = f"The move was agreed by {scene.roles[Role.CHAIR].name} already."
    assert words in text_of(late)
    assert (scene.due(), MoveRequest.objects.get().outcome) == (date(2026, 4, 30), "agreed")
    assert client.get(page).url == reverse("action", args=["teesmere", scene.action.pk])


@pytest.mark.parametrize(
    ("again", "said"),
    [
        ({}, "You had sent this already: it was saved once."),
        ({"answer": "refuse"}, "What you sent now was not saved. The move was agreed by {chair} already."),
        ({"reason": "No"}, "What you sent now was not saved. The move was agreed by {chair} already."),
    ],
)
def test_another_answer_sent_after_back_is_told_which_stands(scene, again, said):
    client, page = scene.by(Role.CHAIR), url(scene.board, "move_request", scene.ask().pk)
    fields = fields_of(client.get(page), "answer") | {"answer": "agree", "reason": "The training is booked"}
    client.post(page, fields)
    late = client.post(page, fields | again)
    assert messages_of(late)[-1] == said.format(chair=scene.roles[Role.CHAIR].name)
    request = MoveRequest.objects.get()
    assert (request.outcome, request.decision_reason) == ("agreed", "The training is booked")
    assert TargetMove.objects.count() == 1


def test_who_asked_drops_it(scene):
    asked = scene.ask()
    fill(scene.by(Role.LEAD), url(scene.board, "move_request_drop", asked.pk))
    assert MoveRequest.objects.get().outcome == "dropped"
    assert "waits for the chair" not in scene.action_page(Role.LEAD)


def test_the_list_of_what_waits_has_it_with_a_steps_own(scene):
    step = make_step(scene.action, target="15 January 2026")
    scene.ask()
    scene.ask(obj=step, to="28 February 2026")
    page = text_of(scene.by(Role.CHAIR).get(reverse("sign_off_list", args=["teesmere"])))
    assert "2 moves of dates wait for a decision." in page
    assert "From 31 January 2026 to 30 April 2026, 89 days later" in page
    assert "Step 1: from 15 January 2026 to 28 February 2026, 44 days later" in page
    agree_move(MoveRequest.objects.first(), by=scene.roles[Role.CHAIR])
    decided = text_of(scene.by(Role.CHAIR).get(reverse("sign_off_list", args=["teesmere"])))
    assert "Date moved to 30 April 2026" in decided


@pytest.mark.parametrize(("target", "words"), [("", "from no date"), ("ongoing", "from “ongoing”")])
def test_a_date_that_names_no_day_is_told_as_it_was_written(scene, target, words):
    scene.ask(obj=make_step(scene.action, target=target), to="28 February 2026")
    page = text_of(scene.by(Role.CHAIR).get(reverse("sign_off_list", args=["teesmere"])))
    assert f"Step 1: {words} to 28 February 2026" in page


def test_as_at_a_day_before_the_answer_it_still_waits(scene):
    asked = ask_or_move(
        scene.action,
        to="30 April 2026",
        by=scene.roles[Role.LEAD],
        reason="Two posts are open",
        on=date(2026, 11, 1),
    )
    agree_move(asked, by=scene.roles[Role.CHAIR])
    words = "Asked to move to 30 April 2026, waits for the chair"
    assert words in scene.action_page(Role.MEMBER, as_at="2026-11-10")
    assert words not in scene.action_page(Role.MEMBER)
    assert words not in scene.action_page(Role.MEMBER, as_at="2026-10-31")


def test_every_page_tells_who_asked_and_who_agreed(scene):
    lead, chair = scene.roles[Role.LEAD], scene.roles[Role.CHAIR]
    asked = ask_or_move(
        scene.action, to="30 April 2026", by=lead, reason="Two posts are open", on=date(2026, 11, 14)
    )
    agree_move(asked, by=chair)
    words = f"Asked on 14 November 2026 by {lead.name}, agreed on 22 November 2026 by {chair.name}"
    page = scene.action_page(Role.MEMBER)
    assert words in page
    assert f"Moved 22 November 2026 by {lead.name}" not in page
    member = scene.by(Role.MEMBER)
    for name in ("slippage", "history"):
        assert f"{words}." in text_of(member.get(reverse(name, args=["teesmere"])))


def test_the_list_of_actions_flags_it(scene):
    scene.ask()
    page = text_of(scene.by(Role.MEMBER).get(url(scene.board, "action_list")))
    assert "No Asked for: 30 Apr 2026" in page
