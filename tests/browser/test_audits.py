"""Audits in a browser: from a finding to its repeat audit, without scripts, on wide and narrow windows."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from audits.services.findings import link_actions
from audits.services.scales import create_scale
from plans.models import Action, Role
from tests.audits.factories import make_audit, make_done, make_finding, make_product, make_repeat, make_review
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_update

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Write up each visit within two working days and say in the record what the child said about it"


@pytest.fixture
def board(transactional_db):
    return make_board("teesmere")


@pytest.fixture
def ada(board):
    return make_member(board, Role.EDITOR, "Ada Finch")


@pytest.fixture
def area(board):
    return make_area(make_plan(board, "Recovery plan"), "Assessment and planning")


@pytest.fixture
def audit(area):
    """A finished audit with everything about it, and a board page with something in each section."""
    board = area.plan.board
    lead = make_lead(board)
    audit = make_done(board, "Visits in time", area=area, lead=lead, theme="Visits", read_twice=10, agreed=9)
    action = make_action(area, LONG)
    link_actions(make_finding(audit, LONG, theme="Visits"), [action], by=None)
    make_update(action, "complete", on=date(2026, 4, 20))
    make_finding(audit, "Children are seen alone", kind="strength")
    make_finding(audit, "Managers do not say what happens next")
    make_finding(make_repeat(make_done(board, "Plans")), "Plans are not shared")
    make_done(board, "Decisions at the front door", grading="agreement", counts=(1, 39))
    make_done(board, "Live visits", kind="live", counts=(1, 1, 1, 0))
    make_audit(board, "Supervision", planned="January 2026")
    make_audit(board, "Return interviews", planned="January 2096", sample_wanted=20)
    create_scale(board, "Standards", ["Not met", "Met"], by=None, good=1)
    review = make_review(make_product(board, "Performance report", frequency="Monthly"), action=action)
    make_product(board, "Clinics")
    return review, audit


def pages(review, audit):
    finding = audit.findings.first()
    return {
        "audits/": "Audits: the second pair of eyes",
        "audits/all/": "All audits",
        f"audits/{audit.pk}/": "Visits in time",
        f"audits/{audit.pk}/edit/": "Edit what is planned",
        f"audits/{audit.pk}/results/": "Enter results",
        f"audits/{audit.pk}/learning/": "Share what was learnt",
        f"audits/{audit.pk}/findings/new/": "Add a finding",
        f"findings/{finding.pk}/action/": "Raise an action",
        f"findings/{finding.pk}/link/": "Link the finding to actions",
        "audits/published/": "For publication",
        "audits/scales/": "Scales of grades",
        "audits/assurance/": "Assurance register",
        f"audits/assurance/{review.product_id}/": "Performance report",
        f"audits/assurance/{review.product_id}/review/": "Record a review",
        f"actions/{review.action_id}/": LONG,
    }


@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_sound(new_page, sign_in, axe_violations, sideways, ada, audit, width):
    page = new_page(width=width)
    sign_in(page, ada, "/boards/teesmere/")
    found = {}
    for address, heading in pages(*audit).items():
        page.goto(f"/boards/teesmere/{address}")
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        found[address] = (axe_violations(page), sideways(page))
    assert found == dict.fromkeys(found, ([], 0))


def test_from_a_finding_to_its_repeat_audit(new_page, sign_in, ada, area):
    page = new_page(scripts=False)
    today = timezone.localdate()
    sign_in(page, ada, "/boards/teesmere/audits/")
    page.get_by_role("link", name="Plan an audit").click()
    page.get_by_label("What is audited").fill("Visits in time")
    page.get_by_label("Planned for").fill("March 2026")
    page.get_by_role("button", name="Put it on the programme").click()
    enter_results(page, today - timedelta(40), counts=(4, 10, 6, 0))
    page.get_by_role("link", name="Add a finding").click()
    page.get_by_label("What was found").fill("Case 123456 was visited late")
    page.get_by_role("button", name="Add the finding").click()
    expect(page.get_by_role("alert")).to_contain_text("looks like a case number")
    page.get_by_label("What was found").fill("Visits are written up late")
    page.get_by_role("button", name="Add the finding").click()
    page.get_by_role("link", name="Raise an action").click()
    page.get_by_label("Action", exact=True).fill("Write each visit up in two days")
    page.get_by_role("button", name="Raise the action").click()
    expect(page.get_by_role("link", name="Write each visit up in two days")).to_be_visible()
    make_update(Action.objects.get(), "complete", on=today - timedelta(20))
    page.goto("/boards/teesmere/audits/")
    page.get_by_role("region", name="Acted on, with no repeat audit since").get_by_role(
        "link", name="Plan a repeat"
    ).click()
    page.get_by_label("Planned for").fill(f"{today.day}/{today.month}/{today.year}")
    page.get_by_role("button", name="Put it on the programme").click()
    enter_results(page, today, counts=(1, 4, 12, 3))
    expect(page.get_by_role("main")).to_contain_text("Better")
    page.get_by_role("link", name="Visits in time", exact=True).first.click()
    way = page.get_by_role("row").filter(has_text="Visits are written up late")
    expect(way).to_contain_text("Write each visit up in two days")
    expect(way).to_contain_text("Better")
    expect(way).to_contain_text("6 of 20 (30%) good or outstanding, then 15 of 20 (75%)")
    page.goto(f"/boards/teesmere/actions/{Action.objects.get().pk}/")
    expect(page.get_by_role("main")).to_contain_text("Findings of audits it answers")


def enter_results(page, day, *, counts):
    page.get_by_role("link", name="Enter results").click()
    page.get_by_label("Done on").fill(f"{day.day}/{day.month}/{day.year}")
    page.get_by_label("Cases looked at").fill(str(sum(counts)))
    words = ("Inadequate", "Requires improvement", "Good", "Outstanding")
    for word, number in zip(words, counts, strict=True):
        page.get_by_label(word, exact=True).fill(str(number))
    page.get_by_role("button", name="Save the results").click()
