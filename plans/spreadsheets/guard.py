"""Opens an uploaded file as a zip of workbook parts, or says in a sentence why it can't be read."""

import io
import re
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from .book import Limits, UnreadableWorkbook

DAMAGED = (
    "The file is incomplete or damaged. Open it in Excel, save it again as an Excel workbook (.xlsx) "
    "and upload the new copy."
)
SAVE_AS = "Open it in Excel, choose Save As, Excel workbook (.xlsx), and upload the new copy."
NO_SPREADSHEET = "Choose the plan's Excel workbook (.xlsx) instead."

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = (
    (b"%PDF", f"This is a PDF, not a spreadsheet. {NO_SPREADSHEET}"),
    (b"\x89PNG", f"This is a picture, not a spreadsheet. {NO_SPREADSHEET}"),
    (b"\xff\xd8\xff", f"This is a picture, not a spreadsheet. {NO_SPREADSHEET}"),
    (b"GIF8", f"This is a picture, not a spreadsheet. {NO_SPREADSHEET}"),
    (b"{\\rtf", f"This is a Word document, not a spreadsheet. {NO_SPREADSHEET}"),
    (b"\x09\x08", f"This is an old Excel file (.xls). {SAVE_AS}"),
    (b"\x09\x04", f"This is an old Excel file (.xls). {SAVE_AS}"),
)
OLE_STREAMS = (
    (
        "EncryptedPackage",
        "The workbook is protected with a password. Open it in Excel, remove the password under File, "
        "Info, Protect Workbook, save it and upload it again.",
    ),
    ("Workbook", f"This is an old Excel file (.xls). {SAVE_AS}"),
    ("Book", f"This is an old Excel file (.xls). {SAVE_AS}"),
    ("WordDocument", f"This is a Word document, not a spreadsheet. {NO_SPREADSHEET}"),
)
TELLING_PARTS = (
    (
        "xl/vbaProject.bin",
        f"The workbook holds macros (.xlsm), which are never opened here. {SAVE_AS}",
    ),
    ("xl/workbook.bin", f"This is a binary Excel workbook (.xlsb). {SAVE_AS}"),
    ("word/document.xml", f"This is a Word document, not a spreadsheet. {NO_SPREADSHEET}"),
    ("ppt/presentation.xml", f"This is a PowerPoint file, not a spreadsheet. {NO_SPREADSHEET}"),
    (
        "Index/Document.iwa",
        "This is a Numbers file. Export it from Numbers as an Excel workbook (.xlsx) and upload that.",
    ),
)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
MEGABYTE = 1_000_000
UNSUSPICIOUS_SIZE = 20 * MEGABYTE


def open_archive(content: bytes, limits: Limits) -> ZipFile:
    """The file as a zip whose sizes are within the limits; UnreadableWorkbook for anything else."""
    if not content:
        raise UnreadableWorkbook(
            "The file is empty. Check that it opens in Excel, save it there and upload it again."
        )
    if len(content) > limits.max_bytes:
        raise UnreadableWorkbook(
            f"The file is {len(content) / MEGABYTE:.1f} MB and the limit is "
            f"{limits.max_bytes / MEGABYTE:g} MB. Remove pictures and sheets that are not part of "
            "the plan, and upload it again."
        )
    if not content.startswith(b"PK"):
        raise UnreadableWorkbook(_not_a_zip(content))
    try:
        archive = ZipFile(io.BytesIO(content))
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableWorkbook(DAMAGED) from error
    _check_kind(archive)
    _check_sizes(archive.infolist(), len(content), limits)
    return archive


def _not_a_zip(content: bytes) -> str:
    if content.startswith(OLE):
        for stream, sentence in OLE_STREAMS:
            if stream.encode("utf-16-le") in content:
                return sentence
        return f"This is a file of an old Office version, not an Excel workbook (.xlsx). {SAVE_AS}"
    for signature, sentence in SIGNATURES:
        if content.startswith(signature):
            return sentence
    return _text_or_nothing(content[:4096])


def _text_or_nothing(start: bytes) -> str:
    if re.match(rb"(\xef\xbb\xbf)?\s*<", start):
        return f"This is a web page or XML file, even if its name ends in .xls or .xlsx. {SAVE_AS}"
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    text = start.decode(encoding, "replace")
    if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
        return f"This is a text or CSV file, not an Excel workbook. {SAVE_AS}"
    return f"This file is not a spreadsheet that can be read here. {NO_SPREADSHEET}"


def _check_kind(archive: ZipFile) -> None:
    names = set(archive.namelist())
    if any(info.flag_bits & 0x1 for info in archive.infolist()):
        raise UnreadableWorkbook(
            "The parts of this file are locked with a password. Save the workbook without a password and "
            "upload it again."
        )
    for part, sentence in TELLING_PARTS:
        if part in names:
            raise UnreadableWorkbook(sentence)
    if "mimetype" in names:
        kind = _start_of(archive, "mimetype")
        if kind.startswith(f"{OPEN_DOCUMENT}spreadsheet"):
            raise UnreadableWorkbook(f"This is an OpenDocument spreadsheet (.ods). {SAVE_AS}")
        if kind.startswith(OPEN_DOCUMENT):
            raise UnreadableWorkbook(f"This is an OpenDocument file, not a spreadsheet. {NO_SPREADSHEET}")
    if "[Content_Types].xml" not in names:
        raise UnreadableWorkbook(f"This is a zip file, but not an Excel workbook. {NO_SPREADSHEET}")
    if "macroEnabled" in _start_of(archive, "[Content_Types].xml", MEGABYTE):
        raise UnreadableWorkbook(TELLING_PARTS[0][1])


def _start_of(archive: ZipFile, name: str, size: int = 100) -> str:
    try:
        with archive.open(name) as part:
            return part.read(size).decode("latin-1")
    except Exception as error:  # zipfile has no common base for what a forged entry makes it raise
        raise UnreadableWorkbook(DAMAGED) from error


def _check_sizes(parts: list[ZipInfo], size: int, limits: Limits) -> None:
    """Sizes are the declared ones: zipfile never unpacks more of a part than was declared."""
    if len(parts) > limits.max_parts:
        raise UnreadableWorkbook(
            f"The workbook has {len(parts):,} parts inside and the limit is {limits.max_parts:,}. "
            "Copy the plan's sheets into a new workbook and upload that."
        )
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts) or _overlap(parts):
        raise UnreadableWorkbook(DAMAGED)
    unpacked = sum(part.file_size for part in parts)
    too_dense = unpacked > UNSUSPICIOUS_SIZE and unpacked > limits.max_ratio * size
    if unpacked > limits.max_unpacked or too_dense:
        raise UnreadableWorkbook(
            f"The workbook would unpack to {unpacked / MEGABYTE:,.0f} MB, far more than a plan needs. "
            "Copy only the rows of the plan into a new workbook and upload that."
        )


def _overlap(parts: list[ZipInfo]) -> bool:
    """Whether two parts share bytes, or a name: the trick of the densest zip bombs."""
    ordered = sorted(parts, key=lambda part: part.header_offset)
    shared = any(
        first.header_offset + first.compress_size > second.header_offset
        for first, second in pairwise(ordered)
    )
    return shared or len({part.filename for part in parts}) < len(parts)
