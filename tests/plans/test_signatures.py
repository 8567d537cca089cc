import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.signatures import RefusedFile, recognise
from plans.spreadsheets.writing import Table, write_xlsx

XLSX = write_xlsx([Table("Figures", ["Month", "Value"], [["May 26", 4]])])
TYPES = "application/vnd.openxmlformats-officedocument.{}.main+xml"


def packed(**parts):
    """A zip of these parts; in names "__" stands for "/" and "_dot_" for "."."""
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return saved.getvalue()


def office(part, kind, **more):
    types = f'<Types><Override PartName="/{part}" ContentType="{kind}"/></Types>'
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        for name, content in {part: "<x/>", **more}.items():
            package.writestr(name, content)
    return saved.getvalue()


DOCX = office("word/document.xml", TYPES.format("wordprocessingml.document"))
PPTX = office("ppt/presentation.xml", TYPES.format("presentationml.presentation"))
ODT = packed(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml="<x/>")
ODS = packed(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_dot_xml="<x/>")


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("report.pdf", b"%PDF-1.7\n...", "application/pdf"),
        ("REPORT.PDF", b"%PDF-1.7\n...", "application/pdf"),
        ("chart.png", b"\x89PNG\r\n\x1a\n....", "image/png"),
        ("photo.jpg", b"\xff\xd8\xff\xe0....", "image/jpeg"),
        ("photo.jpeg", b"\xff\xd8\xff\xe1....", "image/jpeg"),
        ("figures.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("note.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("deck.pptx", PPTX, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("note.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("figures.ods", ODS, "application/vnd.oasis.opendocument.spreadsheet"),
        ("figures.csv", "Month;Wert\nMärz;4\n".encode(), "text/csv; charset=utf-8"),
        ("notes.txt", b"\xef\xbb\xbfWhat we found\r\n", "text/plain; charset=utf-8"),
    ],
)
def test_what_is_taken(name, content, content_type):
    assert recognise(name, content).content_type == content_type


MACRO = office(
    "word/document.xml", TYPES.format("wordprocessingml.document"), **{"word/vbaProject.bin": "\xd0\xcf"}
)
ENABLED = office("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
OPEN_MACRO = packed(mimetype="application/vnd.oasis.opendocument.text", Basic__script_dot_xml="<x/>")
NONE_OF_THE_KINDS = "This file is none of the kinds taken here."
WITH_MACROS = "This file holds macros"
DAMAGED = "This file can't be opened"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("page.html", b"<!doctype html><script>alert(1)</script>", NONE_OF_THE_KINDS),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", NONE_OF_THE_KINDS),
        ("program.exe", b"MZ\x90\x00\x03", NONE_OF_THE_KINDS),
        ("program.pdf", b"MZ\x90\x00\x03", NONE_OF_THE_KINDS),
        ("notes.txt", b"MZ\x90\x00\x03", NONE_OF_THE_KINDS),
        ("notes", b"What we found", NONE_OF_THE_KINDS),
        ("notes.txt", b" \n ", NONE_OF_THE_KINDS),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", NONE_OF_THE_KINDS),
        ("files.zip", packed(page_dot_html="<x/>"), NONE_OF_THE_KINDS),
        ("files.docx", packed(page_dot_html="<x/>"), NONE_OF_THE_KINDS),
        ("note.odg", packed(mimetype="application/vnd.oasis.opendocument.graphics"), NONE_OF_THE_KINDS),
        ("note.docx", MACRO, WITH_MACROS),
        ("figures.xlsm", ENABLED, WITH_MACROS),
        ("note.odt", OPEN_MACRO, WITH_MACROS),
        ("note.docx", DOCX[: len(DOCX) // 2], DAMAGED),
        ("notes.txt", "März".encode("latin-1"), "The text is not in UTF-8."),
        ("report.txt", b"%PDF-1.7\n...", "The file holds a PDF, but its name does not end in .pdf."),
        ("figures.docx", XLSX, "The file holds an Excel workbook, but its name does not end in .xlsx."),
    ],
)
def test_what_is_refused_and_why(name, content, words):
    with pytest.raises(RefusedFile, match=words.replace(".", r"\.")):
        recognise(name, content)


def said_of(name, content):
    """The kind's endings, or the words of the refusal."""
    try:
        return recognise(name, content).endings
    except RefusedFile as refused:
        return str(refused)


@given(st.sampled_from(["pdf", "docx", "txt", "csv", "png", "odt"]), st.binary(max_size=200))
def test_any_bytes_are_a_kind_or_refused_with_a_sentence(ending, content):
    said = said_of(f"file.{ending}", content)
    assert ending in said or said.endswith(".")


@given(st.integers(4, len(DOCX) - 1), st.integers(1, 255))
def test_a_broken_package_is_taken_or_refused_with_a_sentence(place, change):
    broken = bytearray(DOCX)
    broken[place] ^= change
    said = said_of("note.docx", bytes(broken))
    assert said == ("docx",) or said.endswith(".")
