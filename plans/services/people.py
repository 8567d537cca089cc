from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from plans.leads import lead_key
from plans.models import Board, Holding, Lead, Membership, Role, User
from plans.services.boards import hold_board
from plans.services.history import remove, save
from plans.wording.phrases import plural


@transaction.atomic
def create_board(council: str, name: str, slug: str, *, by: User | None) -> Board:
    board = Board(council=council, name=name, slug=slug)
    save(board, by=by)
    return board


@transaction.atomic
def open_board(board: Board, administrator: User, *, by: User) -> None:
    """Saves a new board with its first administrator. Raises ValidationError."""
    save(board, by=by)
    set_role(board, administrator, Role.ADMINISTRATOR, by=by)


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
def invite_member(board: Board, email: str, role: str, *, by: User | None, name: str = "") -> Membership:
    """Puts the person of this address on the board; one not known yet gets an account without a password.

    Raises ValidationError, also for somebody who is on the board already.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(email.strip().lower(), name.strip())
    if not user.is_active:
        raise ValidationError({"email": "This account is closed. Ask the site's staff to open it again."})
    if Membership.objects.filter(board=board, user=user).exists():
        raise ValidationError({"email": f"{user.name} is on the board already. Change their role instead."})
    return set_role(board, user, role, by=by)


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
    # Two administrators removing each other at the same moment wait for one another here.
    hold_board(membership.board_id)
    others = Membership.objects.filter(board=membership.board, role=Role.ADMINISTRATOR)
    if not others.exclude(pk=membership.pk).exists():
        raise ValidationError("A board needs an administrator. Make somebody else administrator first.")


@transaction.atomic
def remove_lead(lead: Lead, *, by: User) -> None:
    """Takes a lead that leads nothing off the board; its history stays. Raises ValidationError."""
    hold_board(lead.board_id)
    current = lead.actions.filter(withdrawn_on__isnull=True).count()
    if current:
        raise ValidationError(f"“{lead}” leads {plural(current, 'action')}. Name others there first.")
    if uses := _uses(lead):
        raise ValidationError(f"“{lead}” is named by {uses}, so it stays.")
    set_holders(lead, [], by=by)
    remove(lead, by=by)


def _uses(lead: Lead) -> str:
    """What names the lead, whichever app it is of; withdrawn actions may come back."""
    if lead.actions.exists():
        return plural(lead.actions.count(), "withdrawn action")
    for relation in lead._meta.related_objects:
        model = relation.related_model
        number = model._base_manager.filter(**{relation.field.name: lead}).count()
        if number and model is not Holding:
            return plural(number, str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
    return ""


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
    """Gives a lead another name; its actions stay with it. Raises ValidationError where the name is taken."""
    namesake = lead.board.leads.filter(key=lead_key(name)).exclude(pk=lead.pk).first()
    if namesake:
        raise ValidationError({"name": f"The board already has the lead “{namesake}”. Choose another name."})
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


@transaction.atomic
def add_lead(board: Board, name: str, holders: Iterable[User], *, by: User) -> Lead:
    """A new lead held by these people. Raises ValidationError where the name is taken."""
    if board.leads.filter(key=lead_key(name)).exists():
        raise ValidationError({"name": "The board already has a lead of this name. Edit that one instead."})
    lead = create_lead(board, name, by=by)
    set_holders(lead, list(holders), by=by)
    return lead


@transaction.atomic
def edit_lead(lead: Lead, *, name: str, holders: Iterable[User], by: User) -> None:
    """Renames a lead and hands it to exactly these people. Raises ValidationError."""
    rename_lead(lead, name, by=by)
    set_holders(lead, list(holders), by=by)


@transaction.atomic
def set_reminders(memberships: Iterable[Membership], wanted: Iterable[Membership], *, by: User) -> None:
    """Of these memberships, those wanted get reminders by email and the others get none."""
    wanted = set(wanted)
    for membership in memberships:
        membership.wants_nudges = membership in wanted
        save(membership, by=by)


def edit_nudge_days(board: Board, days: int, *, by: User) -> None:
    """How many days before a meeting people of the board are reminded. Raises ValidationError."""
    board.nudge_days = days
    save(board, by=by)


def require_second_factor(board: Board, is_required: bool, *, by: User) -> None:
    """Whether everybody on the board needs a second step at sign-in."""
    board.requires_second_factor = is_required
    save(board, by=by)
