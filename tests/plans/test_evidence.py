from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from plans.history import board_changes
from plans.models import Evidence, EvidenceFile, Role, UpdateEvidence
from plans.services.evidence import edit_evidence, remove_evidence, show_evidence
from tests.factories import make_action, make_board, make_evidence, make_member, make_update, make_user
from tests.pages import words_of

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\nminutes"
SAID = {"title": "Minutes of May", "kind": "document", "dated": "4/5/2026", "note": "", "link": ""}


@pytest.fixture
def board():
    return make_board()


def page(client, name, *args, **query):
    return client.get(reverse(f"plans:evidence_{name}", args=args), query)


def add(client, board, upload=None, **said):
    data = SAID | said | ({"file": upload} if upload else {})
    return client.post(reverse("plans:evidence_new", args=[board.slug]), data)


def test_a_link_is_kept_as_it_is(signed_in, board):
    user = make_member(board, Role.LEAD)
    response = add(signed_in(user), board, link="https://www.example.org/minutes?of=May")
    assert response.headers["Location"] == reverse("evidence_list", args=[board.slug])
    evidence = board.evidence.get()
    assert (evidence.title, evidence.link, evidence.dated) == (
        "Minutes of May",
        "https://www.example.org/minutes?of=May",
        date(2026, 5, 4),
    )
    assert (evidence.by, evidence.filename) == (user, "")


