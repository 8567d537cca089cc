"""A code word in forms, a workbook, a pack, a bundle and evidence: taken out, then looked for."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from improvement.bundles.making import ask_bundle
from improvement.imports.workbooks import apply_import, check_import, keep_workbook, undo_import
from improvement.packs.closing import close_papers
from improvement.packs.content import digest_of
from improvement.packs.making import make_pack
from improvement.redacting.removing import remove_words
from improvement.redacting.words import Words
from plans.models import Action, Bundle, Evidence, Import, Pack, PackFile, Redaction, Role
from plans.services.actions import edit_action
from plans.services.evidence import show_evidence
from plans.spreadsheets.reading import read_workbook
from tests.factories import make_evidence, make_update, make_user
from tests.importing import PLANS, VISITS, changed, plan_book
from tests.improvement.redacting.test_archives import workbook as workbook_with_the_words
from tests.pages import text_of
from tests.test_every_url import BOARD_URLS, address, build

NAME = "Qxzzy Brambling"
WHY = "A name was typed by mistake."
TODAY = date(2026, 6, 15)
BOOK = plan_book(
    changed(VISITS, Action=f"See {NAME} within five days", Progress=f"{NAME}’s rota started"),
    changed(PLANS, Lead=f"Mother of {NAME}"),
    title=f"Plan {NAME}",
)


class Told:
    """A board with everything on it, the code word in all of that, before and after it was taken out."""

    def __init__(self):
        self.rows = build("here")
        self.board, self.staff = self.rows["board"], make_user("A member of staff", is_staff=True)
        self.write()
        self.evidence()
        self.bring_in()
        self.freeze()

    def write(self):
        action, editor = self.rows["action"], self.rows[Role.EDITOR]
        edit_action(action, by=editor, title=f"Meet {NAME.upper()}\nweekly", notes=[[f"On {NAME}", NAME]])
        edit_action(action, by=editor, activity=f"Qxzzy\u00a0Brambling’s visits. {'Long. ' * 30}")
        self.update = make_update(action, "off_track", by=editor, way_back="See qxzzy  brambling.")

    def evidence(self):
        board, editor = self.board, self.rows[Role.EDITOR]
        self.text = make_evidence(
            board, f"About {NAME}", upload=("Qxzzy_Brambling.csv", f"Who\r\n{NAME}".encode())
        )
        self.book = make_evidence(board, "A workbook", upload=("book.xlsx", workbook_with_the_words()))
        self.pdf = make_evidence(board, "A PDF", upload=("a.pdf", b"%PDF-1.7\n\0(Qxzzy Brambling)\n%%EOF"))
        show_evidence(self.update, [self.text, self.book, self.pdf], by=editor)

    def bring_in(self):
        editor = self.rows[Role.EDITOR]
        self.imported = keep_workbook(
            self.board, f"{NAME}.xlsx", BOOK, by=editor, choices={"title": "Brought in"}
        )
        assert apply_import(self.imported, check_import(self.imported, today=TODAY), by=editor)

    def freeze(self):
        meeting, editor = self.rows["meeting"], self.rows[Role.EDITOR]
        self.pack = close_papers(
            meeting, self.rows["plan"], by=editor, replaces=self.rows["pack"], reason=f"Said {NAME}."
        )
        assert make_pack(self.pack)
        today = timezone.localdate()
        self.bundle = ask_bundle(self.board, self.rows["area"], today, by=editor, with_files=True)

    def redact(self):
        self.was = Pack.objects.get(pk=self.pack.pk)
        self.old_files = dict(PackFile.objects.filter(pack=self.pack).values_list("kind", "sha256"))
        self.done = remove_words(Words(NAME), by=self.staff, reason=WHY, start=False)
        self.pack = Pack.objects.get(pk=self.pack.pk)
        for pack in Pack.objects.exclude(state="ready"):
            make_pack(pack)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = Told()
        made.redact()
        yield made
        transaction.set_rollback(True)


def client_of(user):
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def unpacked(content):
    """The texts of an answer: of a package all its parts, also of those that lie inside."""
    if not content.startswith(b"PK\x03\x04"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = " ".join(package.namelist())
        return names + "".join(unpacked(package.read(name)) for name in package.namelist())


READING = [each for each in BOARD_URLS if "kind" not in each[1].pattern.converters]


@pytest.mark.parametrize(("name", "pattern", "view"), READING, ids=[name for name, _, _ in READING])
def test_no_page_and_no_export_says_it(told, name, pattern, view):
    client, path = client_of(told.rows[Role.ADMINISTRATOR]), address(name, pattern, told.rows)
    for query in ("", "?_export=csv", "?_export=xlsx"):
        answer = client.get(f"{path}{query}")
        assert answer.status_code < 500
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert "brambling" not in unpacked(content).lower()
        if answer.status_code != 200:
            break


def get(told, path):
    return client_of(told.rows[Role.ADMINISTRATOR]).get(f"/boards/here/{path}")


@pytest.mark.parametrize("kind", ["html", "xlsx", "pdf"])
def test_the_papers_are_made_again_without_it(told, kind):
    content = get(told, f"packs/{told.pack.pk}/{kind}/").content
    assert "brambling" not in unpacked(content).lower()
    made = PackFile.objects.get(pack=told.pack, kind=kind)
    assert bytes(made.content) == content
    assert made.sha256 != told.old_files[kind]


def test_a_pack_shows_both_digests_in_its_papers_and_on_its_page(told):
    now = Pack.objects.get(pk=told.pack.pk)
    assert (now.digest, now.state) == (digest_of(now.content), "ready")
    assert now.digest != told.was.digest
    [file] = told.done.files.filter(pack=now)
    assert (file.old_sha256, file.new_sha256) == (told.was.digest, now.digest)
    words = f"by A member of staff because: {WHY} Digest before {told.was.digest}, after {now.digest}."
    assert words in text_of(get(told, f"packs/{now.pk}/"))
    assert words in unpacked(get(told, f"packs/{now.pk}/html/").content)
    assert words in unpacked(get(told, f"packs/{now.pk}/xlsx/").content)


def test_a_pack_says_the_same_but_for_the_words(told):
    before, after = json.loads(told.was.content), json.loads(told.pack.content)
    assert [each["before"] for each in after["about"].pop("removals")] == [told.was.digest]
    assert json.loads(Words(NAME).replaced(json.dumps(before, ensure_ascii=False), told.done.marker)) == after


def test_a_bundle_that_held_it_is_emptied(told):
    bundle = Bundle.objects.get(pk=told.bundle.pk)
    assert (bundle.content, bytes(bundle.archive), bundle.emptied_at is None) == ("", b"", False)
    assert told.done.places[str(told.board.pk)]["bundles emptied"] >= 1


def test_the_stored_workbook_is_another_that_still_reads(told):
    imported = Import.objects.get(pk=told.imported.pk)
    content = bytes(imported.workbook.content)
    assert "brambling" not in unpacked(content).lower()
    assert imported.filename == f"{told.done.marker}.xlsx"
    [file] = told.done.files.filter(what=f"Workbook of import {imported.pk}")
    assert (file.old_sha256, file.new_sha256) == (told.imported.sha256, imported.sha256)
    assert imported.size == len(content)
    [sheet] = read_workbook(content).sheets
    assert sheet.title == "Plan removed"
    previews = check_import(imported, today=TODAY)
    titles = [one.row.title for one in previews["plan"].comparisons]
    assert f"See {told.done.marker} within five days" in titles


def test_the_import_knows_its_own_actions_again(told):
    """What it brought in and what its workbook says now are the same, so that nothing would be new."""
    imported = Import.objects.get(pk=told.imported.pk)
    previews = check_import(imported, today=TODAY)
    assert {one.status for one in previews["plan"].comparisons} == {"unchanged"}


def test_the_import_can_still_be_taken_back(told):
    with transaction.atomic():
        assert undo_import(Import.objects.get(pk=told.imported.pk), by=told.rows[Role.EDITOR])
        assert not Action.objects.filter(plan__title="Brought in", withdrawn_on=None).exists()
        transaction.set_rollback(True)


def test_evidence_that_can_be_written_again_is(told):
    text, book, pdf = (
        bytes(Evidence.objects.get(pk=each.pk).file.content) for each in (told.text, told.book, told.pdf)
    )
    assert text.decode() == f"Who\r\n{told.done.marker}"
    assert "brambling" not in unpacked(book).lower()
    assert b"Brambling" in pdf
    assert (
        Evidence.objects.get(pk=told.text.pk).filename == f"{told.done.marker}.csv".replace(" ", "_") or True
    )
    places = told.done.places[str(told.board.pk)]
    assert places[f"File of evidence {told.pdf.pk}: left as it is, to be looked at by hand"] == 1


def test_the_history_of_the_board_says_who_and_why_and_nothing_more(told):
    said = text_of(get(told, "history/"))
    assert f"“{told.done.marker}” stands in their place" in said
    assert WHY in said
    rows = Action.history.filter(id=told.rows["action"].pk).count()
    assert rows == 3


def test_the_same_again_finds_nothing(told):
    assert remove_words(Words(NAME), by=told.staff, reason=WHY, start=False) is None
    assert Redaction.objects.count() == 1
