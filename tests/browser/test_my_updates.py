"""A head of service brings ten actions up to date, by mouse, by keyboard and without scripts."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Action, ProgressUpdate, Role
from plans.services.progress import move_target
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_lead,
    make_member,
    make_plan,
    make_step,
    make_update,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLES = (
    "Answer every contact within one working day",
    "Fill the two vacant posts of team manager",
    "Agree the operating procedures of the front door with the partner council and train every team in them",
    "Help partners to use the thresholds",
    "Apply the thresholds alike in every team",
    "Audit front-door decisions weekly",
    "Respond to homeless young people",
    "Keep children safe who are held overnight",
    "Raise the quality of enquiries",
    "Give every child a safety plan after a strategy discussion",
)
RATINGS = (
    "on_track",
    "off_track",
    "off_track",
    "slippage",
    "on_track",
    "",
    "complete",
    "slippage",
    "slippage",
    "slippage",
)


@pytest.fixture
def ten(transactional_db):
    """Ten actions of one head of service, rated last month; some moved, some with steps."""
    today = timezone.localdate()
    before = today - timedelta(days=40)
    board = make_board("teesmere")
    head = make_member(board, Role.LEAD, "Head of Service for Assessment")
    lead = make_lead(board, holder=head)
    area = make_area(
        make_plan(
            board, "Recovery plan", starts=today - timedelta(days=100), ends=today + timedelta(days=100)
        )
    )
    actions = []
    for number, (title, rating) in enumerate(zip(TITLES, RATINGS, strict=True), 1):
        due = today + timedelta(days=8 * (number - 4))
        target = "Ongoing" if number == 6 else f"{due.day} {due:%B %Y}"
        action = make_action(area, title, reference=str(number), target=target, leads=lead.name)
        if rating:
            make_update(
                action,
                rating,
                on=before,
                by=head,
                happened=f"{title}: the first part is done and the rest is planned.",
            )
        actions.append(action)
    for number, words in enumerate(
        (
            "Meet the partner council on the draft",
            "Cover thresholds, quality checks and challenge",
            "Train five teams",
        ),
        1,
    ):
        make_step(actions[2], str(number), words, done_on=before if number == 1 else None)
    later = today + timedelta(days=40)
    move_target(
        actions[2], to=f"{later.day} {later:%B %Y}", by=head, reason="The partner council asked for time"
    )
    return head, actions


def row(page, action):
    return page.locator(f"#a{action.pk}")


def write(page, action, words, rating=""):
    place = row(page, action)
    if place.get_attribute("open") is None:
        place.locator("summary").first.click()
    if rating:
        place.locator(".app-chip", has_text=rating).click()
    place.get_by_label("What has happened").fill(words)


def picture(page, name):
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


URL = "/boards/teesmere/updates/"


@pytest.mark.journey
def test_ten_actions_one_of_them_with_a_mistake(page, ten, sign_in, axe_violations, sideways):
    head, actions = ten
    sign_in(page, head, URL)
    expect(
        page.get_by_text("0 of your 10 actions are updated in the last month, 1 other is complete, 9 to do.")
    ).to_be_visible()
    assert axe_violations(page) == []
    picture(page, "my-updates-start")
    for number in (1, 2, 3, 4, 5, 6, 8, 9):
        write(page, actions[number - 1], f"News of action {number}.", "Green" if number == 6 else "")
    write(page, actions[9], "Half of the workshops were stopped.", "Red")
    row(page, actions[9]).get_by_label("What would make it green?").fill("")
    third = row(page, actions[2])
    third.get_by_label("2. Cover thresholds").check()
    third.get_by_text("Move the date").click()
    moved = timezone.localdate() + timedelta(days=70)
    third.get_by_label("New date").fill(f"by {moved.day} {moved:%b} {moved.year}")
    picture(page, "my-updates-written")
    page.get_by_role("button", name="Save all changes").last.click()

    expect(page).to_have_title("Error: My updates – Teesmere Borough Council")
    summary = page.get_by_role("alert").filter(has_text="7 updates saved, 2 need you")
    expect(summary).to_be_focused()
    assert summary.get_by_role("link").all_inner_texts() == [
        "Action 3: Say why the date moves",
        "Action 10: Say what would make it green, or choose another rating",
    ]
    assert axe_violations(page) == []
    picture(page, "my-updates-mistakes")
    page.set_viewport_size({"width": 375, "height": 800})
    picture(page, "my-updates-mistakes-375")
    assert sideways(page) == 0
    page.set_viewport_size({"width": 320, "height": 800})
    assert sideways(page) == 0
    page.set_viewport_size({"width": 1280, "height": 900})

    summary.get_by_role("link", name="Action 10").click()
    field = row(page, actions[9]).get_by_label("What would make it green?")
    expect(field).to_be_focused()
    page.keyboard.type("Online sessions for everybody by Easter.")
    row(page, actions[2]).get_by_label("Reason").fill("The partner signs in June")
    page.get_by_role("button", name="Save all changes").last.click()

    expect(
        page.get_by_text(f"2 updates saved. Action 3 is now due by {moved.day} {moved:%B %Y}.")
    ).to_be_visible()
    expect(
        page.get_by_text("9 of your 10 actions are updated in the last month, 1 other is complete.")
    ).to_be_visible()
    picture(page, "my-updates-done")
    latest = {action.reference: action.updates.first() for action in actions}
    assert {n: update.happened for n, update in latest.items() if n != "7"} == {
        **{str(n): f"News of action {n}." for n in (1, 2, 3, 4, 5, 6, 8, 9)},
        "10": "Half of the workshops were stopped.",
    }
    assert (latest["10"].rating, latest["10"].way_back) == (
        "off_track",
        "Online sessions for everybody by Easter.",
    )
    assert latest["6"].rating == "on_track"
    assert ProgressUpdate.objects.count() == 18
    assert [step.done_on is not None for step in actions[2].steps.all()] == [True, True, False]
    assert Action.objects.get(pk=actions[2].pk).moves.count() == 2


def test_without_scripts_and_on_a_phone(new_page, ten, sign_in):
    head, actions = ten
    page = new_page(width=320, height=700, scripts=False)
    sign_in(page, head, URL)
    write(page, actions[0], "Every contact was answered in time.")
    picture(page, "my-updates-320")
    row(page, actions[0]).get_by_role("button", name="Save action 1").click()
    expect(page.get_by_text("Action 1 is saved.")).to_be_visible()
    assert actions[0].updates.first().happened == "Every contact was answered in time."


def test_by_keyboard_alone_enter_in_a_field_saves_all(page, ten, sign_in):
    head, actions = ten
    sign_in(page, head, URL)
    row(page, actions[7]).locator("summary").first.focus()
    page.keyboard.press("Enter")
    row(page, actions[7]).get_by_label("What has happened").focus()
    page.keyboard.type("The protocol is signed.")
    row(page, actions[7]).get_by_text("Move the date").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    moved = timezone.localdate() + timedelta(days=90)
    page.keyboard.type(f"{moved.day}/{moved.month}/{moved.year}")
    page.keyboard.press("Tab")
    page.keyboard.type("The police sign in spring")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Action 8 is saved.")).to_be_visible()
    assert Action.objects.get(pk=actions[7].pk).target_due == moved
    assert actions[7].updates.first().happened == "The protocol is signed."


def test_signed_out_while_writing(page, ten, sign_in, axe_violations):
    head, actions = ten
    sign_in(page, head, URL)
    write(page, actions[0], "Every contact was answered in time.")
    page.context.clear_cookies(name="sessionid")
    row(page, actions[0]).get_by_role("button", name="Save action 1").click()
    expect(page.get_by_text("You were signed out. What you wrote is kept for a day")).to_be_visible()
    assert ProgressUpdate.objects.filter(happened__startswith="Every contact").count() == 0
    page.get_by_label("Email").fill(head.email)
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Sign in").click()
    expect(
        page.get_by_text("It stands below, not saved yet: look at it and save, or throw it away.")
    ).to_be_visible()
    expect(row(page, actions[0]).get_by_label("What has happened")).to_have_value(
        "Every contact was answered in time."
    )
    assert axe_violations(page) == []
    picture(page, "my-updates-kept")
    page.get_by_role("button", name="Save all changes").last.click()
    expect(page.get_by_text("Action 1 is saved.")).to_be_visible()
    assert ProgressUpdate.objects.filter(happened="Every contact was answered in time.").count() == 1


def test_two_versions_side_by_side(page, ten, sign_in, axe_violations):
    head, actions = ten
    sign_in(page, head, URL)
    write(page, actions[8], "The audit is finished. The last two workshops are booked.", "Green")
    other = make_member(actions[8].plan.board, Role.EDITOR, "Head of Service for Safeguarding")
    make_update(
        actions[8],
        "slippage",
        by=other,
        happened="All repeat enquiries are audited; a third relied on what parents said.",
    )
    page.get_by_role("button", name="Save action 9").click()
    expect(page.get_by_role("heading", name="Theirs")).to_be_visible()
    assert axe_violations(page) == []
    picture(page, "my-updates-conflict")
    page.get_by_text("Both texts in one update").click()
    page.get_by_role("button", name="Save action 9").click()
    expect(page.get_by_text("Action 9 is saved.")).to_be_visible()
    latest = actions[8].updates.first()
    assert (latest.rating, latest.happened) == (
        "on_track",
        "All repeat enquiries are audited; a third relied on what parents said.\n\n"
        "The audit is finished. The last two workshops are booked.",
    )
