"""Tells a closed board's administrators by email, once, that it will soon be removed."""

from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from improvement.digests.content import line
from improvement.whole_boards.removing import closed_boards
from plans.models import Board, Membership, Nudge, Role
from plans.models.ordering import Alphabetical
from plans.services.boards import NOTICE
from plans.templatetags.components import long_date


def is_ending(board: Board, today: date) -> bool:
    return today <= board.kept_until <= today + NOTICE


def warn_administrators(today: date) -> list[Membership]:
    """Each once for a board and its last day; gives who was told. Raises OSError where no mail goes out."""
    ending = [board for board in closed_boards() if is_ending(board, today)]
    return [member for board in ending for member in _administrators(board) if _warn(member, board)]


def _administrators(board: Board) -> list[Membership]:
    members = board.memberships.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    return list(members.select_related("user").order_by(Alphabetical("user__email"), "pk"))


@transaction.atomic
def _warn(member: Membership, board: Board) -> bool:
    """The claim falls with the email, so that the next run tries again."""
    fields = {"user": member.user, "board": board, "period": board.kept_until}
    _, is_new = Nudge.objects.get_or_create(**fields, defaults={"sent_at": timezone.now()})
    if is_new:
        subject = f"{line(board.council)}: a closed board is removed after {long_date(board.kept_until)}"
        told = {
            "user": member.user,
            "board": board,
            "site": settings.SITE_URL,
            "copy": reverse("board_copy", args=[board.slug]),
            "years": reverse("board_years", args=[board.slug]),
            "reopen": reverse("board_reopen", args=[board.slug]),
        }
        words = render_to_string("improvement/board_ending.txt", told)
        send_mail(subject, words, None, [member.user.email])
    return is_new