def test_a_file_comes_back_as_a_download_byte_for_byte(signed_in, board):
    client = signed_in(make_member(board, Role.LEAD))
    add(client, board, SimpleUploadedFile("Minutes, März.pdf", PDF))
    evidence = board.evidence.get()
    response = page(client, "file", board.slug, evidence.pk)
    assert (response.content, evidence.size) == (PDF, len(PDF))
    headers = {name: response.headers[name] for name in ("Content-Type", "X-Content-Type-Options")}
    assert headers == {"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff"}
    assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Minutes_%20M%C3%A4rz.pdf"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("said", "upload", "words"),
    [
        ({}, None, "Give a link or choose a file, one of the two"),
        (
            {"link": "https://www.example.org/"},
            SimpleUploadedFile("a.pdf", PDF),
            "Give a link or choose a file, one of the two",
        ),
        ({"link": "javascript:alert(1)"}, None, "Write the whole address of the page"),
        ({"link": "ftp://www.example.org/a"}, None, "Write the whole address of the page"),
        ({"link": "www.example.org"}, None, "Write the whole address of the page"),
        ({}, SimpleUploadedFile("a.pdf", b"<html>"), "This file is none of the kinds taken here."),
        ({}, SimpleUploadedFile("a.pdf", b""), "The file is empty. Choose another."),
        ({"link": "https://www.example.org/", "kind": "rumour"}, None, "Select a valid choice"),
        ({"link": "https://www.example.org/", "dated": "1/1/2126"}, None, "today or earlier"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_kept(signed_in, board, said, upload, words):
    response = add(signed_in(make_member(board, Role.LEAD)), board, upload, **said)
    assert words in words_of(response)
    assert not Evidence.objects.exists()


def test_a_file_above_the_limit_is_refused(signed_in, board, settings):
    settings.EVIDENCE_MAX_BYTES = 1_500
    response = add(signed_in(make_member(board, Role.LEAD)), board, SimpleUploadedFile("a.txt", b"a" * 1_501))
    assert "The file is bigger than 0.0015 MB. Choose a smaller one, or give a link." in words_of(response)
    add(signed_in(make_member(board, Role.LEAD)), board, SimpleUploadedFile("a.txt", b"a" * 1_500))
    assert board.evidence.get().size == 1_500


def test_the_form_asks_that_nobody_is_named(signed_in, board):
    words = words_of(page(signed_in(make_member(board, Role.LEAD)), "new", board.slug))
    assert "Do not name a child, a family or a case" in words


def test_an_outsider_gets_no_file(signed_in, board):
    evidence = make_evidence(board, upload=("minutes.pdf", PDF))
    assert page(signed_in(make_user()), "file", board.slug, evidence.pk).status_code == 404
    other = make_board()
    client = signed_in(make_member(other, Role.ADMINISTRATOR))
    assert page(client, "file", other.slug, evidence.pk).status_code == 404


def test_a_link_has_no_file_to_download(signed_in, board):
    evidence = make_evidence(board)
    assert page(signed_in(make_member(board)), "file", board.slug, evidence.pk).status_code == 404


def test_editing_changes_what_is_said_of_it_with_history(signed_in, board):
    evidence, editor = make_evidence(board, "Minuts"), make_member(board, Role.EDITOR)
    data = {"title": "Minutes", "kind": "audit", "dated": "5/1/2026", "note": "Of the operational group"}
    signed_in(editor).post(reverse("plans:evidence_edit", args=[board.slug, evidence.pk]), data)
    evidence.refresh_from_db()
    assert (evidence.title, evidence.kind) == ("Minutes", "audit")
    latest = evidence.history.first()
    assert (latest.history_user, latest.prev_record.title) == (editor, "Minuts")


def test_removal_takes_the_file_for_good_and_keeps_the_reason(signed_in, board):
    action = make_action()
    evidence = make_evidence(action.plan.board, upload=("minutes.pdf", PDF))
    show_evidence(make_update(action), [evidence], by=None)
    editor = make_member(action.plan.board, Role.EDITOR)
    url = reverse("plans:evidence_remove", args=[action.plan.board.slug, evidence.pk])
    assert "Answer “Why is it removed?”" in words_of(signed_in(editor).post(url, {}))
    signed_in(editor).post(url, {"reason": "It named a family"})
    assert (EvidenceFile.objects.count(), Evidence.objects.count(), UpdateEvidence.objects.count()) == (
        0,
    ) * 3
    told = Evidence.history.get(history_type="-")
    assert (told.history_user, told.history_change_reason) == (editor, "It named a family")


def test_the_boards_history_tells_what_was_edited_and_removed(signed_in, board):
    evidence, editor = make_evidence(board, "Minuts"), make_member(board, Role.EDITOR, "Ada Finch")
    edit_evidence(evidence, by=editor, title="Minutes", kind="data", dated=date(2026, 1, 5))
    remove_evidence(evidence, by=editor, reason="It named a family")
    told = [
        (change.what, change.field, change.before, change.after, change.reason)
        for change in board_changes(board, kind="evidence").object_list
    ]
    assert told == [
        ("Evidence Minutes", "Removed", "", "", "It named a family"),
        ("Evidence Minutes", "Title", "Minuts", "Minutes", ""),
        ("Evidence Minutes", "Kind", "Document", "Data", ""),
        ("Evidence Minuts", "Added", "", "", ""),
    ]


def test_removal_needs_a_reason(board):
    with pytest.raises(ValidationError, match="Say why it is removed"):
        remove_evidence(make_evidence(board), by=None, reason=" ")


def test_an_update_shows_each_piece_once():
    action = make_action()
    board, update = action.plan.board, make_update(action)
    first, second = make_evidence(board), make_evidence(board)
    show_evidence(update, [first], by=None)
    show_evidence(update, [first, second, second], by=None)
    assert set(update.evidence.all()) == {first, second}
    assert update.evidence_links.count() == 2


def test_an_update_shows_its_own_boards_evidence_alone(board):
    with pytest.raises(ValidationError, match="Choose evidence of this board"):
        show_evidence(make_update(make_action()), [make_evidence(board)], by=None)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_the_service_takes_pages_of_the_web_alone(board, link):
    with pytest.raises(ValidationError, match="Write the whole address of the page"):
        make_evidence(board, link=link)


def test_the_service_knows_today(board):
    tomorrow = timezone.localdate() + timedelta(1)
    evidence = make_evidence(board)
    with pytest.raises(ValidationError, match="today or earlier"):
        edit_evidence(evidence, by=None, title="Minutes", kind="data", dated=tomorrow)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\notes.txt", "notes.txt"),
        ("/etc/notes.txt", "notes.txt"),
        ('no"tes\n.txt', "no_tes_.txt"),
        (f"{'n' * 300}.txt", f"{'n' * 150}.txt"),
    ],
)
def test_a_files_name_is_tidied(board, name, kept):
    assert make_evidence(board, upload=(name, b"Notes")).filename == kept
