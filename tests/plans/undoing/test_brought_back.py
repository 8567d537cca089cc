"""An action that an undone import had withdrawn, brought back."""

import pytest
from django.urls import reverse

from plans.models import Action, Recommendation
from plans.services.actions import PLAN_TAKEN_BACK, restore_action, withdraw_action
from plans.services.people import rename_lead
from tests.factories import make_action, make_area, make_lead, make_plan
from tests.importing import bring_in
from tests.pages import text_of
from tests.plans.editing import errors_of, fill, url
from tests.plans.undoing.taking_back import FIRST, named, undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]
VISIT = ("1", "Visit", "Head A", "Red", "Ofsted 4")


def undone(board, *rows):
    """The action Meet of an import that was taken back."""
    bring_in(board, FIRST)
    undo(bring_in(board, named(VISIT, *rows)))
    return Action.objects.get(title="Meet")


def leads(action):
    return [(link.lead.name, link.accountable) for link in action.action_leads.all()]


def test_its_leads_and_recommendations_come_back_with_it(board, editor):
    action = undone(board, ("2", "Meet", "Head C, Head A", "Red", "Ofsted 6"))
    assert (leads(action), list(action.recommendations.all())) == ([("Head A", False)], [])
    restore_action(action, by=editor, reason="Needed after all")
    assert leads(action) == [("Head C", True), ("Head A", False)]
    assert [str(each) for each in action.recommendations.all()] == ["Ofsted 6"]


def test_two_actions_share_again_what_they_shared(board, editor):
    undone(board, ("2", "Meet", "Head C", "Red", "Ofsted 6"), ("3", "Ring", "Head C", "Red", "Ofsted 6"))
    for action in Action.objects.filter(withdrawn_on__isnull=False):
        restore_action(action, by=editor, reason="Needed after all")
        assert leads(action) == [("Head C", True)]
    assert Recommendation.objects.get(text="Ofsted 6").action_recommendations.count() == 2


def test_a_lead_that_stayed_and_has_another_name_since_is_not_made_twice(board, editor):
    action = undone(board, ("2", "Meet", "Head C, Head A", "Red", ""))
    rename_lead(board.leads.get(name="Head A"), "Head of A", by=editor)
    restore_action(action, by=editor, reason="Needed after all")
    assert leads(action) == [("Head C", True), ("Head of A", False)]


def test_a_lead_that_the_board_has_anew_is_that_lead(board, editor):
    action = undone(board, ("2", "Meet", "Head C", "Red", ""))
    lead = make_lead(board, "Head C")
    restore_action(action, by=editor, reason="Needed after all")
    assert list(action.leads.all()) == [lead]


def test_what_was_withdrawn_by_hand_keeps_its_links_as_they_are(board, editor):
    action = make_action(make_area(make_plan(board)), leads="Head A, Head B")
    action.action_leads.filter(lead__name="Head B").delete()
    withdraw_action(action, by=editor, reason="Done elsewhere")
    restore_action(action, by=editor, reason="Needed after all")
    assert leads(action) == [("Head A", True)]


def test_an_action_whose_plan_went_with_it_stays_withdrawn(board, editor, signed_in):
    undo(bring_in(board, FIRST))
    action, browser = Action.objects.get(), signed_in(editor)
    page = text_of(browser.get(reverse("action", args=[board.slug, action.pk])))
    assert ("Bring it back" in page, "to have it back, import the workbook again" in page) == (False, True)
    answer = fill(browser, url(board, "action_restore", action.pk), reason="Needed after all")
    assert errors_of(answer)["__all__"] == [PLAN_TAKEN_BACK]
    action.refresh_from_db()
    assert action.withdrawn_on


def test_the_page_says_what_does_not_come_back(board, editor, signed_in):
    action, browser = undone(board, ("2", "Meet", "Head C", "Red", "Ofsted 6")), signed_in(editor)
    address = url(board, "action_restore", action.pk)
    words = "Its leads and recommendations come back with it, its imported rating and progress do not."
    assert words in text_of(browser.get(address))
    fill(browser, address, reason="Needed after all")
    action.refresh_from_db()
    assert (action.withdrawn_on, action.updates.standing().exists()) == (None, False)
    withdraw_action(action, by=editor, reason="Done elsewhere")
    assert words not in text_of(browser.get(address))
