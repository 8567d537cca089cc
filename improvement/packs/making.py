"""Makes the files of a pack from its content. Safe to do twice, and by two at once: a file is made once."""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from improvement.packs.content import digest_of
from improvement.packs.html import web_page
from improvement.packs.pdf import PdfFailed, pdf_of
from improvement.packs.workbook import workbook_of
from plans.models import Pack, PackFile, PackKind, PackState

log = logging.getLogger(__name__)

NOT_ITSELF = "What the pack says does not fit its digest, so nothing was made of it. Tell the site's staff."
NO_PDF = "The PDF could not be made: {said}. Try again; if it fails again, tell the site's staff."
NOT_MADE = "The files could not be made. Try again; if it fails again, tell the site's staff."


class OtherWords(Exception):
    """What the pack says was changed meanwhile, so that nothing made of what it said may be kept."""


def make_pack(pack: Pack) -> bool:
    """Makes what the pack lacks of its files; says in `trouble` why it could not. True when all are there."""
    Pack.objects.filter(pk=pack.pk).update(started_at=timezone.now())
    try:
        if digest_of(pack.content) != pack.digest:
            return _fail(pack, NOT_ITSELF)
        _make(pack, json.loads(pack.content))
    except OtherWords:
        return False
    except PdfFailed as failed:
        log.exception("The PDF of pack %s could not be made", pack.pk)
        return _fail(pack, NO_PDF.format(said=str(failed).rstrip(".")))
    except Exception:
        log.exception("Pack %s could not be made", pack.pk)
        return _fail(pack, NOT_MADE)
    return bool(_as_it_was(pack).update(state=PackState.READY, trouble=""))


def make_outstanding() -> list[Pack]:
    """Makes whatever is not ready, the oldest first; gives what was tried.

    On a closed board too: what a pack says was frozen before, and a redaction has its files made anew.
    """
    found = list(Pack.objects.exclude(state=PackState.READY).order_by("closed_at", "pk"))
    for pack in found:
        make_pack(pack)
    return found


def _make(pack: Pack, content: Mapping) -> None:
    page = file_of(pack, PackKind.HTML, lambda: web_page(content, pack.digest))
    file_of(pack, PackKind.XLSX, lambda: workbook_of(content, pack.digest))
    file_of(pack, PackKind.PDF, lambda: pdf_of(page))


def file_of(pack: Pack, kind: PackKind, make: Callable[[], bytes]) -> bytes:
    """The file that the pack has of this kind, made now where it has none."""
    found = PackFile.objects.filter(pack=pack, kind=kind).first()
    if found is None:
        made = make()
        kept = PackFile(
            pack=pack, kind=kind, content=made, sha256=hashlib.sha256(made).hexdigest(), size=len(made)
        )
        try:
            with transaction.atomic():
                if not _as_it_was(pack).select_for_update().exists():
                    raise OtherWords
                kept.save()
        except IntegrityError:
            # Another maker was quicker: its file stands.
            found = PackFile.objects.get(pack=pack, kind=kind)
        else:
            found = kept
    return bytes(found.content)


def _as_it_was(pack: Pack) -> QuerySet:
    """The pack, as long as words have not been taken out of it since it was read."""
    return Pack.objects.filter(pk=pack.pk, digest=pack.digest)


def _fail(pack: Pack, trouble: str) -> bool:
    waiting = _as_it_was(pack).exclude(state=PackState.READY)
    waiting.update(state=PackState.FAILED, trouble=trouble)
    return False
