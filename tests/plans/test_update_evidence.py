"""Evidence that is given with an update: chosen from the board's, or added in the same form."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plans.models import Evidence, ProgressUpdate, Role
from plans.services.evidence import show_evidence
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_lead,
    make_member,
    make_plan,
    make_update,
)
from tests.pages import fields_of, words_of

pytestmark = pytest.mark.django_db


class Page:
    def __init__(self, signed_in, query=""):
        self.board = make_board()
        self.head = make_member(self.board, Role.LEAD)
        lead = make_lead(self.board, holder=self.head)
        self.action = make_action(make_area(make_plan(self.board)), "Hold the panel", leads=lead.name)
        self.first = make_update(self.action, by=self.head)
        self.minutes = make_evidence(self.board, "Minutes of the panel")
        self.url = reverse("plans:action_update", args=[self.board.slug, self.action.pk])
        self.client = signed_in(self.head)

    def send(self, query="", **changes):
        fields = fields_of(self.client.get(self.url + query), "token")
        changes = {f"a{self.action.pk}-{name}": value for name, value in changes.items()}
        return self.client.post(self.url + query, fields | changes)

    def shown(self):
        """The titles under each standing update, the latest first."""
        updates = ProgressUpdate.objects.standing().filter(action=self.action).latest_first()
        return [[piece.title for piece in update.evidence.all()] for update in updates]


@pytest.fixture
def page(signed_in):
    return Page(signed_in)


def test_a_piece_of_the_board_stands_under_the_update_and_on_the_actions_page(page):
    page.send(happened="It met.", evidence=page.minutes.pk)
    assert page.shown() == [["Minutes of the panel"], []]
    words = words_of(page.client.get(reverse("action", args=[page.board.slug, page.action.pk])))
    assert "It met. Evidence: Minutes of the panel, document, 5 January 2026" in words
    assert "Evidence Minutes of the panel Document, 5 January 2026" in words


def test_a_new_link_is_added_with_the_update(page):
    new = {"piece_title": "Terms of reference", "piece_kind": "document", "piece_dated": "4/5/2026"}
    page.send(happened="It met.", piece_link="https://www.example.org/terms", **new)
    assert page.shown() == [["Terms of reference"], []]
    piece = Evidence.objects.get(title="Terms of reference")
    assert (piece.link, piece.dated, piece.by) == (
        "https://www.example.org/terms",
        date(2026, 5, 4),
        page.head,
    )


def test_a_new_file_stands_beside_a_piece_of_the_board(page):
    page.send(
        happened="It met.",
        evidence=page.minutes.pk,
        piece_title="Terms of reference",
        piece_kind="document",
        piece_file=SimpleUploadedFile("terms.txt", b"We meet monthly."),
    )
    assert sorted(page.shown()[0]) == ["Minutes of the panel", "Terms of reference"]
    assert bytes(Evidence.objects.get(title="Terms of reference").file.content) == b"We meet monthly."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"piece_title": "Terms"}, "Choose the kind of the evidence"),
        (
            {"piece_title": "Terms", "piece_kind": "document"},
            "Give a link or choose a file, one of the two",
        ),
        ({"piece_link": "https://www.example.org/"}, "Say what the evidence is"),
        ({"piece_link": "javascript:alert(1)"}, "Write the whole address of the page"),
        (
            {"piece_file": SimpleUploadedFile("terms.pdf", b"<html>")},
            "This file is none of the kinds taken here.",
        ),
    ],
)
def test_a_mistake_in_it_saves_neither_update_nor_evidence(page, changes, words):
    response = page.send(happened="It met.", **changes)
    assert words in words_of(response)
    assert "It met." in response.content.decode()
    assert (page.shown(), Evidence.objects.count()) == ([[]], 1)


def test_evidence_alone_asks_for_words(page):
    response = page.send(evidence=page.minutes.pk)
    assert "Say what has happened, so that the board knows what the evidence shows" in words_of(response)
    assert page.shown() == [[]]


def test_another_boards_evidence_is_no_choice(page):
    elsewhere = make_evidence(make_board(), "Elsewhere")
    response = page.send(happened="It met.", evidence=elsewhere.pk)
    assert response.status_code == 200
    assert page.shown() == [[]]


def test_a_replacement_shows_what_the_mistaken_update_showed(page):
    show_evidence(page.first, [page.minutes], by=None)
    page.send(f"?replaces={page.first.pk}", happened="It met twice.", reason="It met twice")
    assert page.shown() == [["Minutes of the panel"]]


def test_my_updates_offers_the_boards_evidence(page):
    url = reverse("my_updates", args=[page.board.slug])
    fields = fields_of(page.client.get(url), "save")
    prefix = f"a{page.action.pk}"
    fields |= {f"{prefix}-happened": "It met.", f"{prefix}-evidence": page.minutes.pk, "save": "all"}
    page.client.post(url, fields)
    assert page.shown() == [["Minutes of the panel"], []]
