"""Evidence, narratives and the chain in a browser: written without scripts, on wide and narrow windows."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from impact.models import Narrative
from plans.models import Evidence, Role
from plans.services.evidence import show_evidence
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_member,
    make_plan,
    make_update,
)
from tests.impact.factories import FALLING, make_measure, make_narrative

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Answer each contact within a working day and tell the person who made it what comes next"


@pytest.fixture
def ada(transactional_db):
    return make_member(make_board("teesmere"), Role.EDITOR, "Ada Finch")


@pytest.fixture
def area(ada):
    board = ada.memberships.get().board
    plan = make_plan(board, "Recovery plan")
    area = make_area(plan, "Front door")
    action = make_action(area, LONG, reference="2")
    piece = make_evidence(board, "Minutes of the panel", note=LONG, upload=("minutes.txt", b"We met."))
    show_evidence(make_update(action, "complete"), [piece], by=None)
    measure = make_measure(board, "Contacts on time", values=FALLING, actions=[action], areas=[area])
    make_measure(board, "Visits in time", values=FALLING, areas=[area])
    said = f"It is **quicker**.\n\n- {LONG}\n- Not yet safer."
    make_narrative(area, said, measures=[measure], evidence=[piece])
    make_narrative(make_area(plan, "Permanency"), "We cannot tell yet.")
    make_narrative(area, "Soon.", published=False, starts=date(2026, 4, 1), ends=date(2026, 6, 30))
    make_update(make_action(make_area(plan, "Homelessness"), "Mend the protocol"))
    return area


def pages(area):
    published, draft = area.narratives.order_by("ends")
    piece = Evidence.objects.get()
    return {
        "narratives/": "Impact: what have we done, and so what?",
        f"narratives/{published.pk}/": "Front door",
        f"narratives/{draft.pk}/publish/": "Publish the narrative",
        f"narratives/new/?area={area.pk}": "Write what was done, and so what",
        f"narratives/{published.pk}/support/": "Add what shows it",
        f"areas/{area.pk}/": "Front door",
        f"areas/{area.pk}/narratives/": "Front door",
        f"actions/{area.actions.get().pk}/": LONG,
        f"actions/{area.actions.get().pk}/update/": LONG,
        "chain/": "Where the chain breaks",
        "evidence/": "Evidence",
        "evidence/new/": "Add evidence",
        f"evidence/{piece.pk}/edit/": "Edit the evidence",
        f"evidence/{piece.pk}/remove/": "Remove the evidence",
    }


@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_sound(new_page, sign_in, axe_violations, sideways, ada, area, width):
    page = new_page(width=width)
    sign_in(page, ada, "/boards/teesmere/")
    found = {}
    for address, heading in pages(area).items():
        page.goto(f"/boards/teesmere/{address}")
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        for opened in page.locator("main details summary:visible").all():
            opened.click()
        found[address] = (axe_violations(page), sideways(page))
    assert found == dict.fromkeys(found, ([], 0))


def test_a_narrative_is_written_and_published_without_scripts(new_page, sign_in, ada, area):
    page = new_page(scripts=False)
    sign_in(page, ada, f"/boards/teesmere/narratives/new/?area={area.pk}")
    page.get_by_role("link", name="Start from these words").click()
    expect(page.get_by_label("So what?", exact=True)).to_have_value(
        f"It is **quicker**.\n\n- {LONG}\n- Not yet safer."
    )
    page.get_by_label("So what?", exact=True).fill("**Half** of all contacts wait less.")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("main")).to_contain_text("Half of all contacts wait less.")
    page.get_by_role("link", name="Publish").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("main")).to_contain_text("Published on")
    assert Narrative.objects.published().filter(so_what="**Half** of all contacts wait less.").exists()


def test_a_file_is_added_with_an_update_and_downloaded(new_page, sign_in, ada, area):
    page = new_page()
    action = area.actions.get()
    sign_in(page, ada, reverse("plans:action_update", args=["teesmere", action.pk]))
    page.get_by_label("What has happened").fill("The panel met again.")
    page.get_by_text("Show evidence").click()
    page.get_by_label("What it is").fill("Notes of the second panel")
    page.get_by_label("Kind").select_option("Feedback")
    page.get_by_label("File").set_input_files(
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"We met twice."}
    )
    page.get_by_role("button", name="Save the update").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Notes of the second panel").first.click()
    assert download.value.suggested_filename == "notes.txt"
    assert download.value.path().read_bytes() == b"We met twice."
