"""The PDF as a screen reader and a printer meet it: what can be checked of PDF/UA-1 without a checker."""

import io
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise

import pikepdf
import pytest

from improvement.packs.pdf import PdfFailed, environment, pdf_of

HEADING = re.compile(r"/H([1-6])")


@pytest.fixture(scope="module")
def pdf(made):
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        yield opened


def elements(node):
    """Every structure element below a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.fixture(scope="module")
def tags(pdf):
    return list(elements(pdf.Root.StructTreeRoot))


def test_it_says_that_it_is_tagged_in_english_and_has_a_title(pdf, made):
    root = pdf.Root
    assert (bool(root.MarkInfo.Marked), str(root.Lang), bool(root.ViewerPreferences.DisplayDocTitle)) == (
        True,
        "en-GB",
        True,
    )
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        title = metadata["dc:title"]
    assert title == "Pack 1, 30 March 2026: Recovery plan, Teesmere Borough Council"
    assert str(pdf.docinfo.Title) == title


def test_headings_go_down_one_level_at_a_time(tags):
    ranks = [int(found[1]) for tag in tags if (found := HEADING.fullmatch(str(tag.S)))]
    assert (ranks[0], ranks.count(1)) == (1, 1)
    assert [later for earlier, later in pairwise(ranks) if later > earlier + 1] == []


def test_every_figure_has_its_words(tags):
    figures = [tag for tag in tags if tag.S == "/Figure"]
    assert len(figures) >= 5
    assert [tag for tag in figures if not str(tag.get("/Alt", "")).strip()] == []


def test_every_table_has_headers_to_which_its_cells_point(tags):
    tables = [tag for tag in tags if tag.S == "/Table"]
    assert len(tables) >= 5
    for table in tables:
        inside = Counter(str(tag.S) for tag in elements(table))
        assert inside["/TH"] >= 2
        assert inside["/TD"] >= 1
        headers = {str(tag.ID) for tag in elements(table) if tag.S == "/TH"}
        for cell in (tag for tag in elements(table) if tag.S == "/TD"):
            named = {str(header) for header in cell.A.Headers}
            assert named
            assert named <= headers


def test_only_known_tags_are_used_where_they_belong(tags):
    known = {"Document", "Art", "Sect", "Div", "P", "Span", "L", "LI", "Lbl", "LBody", "Table", "Caption"}
    known |= {"THead", "TBody", "TR", "TH", "TD", "Figure", "Link", "NonStruct", "Part"}
    found = {str(tag.S).lstrip("/") for tag in tags}
    assert {name for name in found if not HEADING.fullmatch(f"/{name}")} <= known
    parents = {"/LI": {"/L"}, "/LBody": {"/LI"}, "/Lbl": {"/LI"}, "/TR": {"/THead", "/TBody", "/Table"}}
    parents |= {"/TD": {"/TR"}, "/TH": {"/TR"}}
    wrong = [
        (str(tag.S), str(tag.P.S))
        for tag in tags
        if str(tag.P.get("/S")) not in parents.get(str(tag.S), {str(tag.P.get("/S"))})
    ]
    assert wrong == []


def test_all_that_is_drawn_is_tagged_or_an_artifact(pdf):
    """Every operator that shows something stands inside marked content."""
    shows = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "BI"}
    loose = []
    for number, page in enumerate(pdf.pages, 1):
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += (name in ("BMC", "BDC")) - (name == "EMC")
            if name in shows and not depth:
                loose.append((number, name, [str(each)[:30] for each in operands]))
    assert loose == []


def test_marked_content_is_in_the_tree_once_and_the_tree_names_no_other(pdf, tags):
    for number, page in enumerate(pdf.pages):
        marked = Counter()
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and operands[0] != "/Artifact" and "/MCID" in operands[1]:
                marked[int(operands[1].MCID)] += 1
        named = Counter(
            int(kid)
            for tag in tags
            if tag.get("/Pg") is not None and tag.Pg.objgen == page.obj.objgen
            for kid in (tag.get("/K", []) if isinstance(tag.get("/K", []), pikepdf.Array) else [tag.K])
            if isinstance(kid, int)
        )
        running = {mcid for mcid in marked if mcid not in named}
        assert set(named) <= set(marked), number
        assert {*marked.values(), *named.values()} == {1}
        # The running head and foot: a few words a page, which are in no reading order.
        assert len(running) <= 12


def test_every_page_is_read_in_the_order_of_its_structure(pdf):
    assert {str(page.get("/Tabs")) for page in pdf.pages} == {"/S"}


def test_every_font_is_embedded(pdf):
    fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        assert any(name in inner.FontDescriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
        assert "/ToUnicode" in font


def test_its_parts_are_bookmarked(pdf):
    with pdf.open_outline() as outline:
        [first] = outline.root
        assert first.title == "Pack 1 for the meeting of 30 March 2026"
        assert [part.title for part in first.children][-3:] == [
            "Decisions of 24 February 2026: 1",
            "Waiting to be signed off or agreed: 1",
            "The plan in full: 6 actions",
        ]


def test_nothing_is_fetched_from_anywhere(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>SECRET</text></svg>')
    page = f'<html lang="en-GB"><title>A</title><body><h1>A</h1><img alt="b" src="{secret.as_uri()}"></body>'
    with pikepdf.open(io.BytesIO(pdf_of(page.encode()))) as opened:
        assert [name for page in opened.pages for name in page.Resources.get("/XObject", {})] == []


def test_the_renderer_is_told_nothing_secret():
    ours = {
        "PATH": "/usr/bin",
        "SECRET_KEY": "k",
        "DATABASE_URL": "postgres://a:b@c/d",
        "EMAIL_URL": "smtp://e",
    }
    assert environment(ours) == {"PATH": "/usr/bin"}


def test_a_page_that_is_no_page_says_what_went_wrong():
    with pytest.raises(PdfFailed, match="utf-8"):
        pdf_of(b"\xff\xfe\xff")


def test_the_press_is_a_command_of_its_own():
    made = subprocess.run(
        [sys.executable, "-m", "improvement.packs.press"],
        input=b'<html lang="en-GB"><title>A</title><h1>A</h1>',
        capture_output=True,
        check=True,
    )
    assert made.stdout[:5] == b"%PDF-"
