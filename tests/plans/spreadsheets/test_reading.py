"""What is read of a workbook: texts, values, fills, merges, and the words beside the cells."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook as PlainWorkbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from plans.spreadsheets.book import column_letter, column_number
from plans.spreadsheets.fills import with_tint
from plans.spreadsheets.reading import Cell, Extra, ExtraKind, Merge, read_workbook
from plans.spreadsheets.texts import UNSTORABLE, shown_number, tidy

from .packages import MAIN, OFFICE, PACKAGING, SHEET, as_parts, package, saved, text_cell, text_row, zipped

STYLES = "xl/styles.xml"
SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def read_cell(value: object, number_format: str | None = None) -> Cell:
    book = PlainWorkbook()
    cell = book.active["B2"]
    cell.value = value
    if number_format:
        cell.number_format = number_format
    return read_workbook(saved(book)).sheets[0].cells[2, 2]


VALUES = [
    ("Head of Quality", None, "Head of Quality", "Head of Quality"),
    ("  two\r\nlines\u00a0here \n", None, "  two\nlines\u00a0here \n", "two\nlines here"),
    (1.0, None, 1, "1"),
    (12, None, 12, "12"),
    (0.3, None, 0.3, "0.3"),
    (1 / 3, None, 0.3333333333333333, "0.333333333333333"),
    (0.3, "0%", 0.3, "30%"),
    (0.125, "0.0%", 0.125, "12.5%"),
    (1.1, "0.00", 1.1, "1.10"),
    (7, "000", 7, "007"),
    (1234567, "#,##0", 1234567, "1,234,567"),
    (-2.5, "0.00", -2.5, "-2.50"),
    (1500, '"£"#,##0', 1500, "£1,500"),
    (True, None, True, "TRUE"),
    ("#REF!", None, "#REF!", "#REF!"),
    (date(2020, 1, 31), None, date(2020, 1, 31), "31 January 2020"),
    (datetime(2020, 1, 31), "dd/mm/yyyy", date(2020, 1, 31), "31 January 2020"),
    (datetime(2020, 1, 31, 14, 30), None, datetime(2020, 1, 31, 14, 30), "31 January 2020 14:30"),
    (date(2020, 3, 1), "mmm-yy", "March 2020", "March 2020"),
    (date(2020, 3, 1), "yyyy", "2020", "2020"),
    (time(9, 5), None, time(9, 5), "09:05"),
]


@pytest.mark.parametrize(("value", "number_format", "kept", "text"), VALUES)
def test_a_value_is_kept_and_shown_as_its_reader_sees_it(value, number_format, kept, text):
    cell = read_cell(value, number_format)
    assert (cell.value, type(cell.value), cell.text) == (kept, type(kept), text)


def test_dates_of_a_workbook_that_counts_from_1904():
    book = PlainWorkbook()
    book.epoch = datetime(1904, 1, 1)
    book.active["A1"] = date(2021, 6, 30)
    assert read_workbook(saved(book)).sheets[0].text(1, 1) == "30 June 2021"


def test_a_number_beyond_counting_is_an_error():
    assert (
        read_workbook(package('<row r="1"><c r="A1"><v>1e999</v></c></row>')).sheets[0].text(1, 1) == "#NUM!"
    )


def test_rich_and_escaped_texts_are_flattened():
    rich = '<c r="A1" t="inlineStr"><is><r><t>Lead: </t></r><r><rPr><b/></rPr><t>Head</t></r></is></c>'
    rows = f'<row r="1">{rich}{text_cell("B1", "one_x000D_two_x005F_x0041_")}</row>'
    sheet = read_workbook(package(rows)).sheets[0]
    assert [sheet.text(1, 1), sheet.text(1, 2)] == ["Lead: Head", "one\ntwo_x0041_"]


def test_control_characters_are_left_out_and_said_so():
    workbook = read_workbook(package(text_row(1, "a_x0000_b_x0007_c")))
    assert workbook.sheets[0].text(1, 1) == "abc"
    assert workbook.remarks == ["Control characters were left out of texts on sheet “Plan”, in A1."]


@given(st.text())
def test_a_tidy_text_can_be_stored_and_stays_tidy(text):
    tidied = tidy(text)
    assert UNSTORABLE.search(tidied) is None
    assert tidy(tidied) == tidied == tidied.strip()


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["General", "0", "0.00", "0%", "#,##0.0"]),
)
def test_every_number_has_a_text(number, number_format):
    assert shown_number(number, number_format).strip()


@given(st.integers(1, 16_384))
def test_letters_name_columns(number):
    assert column_number(column_letter(number)) == number


FILLS = [
    (PatternFill("solid", fgColor="92D050"), "92D050"),
    (PatternFill("solid", fgColor="FFFFC000"), "FFC000"),
    (PatternFill("solid", fgColor=Color(indexed=10)), "FF0000"),
    (PatternFill("solid", fgColor=Color(indexed=64)), None),
    (PatternFill("solid", fgColor=Color(theme=0)), "FFFFFF"),
    (PatternFill("solid", fgColor=Color(theme=1)), "000000"),
    (PatternFill("solid", fgColor=Color(theme=4)), "4F81BD"),
    (PatternFill("solid", fgColor=Color(theme=6, tint=0.5999938962981048)), "D7E4BD"),
    (PatternFill("solid", fgColor=Color(theme=5, tint=-0.249977111117893)), "953735"),
    (PatternFill("solid", fgColor=Color(theme=99)), None),
    (PatternFill("gray125"), None),
    (PatternFill("darkUp", fgColor="FF0000"), "FF0000"),
    (PatternFill(), None),
]


@pytest.mark.parametrize(("fill", "colour"), FILLS)
def test_a_fill_is_read_as_a_plain_colour(fill, colour):
    book = PlainWorkbook()
    book.active["A1"] = "x"
    book.active["A1"].fill = fill
    assert read_workbook(saved(book)).sheets[0].cells[1, 1].fill == colour


@given(st.integers(0, 0xFFFFFF).map("{:06X}".format), st.floats(-1, 1))
def test_a_tint_leads_towards_black_or_white(rgb, tint):
    tinted = with_tint(rgb, tint)
    light = sum(int(tinted[at : at + 2], 16) - int(rgb[at : at + 2], 16) for at in (0, 2, 4))
    assert len(tinted) == 6
    assert light >= -3 if tint >= 0 else light <= 3


def test_empty_cells_count_only_where_filled_beside_a_text():
    book = PlainWorkbook()
    sheet = book.active
    sheet["A1"], sheet["A2"] = "Action", "   "
    sheet["B1"].font = Font(bold=True)
    for address, colour in ("C1", "FF0000"), ("D1", "FFFFFF"), ("C9", "FF0000"):
        sheet[address].fill = PatternFill("solid", fgColor=colour)
    read = read_workbook(saved(book)).sheets[0]
    assert read.cells == {
        (1, 1): Cell(1, 1, "Action", "Action"),
        (1, 3): Cell(1, 3, "", "", "FF0000"),
    }
    assert (read.n_rows, read.n_columns) == (1, 1)
    assert read.cells[1, 3].address == "C1"


def test_rows_come_in_order_and_bold_is_known():
    book = PlainWorkbook()
    sheet = book.active
    sheet["B3"], sheet["A3"], sheet["A1"] = "late", "early", "Title"
    sheet["A1"].font = Font(bold=True)
    read = read_workbook(saved(book)).sheets[0]
    assert [(row, [cell.text for cell in cells]) for row, cells in read.rows()] == [
        (1, ["Title"]),
        (3, ["early", "late"]),
    ]
    assert [cell.bold for cell in read.cells.values()] == [True, False, False]


def test_merges_hidden_parts_and_sheets_are_read_and_said():
    book = PlainWorkbook()
    sheet = book.active
    sheet.title = "Plan"
    for row in ("Outcome", "Action"), ("Safe", "One"), (None, "Two"):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions["Q"].hidden = True
    hidden = book.create_sheet("Old")
    hidden["A1"], hidden.sheet_state = "kept", "veryHidden"
    book.create_chartsheet("Chart")
    workbook = read_workbook(saved(book))
    plan, old = workbook.sheets
    assert plan.merges == [Merge(2, 1, 3, 1)]
    assert (plan.hidden_rows, plan.hidden_columns, plan.state) == ({3}, {1}, "visible")
    assert (old.title, old.state, old.text(1, 1)) == ("Old", "veryHidden", "kept")
    assert workbook.remarks == [
        "Sheet “Plan” has hidden rows, which were read as well: 3.",
        "Sheet “Plan” has hidden columns, which were read as well: A.",
        "Sheet “Old” is hidden in the workbook; it was read as well.",
        "Chart sheets hold no cells and are left out: Chart.",
    ]


def test_a_text_under_a_merge_is_not_lost():
    rows = text_row(1, "shown", "covered")
    sheet = read_workbook(package(rows, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')).sheets[0]
    assert list(sheet.cells) == [(1, 1)]
    assert sheet.extras == [Extra(1, 2, ExtraKind.COVERED, "covered", "covered by the merged cell A1")]


FORMULAS = (
    '<row r="2"><c r="A2"><f>B2+1</f><v>4</v></c><c r="B2"><f>1+2</f></c><c r="C2"><f>2*3</f><v></v></c>'
    '<c r="D2" t="str"><f>""</f><v></v></c><c r="E2"><f t="shared" si="0"/><v/></c>'
    '<c r="F2"><f>A&amp;B</f><v/></c></row>'
)


def test_formulas_are_read_by_their_saved_values_or_listed():
    workbook = read_workbook(package(FORMULAS))
    sheet = workbook.sheets[0]
    assert {cell.address: cell.text for cell in sheet.cells.values()} == {"A2": "4"}
    assert [(extra.column, extra.text) for extra in sheet.extras] == [
        (2, "=1+2"),
        (3, "=2*3"),
        (5, "="),
        (6, "=A&B"),
    ]
    assert workbook.remarks == [
        "Sheet “Plan” has formulas without a saved value in B2, C2, E2, F2. Open the workbook in Excel, save "
        "it and upload it again to have them read."
    ]


def test_comments_and_links_are_listed():
    book = PlainWorkbook()
    sheet = book.active
    sheet["A1"], sheet["B2"], sheet["B3"] = "Action", "The strategy", "https://council.example/plan"
    sheet["A1"].comment = Comment("Board:\nask again in May", "Board")
    sheet["B2"].hyperlink = "https://council.example/strategy"
    sheet["B3"].hyperlink = "https://council.example/plan"
    assert read_workbook(saved(book)).sheets[0].extras == [
        Extra(2, 2, ExtraKind.LINK, "https://council.example/strategy", "the address of the link in B2"),
        Extra(1, 1, ExtraKind.COMMENT, "Board:\nask again in May", "a comment on A1"),
    ]


def test_text_boxes_are_listed_once_and_pictures_named():
    words = "<a:p><a:r><a:t>Key: green</a:t></a:r></a:p><a:p><a:r><a:t>is done</a:t></a:r></a:p>"
    shape = f"<xdr:sp><xdr:txBody>{words}</xdr:txBody></xdr:sp>"
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main" xmlns:mc="urn:mc">'
        "<xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>4</xdr:row></xdr:from>"
        f"<mc:AlternateContent><mc:Choice>{shape}</mc:Choice><mc:Fallback>{shape}</mc:Fallback>"
        "</mc:AlternateContent></xdr:twoCellAnchor><xdr:oneCellAnchor><xdr:pic/></xdr:oneCellAnchor></xdr:wsDr>"
    )
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/drawing" Target="../drawings/drawing1.xml"/>'
    parts = {
        SHEET_RELS: f'<Relationships xmlns="{PACKAGING}/relationships">{relation}</Relationships>',
        "xl/drawings/drawing1.xml": drawing,
    }
    workbook = read_workbook(package(text_row(1, "Action"), **parts))
    assert workbook.sheets[0].extras == [
        Extra(5, 3, ExtraKind.TEXT_BOX, "Key: green\nis done", "a text box lying over the sheet")
    ]
    assert workbook.remarks == ["Sheet “Plan” has pictures; words in a picture can't be read."]


def in_strict_terms(part: bytes) -> bytes:
    strict = b"http://purl.oclc.org/ooxml"
    office = b"http://schemas.openxmlformats.org"
    part = part.replace(office + b"/officeDocument/2006", strict + b"/officeDocument")
    return part.replace(office + b"/spreadsheetml/2006", strict + b"/spreadsheetml")


def test_prefixed_and_strict_workbooks_are_read():
    prefixed = (
        f'<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="{MAIN}"><x:cols><x:col min="1" max="1" '
        'hidden="1"/></x:cols><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>Action</x:v></x:c></x:row>'
        '<x:row r="2"/></x:sheetData><x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>'
    )
    sheet = read_workbook(package(**{SHEET: prefixed})).sheets[0]
    assert (sheet.text(1, 1), sheet.hidden_columns) == ("Action", {1})
    usual = package(text_row(1, "Action"))
    strict = zipped({path: in_strict_terms(part) for path, part in as_parts(usual).items()})
    assert strict != usual
    assert read_workbook(strict).sheets[0].text(1, 1) == "Action"


@pytest.mark.parametrize("styles", ["<styleSheet><fills><fill/></fills></styleSheet>", "no xml", ""])
def test_broken_styles_cost_only_the_colours(styles):
    relations = (
        f'<Relationships xmlns="{PACKAGING}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    )
    row = '<row r="1"><c r="A1" s="7" t="str"><v>Action</v></c></row>'
    workbook = read_workbook(package(row, **{"xl/_rels/workbook.xml.rels": relations, STYLES: styles}))
    assert workbook.sheets[0].cells == {(1, 1): Cell(1, 1, "Action", "Action")}
    assert [remark.split(":")[0] for remark in workbook.remarks] == [
        "The workbook's formatting can't be read"
    ]


def test_shared_texts_are_read():
    relations = (
        f'<Relationships xmlns="{PACKAGING}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        "</Relationships>"
    )
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>Action</t></si><si><r><t>Rich </t></r><r><t>text</t></r>'
        "<rPh><t>hint</t></rPh></si><si/></sst>"
    )
    first, next_cell, empty = '<c r="A1" t="s"><v>1</v></c>', '<c t="s"><v>0</v></c>', '<c t="s"><v>2</v></c>'
    row = f'<row r="1">{first}{next_cell}{empty}</row>'
    content = package(row, **{"xl/_rels/workbook.xml.rels": relations, "xl/sharedStrings.xml": strings})
    sheet = read_workbook(content).sheets[0]
    assert {cell.address: cell.text for cell in sheet.cells.values()} == {"A1": "Rich text", "B1": "Action"}
