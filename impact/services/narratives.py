"""Narratives: drafted, published, and then followed by the next one, never edited."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from impact.models import Measure, Narrative, NarrativeEvidence, NarrativeMeasure, NarrativeStatus
from plans.models import Area, Evidence, User
from plans.services.history import remove, save

STANDS = "A published narrative is not edited. Write the next one."


@transaction.atomic
def draft_narrative(
    area: Area,
    *,
    by: User | None,
    starts: date,
    ends: date,
    done: str = "",
    so_what: str = "",
    measures: Iterable[Measure] = (),
    evidence: Iterable[Evidence] = (),
) -> Narrative:
    """A draft of what was done in the area over a period, and so what. Raises ValidationError."""
    narrative = Narrative(area=area, by=by)
    _write(narrative, by=by, starts=starts, ends=ends, done=done, so_what=so_what)
    _support(narrative, measures, evidence, by=by)
    return narrative


@transaction.atomic
def edit_narrative(
    narrative: Narrative,
    *,
    by: User | None,
    starts: date,
    ends: date,
    done: str,
    so_what: str,
    measures: Iterable[Measure] = (),
    evidence: Iterable[Evidence] = (),
) -> None:
    """Changes a draft and what supports it. Raises ValidationError."""
    check_draft(narrative)
    _write(narrative, by=by, starts=starts, ends=ends, done=done, so_what=so_what)
    _support(narrative, measures, evidence, by=by)


@transaction.atomic
def publish_narrative(narrative: Narrative, *, by: User | None, on: date | None = None) -> None:
    """Puts a draft before the board, as of a day (today). Raises ValidationError."""
    locked = Narrative.objects.select_for_update().get(pk=narrative.pk)
    check_draft(locked)
    on = on or timezone.localdate()
    if on > timezone.localdate():
        raise ValidationError("Publish it today or for an earlier day.")
    narrative.status, narrative.published_on, narrative.published_by = NarrativeStatus.PUBLISHED, on, by
    save(narrative, by=by, reason="Published")


@transaction.atomic
def support_narrative(
    narrative: Narrative,
    *,
    by: User | None,
    measures: Iterable[Measure] = (),
    evidence: Iterable[Evidence] = (),
) -> None:
    """Adds what shows the difference made; words that stand published stay. Raises ValidationError."""
    if narrative.withdrawn_at:
        raise ValidationError("This narrative was taken back with its import.")
    _support(
        narrative,
        [*narrative.measures.all(), *measures],
        [*narrative.evidence.all(), *evidence],
        by=by,
    )


@transaction.atomic
def discard_narrative(narrative: Narrative, *, by: User | None) -> None:
    """Throws a draft away; history keeps its words. Raises ValidationError."""
    check_draft(narrative)
    remove(narrative, by=by, reason="Draft thrown away")


def check_draft(narrative: Narrative) -> None:
    if narrative.status != NarrativeStatus.DRAFT or narrative.withdrawn_at:
        raise ValidationError(STANDS)


def _write(narrative: Narrative, *, by: User | None, starts: date, ends: date, done: str, so_what: str):
    today = timezone.localdate()
    if starts > today:
        raise ValidationError({"starts": "This period has not begun yet. Give one up to today."})
    narrative.starts, narrative.ends = starts, ends
    narrative.done, narrative.so_what = done.strip(), so_what.strip()
    save(narrative, by=by)


def _support(narrative: Narrative, measures: Iterable, evidence: Iterable, *, by: User | None) -> None:
    _link(narrative, NarrativeMeasure, "measure", measures, by=by)
    _link(narrative, NarrativeEvidence, "evidence", evidence, by=by)


def _link(narrative: Narrative, link: type, name: str, wanted: Iterable, *, by: User | None) -> None:
    """Makes these, and no others, the measures or the evidence that support the narrative."""
    wanted = {obj.pk: obj for obj in wanted}
    board = narrative.area.plan.board_id
    if any(obj.board_id != board for obj in wanted.values()):
        raise ValidationError("Choose only measures and evidence of this board.")
    standing = {getattr(row, f"{name}_id"): row for row in link.objects.filter(narrative=narrative)}
    for pk in standing.keys() - wanted.keys():
        remove(standing[pk], by=by)
    for pk in sorted(wanted.keys() - standing.keys()):
        save(link(narrative=narrative, **{name: wanted[pk]}), by=by)
