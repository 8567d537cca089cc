"""Removes a closed board once its keeping time has ended: every row, its history, files and packs."""

from datetime import date

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from improvement.redacting.forgotten import writing_over
from improvement.whole_boards.belonging import (
    Belongings,
    every_model,
    in_parts,
    is_sites,
    models_of_boards,
    references,
)
from plans.models import Board, BoardRemoval, KeptForm, SpentToken, User
from plans.models.ordering import Alphabetical


class NotDue(Exception):
    """The board is open, or is to be kept longer; the words say which."""


def closed_boards() -> list[Board]:
    """Those to be removed first come first."""
    return sorted(Board.objects.exclude(closed_on=None), key=lambda board: (board.kept_until, board.pk))


def is_due(board: Board, today: date) -> bool:
    return board.closed_on is not None and board.kept_until < today


def count_rows(belongings: Belongings) -> dict[str, int]:
    """Rows by the name of their table."""
    found: dict[str, int] = {}
    for model in models_of_boards():
        if pks := belongings.pks[model]:
            name = str(model._meta.verbose_name_plural)
            found[name] = found.get(name, 0) + len(pks)
    return found


def remove_board(board: Board, *, by: User | None = None) -> BoardRemoval:
    """Leaves nothing of the board but how much it held. Raises NotDue."""
    with writing_over(), transaction.atomic():
        found = Board.objects.select_for_update().filter(pk=board.pk).first()
        if found is None:
            raise NotDue(f"{board} is gone already.")
        if not is_due(found, timezone.localdate()):
            raise NotDue(f"{board} is open or to be kept longer, so it was not removed.")
        return _remove(found, by)


def _remove(board: Board, by: User | None) -> BoardRemoval:
    belongings = Belongings(board)
    removal = BoardRemoval.objects.create(
        council=board.council,
        name=board.name,
        slug=board.slug,
        closed_on=board.closed_on,
        keep_years=board.keep_years,
        by=by,
        counts=count_rows(belongings),
    )
    _let_go(belongings)
    for model in reversed(models_of_boards()):
        _delete(model, belongings.pks[model])
    for rows in _told_elsewhere(board):
        rows._raw_delete(rows.db)
    connection.check_constraints()
    return removal


def _delete(model: type[Model], pks: list[int]) -> None:
    """Past the models' own ways, which would write of each in its history."""
    for some in in_parts(pks):
        rows = model._base_manager.filter(pk__in=some)
        rows._raw_delete(rows.db)


def _let_go(belongings: Belongings) -> None:
    """What the site keeps, such as that a file of a pack was redacted, no longer leads to the board."""
    for model in filter(is_sites, every_model()):
        for key in references(model):
            for some in in_parts(belongings.pks.get(key.related_model, [])):
                model._base_manager.filter(**{f"{key.name}__in": some}).update(**{key.name: None})


def _told_elsewhere(board: Board) -> list[QuerySet]:
    """The site's rows that tell of the board in words or in an address."""
    start = f"/boards/{board.slug}/"
    board_type = ContentType.objects.get_for_model(Board)
    return [
        KeptForm.objects.filter(path__startswith=start).order_by(),
        SpentToken.objects.filter(url__startswith=start).order_by(),
        LogEntry.objects.filter(content_type=board_type, object_id=str(board.pk)).order_by(),
    ]


def people_of_no_board(people: list[User]) -> list[User]:
    """Those of these who are on no board and no site staff: whether they keep an account is for people."""
    left = User.objects.filter(pk__in=[user.pk for user in people], is_active=True, is_staff=False)
    return list(left.filter(memberships=None, is_superuser=False).order_by(Alphabetical("email"), "pk"))
