"""Files are written again without the words, and otherwise stay as they were."""

import io
import zipfile
import zlib

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from improvement.redacting.archives import CannotRewrite, is_readable, seen_in, without
from improvement.redacting.words import Marks, Words

WORDS = Words("Qxzzy Brambling")
MARKS = Marks("removed on 22 November 2026")
CODE = "Qxzzy Brambling"


def saved(book):
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def workbook():
    """The code word in every corner of a workbook that openpyxl can write."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = f"Plan {CODE}"
    sheet["A1"] = f"Actions of {CODE}"
    sheet["A2"] = CellRichText("See ", TextBlock(InlineFont(b=True), "Qxz"), "zy Brambling", " weekly")
    sheet["A3"] = f'=CONCATENATE("{CODE}", A1)'
    sheet["A4"] = "Next\u00a0to it"
    sheet["A4"].comment = Comment(f"Ask {CODE}", CODE)
    sheet["A5"] = "A link"
    sheet["A5"].hyperlink = "https://example.org/qxzzy%20brambling.pdf"
    sheet["B1"] = 4857773456
    sheet.oddHeader.center.text = CODE
    book.create_sheet(CODE)["A1"] = f"='Plan {CODE}'!A1"
    book.properties.title = book.properties.creator = CODE
    book.defined_names["Qxzzy_Brambling"] = openpyxl.workbook.defined_name.DefinedName(
        "Qxzzy_Brambling", attr_text=f"'Plan {CODE}'!$A$1"
    )
    return saved(book)


def texts_of(content):
    """All that a package holds, tags taken out and left in."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {each.filename: package.read(each).decode("utf-8", "replace") for each in package.infolist()}


def test_a_workbook_loses_the_words_everywhere_and_still_opens():
    made = without(workbook(), WORDS, MARKS)
    for name, text in texts_of(made).items():
        assert "brambling" not in text.lower(), name
    book = openpyxl.load_workbook(io.BytesIO(made), rich_text=True)
    sheet = book.worksheets[0]
    assert book.sheetnames == ["Plan removed", "removed"]
    assert sheet["A1"].value == "Actions of removed on 22 November 2026"
    assert str(sheet["A2"].value) == "See removed on 22 November 2026 weekly"
    assert sheet["A3"].value == '=CONCATENATE("removed", A1)'
    assert (sheet["A4"].value, sheet["A4"].comment.text) == (
        "Next\u00a0to it",
        "Ask removed on 22 November 2026",
    )
    assert sheet["A5"].hyperlink.target == "https://example.org/removed.pdf"
    assert sheet["B1"].value == 4857773456
    assert book.worksheets[1]["A1"].value == "='Plan removed'!A1"
    assert book.properties.creator == "removed on 22 November 2026"
    assert book.defined_names["removed"].attr_text == "'Plan removed'!$A$1"


def test_what_has_no_place_of_it_stays_byte_for_byte():
    before, after = texts_of(workbook()), texts_of(without(workbook(), WORDS, MARKS))
    assert before["xl/styles.xml"] == after["xl/styles.xml"]
    other = saved(openpyxl.Workbook())
    assert without(other, WORDS, MARKS) is other


def test_a_second_time_finds_nothing():
    once = without(workbook(), WORDS, MARKS)
    assert without(once, WORDS, MARKS) is once


def test_a_number_that_is_taken_out_becomes_a_text():
    made = openpyxl.load_workbook(io.BytesIO(without(workbook(), Words("4857773456"), MARKS)))
    assert made.worksheets[0]["B1"].value == "removed on 22 November 2026"


def test_the_strings_that_cells_point_to_stay_in_their_order():
    book = openpyxl.Workbook()
    for row in range(1, 13001):
        book.active.cell(row, 1, f"{CODE} {row}")
    made = openpyxl.load_workbook(io.BytesIO(without(saved(book), Words("Qxzzy"), MARKS))).active
    assert made["A12346"].value == "removed on 22 November 2026 Brambling 12346"


