"""What a file is by what it holds: the kinds that evidence may come in, and a sentence for all others."""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

MOST_ENTRIES = 5_000
MOST_DECLARED = 1_000_000
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCUMENT = "application/vnd.oasis.opendocument."
ACCEPTED = "PDF, PNG, JPEG, Word, Excel, PowerPoint, OpenDocument text or spreadsheet, CSV or plain text"
UNKNOWN = f"This file is none of the kinds taken here. Choose one of these: {ACCEPTED}."
MACROS = "This file holds macros, which can do harm. Save it without macros, then choose it again."
DAMAGED = "This file can't be opened: it is damaged or locked by a password. Save it again, then choose it."


class RefusedFile(ValueError):
    """A file that is not taken; its words say what to do."""


@dataclass(frozen=True, slots=True)
class FileKind:
    word: str
    content_type: str
    endings: tuple[str, ...]


PDF = FileKind("a PDF", "application/pdf", ("pdf",))
PNG = FileKind("a PNG picture", "image/png", ("png",))
JPEG = FileKind("a JPEG picture", "image/jpeg", ("jpg", "jpeg"))
DOCX = FileKind("a Word document", f"{OFFICE}wordprocessingml.document", ("docx",))
XLSX = FileKind("an Excel workbook", f"{OFFICE}spreadsheetml.sheet", ("xlsx",))
PPTX = FileKind("a PowerPoint file", f"{OFFICE}presentationml.presentation", ("pptx",))
ODT = FileKind("an OpenDocument text", f"{DOCUMENT}text", ("odt",))
ODS = FileKind("an OpenDocument spreadsheet", f"{DOCUMENT}spreadsheet", ("ods",))
CSV = FileKind("a CSV file", "text/csv; charset=utf-8", ("csv",))
TEXT = FileKind("plain text", "text/plain; charset=utf-8", ("txt",))

STARTS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
# Of an Office file: the part that makes it one, and the content type that this part must have.
MAIN_PARTS = (
    ("word/document.xml", "wordprocessingml.document.main+xml", DOCX),
    ("xl/workbook.xml", "spreadsheetml.sheet.main+xml", XLSX),
    ("ppt/presentation.xml", "presentationml.presentation.main+xml", PPTX),
)
OPEN_TYPES = {kind.content_type.encode(): kind for kind in (ODT, ODS)}
# What zipfile raises for a package that is cut short, encrypted or packed in a way it does not know.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    OSError,
    ValueError,
    EOFError,
)
OPEN_MACROS = ("Basic/", "Scripts/")
# Every control character but tab and line ends.
CONTROLS = frozenset(range(32)) - {9, 10, 13} | {127}


def recognise(name: str, content: bytes) -> FileKind:
    """The kind of a file by its content; the ending of its name must agree. Raises RefusedFile."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    kind = _by_start(content) or _by_parts(content) or _as_text(content, ending)
    if kind is None:
        raise RefusedFile(UNKNOWN)
    if ending not in kind.endings:
        raise RefusedFile(
            f"The file holds {kind.word}, but its name does not end in .{kind.endings[0]}. "
            "Give it the right ending, then choose it again."
        )
    return kind


def _by_start(content: bytes) -> FileKind | None:
    return next((kind for start, kind in STARTS if content.startswith(start)), None)


def _by_parts(content: bytes) -> FileKind | None:
    """Of a zip only the list of parts and two small ones are read, so that a bomb stays packed."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _by_package(package)
    except RefusedFile:
        raise
    except UNREADABLE as error:
        raise RefusedFile(DAMAGED) from error


def _by_package(package: zipfile.ZipFile) -> FileKind | None:
    names = package.namelist()
    if len(names) > MOST_ENTRIES:
        raise RefusedFile(UNKNOWN)
    if "mimetype" in names:
        kind = OPEN_TYPES.get(_read(package, "mimetype").strip())
        return _without_macros(kind, any(name.startswith(OPEN_MACROS) for name in names))
    if "[Content_Types].xml" not in names:
        return None
    declared = _read(package, "[Content_Types].xml").decode("utf-8", "replace")
    found = (kind for part, declares, kind in MAIN_PARTS if part in names and declares in declared)
    has_macros = "macroenabled" in declared.lower() or any("vbaproject" in name.lower() for name in names)
    if has_macros:
        raise RefusedFile(MACROS)
    return next(found, None)


def _without_macros(kind: FileKind | None, has_macros: bool) -> FileKind | None:
    if kind and has_macros:
        raise RefusedFile(MACROS)
    return kind


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(MOST_DECLARED)


def _as_text(content: bytes, ending: str) -> FileKind | None:
    kind = next((kind for kind in (CSV, TEXT) if ending in kind.endings), None)
    if kind is None or not content.strip() or CONTROLS & set(content):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedFile("The text is not in UTF-8. Save it as UTF-8, then choose it again.") from None
    return kind
