"""Every URL of the map, as every role, reading and writing: found from the map, so that none is forgotten."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse

from audits.services.scales import create_scale
from impact.services.measures import agree_step_change
from impact.services.observations import add_note
from improvement.imports.workbooks import keep_workbook
from plans.access import GRANTS, Permission
from plans.models import Membership, Role
from plans.services.checks import answer_check
from plans.services.meetings import record_decision
from plans.services.moves import ask_move
from plans.spreadsheets.writing import Table, write_xlsx
from tests.audits.factories import make_done, make_finding, make_product, make_review
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_evidence,
    make_inspection,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_recommendation,
    make_step,
    make_user,
    report_done,
)
from tests.impact.factories import make_narrative
from tests.impact.measuring import make_measure
from tests.packing import make_closed_pack, make_ready_bundle

pytestmark = pytest.mark.django_db

WORKBOOK = write_xlsx([Table("Plan", ["Action", "Lead", "Target date"], [["Meet weekly", "DCS", "May 26"]])])
# Whose pages need no sign-in; everything else under these names is Django's or allauth's own.
PUBLIC = {"healthz", "help", "accessibility", "account_login", "account_signup", "account_inactive"}
FOREIGN = ("admin:", "account_", "socialaccount_", "mfa_", "openid_connect_")
# What programs read without a session: they are asked for a token, not led to the sign-in page.
FEEDS = {"feed_index", "feed_data"}
# Leads write to their own actions alone.
OWN_ACTIONS_ONLY = {
    "action_update",
    "plans:action_update",
    "plans:steps_done",
    "plans:action_sign_off",
    "plans:sign_off_drop",
}
# Remarks are for editors and for who holds the lead that owns the measure.
OWN_MEASURES_ONLY = {"impact:measure_note", "impact:note_remove"}
# Results and findings are for who manages audits and for who holds the audit's lead.
OWN_AUDITS_ONLY = {
    "audits:audit_results",
    "audits:audit_learning",
    "audits:finding_new",
    "audits:finding_edit",
}
# Only who asked for a move may drop it: in these tests the editor.
OWN_REQUESTS_ONLY = {"plans:move_request_drop"}
# An answer is for who holds the lead that is asked and for who updates any action; the rest of a challenge
# for who may close it: here nobody has raised it.
ANSWERS = {
    "plans:challenge_answer": {"holder", Role.EDITOR, Role.ADMINISTRATOR},
    # What a check asks: whoever may update the action, the chair and administrators.
    "check_answer": {"holder", Role.CHAIR, Role.EDITOR, Role.ADMINISTRATOR},
    "checkanswer_withdraw": {"holder", Role.CHAIR, Role.EDITOR, Role.ADMINISTRATOR},
    "recommendation_check": {Role.CHAIR, Role.EDITOR, Role.ADMINISTRATOR},
}
CLOSES = dict.fromkeys(
    ("plans:challenge_edit", "plans:challenge_close", "plans:challenge_reopen"),
    frozenset({Role.CHAIR, Role.ADMINISTRATOR}),
)
# The noun that begins a URL's name tells what its <int:pk> is.
NOUNS = {
    "action": lambda told: told["action"].pk,
    "steps": lambda told: told["action"].pk,
    "step": lambda told: told["step"].pk,
    "area": lambda told: told["area"].pk,
    "plan": lambda told: told["plan"].pk,
    "member": lambda told: told["a membership"].pk,
    "lead": lambda told: told["the lead"].pk,
    "import": lambda told: told["import"].pk,
    "measure": lambda told: told["measure"].pk,
    "note": lambda told: told["note"].pk,
    "stepchange": lambda told: told["step change"].pk,
    "narrative": lambda told: told["narrative"].pk,
    "evidence": lambda told: told["evidence"].pk,
    "audit": lambda told: told["audit"].pk,
    "finding": lambda told: told["finding"].pk,
    "scale": lambda told: told["scale"].pk,
    "product": lambda told: told["product"].pk,
    "review": lambda told: told["review"].pk,
    "move": lambda told: told["move request"].pk,
    "sign": lambda told: told["sign-off"].pk,
    "meeting": lambda told: told["meeting"].pk,
    "decision": lambda told: told["decision"].pk,
    "challenge": lambda told: told["challenge"].pk,
    "recommendation": lambda told: told["recommendation"].pk,
    "inspection": lambda told: told["inspection"].pk,
    "pack": lambda told: told["pack"].pk,
    "bundle": lambda told: told["bundle"].pk,
    "checkanswer": lambda told: told["answer to a check"].pk,
}
# An action, an area's order of actions, a step of an action: where the name's first word is not the object.
OBJECTS = {
    "check_answer": "action",
    "pack_close": "meeting",
    "plans:action_reorder": "area",
    "plans:decision_new": "meeting",
    "plans:step_new": "action",
    "plans:steps_done": "action",
    "plans:step_reorder": "action",
    "audits:finding_new": "audit",
}


def patterns(resolver=None, namespace=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{namespace}{pattern.name}", pattern
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, inner)


def board_patterns():
    found = []
    for name, pattern in patterns():
        view = getattr(pattern.callback, "view_class", None)
        if view is not None and hasattr(view, "permission"):
            found.append((name, pattern, view))
    return found


def build(slug):
    board = make_board(slug)
    holder = make_member(board, Role.MEMBER, "Holder of the lead")
    lead = make_lead(board, "Head of Service for Assessment", holder)
    area = make_area(make_plan(board))
    action = make_action(area, target="End March 2026", leads="Head of Service for Assessment")
    told = {
        "board": board,
        "plan": area.plan,
        "area": area,
        "action": action,
        "step": make_step(action),
        "the lead": lead,
        "narrative": make_narrative(area),
        "inspection": (inspection := make_inspection(board)),
        "recommendation": make_recommendation(board, inspection=inspection),
        "evidence": make_evidence(board, upload=("notes.txt", b"What we found")),
        "import": keep_workbook(board, "plan.xlsx", WORKBOOK, by=None),
    }
    measure = make_measure(board, owner=lead)
    told |= {"measure": measure, "note": add_note(measure, date(2026, 1, 1), "Two teams merged.", by=None)}
    told["step change"] = agree_step_change(
        measure, date(2026, 1, 1), by=None, reason="New", agreed_by="The board", agreed_on=date(2026, 2, 1)
    )
    told["audit"] = make_done(board, lead=lead)
    told["finding"] = make_finding(told["audit"])
    told["scale"] = create_scale(board, "Standards", ["Not met", "Met"], by=None, good=1)
    told["product"] = make_product(board)
    told["review"] = make_review(told["product"])
    told["holder"] = holder
    told["meeting"] = make_meeting(board)
    told["decision"] = record_decision(told["meeting"], by=None, text="The plan is agreed.")
    told["challenge"] = make_challenge(action, owner=lead)
    told["answer to a check"] = answer_check(
        action, by=holder, check_name="no_update", basis="0", question="No update.", reason="On leave."
    )
    told["sign-off"] = report_done(action, by=holder)
    told["pack"] = make_closed_pack(told["meeting"], area.plan)
    told["bundle"] = make_ready_bundle(area.plan)
    member = make_member(board, Role.MEMBER, "A member")
    told["a membership"] = Membership.objects.get(board=board, user=member)
    for role in Role.values:
        told[role] = make_member(board, role)
    told["move request"] = ask_move(
        action, to="30 April 2026", by=told[Role.EDITOR], reason="Two posts are open"
    )
    return told


def two_boards(django_db_setup, django_db_blocker):
    """Two boards with everything on them, built once; each test's writes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build("here"), build("elsewhere")
        transaction.set_rollback(True)


