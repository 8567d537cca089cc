"""Who may do what on a board, and the one gate that every board view passes first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404

from plans.models import Action, Board, Challenge, Holding, Lead, Membership, Role, User


class Permission(StrEnum):
    """In words that follow “Your role on this board does not let you”."""

    VIEW = "view the board"
    UPDATE = "update actions"
    UPDATE_ANY = "update actions on a lead’s behalf"
    EDIT_PLAN = "edit plans, areas, actions and steps"
    IMPORT = "bring in workbooks or take them back"
    MANAGE_MEMBERS = "manage the board’s people and their roles"
    MANAGE_LEADS = "manage leads and who holds them"
    MANAGE_KEY = "manage a plan’s rating key and level names"
    CHALLENGE = "challenge an action, an area or a measure"
    CLOSE_CHALLENGES = "close challenges"
    SIGN_OFF = "agree or refuse a sign-off, or open a signed-off action again"
    AGREE_MOVES = "agree or refuse a move of a date"
    ANSWER_CHECKS = "accept what a check asks about an action or a recommendation"
    MANAGE_MEETINGS = "manage meetings, attendance and decisions, and close papers"
    MANAGE_AUDITS = "manage practice audits, their findings and the register of assurance products"
    KEEP_BOARD = "close the board, open it again or take a copy of it"


READS = frozenset({Permission.VIEW, Permission.CHALLENGE})
CHAIRS = READS | {
    Permission.CLOSE_CHALLENGES,
    Permission.SIGN_OFF,
    Permission.AGREE_MOVES,
    Permission.ANSWER_CHECKS,
}
LEADS = READS | {Permission.UPDATE}
EDITS = LEADS | {
    Permission.UPDATE_ANY,
    Permission.EDIT_PLAN,
    Permission.IMPORT,
    Permission.MANAGE_MEETINGS,
    Permission.MANAGE_AUDITS,
}
ADMINISTERS = (
    EDITS
    | CHAIRS
    | {Permission.MANAGE_MEMBERS, Permission.MANAGE_LEADS, Permission.MANAGE_KEY, Permission.KEEP_BOARD}
)
# Once the board is closed: it is read, who may read it is still looked after, and it can be opened again.
STAYS_WHEN_CLOSED = frozenset({Permission.VIEW, Permission.MANAGE_MEMBERS, Permission.KEEP_BOARD})

GRANTS: Mapping[str, frozenset[Permission]] = {
    Role.MEMBER: READS,
    Role.CHAIR: CHAIRS,
    Role.LEAD: LEADS,
    Role.EDITOR: EDITS,
    Role.ADMINISTRATOR: ADMINISTERS,
}


class BoardClosed(PermissionDenied):
    """What the role would allow, were the board not closed; `access` is what is left."""

    def __init__(self, access: "Access"):
        super().__init__("change a closed board")
        self.access = access


@dataclass(frozen=True)
class Access:
    """One person on one board."""

    user: User
    board: Board
    role: str
    # Whether the person holds any lead on the board, where that is known already.
    holds_lead: bool | None = field(default=None, compare=False)

    @cached_property
    def held_leads(self) -> frozenset[int]:
        """The ids of the leads that the person holds on this board; none once it is closed."""
        if self.board.closed_on:
            return frozenset()
        return frozenset(
            Lead.objects.filter(board=self.board).held_by(self.user).values_list("id", flat=True)
        )

    def may(self, permission: Permission) -> bool:
        """Whoever holds a lead may update its actions, whatever their role."""
        return self._would(permission) and not (self.board.closed_on and permission not in STAYS_WHEN_CLOSED)

    def _would(self, permission: Permission) -> bool:
        """Were the board open."""
        if permission in GRANTS[self.role]:
            return True
        return permission is Permission.UPDATE and self._holds_lead

    @property
    def _holds_lead(self) -> bool:
        return bool(self.held_leads) if self.holds_lead is None else self.holds_lead

    def may_update(self, action: Action) -> bool:
        if self.may(Permission.UPDATE_ANY):
            return True
        return any(link.lead_id in self.held_leads for link in action.action_leads.all())

    def may_answer(self, challenge: Challenge) -> bool:
        return self.may(Permission.UPDATE_ANY) or challenge.owner_id in self.held_leads

    def may_close(self, challenge: Challenge) -> bool:
        """Whoever raised it, too; and who may close it may open it again and change what is asked."""
        if self.board.closed_on:
            return False
        return self.may(Permission.CLOSE_CHALLENGES) or challenge.raised_by_id == self.user.pk

    def require(self, permission: Permission) -> None:
        """Raises PermissionDenied (403) where the role does not allow it, or the board is closed."""
        if not self._would(permission):
            raise PermissionDenied(permission)
        if not self.may(permission):
            raise BoardClosed(self)


def enter(user: User, slug: str, permission: Permission, *, writes: bool = False) -> Access:
    """The gate: an outsider learns nothing of the board (404), the wrong role is told so (403).

    Whoever writes by a permission to read, such as by asking for a bundle, is refused on a closed board.
    """
    held = Holding.objects.filter(user=user, lead__board=OuterRef("board"))
    memberships = Membership.objects.select_related("board").annotate(holds_lead=Exists(held))
    membership = memberships.filter(user=user, board__slug=slug).first()
    if membership is None:
        raise Http404("No such board")
    access = Access(user, membership.board, membership.role, membership.holds_lead)
    access.require(permission)
    if writes and permission is Permission.VIEW and access.board.closed_on:
        raise BoardClosed(access)
    return access