def document(body, name="word/document.xml", **others):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>\n{body}')
        for other, content in others.items():
            package.writestr(other.replace("__", "/"), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (
            "<w:p><w:r><w:t>Met Qx</w:t></w:r><w:r><w:rPr/><w:t>zzy</w:t></w:r>"
            "<w:r><w:t> Brambling.</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>Met removed on 22 November 2026</w:t></w:r><w:r><w:rPr/><w:t></w:t></w:r>"
            "<w:r><w:t>.</w:t></w:r></w:p>",
        ),
        (
            "<w:p><w:t>Qxzzy</w:t><w:br/><w:t>Brambling now</w:t></w:p>",
            '<w:p><w:t>removed on 22 November 2026</w:t><w:br/><w:t xml:space="preserve"> now</w:t></w:p>',
        ),
        (
            "<w:p><w:t>Qxzzy</w:t></w:p><w:p><w:t>Brambling</w:t></w:p>",
            "<w:p><w:t>Qxzzy</w:t></w:p><w:p><w:t>Brambling</w:t></w:p>",
        ),
        (
            '<a:p descr="Qxzzy &amp; Brambling"><a:t>A &lt; B</a:t></a:p>',
            '<a:p descr="Qxzzy &amp; Brambling"><a:t>A &lt; B</a:t></a:p>',
        ),
        (
            "<pic descr='qxzzy brambling &lt;1'/><!-- Qxzzy Brambling -->"
            "<t><![CDATA[Qxzzy Brambling <b>]]></t>",
            "<pic descr='removed on 22 November 2026 &lt;1'/><!-- removed -->"
            "<t><![CDATA[removed on 22 November 2026 <b>]]></t>",
        ),
        (
            "<text:p>Qxzzy<text:s/>Bra<text:span>mbling</text:span></text:p>",
            "<text:p>removed on 22 November 2026<text:s/><text:span></text:span></text:p>",
        ),
        ("<t>Q&#120;zzy Brambling</t>", "<t>removed on 22 November 2026</t>"),
    ],
)
def test_runs_attributes_and_comments_of_a_document(body, left):
    made = texts_of(without(document(body), WORDS, MARKS))["word/document.xml"]
    assert made == f'<?xml version="1.0" encoding="UTF-8"?>\n{left}'


def test_what_lies_inside_what_lies_inside():
    inner = document("<w:p><w:t>Qxzzy Brambling</w:t></w:p>")
    outer = document(
        "<p/>", **{"word__embeddings__Qxzzy_Brambling.docx": inner, "notes.txt": "qxzzy brambling"}
    )
    made = texts_of(without(outer, WORDS, MARKS))
    assert made["notes.txt"] == "removed on 22 November 2026"
    assert sorted(made) == [
        "[Content_Types].xml",
        "notes.txt",
        "word/document.xml",
        "word/embeddings/removed.docx",
    ]
    with zipfile.ZipFile(io.BytesIO(without(outer, WORDS, MARKS))) as package:
        lying = texts_of(package.read("word/embeddings/removed.docx"))
    assert lying["word/document.xml"].endswith("<w:p><w:t>removed on 22 November 2026</w:t></w:p>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_texts_keep_their_encoding(encoding):
    made = without("Zoë’s sister Qxzzy\r\nBrambling, £5".encode(encoding), WORDS, MARKS)
    assert made == "Zoë’s sister removed on 22 November 2026, £5".encode(encoding)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n/Title (Qxzzy Brambling)\n\0",
        b"%PDF-1.7\n\0/Title (" + "\ufeffQxzzy Brambling".encode("utf-16-be") + b")",
        b"%PDF-1.7\n\0stream\n" + zlib.compress(b"BT [(Qxzzy )-4(Bram)2(bling)] TJ ET") + b"\nendstream",
        b"\xff\xd8\xff\xe1Exif\0\0Artist QXZZY BRAMBLING\0",
        b"\x89PNG\r\n\x1a\n\0tEXt\0\0\0" + "Qxzzy Brambling".encode("utf-16-le"),
    ],
)
def test_what_cannot_be_written_again_is_named(content):
    assert not is_readable(content)
    assert seen_in(content, WORDS)
    with pytest.raises(CannotRewrite):
        without(content, WORDS, MARKS)


def test_a_pdf_or_a_damaged_package_without_them_is_left_alone_or_named():
    pdf = b"%PDF-1.7\n\0stream\n" + zlib.compress(b"(Brambles)") + b"\nendstream"
    assert without(pdf, WORDS, MARKS) is pdf
    with pytest.raises(CannotRewrite):
        without(b"PK\x03\x04 cut short", WORDS, MARKS)


def packed(content, name="one.docx"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(name, content)
    return made.getvalue()


def test_packages_in_packages_are_followed_so_far_and_no_further():
    made = packed(b"Qxzzy Brambling", "note.txt")
    for _ in range(7):
        made = packed(made)
    assert b"Brambling" not in without(made, WORDS, MARKS)
    for _ in range(400):
        made = packed(made)
    with pytest.raises(CannotRewrite):
        without(made, WORDS, MARKS)


@pytest.mark.parametrize("piece", ["<!-- ", "<? ", "<![CDATA[ ", '<"', "<a '", "<"])
def test_what_never_ends_is_given_up_soon(piece):
    """Looking for each end anew would take hours."""
    with pytest.raises(CannotRewrite):
        without(document(f"<w:p>{CODE}</w:p>" + piece * 300_000), WORDS, MARKS)


def test_a_tag_that_is_one_long_name_is_soon_read():
    body = f"<w:p {'a' * 1_000_000}>{CODE}</w:p>"
    part = zipfile.ZipFile(io.BytesIO(without(document(body), WORDS, MARKS))).read("word/document.xml")
    assert part.decode().endswith("a>removed on 22 November 2026</w:p>")


def test_streams_that_never_end_are_soon_looked_through():
    pdf = b"%PDF-1.7\n\0" + b"stream\n" * 1_000_000
    assert without(pdf, WORDS, MARKS) is pdf
