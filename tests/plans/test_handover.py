"""All leads of one person go to another in one step, looked at before."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from plans.models import Action, Holding, Lead, Membership, Role
from plans.services.actions import withdraw_action
from plans.services.challenges import raise_challenge
from plans.services.evidence import show_evidence
from plans.services.handover import hand_over, preview_handover
from plans.services.moves import ask_move
from plans.services.people import set_holders
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
    make_user,
)
from tests.pages import fields_of, words_of
from tests.plans.editing import errors_of, fill, messages_of, url

pytestmark = pytest.mark.django_db


class Scene:
    """Lena Holt holds two leads with three actions, Sam Hill is on the board."""

    def __init__(self):
        self.board = make_board()
        self.admin = make_member(self.board, Role.ADMINISTRATOR, "Ada Finch")
        self.lena = make_member(self.board, Role.LEAD, "Lena Holt")
        self.sam = make_member(self.board, Role.CHAIR, "Sam Hill")
        self.head = make_lead(self.board, "Head of QA", holder=self.lena)
        self.director = make_lead(self.board, "Director", holder=self.lena)
        self.area = make_area(make_plan(self.board))
        self.actions = [
            make_action(self.area, "Meet partners", target="30 April 2026", leads="Director"),
            make_action(self.area, "Write the guide", leads="Head of QA\nDirector"),
        ]
        make_update(self.actions[0], "off_track", on=date(2026, 1, 5))

    def page(self, giver=None, taker=None):
        return url(self.board, "handover", giver=(giver or self.lena).pk, taker=(taker or self.sam).pk)

    def held_by(self, user):
        return sorted(Lead.objects.held_by(user).values_list("name", flat=True))


@pytest.fixture
def scene():
    return Scene()


@pytest.fixture
def web(signed_in, scene):
    return signed_in(scene.admin)


def test_all_leads_go_at_once_and_history_says_so(scene):
    before = list(Action.history.values_list("pk", flat=True))
    leads = hand_over(scene.board, scene.lena, scene.sam, by=scene.admin)
    assert leads == [scene.director, scene.head]
    assert (scene.held_by(scene.lena), scene.held_by(scene.sam)) == ([], ["Director", "Head of QA"])
    told = Holding.history.filter(history_change_reason="Handed over from Lena Holt to Sam Hill")
    assert sorted(told.values_list("history_type", "user__name", "history_user__name")) == [
        ("+", "Sam Hill", "Ada Finch"),
        ("+", "Sam Hill", "Ada Finch"),
        ("-", "Lena Holt", "Ada Finch"),
        ("-", "Lena Holt", "Ada Finch"),
    ]
    assert list(Action.history.values_list("pk", flat=True)) == before


def test_who_holds_a_lead_with_them_keeps_it(scene):
    tess = make_member(scene.board, name="Tess Orr")
    set_holders(scene.head, [scene.lena, tess, scene.sam], by=None)
    hand_over(scene.board, scene.lena, scene.sam, by=scene.admin)
    assert set(scene.head.holders.all()) == {tess, scene.sam}


def test_leads_on_other_boards_stay(scene):
    elsewhere = make_lead(make_board(), holder=scene.lena)
    hand_over(scene.board, scene.lena, scene.sam, by=scene.admin)
    assert list(Lead.objects.held_by(scene.lena)) == [elsewhere]


def test_some_leads_alone(scene):
    assert hand_over(scene.board, scene.lena, scene.sam, by=scene.admin, leads=[scene.head]) == [scene.head]
    assert (scene.held_by(scene.lena), scene.held_by(scene.sam)) == (["Director"], ["Head of QA"])


def outsider(scene):
    return scene.lena, make_user("Ola Berg")


def closed(scene):
    scene.sam.is_active = False
    scene.sam.save()
    return scene.lena, scene.sam


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (outsider, "Ola Berg is not on the board. Add them to the board first, then hand over."),
        (closed, "The account of Sam Hill is closed."),
        (lambda scene: (scene.lena, scene.lena), "Choose two different people."),
        (lambda scene: (scene.sam, scene.lena), "Sam Hill holds no lead on this board"),
    ],
)
def test_a_handover_that_can_not_be(scene, who, words):
    giver, taker = who(scene)
    with pytest.raises(ValidationError) as refusal:
        hand_over(scene.board, giver, taker, by=scene.admin)
    assert refusal.value.messages[0].startswith(words)
    assert scene.held_by(scene.lena) == ["Director", "Head of QA"]


def test_the_preview_shows_what_goes_along(scene):
    withdraw_action(
        make_action(scene.area, "Not needed", leads="Director"), by=scene.admin, reason="Done elsewhere"
    )
    make_action(make_area(make_plan(scene.board, status="closed")), leads="Director")
    challenge = raise_challenge(
        scene.board,
        by=scene.sam,
        question="Why?",
        owner=scene.head,
        due=date(2026, 2, 1),
        on=date(2026, 1, 5),
        area=scene.area,
    )
    request = ask_move(scene.actions[0], to="31 May 2026", by=scene.lena, reason="The panel meets in May")
    update = make_update(scene.actions[1], "complete", on=date(2026, 1, 6), by=scene.lena)
    show_evidence(update, [make_evidence(scene.board)], by=scene.lena)
    sign_off = ask_sign_off(update, by=scene.lena)
    found = preview_handover(scene.board, scene.lena, scene.sam)
    assert found.leads == [scene.director, scene.head]
    told = [(action, action.entry and action.entry.word, action.lead_names) for action in found.actions]
    red, blue = (scene.area.plan.key.get(code=code).word for code in ("off_track", "complete"))
    assert [row[0] for row in told] == scene.actions
    assert [row[1] for row in told] == [red, blue]
    assert [row[2] for row in told] == ["Director", "Director; Head of QA"]
    assert (found.challenges, found.requests) == ([challenge], [sign_off, request])
    assert found.stuck == [sign_off]
    assert preview_handover(scene.board, scene.lena, make_member(scene.board)).stuck == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_takes_the_same_queries_however_much_goes(scene, rows, django_assert_num_queries):
    for number in range(rows):
        make_lead(scene.board, f"Lead {number}", holder=scene.lena)
        action = make_action(scene.area, leads=f"Lead {number}")
        ask_move(action, to="31 May 2026", by=scene.lena, reason="The panel meets in May")
    with django_assert_num_queries(12):
        preview_handover(scene.board, scene.lena, scene.sam)


def test_people_are_chosen_then_shown_then_the_leads_go(web, scene):
    page = web.get(url(scene.board, "handover"))
    assert "You see what would go before anything happens." in words_of(page)
    words = words_of(web.get(scene.page()))
    assert "2 leads with 2 actions would go from Lena Holt to Sam Hill." in words
    assert "Meet partners Director" in words
    response = fill(web, scene.page())
    assert response["Location"] == url(scene.board, "lead_list")
    assert messages_of(response) == [
        "2 leads went from Lena Holt to Sam Hill: Director; Head of QA. The actions stay with their leads."
    ]
    assert scene.held_by(scene.sam) == ["Director", "Head of QA"]
    history = words_of(web.get(reverse("history", args=[scene.board.slug])))
    assert "Handed over from Lena Holt to Sam Hill" in history


def test_a_lead_without_its_tick_stays(web, scene):
    fill(web, scene.page(), leads=[scene.head.pk])
    assert (scene.held_by(scene.lena), scene.held_by(scene.sam)) == (["Director"], ["Head of QA"])


def test_a_second_press_hands_over_once(web, scene):
    fields = fields_of(web.get(scene.page()), "token")
    web.post(scene.page(), fields)
    before = Holding.history.count()
    response = web.post(scene.page(), fields)
    assert messages_of(response)[-1] == "You had sent this already: it was saved once."
    assert Holding.history.count() == before


def test_no_lead_ticked(web, scene):
    assert errors_of(fill(web, scene.page(), leads=None)) == {"leads": ["Tick at least one lead"]}


def test_a_lead_that_somebody_handed_over_meanwhile(web, scene):
    fields = fields_of(web.get(scene.page()), "token")
    set_holders(scene.head, [], by=scene.admin)
    assert errors_of(web.post(scene.page(), fields)) == {
        "leads": ["Who holds these leads has changed. Open this page again."]
    }
    assert scene.held_by(scene.lena) == ["Director"]


def test_who_can_not_be_chosen_is_told_why(web, scene):
    page = web.get(scene.page(taker=make_user()))
    words = "This person is not on the board. Add them to the board first, then hand over."
    assert errors_of(page) == {"taker": [words]}
    assert errors_of(web.get(scene.page(taker=scene.lena))) == {"taker": ["Choose two different people."]}
    words = "This person holds no lead on this board now. Choose another."
    assert errors_of(web.get(scene.page(giver=scene.sam))) == {"giver": [words]}


@pytest.mark.parametrize("name", ["member_edit", "member_remove"])
def test_who_holds_leads_is_offered_the_handover(web, scene, name):
    member = Membership.objects.get(user=scene.lena)
    page = web.get(url(scene.board, name, member.pk))
    assert "Lena Holt holds 2 leads: Director; Head of QA. Hand them over" in words_of(page)
    assert f'href="{url(scene.board, "handover", giver=scene.lena.pk)}"' in page.content.decode()
    page = web.get(url(scene.board, name, Membership.objects.get(user=scene.sam).pk))
    assert "Hand them over" not in words_of(page)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEAD, Role.CHAIR, Role.EDITOR])
def test_only_administrators_hand_over(signed_in, scene, role):
    assert signed_in(make_member(scene.board, role)).get(scene.page()).status_code == 403
