"""Files that are not what they say: refused in a sentence, or kept and given back as a download alone."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plans.models import EvidenceFile, Role, Workbook
from plans.spreadsheets.writing import Table, write_xlsx
from tests.factories import make_board, make_member
from tests.pages import words_of
from tests.security.filling import TYPED
from tests.security.walking import forms_of

pytestmark = pytest.mark.django_db

HTML = b"<!doctype html><script>steal()</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="steal()"><script>steal()</script></svg>'
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
PDF = b"%PDF-1.7\n"
XLSX = write_xlsx([Table("Plan", ["Action", "Lead"], [["Meet weekly", "DCS"]])])


def packed(parts):
    """A zip of these parts, well pressed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def office(part, declared, **more):
    types = f'<Types><Override PartName="/{part}" ContentType="application/{declared}"/></Types>'
    return packed({"[Content_Types].xml": types, part: "<a/>", **more})


DOCX = office("word/document.xml", "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")
MACROS = office(
    "xl/workbook.xml",
    "vnd.ms-excel.sheet.macroEnabled.main+xml",
    **{"xl/vbaProject.bin": b"\x00"},
)
HIDDEN_MACROS = office(
    "xl/workbook.xml",
    "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    **{"xl/vbaProject.bin": b"\x00"},
)
BOMB = office(
    "xl/workbook.xml",
    "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    **{"xl/worksheets/sheet1.xml": b"<a>" * 40_000_000},
)
# Excel's first part, and a page behind it that a browser might be talked into showing.
POLYGLOT = HTML + XLSX

BAD = {
    "report.pdf": HTML,
    "report.html": HTML,
    "picture.svg": SVG,
    "picture.png": SVG,
    "photo.jpg": HTML,
    "setup.png": EXE,
    "setup.exe": EXE,
    "setup.pdf.exe": PDF,
    "minutes.docx": XLSX,
    "plan.xlsx": DOCX,
    "plan.xlsm": MACROS,
    "plan.xlsx ": HTML,
    "macros.xlsx": MACROS,
    "hidden.xlsx": HIDDEN_MACROS,
    "both.xlsx": POLYGLOT,
    "archive.zip": packed({"../../etc/cron.d/steal": "x"}),
    "page.htm.txt": b"\x00" + HTML,
    "shell.php": b"<?php steal();",
    "empty.pdf": b"",
    "no ending": PDF,
    "cut.xlsx": XLSX[: len(XLSX) // 2],
    "cut.docx": DOCX[:30],
}
NAMES = [
    "../../../etc/passwd.pdf",
    "..\\..\\windows\\system32\\minutes.pdf",
    "/srv/improvement/static/js/app.pdf",
    "minutes%0d%0aSet-Cookie: a=b.pdf",
    "minutes\x00.pdf",
    "fdp.\u202eminutes.pdf",
    "min\u200butes\u2066.pdf",
    '"><script>steal()</script>.pdf',
    "=HYPERLINK(1).pdf",
    "m" * 300 + ".pdf",
    "minutes.php.pdf",
    ".pdf.pdf",
]


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def editor(signed_in, board):
    return signed_in(make_member(board, Role.EDITOR))


def add(client, board, name, content):
    data = {"title": "Minutes", "kind": "document", "dated": "4/5/2026", "note": "", "link": ""}
    sent = SimpleUploadedFile("a", content, content_type="application/pdf")
    sent._name = name
    return client.post(reverse("plans:evidence_new", args=[board.slug]), data | {"file": sent})


def bring(client, board, name, content):
    sent = SimpleUploadedFile("a", content)
    sent._name = name
    return client.post(reverse("import_new", args=[board.slug]), {"workbook": sent})


def test_every_form_that_takes_a_file_refuses_one_that_is_not_what_it_says(chief, pages):
    """Whatever else is in the form: nothing of the file is kept, and nothing fails."""
    tried = 0
    before = (EvidenceFile.objects.count(), Workbook.objects.count())
    for path, form in forms_of(pages[0]).values():
        for name, field in form.fields.items():
            if field.kind == "file":
                words = {each: "5/1/2026" for each, other in form.fields.items() if other.kind in TYPED}
                sent = SimpleUploadedFile("report.pdf", HTML)
                assert chief.post(form.action or path, form.sent() | words | {name: sent}).status_code < 400
                tried += 1
    assert tried > 1
    assert (EvidenceFile.objects.count(), Workbook.objects.count()) == before


@pytest.mark.parametrize("name", BAD)
def test_evidence_that_is_not_what_it_says_is_refused_in_a_sentence(editor, board, name):
    response = add(editor, board, name, BAD[name])
    assert (response.status_code, board.evidence.count()) == (200, 0)
    assert "There is a problem" in words_of(response)


@pytest.mark.parametrize("name", sorted(BAD.keys() - {"minutes.docx"}))
def test_a_workbook_that_is_none_is_refused_in_a_sentence(editor, board, name):
    response = bring(editor, board, name, BAD[name])
    assert (response.status_code, board.imports.count()) == (200, 0)
    assert "There is a problem" in words_of(response)


def test_what_is_too_big_is_refused_in_a_sentence(editor, board, settings):
    settings.EVIDENCE_MAX_BYTES = settings.IMPORT_MAX_BYTES = 1_000
    assert "bigger than" in words_of(add(editor, board, "minutes.pdf", PDF + b" " * 1_000))
    assert "larger than" in words_of(bring(editor, board, "plan.xlsx", XLSX))
    assert (board.evidence.count(), board.imports.count()) == (0, 0)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_comes_back_as_a_download_with_a_harmless_name(editor, board, name):
    add(editor, board, name, PDF)
    evidence = board.evidence.get()
    response = editor.get(reverse("plans:evidence_file", args=[board.slug, evidence.pk]))
    told = response.headers
    assert response.content == PDF
    assert (told["Content-Type"], told["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert told["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert told["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert not {*'/\\"\r\n<>'} & {*told["Content-Disposition"].partition("''")[2]}
    assert harmless(evidence.filename)


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_comes_back_as_a_download_with_a_harmless_name(editor, board, name):
    bring(editor, board, name, XLSX)
    imported = board.imports.get()
    told = editor.get(reverse("import_file", args=[board.slug, imported.pk])).headers
    assert told["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert told["X-Content-Type-Options"] == "nosniff"
    assert harmless(imported.filename)


def harmless(name):
    return name.isprintable() and not {*'/\\:"<>|?*'} & {*name} and 0 < len(name) < 200


def test_no_file_lies_where_the_web_server_serves_files(editor, board, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    add(editor, board, "minutes.pdf", PDF)
    assert list(tmp_path.iterdir()) == []
    assert bytes(board.evidence.get().file.content) == PDF
    assert editor.get("/minutes.pdf").status_code == 404
