"""Packs are the same ever after but for this: words go, and the pack says so with both of its digests.

Bundles are copies kept for a month: one that holds what is taken out is emptied, and asked for again.
"""

import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from improvement.packs.content import canonical, digest_of
from improvement.redacting.columns import program_words
from improvement.redacting.values import rewritten, texts_of
from improvement.redacting.words import CUT, Marks, Words
from plans.models import Board, Bundle, Pack, PackFile, PackSending, PackState, User


def packs_found(words: Words, marks: Marks, board: Board | None = None) -> Iterator[Pack]:
    """The packs that hold the words, without their content."""
    for pack in _light(Pack.objects.order_by("pk"), board):
        content = Pack.objects.values_list("content", flat=True).get(pk=pack.pk)
        if told_without(content, words, marks) is not None:
            yield pack


def bundles_found(
    words: Words, marks: Marks, board: Board | None = None, digests: Collection[str] = ()
) -> Iterator[int]:
    """The ids of bundles that hold the words or a file with one of these digests."""
    for bundle in _light(Bundle.objects.filter(emptied_at=None).order_by("pk"), board, "archive"):
        content = Bundle.objects.values_list("content", flat=True).get(pk=bundle.pk)
        if content and (_holds_file(content, digests) or told_without(content, words, marks) is not None):
            yield bundle.pk


def bundles_of(digests: Collection[str]) -> list[int]:
    """The ids of bundles with a file of one of these digests."""
    found = Bundle.objects.filter(emptied_at=None, with_files=True).values_list("pk", "content")
    return [pk for pk, content in found.iterator() if content and _holds_file(content, digests)]


def _holds_file(content: str, digests: Collection[str]) -> bool:
    """Told by its digest: in a bundle that came from elsewhere the piece's id is that of elsewhere."""
    return bool(digests) and any(digest in digests for _, _, digest in json.loads(content)["files"])


def _light(rows: QuerySet, board: Board | None, *heavy: str) -> QuerySet:
    chosen = rows if board is None else rows.filter(board=board)
    return chosen.defer("content", *heavy)


def told_without(text: str, words: Words, marks: Marks) -> Any | None:
    """What a content says without the words; None where it does not hold them."""
    if not words.may_be_in(text) and CUT not in text:
        return None
    content = json.loads(text)
    if not any(words.may_be_in(each) or CUT in each for each in texts_of(content)):
        return None
    made = rewritten(
        content, lambda told: words.replaced_cut(told, marks.long), kept=program_words(), names=False
    )
    return None if made == content else made


def write_pack(
    pack: Pack, words: Words, marks: Marks, *, by: User, reason: str, on: date
) -> tuple[str, str] | None:
    """Freezes the pack again without the words and takes its files away, to be made again.

    The pack tells of it on its own pages. Gives both digests; None where somebody was quicker.
    """
    pack = Pack.objects.select_for_update().get(pk=pack.pk)
    content = told_without(pack.content, words, marks)
    if content is None:
        return None
    told = {"on": on.isoformat(), "by": by.name, "reason": reason, "before": pack.digest}
    content["about"]["removals"] = [*content["about"].get("removals", []), told]
    text = canonical(content)
    PackFile.objects.filter(pack=pack).delete()
    Pack.objects.filter(pk=pack.pk).update(
        content=text, digest=digest_of(text), state=PackState.MAKING, started_at=None, trouble=""
    )
    return pack.digest, digest_of(text)


def sent_to(packs: Collection[Pack]) -> list[PackSending]:
    """To whom these packs went by email: what was sent cannot be taken back."""
    sendings = PackSending.objects.filter(pack__in=[pack.pk for pack in packs])
    return list(sendings.select_related("pack").defer("pack__content"))