boards = pytest.fixture(two_boards, scope="module", name="boards")


@pytest.fixture
def told(boards):
    return boards[0]


@pytest.fixture
def elsewhere(boards):
    return boards[1]


def address(name, pattern, told, board="here"):
    converters = pattern.pattern.converters
    arguments = {"board": board}
    if "pk" in converters:
        noun = OBJECTS.get(name) or name.split(":")[-1].split("_")[0]
        arguments["pk"] = NOUNS[noun](told)
    if "kind" in converters:
        arguments["kind"] = "pdf"
    if "dataset" in converters:
        arguments |= {"dataset": "actions", "form": "csv"}
    assert set(converters) <= set(arguments), f"{name}: teach this test what {set(converters)} are"
    return reverse(name, kwargs=arguments)


BOARD_URLS = board_patterns()
each_board_url = pytest.mark.parametrize(
    ("name", "pattern", "view"), BOARD_URLS, ids=[name for name, _, _ in BOARD_URLS]
)


def may(name, view, role):
    if some := (ANSWERS | CLOSES).get(name):
        return role in some
    if name in OWN_MEASURES_ONLY | OWN_AUDITS_ONLY:
        return role in {"holder", Role.EDITOR, Role.ADMINISTRATOR}
    if name in OWN_REQUESTS_ONLY:
        return role == Role.EDITOR
    if role == "holder":
        return view.permission in {Permission.VIEW, Permission.UPDATE, Permission.CHALLENGE}
    if name in OWN_ACTIONS_ONLY and role == Role.LEAD:
        return False
    return view.permission in GRANTS[role]


