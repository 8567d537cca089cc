"""Packs and bundles for tests, with files that stand for those that would be made."""

import hashlib

from django.utils import timezone

from improvement.bundles.making import ask_bundle
from improvement.packs.closing import close_papers
from plans.models import Bundle, Pack, PackFile, PackKind, PackState

PAGE = b"<html><body>\n<article><h1>A pack</h1></article>\n</body></html>"


def make_closed_pack(meeting, plan, *, by=None):
    """A closed pack that is ready; its files only stand for what would be made."""
    pack = close_papers(meeting, plan, by=by)
    for kind, content in zip(PackKind, (PAGE, b"%PDF-1.7", b"PK"), strict=True):
        digest = hashlib.sha256(content).hexdigest()
        PackFile.objects.create(pack=pack, kind=kind, content=content, sha256=digest, size=len(content))
    Pack.objects.filter(pk=pack.pk).update(state=PackState.READY)
    return Pack.objects.get(pk=pack.pk)


def make_ready_bundle(about, *, by=None, day=None):
    """A bundle that is ready; its archive only stands for what would be made."""
    board = about.board if hasattr(about, "board") else about.plan.board
    bundle = ask_bundle(board, about, day or timezone.localdate(), by=by)
    digest = hashlib.sha256(b"PK").hexdigest()
    Bundle.objects.filter(pk=bundle.pk).update(state=PackState.READY, archive=b"PK", sha256=digest, size=2)
    return Bundle.objects.get(pk=bundle.pk)
