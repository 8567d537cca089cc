"""Words in files: Office and OpenDocument packages and plain texts are written again without them."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from improvement.redacting.markup import Markup, NotMarkup
from improvement.redacting.words import SHORT, Marks, Words
from plans.signatures import UNREADABLE

ZIP = b"PK\x03\x04"
# What cannot be unpacked to less, or lies deeper, is no document that people made.
MOST_BYTES, DEEPEST = 300_000_000, 8
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
DECLARED = re.compile(rb"^<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)")
STREAM, STREAM_ENDS = re.compile(rb"stream\r?\n"), b"endstream"
TAG = re.compile(r"<[^<>]*>")
ENCODINGS = ("utf-8", "latin-1", "utf-16-le", "utf-16-be")
AROUND = 1_000
LITERAL = re.compile(rb"\(((?:\\.|[^()\\])*)\)")


class CannotRewrite(ValueError):
    """A file that holds the words, or may hold them, and cannot be written again without them."""


@dataclass
class _Room:
    """How much may still be unpacked of one file, and how deep it is in."""

    left: int = MOST_BYTES
    depth: int = 0

    @contextmanager
    def inside(self, size: int) -> Iterator[None]:
        """While a package of this size is unpacked. Raises CannotRewrite."""
        self.left, self.depth = self.left - size, self.depth + 1
        if self.left < 0 or self.depth > DEEPEST:
            raise CannotRewrite
        yield
        self.depth -= 1


def without(content: bytes, words: Words, marks: Marks) -> bytes:
    """The file without the words; the same bytes where it does not hold them. Raises CannotRewrite."""
    if content.startswith(ZIP):
        return _package(content, words, marks, _Room())
    if _is_text(content):
        return _text(content, words, marks)
    if seen_in(content, words):
        raise CannotRewrite
    return content


def is_readable(content: bytes) -> bool:
    """Whether every text of the file can be looked through: of PDF and pictures only a part can."""
    return content.startswith(ZIP) or _is_text(content)


def seen_in(content: bytes, words: Words) -> bool:
    """Whether the words are seen in a file that is neither a package nor a text; some PDFs hide theirs."""
    return any(_seen(blob, encoding, words) for blob in _blobs(content) for encoding in ENCODINGS)


def _blobs(content: bytes) -> Iterator[bytes]:
    """The file itself and, of a PDF, the texts of its packed streams."""
    yield content
    left = MOST_BYTES
    for stream in _streams(content):
        try:
            unpacked = zlib.decompressobj().decompress(stream, left)
        except zlib.error:
            continue
        left = max(left - len(unpacked), 1)
        literals = [each.replace(b"\\", b"") for each in LITERAL.findall(unpacked)]
        yield from (b"".join(literals), b" ".join(literals))


def _streams(content: bytes) -> Iterator[bytes]:
    at = 0
    while found := STREAM.search(content, at):
        end = content.find(STREAM_ENDS, found.end())
        if end < 0:
            return
        yield content[found.end() : end]
        at = end + len(STREAM_ENDS)


def _seen(blob: bytes, encoding: str, words: Words) -> bool:
    """Only what stands around each place of the longest word is decoded."""
    piece, lowered = words.piece.encode(encoding, "ignore"), blob.lower()
    at = lowered.find(piece) if piece else -1
    while at >= 0:
        start = max(at - AROUND, at % 2)
        if words.are_in(blob[start : at + AROUND].decode(encoding, "ignore")):
            return True
        at = lowered.find(piece, at + 1)
    return False


def _is_text(content: bytes) -> bool:
    return any(content.startswith(bom) for bom, _ in BOMS[1:]) or not (
        content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")) or b"\0" in content
    )


def _text(content: bytes, words: Words, marks: Marks) -> bytes:
    bom, text, encoding = _decoded(content)
    made = words.replaced(text, marks.long)
    return content if made == text else bom + made.encode(encoding)


def _decoded(content: bytes) -> tuple[bytes, str, str]:
    """What stands before the text, the text, and its encoding, from which the same bytes come."""
    bom, encoding = next(((bom, each) for bom, each in BOMS if content.startswith(bom)), (b"", ""))
    declared = DECLARED.match(content)
    for each in (encoding or (declared and declared[1].decode()) or "utf-8", "cp1252", "latin-1"):
        try:
            text = content[len(bom) :].decode(each)
        except (UnicodeDecodeError, LookupError):
            continue
        return bom, text, each
    raise CannotRewrite


def _package(content: bytes, words: Words, marks: Marks, room: _Room) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            with room.inside(sum(each.file_size for each in old.infolist())):
                parts = [(each, _part(old.read(each), words, marks, room)) for each in old.infolist()]
            comment = old.comment
    except CannotRewrite:
        raise
    except UNREADABLE as error:
        raise CannotRewrite from error
    is_same = not any(made is not None or words.are_in(each.filename) for each, made in parts)
    if is_same and not words.are_in(comment.decode("utf-8", "replace")):
        return content
    return _packed(content, parts, words)


def _packed(content: bytes, parts: list[tuple[zipfile.ZipInfo, bytes | None]], words: Words) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for each, changed in parts:
            member = zipfile.ZipInfo(words.replaced(each.filename, SHORT), each.date_time)
            member.compress_type, member.external_attr = each.compress_type, each.external_attr
            new.writestr(member, old.read(each) if changed is None else changed)
    return made.getvalue()


def _part(content: bytes, words: Words, marks: Marks, room: _Room) -> bytes | None:
    """A part without the words; None where it stays as it is."""
    if content.startswith(ZIP):
        made = _package(content, words, marks, room)
        return None if made is content else made
    if content.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<"):
        return _markup(content, words, marks)
    made = without(content, words, marks)
    return None if made is content else made


def _markup(content: bytes, words: Words, marks: Marks) -> bytes | None:
    bom, text, encoding = _decoded(content)
    # Between tags a word may be cut in pieces; without them it is whole.
    if "&#" not in text and not any(map(words.may_be_in, (text, TAG.sub("", text)))):
        return None
    try:
        part = Markup(text, words, marks)
        made = part.rewritten()
    except NotMarkup as error:
        raise CannotRewrite from error
    return bom + made.encode(encoding) if part.places else None
