"""Closing the papers of a meeting: from then on its pack says the same, whatever is edited."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from improvement.packs.content import canonical, digest_of, gather
from improvement.packs.starting import start_making
from plans.models import Meeting, Pack, PackState, Plan, User

CLOSED_ALREADY = (
    "The papers of this meeting are closed already: {pack}. To issue them again, open that pack and say why."
)
ISSUED_ALREADY = "{pack} was issued again already. Issue the newest one again instead."


@transaction.atomic
def close_papers(
    meeting: Meeting,
    plan: Plan,
    *,
    by: User | None,
    replaces: Pack | None = None,
    reason: str = "",
    start: bool = True,
) -> Pack:
    """Freezes what the pack says and, once that is saved, starts the making of its files.

    With `replaces` the papers are issued again, for a reason. Without `start`, who closes the papers of
    several meetings starts the making of all at once. Raises ValidationError.
    """
    # Whoever closes the same papers at the same moment waits here, and then meets this pack.
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    _check(meeting, plan, replaces)
    number = (plan.packs.aggregate(last=Max("number"))["last"] or 0) + 1
    at, reason = timezone.now(), reason.strip() if replaces else ""
    text = canonical(gather(meeting, plan, number=number, at=at, by=by, replaces=replaces, reason=reason))
    pack = Pack(
        board=meeting.board,
        plan=plan,
        meeting=meeting,
        number=number,
        content=text,
        digest=digest_of(text),
        closed_by=by,
        closed_at=at,
        replaces=replaces,
        replacement_reason=reason,
    )
    pack.full_clean()
    pack.save()
    if start:
        start_making(pack)
    return pack


def _check(meeting: Meeting, plan: Plan, replaces: Pack | None) -> None:
    if meeting.cancelled_on:
        raise ValidationError("This meeting is cancelled, so it has no papers.")
    if plan.board_id != meeting.board_id:
        raise ValidationError("Choose a plan of this board.")
    standing = standing_pack(meeting, plan)
    if replaces is None and standing:
        raise ValidationError(CLOSED_ALREADY.format(pack=standing))
    if replaces is not None and replaces != standing:
        raise ValidationError(ISSUED_ALREADY.format(pack=replaces))


def standing_pack(meeting: Meeting, plan: Plan) -> Pack | None:
    """The pack of a meeting and plan that no other has replaced."""
    return light(meeting.packs.filter(plan=plan, replacement__isnull=True)).first()


def light(packs: QuerySet) -> QuerySet:
    return packs.defer("content", "replacement__content")


@transaction.atomic
def try_again(pack: Pack) -> None:
    """Starts the making of what is missing; a pack that is ready stays as it is."""
    waiting = Pack.objects.filter(pk=pack.pk).exclude(state=PackState.READY)
    if waiting.update(state=PackState.MAKING, trouble="", started_at=None):
        start_making(pack)
