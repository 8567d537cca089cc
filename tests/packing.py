"""Packs for tests, closed with their files, or with files that stand for those."""

import hashlib

from improvement.packs.closing import close_papers
from plans.models import Pack, PackFile, PackKind, PackState

PAGE = b"<html><body>\n<article><h1>A pack</h1></article>\n</body></html>"


def make_closed_pack(meeting, plan, *, by=None):
    """A closed pack that is ready; its files only stand for what would be made."""
    pack = close_papers(meeting, plan, by=by)
    for kind, content in zip(PackKind, (PAGE, b"%PDF-1.7", b"PK"), strict=True):
        digest = hashlib.sha256(content).hexdigest()
        PackFile.objects.create(pack=pack, kind=kind, content=content, sha256=digest, size=len(content))
    Pack.objects.filter(pk=pack.pk).update(state=PackState.READY)
    return Pack.objects.get(pk=pack.pk)
