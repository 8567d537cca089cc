"""One answer of the chair to several moves of dates."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Action, MoveRequest, Outcome, Role
from plans.services.moves import agree_move, ask_or_move
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_meeting,
    make_member,
    make_plan,
    make_step,
)
from tests.pages import fields_of, text_of
from tests.plans.editing import errors_of, fill, messages_of, url

pytestmark = pytest.mark.django_db
JANUARY, APRIL = date(2027, 1, 31), date(2027, 4, 30)


class Scene:
    """A plan whose dates move once the chair agrees, and moves that an editor asked for."""

    def __init__(self, signed_in, role=Role.CHAIR):
        self.board = make_board("teesmere")
        self.editor, self.person = make_member(self.board, Role.EDITOR), make_member(self.board, role)
        self.area = make_area(make_plan(self.board, moves_need_agreement=True))
        self.client = signed_in(self.person)
        self.page = url(self.board, "moves_answer")

    def ask(self, title, by=None):
        action = make_action(self.area, title, target="31 January 2027")
        return ask_or_move(action, to="30 April 2027", by=by or self.editor, reason="Two posts are open")

    def answer(self, *asked, **fields):
        return fill(self.client, self.page, moves=[str(each.pk) for each in asked], **fields)

    def due(self):
        return list(Action.objects.order_by("pk").values_list("target_due", flat=True))


@pytest.fixture
def scene(signed_in, time_machine):
    time_machine.move_to("2026-11-22T12:00:00+00:00", tick=False)
    return Scene(signed_in)


def test_those_that_are_ticked_are_agreed(scene):
    first, second, _ = [scene.ask(f"Meet {n}") for n in range(3)]
    assert "2 moves of dates agreed" in text_of(
        scene.client.get(scene.answer(first, second, answer="agree").url)
    )
    assert scene.due() == [APRIL, APRIL, JANUARY]
    assert list(MoveRequest.objects.waiting().values_list("action__title", flat=True)) == ["Meet 2"]


def test_those_that_are_ticked_are_refused_with_one_reason(scene):
    asked = [scene.ask(f"Meet {n}") for n in range(2)]
    assert errors_of(scene.answer(*asked, answer="refuse"))["reason"] == ["Say why the move is refused"]
    scene.answer(*asked, answer="refuse", reason="Children have waited long enough.")
    assert scene.due() == [JANUARY, JANUARY]
    refused = MoveRequest.objects.filter(outcome=Outcome.REFUSED, decided_by=scene.person)
    assert {each.decision_reason for each in refused} == {"Children have waited long enough."}
    assert refused.count() == 2


def test_all_or_none_where_one_cannot_be_answered(scene):
    first = scene.ask("Meet 0")
    step = make_step(first.action, target="31 January 2027")
    second = ask_or_move(step, to="30 April 2027", by=scene.editor, reason="Later")
    type(step).objects.filter(pk=step.pk).update(target_due=APRIL, target_text="30 April 2027")
    page = scene.answer(first, second, answer="agree")
    assert "Meet 0: It has this date already." in text_of(page)
    assert scene.due() == [JANUARY]
    assert MoveRequest.objects.waiting().count() == 2


def test_another_answer_sent_after_back_is_told_which_stand(scene):
    first, second, third = [scene.ask(f"Meet {n}") for n in range(3)]
    fields = fields_of(scene.client.get(scene.page), "moves")
    both = fields | {"moves": [first.pk, second.pk], "answer": "agree", "reason": ""}
    scene.client.post(scene.page, both)
    same = scene.client.post(scene.page, both)
    assert messages_of(same)[-1] == "You had sent this already: it was saved once."
    late = scene.client.post(scene.page, both | {"moves": [first.pk, second.pk, third.pk, "x"]})
    assert (
        messages_of(late)[-1]
        == "What you sent now was not saved. Of these moves, 2 are agreed and 1 still waits."
    )
    late = scene.client.post(scene.page, both | {"answer": "refuse", "reason": "Not now"})
    assert messages_of(late)[-1] == "What you sent now was not saved. Of these moves, 2 are agreed."
    assert scene.due() == [APRIL, APRIL, JANUARY]


def test_what_was_settled_meanwhile_and_ones_own_are_not_offered(scene):
    gone, own = scene.ask("Settled"), scene.ask("Own", by=scene.person)
    agree_move(gone, by=make_member(scene.board, Role.CHAIR))
    assert "moves" in errors_of(scene.answer(gone, own, answer="agree"))
    assert scene.due() == [APRIL, JANUARY]


def test_nothing_is_ticked_unless_all_is_asked_for(scene):
    asked = [scene.ask(f"Meet {n}") for n in range(2)]
    assert scene.client.get(scene.page).context["form"]["moves"].initial is None
    page = scene.client.get(scene.page, {"all": "1"})
    assert page.context["form"]["moves"].initial == [each.pk for each in asked]


def test_an_administrator_says_at_which_meeting_the_chair_answered(signed_in, time_machine):
    time_machine.move_to("2026-11-22T12:00:00+00:00", tick=False)
    scene = Scene(signed_in, Role.ADMINISTRATOR)
    meeting, asked = make_meeting(scene.board, date(2026, 11, 10)), scene.ask("Meet")
    assert "meeting" in errors_of(scene.answer(asked, answer="agree"))
    scene.answer(asked, answer="agree", meeting=str(meeting.pk))
    assert MoveRequest.objects.get().meeting == meeting
    assert scene.due() == [APRIL]


def test_the_list_of_what_waits_leads_there(scene):
    address = reverse("sign_off_list", args=["teesmere"])
    scene.ask("Meet 0")
    assert "Answer several at once" not in text_of(scene.client.get(address))
    scene.ask("Meet 1")
    assert "Answer several at once" in text_of(scene.client.get(address))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(scene, django_assert_num_queries, rows):
    for number in range(rows):
        scene.ask(f"Meet {number}")
    with django_assert_num_queries(9):
        scene.client.get(scene.page, {"all": "1"})
