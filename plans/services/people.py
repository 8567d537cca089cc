from django.core.exceptions import ValidationError
from django.db import transaction

from plans.leads import lead_key
from plans.models import Board, Holding, Lead, Membership, Role, User
from plans.services.history import remove, save


@transaction.atomic
def create_board(council: str, name: str, slug: str, *, by: User | None) -> Board:
    board = Board(council=council, name=name, slug=slug)
    save(board, by=by)
    return board


@transaction.atomic
def set_role(board: Board, user: User, role: str, *, by: User | None) -> Membership:
    """Gives a person a role on the board, or changes the one they have."""
    membership = Membership.objects.filter(board=board, user=user).first()
    if membership and membership.role == Role.ADMINISTRATOR and role != Role.ADMINISTRATOR:
        _keep_an_administrator(membership)
    membership = membership or Membership(board=board, user=user)
    membership.role = role
    save(membership, by=by)
    return membership


@transaction.atomic
def remove_member(membership: Membership, *, by: User) -> None:
    """Takes a person off the board and out of its leads; what they wrote stays."""
    if membership.role == Role.ADMINISTRATOR:
        _keep_an_administrator(membership)
    held = Holding.objects.filter(lead__board=membership.board, user=membership.user)
    for holding in held.select_related("lead"):
        remove(holding, by=by, reason="Left the board")
    remove(membership, by=by)


def _keep_an_administrator(membership: Membership) -> None:
    others = Membership.objects.filter(board=membership.board, role=Role.ADMINISTRATOR)
    if not others.exclude(pk=membership.pk).exists():
        raise ValidationError("A board needs an administrator. Make somebody else administrator first.")


def create_lead(board: Board, name: str, *, by: User | None) -> Lead:
    lead = Lead(board=board, name=name.strip(), key=lead_key(name))
    save(lead, by=by)
    return lead


def find_or_create_leads(board: Board, names: list[str], *, by: User | None) -> list[Lead]:
    """The board's leads of these names in the order given, each once; another spelling is the same lead."""
    standing = {lead.key: lead for lead in board.leads.filter(key__in={lead_key(name) for name in names})}
    found = {}
    for name in names:
        key = lead_key(name)
        if key not in found:
            found[key] = standing.get(key) or create_lead(board, name, by=by)
    return list(found.values())


def rename_lead(lead: Lead, name: str, *, by: User) -> None:
    lead.name, lead.key = name.strip(), lead_key(name)
    save(lead, by=by)


@transaction.atomic
def set_holders(lead: Lead, users: list[User], *, by: User | None) -> None:
    """Hands the lead to exactly these people, who must be on the board; its actions are not touched."""
    on_board = set(Membership.objects.filter(board=lead.board).values_list("user_id", flat=True))
    outside = [user.name for user in users if user.pk not in on_board]
    if outside:
        raise ValidationError(f"Add {', '.join(outside)} to the board first, then give them the lead.")
    standing = {holding.user_id: holding for holding in lead.holdings.all()}
    wanted = {user.pk: user for user in users}
    for user_id in standing.keys() - wanted.keys():
        remove(standing[user_id], by=by)
    for user_id in wanted.keys() - standing.keys():
        save(Holding(lead=lead, user=wanted[user_id]), by=by)
