"""Boards, people and plans for tests, made through the services as people make them."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from plans.models import Membership, Role, User
from plans.services.actions import create_action
from plans.services.areas import create_area
from plans.services.challenges import raise_challenge
from plans.services.evidence import add_evidence, show_evidence
from plans.services.meetings import add_meeting
from plans.services.people import create_board, find_or_create_leads, set_holders, set_role
from plans.services.plans import create_plan
from plans.services.progress import record_update
from plans.services.recommendations import add_inspection, add_recommendation
from plans.services.sign_off import ask_sign_off
from plans.services.steps import create_step

numbers = count(1)


def make_user(name="", **fields):
    n = next(numbers)
    return User.objects.create_user(
        f"person{n}@example.org", name or f"Person {n}", "a long password", **fields
    )


def make_board(slug="", council="Teesmere Borough Council", name="Improvement board"):
    return create_board(council, name, slug or f"board-{next(numbers)}", by=None)


def make_member(board, role=Role.MEMBER, name="", **fields):
    """A new person with this role on the board."""
    user = make_user(name or f"{Role(role).label} {next(numbers)}", **fields)
    set_role(board, user, role, by=None)
    return user


def make_lead(board, name="Head of Service for Assessment", holder=None):
    """A lead of the board, held by `holder`, who is put on the board where they are not yet."""
    [lead] = find_or_create_leads(board, [name], by=None)
    if holder is not None:
        if not Membership.objects.filter(board=board, user=holder).exists():
            set_role(board, holder, Role.LEAD, by=None)
        set_holders(lead, [holder], by=None)
    return lead


def make_plan(board=None, title="", **fields):
    return create_plan(board or make_board(), title or f"Plan {next(numbers)}", by=None, **fields)


def make_area(plan=None, title="Front door", **fields):
    return create_area(plan or make_plan(), title, by=None, **fields)


def make_action(area=None, title="", *, target="", leads="", **fields):
    """An action that was there from the plan's beginning, unless `added_on` says otherwise."""
    fields.setdefault("added_on", None)
    return create_action(
        area or make_area(),
        title or f"Action {next(numbers)}",
        by=None,
        target_text=target,
        leads_text=leads,
        **fields,
    )


def make_step(action, number="1", text="Agree who does what", *, target="", **fields):
    return create_step(action, number, text, by=None, target_text=target, **fields)


def make_update(action, rating="on_track", *, on: date | None = None, by=None, **fields):
    """An update; amber and red get a way back unless one is given."""
    if rating in ("slippage", "off_track"):
        fields.setdefault("way_back", "Fill the two posts by June.")
    fields.setdefault("happened", "The team met and agreed the next step.")
    return record_update(action, by=by, rating=rating, on=on, **fields)


def make_evidence(board, title="", *, by=None, **fields):
    """A piece of evidence: a link, unless `upload` gives a file's (name, content)."""
    if "upload" not in fields:
        fields.setdefault("link", "https://www.example.org/report")
    fields = {"kind": "document", "dated": date(2026, 1, 5)} | fields
    return add_evidence(board, by=by, title=title or f"Evidence {next(numbers)}", **fields)


def make_meeting(board, on=date(2026, 1, 13), **fields):
    return add_meeting(board, by=None, on=on, **fields)


def make_challenge(action, question="What has changed for children?", *, by=None, on=None, **fields):
    """Asked on an action, of a lead of its board."""
    board = action.plan.board
    fields.setdefault("owner", board.leads.first() or make_lead(board))
    fields.setdefault("due", (on or timezone.localdate()) + timedelta(28))
    return raise_challenge(board, by=by, question=question, action=action, on=on, **fields)


def report_done(action, *, by, on: date | None = None, **fields):
    """A lead reports the action complete with evidence; gives the sign-off asked for."""
    update = make_update(action, "complete", by=by, on=on, **fields)
    show_evidence(update, [make_evidence(action.plan.board, by=by)], by=by)
    return ask_sign_off(update, by=by, on=on)


def make_inspection(board, kind="ofsted", title="", *, received_on=date(2026, 1, 5), **fields):
    title = title or f"Inspection {next(numbers)}"
    return add_inspection(board, by=None, kind=kind, title=title, received_on=received_on, **fields)


def make_recommendation(board, text="", **fields):
    return add_recommendation(board, by=None, text=text or f"Recommendation {next(numbers)}", **fields)
