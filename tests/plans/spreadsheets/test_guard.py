"""Every file that can't be read gets one sentence that says what to do, quickly."""

import contextlib
import io
import random
import struct
import time
from zipfile import ZipFile

import pytest
from openpyxl import Workbook as PlainWorkbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from plans.spreadsheets.reading import Limits, UnreadableWorkbook, read_workbook

from .packages import (
    MAIN,
    OFFICE,
    PACKAGING,
    SHEET,
    as_parts,
    package,
    saved,
    sheet_xml,
    text_cell,
    text_row,
    zipped,
)

PROMPTLY = 15  # seconds: what is unguarded takes minutes or never ends
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
TYPES = "[Content_Types].xml"
ROW = text_row(1, "Action", "Lead")
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + sheet_xml(
    '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>'
)


def refusal(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(content, limits or Limits())
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(64)


def open_document(kind: str) -> bytes:
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>"})


def encrypted_entries() -> bytes:
    """A zip whose entries claim to be encrypted: the flag in each local and central header."""
    content = bytearray(package(ROW))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


NOT_WORKBOOKS = {
    "empty": (b"", "The file is empty."),
    "text": (b"Reference,Action,Lead\n1.1,Do it,Head\n", "text or CSV"),
    "utf-16 text": ("Reference\tAction\n".encode("utf-16"), "text or CSV"),
    "binary": (bytes(range(256)) * 20, "not a spreadsheet"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(40), "picture"),
    "rtf": (b"{\\rtf1 plan}", "Word document"),
    "html": (b"\n<html><table><tr><td>1</td></tr></table></html>", "web page"),
    "xml": (b'<?xml version="1.0"?><Workbook/>', "web page or XML"),
    "xls": (stream("Workbook"), "(.xls)"),
    "old xls": (b"\x09\x08\x10\x00" + bytes(60), "(.xls)"),
    "password": (stream("EncryptedPackage"), "password"),
    "doc": (stream("WordDocument"), "Word document"),
    "other ole": (OLE, "old Office version"),
    "docx": (zipped({TYPES: "<x/>", "word/document.xml": "<x/>"}), "Word document"),
    "pptx": (zipped({TYPES: "<x/>", "ppt/presentation.xml": "<x/>"}), "PowerPoint"),
    "xlsb": (zipped({TYPES: "<x/>", "xl/workbook.bin": b"x"}), "(.xlsb)"),
    "ods": (open_document("spreadsheet"), "(.ods)"),
    "odt": (open_document("text"), "OpenDocument file"),
    "numbers": (zipped({"Index/Document.iwa": b"x"}), "Numbers"),
    "macros": (package(ROW, **{"xl/vbaProject.bin": b"x"}), "macros"),
    "macro type": (
        package(ROW, **{TYPES: '<Types><Override ContentType="macroEnabled"/></Types>'}),
        "macros",
    ),
    "other zip": (zipped({"readme.txt": "hello"}), "zip file"),
    "empty zip": (b"PK\x05\x06" + bytes(18), "zip file"),
    "locked entries": (encrypted_entries(), "locked with a password"),
}


@pytest.mark.parametrize(("content", "words"), NOT_WORKBOOKS.values(), ids=NOT_WORKBOOKS.keys())
def test_a_file_that_is_no_workbook_is_named_for_what_it_is(content, words):
    assert words in refusal(content)


BROKEN = {
    "no sheet part": (package(ROW, **{SHEET: None}), "sheet “Plan” is missing"),
    "no workbook part": (package(ROW, **{"xl/workbook.xml": None}), "incomplete or damaged"),
    "no relations": (package(ROW, **{"_rels/.rels": None}), "incomplete or damaged"),
    "no workbook relations": (
        package(ROW, **{"xl/_rels/workbook.xml.rels": None}),
        "sheet “Plan” is missing",
    ),
    "sheet without rows": (
        package(ROW, **{SHEET: f'<worksheet xmlns="{MAIN}"/>'}),
        "Sheet “Plan” can't be read",
    ),
    "sheet breaks off": (package(ROW, **{SHEET: sheet_xml(ROW)[:-40]}), "breaks off"),
    "sheet is no XML": (package(ROW, **{SHEET: b"\x00\x01\x02"}), "Sheet “Plan” can't be read"),
    "unclosed tag": (package("<row r='1'><c r='A1'>"), "Sheet “Plan” can't be read"),
    "no number": (package('<row r="1"><c r="A1"><v>ten</v></c></row>'), "incomplete or damaged"),
    "no such shared text": (
        package('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'),
        "incomplete or damaged",
    ),
    "wrong row": (package(text_row(99_999_999, "x")), "outside any sheet"),
    "wrong column": (package(f'<row r="1">{text_cell("ZZZ1", "x")}</row>'), "outside any sheet"),
    "control character": (package(text_row(1, "a\x07b")), "control characters"),
    "control character by number": (package(text_row(1, "a&#7;b")), "control characters"),
    "entity bomb": (package(**{SHEET: BOMB}), "never needs"),
    "entity bomb in strings": (
        package(
            ROW,
            **{
                "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGING}/relationships">'
                f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
                f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="s.xml"/></Relationships>',
                "xl/s.xml": f'<!DOCTYPE x [<!ENTITY a "b">]><sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>',
            },
        ),
        "never needs",
    ),
    "outside file": (
        package(
            **{
                "xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><workbook>&a;</workbook>'
            }
        ),
        "never needs",
    ),
    "utf-16": (package(**{SHEET: sheet_xml(ROW).encode("utf-16")}), "unusual encoding"),
    "only charts": (
        package(
            ROW,
            **{
                "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGING}/relationships">'
                f'<Relationship Id="rId1" Type="{OFFICE}/chartsheet" Target="worksheets/sheet1.xml"/>'
                "</Relationships>"
            },
        ),
        "no sheet with cells",
    ),
    "deep nesting": (
        package(**{"xl/workbook.xml": "<a>" * 50_000 + "</a>" * 50_000}),
        "no sheet with cells",
    ),
    "truncated": (package(ROW)[:-30], "incomplete or damaged"),
    "half": (package(ROW)[: len(package(ROW)) // 2], "incomplete or damaged"),
}


@pytest.mark.parametrize(("content", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_workbook_gets_a_sentence(content, words):
    assert words in refusal(content)


def test_a_part_that_is_larger_than_it_says_is_refused():
    content = package(text_row(1, "x" * 5_000))
    with ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = content.replace(struct.pack("<L", size), struct.pack("<L", size - 1_000))
    assert lying != content
    assert "damaged" in refusal(lying)


def test_overlapping_parts_are_refused():
    content = package(ROW)
    with ZipFile(io.BytesIO(content)) as archive:
        offset = archive.getinfo(SHEET).header_offset
    directory = content.index(b"PK\x01\x02")
    overlapping = content[:directory] + content[directory:].replace(struct.pack("<L", offset), bytes(4))
    assert "damaged" in refusal(overlapping)


LIMITED = {
    "bytes": (Limits(max_bytes=300), text_row(1, "x"), "MB"),
    "rows": (Limits(max_rows=3), "".join(text_row(n, "x") for n in range(1, 6)), "more than 3 rows"),
    "characters": (
        Limits(max_cell_chars=10),
        text_row(2, "short", "much too long"),
        "Cell B2 of sheet “Plan”",
    ),
    "cells": (Limits(max_cells=3), text_row(1, "a", "b", "c", "d"), "Sheet “Plan” holds more"),
    "text": (Limits(max_kept=1_000), text_row(1, "x" * 2_000), "Sheet “Plan” holds more"),
    "tags": (Limits(max_tags=5), text_row(1, "x"), "Sheet “Plan” holds more"),
    "parts": (Limits(max_parts=4), text_row(1, "x"), "5 parts"),
    "unpacked": (Limits(max_unpacked=1_000), text_row(1, "x"), "unpack to"),
    "sheets": (Limits(max_sheets=0), text_row(1, "x"), "1 sheets"),
    "styles": (Limits(max_style_tags=2), text_row(1, "x"), "far more styles"),
}


@pytest.mark.parametrize(("limits", "rows", "words"), LIMITED.values(), ids=LIMITED.keys())
def test_each_limit_is_kept(limits, rows, words):
    assert words in refusal(package(rows), limits)


def test_a_cell_of_sixty_thousand_characters_is_named():
    sentence = refusal(package(text_row(1, "Action") + text_row(2, "x" * 60_000)))
    assert "Cell A2 of sheet “Plan” holds 60,000 characters and the limit is 32,767" in sentence


def test_a_bomb_is_refused_by_what_it_would_unpack_to():
    content = package(text_row(1, "x" * 60_000_000))
    started = time.perf_counter()
    assert "unpack to 60 MB" in refusal(content)
    assert time.perf_counter() - started < PROMPTLY


def test_rows_of_several_sheets_count_together():
    book = PlainWorkbook()
    for sheet in (book.active, book.create_sheet()):
        for number in range(3):
            sheet.append([f"Action {number}"])
    assert "more than 5 rows" in refusal(saved(book), Limits(max_rows=5))
    assert len(read_workbook(saved(book), Limits(max_rows=6)).sheets) == 2


EMPTY_ROWS = {
    "plain": lambda n: f'<row r="{n}"/>',
    "styled": lambda n: (
        f'<row r="{n}" spans="1:9" s="1" customFormat="1" ht="15">'
        f'<c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>'
    ),
    "open and closed": lambda n: f'<row r="{n}"><c r="A{n}" s="1"></c></row>',
}


@pytest.mark.parametrize("row", EMPTY_ROWS.values(), ids=EMPTY_ROWS.keys())
def test_empty_rows_beyond_number_are_passed_over(row):
    rows = text_row(1, "Action") + "".join(map(row, range(2, 300_000))) + text_row(300_001, "the end")
    started = time.perf_counter()
    sheet = read_workbook(package(rows)).sheets[0]
    assert time.perf_counter() - started < PROMPTLY
    assert {key: cell.text for key, cell in sheet.cells.items()} == {
        (1, 1): "Action",
        (300_001, 1): "the end",
    }


def test_formatting_far_to_the_right_is_passed_over():
    letters = [f"{a}{b}" for a in "BCDEF" for b in "ABCDEFGHIJ"]
    rows = "".join(
        f'<row r="{n}">{text_cell(f"A{n}", "x")}'
        + "".join(f'<c r="{c}{n}" s="1"/>' for c in letters)
        + "</row>"
        for n in range(1, 50)
    )
    assert read_workbook(package(rows), Limits(max_cells=100)).sheets[0].n_rows == 49


def test_the_last_cell_of_a_sheet_and_a_merge_of_all_are_no_work():
    rows = text_row(1, "Title") + f'<row r="1048576">{text_cell("XFD1048576", "corner")}</row>'
    merges = '<mergeCells><mergeCell ref="A2:XFD1048575"/></mergeCells>'
    started = time.perf_counter()
    assert "merged cells beyond sense" in refusal(package(rows, after=merges))
    sheet = read_workbook(
        package(text_row(1, "Title", "x"), after='<mergeCell ref="A1:XFD1048576"/>')
    ).sheets[0]
    assert sheet.merges == [(1, 1, 1, 2)]
    assert read_workbook(package(rows)).sheets[0].text(1048576, 16384) == "corner"
    assert time.perf_counter() - started < PROMPTLY


OPEN_ENDED = {
    "columns": {"before": "<cols>" * 100_000},
    "merges": {"after": "<mergeCell ref=" * 100_000},
    "links": {"after": "<hyperlink " * 100_000},
    "formulas": {"rows": '<row r="1">' + '<c r="A1"><f>' * 100_000},
    "cells": {"rows": '<row r="1">' + "<c>" * 100_000},
    "empty cells": {"rows": '<row r="1">' + '<c r="A1"/>' * 100_000 + "<x/></row>"},
}


@pytest.mark.parametrize("parts", OPEN_ENDED.values(), ids=OPEN_ENDED.keys())
def test_tags_that_never_end_take_no_time(parts):
    content = package(**parts)
    started = time.perf_counter()
    with contextlib.suppress(UnreadableWorkbook):
        read_workbook(content)
    assert time.perf_counter() - started < PROMPTLY


def test_a_link_over_the_whole_sheet_is_no_work():
    content = package(
        ROW, after='<hyperlinks><hyperlink ref="A1:XFD1048576" location="Plan!A1"/></hyperlinks>'
    )
    assert read_workbook(content).sheets[0].text(1, 2) == "Lead"


@pytest.fixture(scope="module")
def ordinary() -> bytes:
    book = PlainWorkbook()
    sheet = book.active
    sheet.append(["Reference", "Action", "Lead", "RAG"])
    for number in range(1, 30):
        sheet.append([f"1.{number}", f"Write part {number}", "Head of Quality", "Green"])
        sheet.cell(number + 1, 4).fill = PatternFill("solid", fgColor="92D050")
    sheet["B2"].comment = Comment("ask again", "Board")
    sheet.merge_cells("A5:A7")
    return saved(book)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The bytes with a few changed, a piece cut out, or the end missing."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    if chance.random() < 0.3:
        start = chance.randrange(len(changed))
        del changed[start : start + chance.randint(1, 200)]
    if chance.random() < 0.2:
        del changed[chance.randrange(len(changed)) :]
    return bytes(changed)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_file_is_read_or_refused_in_a_sentence(ordinary, seed):
    chance = random.Random(seed)
    parts = as_parts(ordinary)
    outcomes = set()
    for _ in range(25):
        whole = damaged(ordinary, chance)
        name = chance.choice(sorted(parts))
        inside = zipped({**parts, name: damaged(parts[name], chance)})
        for content in (whole, inside):
            try:
                outcomes.add(bool(read_workbook(content).sheets))
            except UnreadableWorkbook as error:
                outcomes.add(str(error).endswith("."))
    assert outcomes == {True}
