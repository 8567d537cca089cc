"""A plan written by hand without scripts, and the pages of editing on wide and narrow windows."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Action, Plan, Role
from plans.services.actions import edit_action
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Answer each contact within a working day and tell the person who made it what comes next"


@pytest.fixture
def ada(transactional_db):
    return make_member(make_board("teesmere"), Role.ADMINISTRATOR, "Ada Finch")


@pytest.fixture
def plan(ada):
    board = ada.memberships.get().board
    plan = make_plan(board, "Recovery plan", level_names=["Improvement area", "Outcome"])
    area = make_area(plan, "Front door", reference="A")
    make_lead(board, "Head of Service for Assessment", holder=make_member(board, name="Lena Holt"))
    for number in range(1, 4):
        leads = "Head of Service for Assessment"
        make_step(make_action(area, f"{LONG} {number}", reference=str(number), leads=leads))
    return plan


def pages(plan):
    action = plan.actions.first()
    step, lead, member = action.steps.get(), plan.board.leads.get(), plan.board.memberships.first()
    return {
        "plans/new/": "Add a plan",
        f"plans/{plan.pk}/edit/": "Edit the plan",
        f"plans/{plan.pk}/key/": "Rating key",
        f"areas/new/?plan={plan.pk}": "Add an area: improvement area or outcome",
        f"areas/{action.area_id}/move/": "Move the area",
        f"areas/{action.area_id}/reorder/": "Reorder and renumber actions",
        f"actions/new/?plan={plan.pk}": "Add an action",
        f"actions/{action.pk}/edit/": "Edit the action",
        f"actions/{action.pk}/date/": "Change the date",
        f"actions/{action.pk}/withdraw/": "Withdraw or merge the action",
        f"actions/{action.pk}/steps/new/": "Add steps",
        f"steps/{step.pk}/edit/": "Edit the step",
        "people/": "People",
        "people/new/": "Add a person",
        f"people/{member.pk}/": "Change the role",
        "leads/": "Leads",
        f"leads/{lead.pk}/": "Edit the lead",
        f"leads/{lead.pk}/remove/": "Remove the lead",
        "history/": "History",
    }


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_editing_is_accessible_and_fits(
    new_page, sign_in, ada, plan, axe_violations, sideways, width
):
    page = new_page(width=width)
    home = reverse("dashboard", args=["teesmere"])
    sign_in(page, ada, reverse("plans:history", args=["teesmere"]))
    for path, heading in pages(plan).items():
        page.goto(home + path)
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        assert (path, axe_violations(page), sideways(page)) == (path, [], 0)


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_an_empty_field_of_the_key_is_wide_enough_to_write_in(new_page, sign_in, ada, plan, width):
    page = new_page(width=width)
    sign_in(page, ada, reverse("plans:plan_key", args=["teesmere", plan.pk]))
    fields = page.get_by_label("What it means in this plan").all()
    widths = [field.bounding_box()["width"] for field in fields]
    assert len(widths) == 6
    assert min(widths) >= 160


def test_a_plan_is_written_by_hand_without_scripts(new_page, sign_in, ada):
    page = new_page(scripts=False)
    sign_in(page, ada, reverse("plans:plan_new", args=["teesmere"]))
    page.get_by_label("Title").fill("Recovery plan")
    page.get_by_label("Starts").fill("6/1/2020")
    page.get_by_label("Ends").fill("30/3/2020")
    page.get_by_role("button", name="Add the plan").click()
    page.get_by_label("Title").fill("Front door")
    page.get_by_role("button", name="Add the area").click()
    expect(page.get_by_role("heading", name="Front door")).to_be_visible()
    plan = Plan.objects.get()
    page.goto(f"{reverse('plans:action_new', args=['teesmere'])}?plan={plan.pk}")
    page.get_by_label("Action", exact=True).fill(LONG)
    page.get_by_label("Leads").fill("Head of Service for Assessment and Director of Care")
    page.get_by_label("Target date").fill("Mid Feb")
    page.get_by_label("Steps").fill("1. Agree who answers\n2. Tell the teams")
    page.get_by_role("button", name="Add the action").click()
    expect(page.get_by_text("Accountable: Head of Service for Assessment. Also leading")).to_be_visible()
    action = Action.objects.get()
    assert (action.title, str(action.target_due), action.steps.count()) == (LONG, "2020-02-15", 2)


def test_two_versions_are_shown_side_by_side(page, sign_in, ada, plan, axe_violations):
    action = plan.actions.first()
    sign_in(page, ada, reverse("plans:action_edit", args=["teesmere", action.pk]))
    page.get_by_label("Outcome").fill("Families hear back within a day")
    edit_action(
        action, by=make_member(plan.board, Role.EDITOR, "Omar Reid"), outcome="Families hear back soon"
    )
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Outcome: two versions")).to_be_visible()
    expect(page.get_by_label("Outcome", exact=True)).to_have_value("Families hear back within a day")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**{reverse('action', args=['teesmere', action.pk])}")
    action.refresh_from_db()
    assert action.outcome == "Families hear back within a day"


def test_leaving_with_words_unsaved_asks_first(page, sign_in, ada, plan):
    sign_in(page, ada, reverse("plans:plan_edit", args=["teesmere", plan.pk]))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Title").fill("Another title")
    page.get_by_role("link", name="History").click()
    page.wait_for_url("**/history/")
    assert asked == ["beforeunload"]


def test_a_phone_shows_the_parent_alone_in_the_breadcrumb(page, sign_in, sideways):
    board = make_board("teesmere")
    area = make_area(make_plan(board, "Improvement plan"), "Work with every family has a purpose " * 4)
    action = make_action(area, "Hold the panel every week " * 8)
    sign_in(page, make_member(board, Role.EDITOR), f"/boards/teesmere/actions/{action.pk}/")
    shown = page.locator(".govuk-breadcrumbs a:visible")
    expect(shown).to_have_count(2)
    page.set_viewport_size({"width": 375, "height": 800})
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("Work with every family has a purpose")
    assert page.locator(".govuk-breadcrumbs").bounding_box()["height"] < 70
    assert sideways(page) == 0
