"""Asks for a bundle and makes its files. Safe to do twice: the same content gives the same archive."""

import json
import logging
from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from improvement.bundles.content import gather, title_of
from improvement.bundles.page import title_of as whole_title
from improvement.bundles.page import web_page, workbook_of
from improvement.bundles.scope import Scope
from improvement.bundles.zipping import MANIFEST, digest_of, manifest, without_times, zipped
from improvement.packs.content import canonical
from improvement.packs.content import digest_of as digest_of_text
from improvement.packs.pdf import pdf_of
from improvement.packs.starting import start_command
from plans.models import Area, Board, Bundle, EvidenceFile, PackState, Plan, Recommendation, User

log = logging.getLogger(__name__)

MOST_AT_ONCE = 2
KEPT = timedelta(days=30)
NOT_MADE = "The files could not be made. Ask for it again; if it fails again, tell the site's staff."
GONE = "A file of the evidence is no longer what it was, so nothing was made. Ask for the bundle again."


class FileGone(Exception):
    """A file of the evidence is missing, or not the one of the index."""


@transaction.atomic
def ask_bundle(
    board: Board, about: Plan | Area | Recommendation, day: date, *, by: User | None, with_files: bool = False
) -> Bundle:
    """Freezes what the bundle says and, once that is saved, starts the making of its files."""
    drop_old()
    _refuse_crowd(board)
    scope = Scope(board, about, day, timezone.localdate())
    content = gather(scope, with_files=with_files)
    bundle = Bundle(
        board=board,
        title=title_of(scope),
        as_at=day,
        with_files=with_files,
        content=canonical(content),
        by=by,
        asked_at=timezone.now(),
        **{about._meta.model_name: about},
    )
    bundle.full_clean()
    bundle.save()
    start_command("make_bundles", str(bundle.pk))
    return bundle


def _refuse_crowd(board: Board) -> None:
    """Each is made in a process of its own, which needs the machine."""
    lately = timezone.now() - timedelta(minutes=3)
    waiting = board.bundles.filter(state=PackState.MAKING, emptied_at=None, asked_at__gte=lately)
    if waiting.count() >= MOST_AT_ONCE:
        raise ValidationError("Two bundles are being made already. Wait until one is ready, then ask again.")


def drop_old() -> None:
    """Empties bundles of more than thirty days: they are copies. Who asked for each is known for good."""
    Bundle.objects.filter(asked_at__lt=timezone.now() - KEPT, emptied_at=None).empty()


def make_bundle(bundle: Bundle) -> bool:
    """Makes the archive; says in `trouble` why it could not. True when it is there."""
    try:
        made = archive_of(json.loads(bundle.content), digest_of_text(bundle.content))
    except FileGone:
        return _fail(bundle, GONE)
    except Exception:
        log.exception("Bundle %s could not be made", bundle.pk)
        return _fail(bundle, NOT_MADE)
    fields = {"archive": made, "sha256": digest_of(made), "size": len(made)}
    Bundle.objects.filter(pk=bundle.pk, emptied_at=None).update(state=PackState.READY, trouble="", **fields)
    return True


def make_outstanding() -> list[Bundle]:
    found = list(Bundle.objects.filter(state=PackState.MAKING, emptied_at=None).order_by("asked_at", "pk"))
    for bundle in found:
        make_bundle(bundle)
    return found


def archive_of(content: Mapping, digest: str) -> bytes:
    """The page, its PDF, the workbook, the evidence's files where they are wanted, and their list."""
    page = web_page(content, digest)
    files = {"bundle.html": page, "bundle.pdf": pdf_of(page), **_evidence(content["files"])}
    listed = [(name, len(files[name]), digest_of(files[name])) for name in sorted(files)]
    files["bundle.xlsx"] = without_times(workbook_of(content, digest, listed))
    return zipped(files | {MANIFEST: manifest(whole_title(content), files)})


def _evidence(wanted: list[tuple[str, int, str]]) -> dict[str, bytes]:
    found = EvidenceFile.objects.filter(evidence__in=[pk for _, pk, _ in wanted])
    stored = {file.evidence_id: bytes(file.content) for file in found}
    files = {name: stored.get(pk, b"") for name, pk, _ in wanted}
    if any(digest_of(files[name]) != digest for name, _, digest in wanted):
        raise FileGone
    return files


def _fail(bundle: Bundle, trouble: str) -> bool:
    waiting = Bundle.objects.filter(pk=bundle.pk).exclude(state=PackState.READY)
    waiting.update(state=PackState.FAILED, trouble=trouble)
    return False
