"""Stored workbooks and files of evidence: written again without the words, or named for people to look at."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from improvement.redacting.archives import CannotRewrite, is_readable, without
from improvement.redacting.words import Marks, Words
from plans.models import Board, Evidence, EvidenceFile, Import, Workbook


@dataclass(frozen=True)
class FileFound:
    """A stored file that holds the words, or in which nobody can tell."""

    kind: str
    pk: int
    board: int
    # Its content without the words; None where it cannot be written again.
    made: bytes | None
    # Whether the words were seen in it.
    holds: bool = True
    # SHA-256 of the content that was looked through.
    seen: str = ""

    @property
    def what(self) -> str:
        """In words that name neither its title nor its file."""
        return f"Workbook of import {self.pk}" if self.kind == "workbook" else f"File of evidence {self.pk}"


def files_found(words: Words, marks: Marks, board: Board | None = None) -> Iterator[FileFound]:
    """One file after another, each read alone: a site may hold many of them."""
    imports = Import.objects.filter(workbook__isnull=False).order_by("pk")
    for pk, of in _of(imports, board):
        content = bytes(Workbook.objects.values_list("content", flat=True).get(imported_by=pk))
        yield from _found("workbook", pk, of, content, words, marks)
    for pk, of in _of(Evidence.objects.filter(file__isnull=False).order_by("pk"), board):
        content = bytes(EvidenceFile.objects.values_list("content", flat=True).get(evidence=pk))
        yield from _found("evidence", pk, of, content, words, marks)


def _of(rows, board: Board | None) -> list[tuple[int, int]]:
    chosen = rows if board is None else rows.filter(board=board)
    return list(chosen.values_list("pk", "board_id"))


def _found(kind: str, pk: int, board: int, content: bytes, words: Words, marks: Marks) -> Iterator[FileFound]:
    try:
        made = without(content, words, marks)
    except CannotRewrite:
        yield FileFound(kind, pk, board, None)
    else:
        if made is not content:
            yield FileFound(kind, pk, board, made, seen=hashlib.sha256(content).hexdigest())
        elif not is_readable(content):
            yield FileFound(kind, pk, board, None, holds=False)


def write_file(found: FileFound, words: Words, marks: Marks) -> tuple[str, str]:
    """Takes the words out of the file as it is now; gives both digests, the same where none were left.

    Somebody else may have taken other words or the whole of it out since it was found: that stays out.
    """
    model, key = (Workbook, "imported_by") if found.kind == "workbook" else (EvidenceFile, "evidence")
    rows = model.objects.filter(**{key: found.pk})
    content = bytes(rows.select_for_update().get().content)
    old = hashlib.sha256(content).hexdigest()
    made = found.made if old == found.seen else without(content, words, marks)
    new = hashlib.sha256(made).hexdigest()
    if new != old:
        _write(found, rows, made, new)
    return old, new


def _write(found: FileFound, rows: QuerySet, made: bytes, digest: str) -> None:
    if found.kind == "workbook":
        rows.update(content=made)
        Import.objects.filter(pk=found.pk).update(sha256=digest, size=len(made))
    else:
        rows.update(content=made, sha256=digest)
        Evidence.objects.filter(pk=found.pk).update(size=len(made))


def empty_file(evidence: Evidence, mark: str) -> tuple[str, str]:
    """Puts a small text in the place of a file, in its history too; gives both digests."""
    content = f"{mark[:1].upper()}{mark[1:]}.\n".encode()
    told = {"filename": f"{mark}.txt", "content_type": "text/plain; charset=utf-8", "size": len(content)}
    Evidence.objects.filter(pk=evidence.pk).update(**told)
    Evidence.history.filter(id=evidence.pk).exclude(filename="").update(**told)
    file = EvidenceFile.objects.get(evidence=evidence)
    new = hashlib.sha256(content).hexdigest()
    EvidenceFile.objects.filter(pk=file.pk).update(content=content, sha256=new)
    return file.sha256, new