def test_every_url_under_a_board_passes_the_gate():
    ungated = [
        name
        for name, pattern in patterns()
        if "board" in getattr(pattern.pattern, "converters", {})
        and not hasattr(getattr(pattern.callback, "view_class", None), "permission")
    ]
    assert ungated == []


@each_board_url
@pytest.mark.parametrize("role", [*Role.values, "holder"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_is_let_in_or_told_that_it_may_not(signed_in, told, name, pattern, view, role, method):
    client = signed_in(told[role])
    client.raise_request_exception = True
    status = getattr(client, method)(address(name, pattern, told)).status_code
    if may(name, view, role):
        assert status in {200, 302, 303, 400, 405}
    else:
        assert status == 403


@each_board_url
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["outsider", "staff"])
def test_outsiders_learn_nothing(signed_in, told, name, pattern, view, method, who):
    client = signed_in(make_user(is_staff=who == "staff"))
    assert getattr(client, method)(address(name, pattern, told)).status_code == 404


@each_board_url
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in_unsigned(client, told, name, pattern, view, method):
    response = getattr(client, method)(address(name, pattern, told))
    if name in FEEDS:
        assert (response.status_code, response.headers["WWW-Authenticate"][:5]) == (401, "Basic")
        return
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize(
    ("name", "pattern", "view"),
    [each for each in BOARD_URLS if "pk" in each[1].pattern.converters],
    ids=[name for name, pattern, _ in BOARD_URLS if "pk" in pattern.pattern.converters],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_boards_things_are_not_found(signed_in, told, elsewhere, name, pattern, view, method):
    client = signed_in(told[Role.ADMINISTRATOR])
    assert getattr(client, method)(address(name, pattern, elsewhere)).status_code == 404


@each_board_url
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_board_that_asks_for_a_second_step_shows_nothing_without(
    signed_in, told, name, pattern, view, method
):
    told["board"].requires_second_factor = True
    told["board"].save()
    answer = getattr(signed_in(told[Role.ADMINISTRATOR]), method)(address(name, pattern, told))
    told["board"].requires_second_factor = False
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/account/2fa/")


def test_pages_without_a_board_need_a_sign_in_unless_public(client):
    open_pages = set()
    for name, pattern in patterns():
        if name.startswith(FOREIGN) or pattern.pattern.converters:
            continue
        if client.get(reverse(name)).status_code == 200:
            open_pages.add(name)
    assert open_pages == PUBLIC - {name for name in PUBLIC if name.startswith(FOREIGN)}
