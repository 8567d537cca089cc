"""The files of a bundle as an inspector meets them: digests, tags, tables, and nothing that runs."""

import io
import re
from hashlib import sha256
from itertools import pairwise

import openpyxl
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.bundles.making import FileGone, archive_of
from improvement.bundles.page import workbook_of
from improvement.bundles.zipping import manifest, without_times, zipped
from improvement.packs.content import digest_of
from tests.improvement.bundles.conftest import FILE

PARTS = ["Actions", "Recommendations", "Ratings", "Moves", "Sign-offs", "Evidence", "Narratives", "Measures"]
PARTS += ["Months", "Audits", "Findings", "Challenges", "Decisions"]


@pytest.fixture(scope="module")
def book(made):
    return openpyxl.load_workbook(io.BytesIO(made.files["bundle.xlsx"]))


def test_the_archive_holds_its_files_in_order(made):
    assert made.names == [
        "bundle.html",
        "bundle.pdf",
        "bundle.xlsx",
        "evidence/001-the-audit.txt",
        "manifest.txt",
    ]
    assert made.files["evidence/001-the-audit.txt"] == FILE


def test_the_list_gives_the_digest_of_every_other_file(made):
    lines = [line for line in made.files["manifest.txt"].decode().splitlines() if not line.startswith("#")]
    told = dict(reversed(line.split("  ")) for line in lines)
    others = {name: file for name, file in made.files.items() if name != "manifest.txt"}
    assert told == {name: sha256(file).hexdigest() for name, file in others.items()}


def test_the_workbook_lists_the_other_files(book, made):
    rows = [tuple(cell.value for cell in row) for row in book["Files"].iter_rows(min_row=4)]
    names = ["bundle.html", "bundle.pdf", "evidence/001-the-audit.txt"]
    assert rows == [(name, len(made.files[name]), sha256(made.files[name]).hexdigest()) for name in names]


def test_the_same_content_gives_the_same_page_and_workbook(made, time_machine):
    time_machine.move_to("2027-01-05T09:00:00Z", tick=False)
    files = [("bundle.pdf", 4, "0" * 64)]
    earlier = without_times(workbook_of(made.content, made.digest, files))
    time_machine.move_to("2027-02-05T09:00:00Z", tick=False)
    assert without_times(workbook_of(made.content, made.digest, files)) == earlier


def test_each_part_is_one_real_table(book):
    assert book.sheetnames == ["Cover", "Files", *PARTS]
    for sheet in book.worksheets[1:]:
        [table] = sheet.tables.values()
        assert table.ref == f"A3:{openpyxl.utils.get_column_letter(sheet.max_column)}{sheet.max_row}"
        assert list(sheet.merged_cells.ranges) == []
        cells = [cell for row in sheet.iter_rows(min_row=3) for cell in row]
        assert [cell.coordinate for cell in cells if cell.value is None or cell.data_type == "f"] == []


def test_words_that_look_like_a_formula_are_words(book):
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    found = [cell for cell in cells if str(cell.value).startswith("=")]
    assert {cell.value for cell in found} == {"=Minutes", "=1+1 partners wait."}
    assert {(cell.data_type, cell.quotePrefix) for cell in found} == {("s", True)}


def elements(node):
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_the_pdf_is_tagged_with_a_title_and_headings_in_order(made):
    with pikepdf.open(io.BytesIO(made.files["bundle.pdf"])) as pdf:
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "en-GB")
        assert str(pdf.docinfo.Title) == "Plan: Recovery plan, as at 26 March 2026, Teesmere Borough Council"
        tags = [str(each.S) for each in elements(pdf.Root.StructTreeRoot)]
    ranks = [int(tag[2]) for tag in tags if re.fullmatch(r"/H[1-6]", tag)]
    assert (ranks[0], ranks.count(1), ranks.count(2)) == (1, 1, len(PARTS) + 1)
    assert [later for earlier, later in pairwise(ranks) if later > earlier + 1] == []
    assert {"/Table", "/TH", "/TD"} <= set(tags)


def test_nothing_on_the_page_runs_or_comes_from_elsewhere(made):
    page = made.files["bundle.html"].decode()
    assert re.findall(r"<script|<link|<img|<iframe|\son\w+=", page) == []
    assert "=1+1 partners wait." in page


def test_an_index_that_does_not_fit_the_file_makes_nothing(made, db):
    content = made.content | {"files": [["evidence/001-a.txt", 0, "0" * 64]]}
    with pytest.raises(FileGone):
        archive_of(content, digest_of("x"))


names = st.text("abcdefg-./", min_size=1, max_size=12).filter(lambda name: not name.startswith("/"))


@given(st.dictionaries(names, st.binary(max_size=40), max_size=5))
def test_the_order_of_files_makes_no_difference(files):
    other = dict(reversed(files.items()))
    assert zipped(files) == zipped(other)
    assert manifest("A bundle", files) == manifest("A bundle", other)
