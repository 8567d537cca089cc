"""A board with a plan, an action and the people around them."""

from types import SimpleNamespace

from django.urls import reverse

from plans.models import Role
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_update
from tests.pages import fields_of

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
# Large enough to be put on the disk as it comes in.
LARGE_PDF = b"%PDF-1.7\n" + bytes(range(256)) * 12_000


def make_scene(**plan):
    board = make_board()
    head = make_member(board, Role.LEAD)
    lead = make_lead(board, holder=head)
    plan = make_plan(board, **plan)
    action = make_action(make_area(plan), "Hold the panel", leads=lead.name)
    make_update(action, by=head)
    editor, chair = make_member(board, Role.EDITOR), make_member(board, Role.CHAIR)
    return SimpleNamespace(
        board=board, head=head, editor=editor, chair=chair, lead=lead, plan=plan, action=action
    )


def url(board, name, *args):
    return reverse(name, args=[board.slug, *args])


def update_url(scene, action=None):
    return url(scene.board, "action_update", (action or scene.action).pk)


def filled(person, path, pk, **values):
    """The form of an action's update as the page shows it, with other values for some of its fields."""
    fields = fields_of(person.get(path), "token")
    return fields | {f"a{pk}-{name}": value for name, value in values.items()}


def with_evidence(pk, words, content=PDF):
    """What is typed and the file that is chosen, for an update with evidence."""
    typed = {"happened": words, "piece_title": "Minutes", "piece_kind": "document"}
    return typed, {f"a{pk}-piece_file": ("minutes.pdf", content, "application/pdf")}
