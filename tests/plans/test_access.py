import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from plans.access import Access, Permission, enter
from plans.models import Action, Role
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_user

pytestmark = pytest.mark.django_db

GRANTED = {
    Role.MEMBER: {Permission.VIEW, Permission.CHALLENGE},
    Role.CHAIR: {
        Permission.VIEW,
        Permission.CHALLENGE,
        Permission.CLOSE_CHALLENGES,
        Permission.SIGN_OFF,
        Permission.AGREE_MOVES,
        Permission.ANSWER_CHECKS,
    },
    Role.LEAD: {Permission.VIEW, Permission.CHALLENGE, Permission.UPDATE},
    Role.EDITOR: {
        Permission.VIEW,
        Permission.CHALLENGE,
        Permission.UPDATE,
        Permission.UPDATE_ANY,
        Permission.EDIT_PLAN,
        Permission.IMPORT,
        Permission.MANAGE_MEETINGS,
        Permission.MANAGE_AUDITS,
    },
    Role.ADMINISTRATOR: set(Permission),
}


@pytest.mark.parametrize("role", Role.values)
def test_what_a_role_may_do(role):
    board = make_board()
    access = enter(make_member(board, role), board.slug, Permission.VIEW)
    assert {permission for permission in Permission if access.may(permission)} == GRANTED[role]


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("permission", Permission)
def test_the_gate_refuses_the_wrong_role(role, permission):
    board = make_board()
    user = make_member(board, role)
    if permission in GRANTED[role]:
        assert enter(user, board.slug, permission) == Access(user, board, role)
    else:
        with pytest.raises(PermissionDenied):
            enter(user, board.slug, permission)


def test_an_outsider_learns_nothing_of_a_board():
    board, elsewhere = make_board(), make_board()
    outsider = make_member(elsewhere, Role.ADMINISTRATOR)
    for slug in (board.slug, "no-such-board"):
        with pytest.raises(Http404):
            enter(outsider, slug, Permission.VIEW)


def test_site_staff_are_outsiders_on_boards():
    with pytest.raises(Http404):
        enter(make_user(is_staff=True, is_superuser=True), make_board().slug, Permission.VIEW)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR])
def test_whoever_holds_a_lead_may_update_its_actions_and_no_others(role):
    board = make_board()
    user = make_member(board, role)
    make_lead(board, "Head of QA", holder=user)
    area = make_area(make_plan(board))
    own, other = make_action(area, leads="Head of QA"), make_action(area, leads="Director")
    access = enter(user, board.slug, Permission.UPDATE)
    assert [access.may_update(action) for action in (own, other)] == [True, False]
    assert not access.may(Permission.EDIT_PLAN)


def test_a_lead_of_another_board_gives_nothing_here():
    here, there = make_board(), make_board()
    user = make_member(here)
    make_lead(there, holder=user)
    with pytest.raises(PermissionDenied):
        enter(user, here.slug, Permission.UPDATE)


def test_an_editor_updates_any_action():
    board = make_board()
    make_action(make_area(make_plan(board)))
    access = enter(make_member(board, Role.EDITOR), board.slug, Permission.UPDATE_ANY)
    assert access.may_update(Action.objects.get())


def test_the_role_lead_alone_updates_nothing():
    board = make_board()
    make_action(make_area(make_plan(board)), leads="Director")
    access = enter(make_member(board, Role.LEAD), board.slug, Permission.UPDATE)
    assert not access.may_update(Action.objects.get())
