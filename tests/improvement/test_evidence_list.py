from datetime import date

import pytest
from django.urls import reverse

from plans.models import Role
from plans.services.evidence import show_evidence
from tests.factories import make_action, make_board, make_evidence, make_member, make_update
from tests.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board()


def evidence_list(client, board, **query):
    return client.get(reverse("evidence_list", args=[board.slug]), query)


def titles(response):
    return [row.record.title for row in response.context["table"].rows]


def test_each_piece_with_where_it_is_shown(signed_in, board):
    make_evidence(board, "Minutes", dated=date(2026, 5, 4), note="Of the operational group")
    response = evidence_list(signed_in(make_member(board)), board)
    assert "1 piece of evidence" in words_of(response)
    assert "Minutes Of the operational group Document 4 May 2026 Nowhere yet Not recorded who" in words_of(
        response
    )


def test_an_update_is_linked(signed_in):
    action = make_action(title="Agree procedures", reference="3")
    board = action.plan.board
    evidence = make_evidence(board, "Minutes")
    show_evidence(make_update(action), [evidence], by=None)
    show_evidence(make_update(action), [evidence], by=None)
    response = evidence_list(signed_in(make_member(board)), board)
    words = words_of(response)
    assert words.count("3 Agree procedures") == 1
    assert reverse("action", args=[board.slug, action.pk]) in response.content.decode()


def test_it_is_narrowed_by_kind_and_use_and_words(signed_in):
    action = make_action()
    board = action.plan.board
    shown = make_evidence(board, "Audit of decisions", kind="audit")
    make_evidence(board, "Survey", kind="feedback", note="What families said")
    show_evidence(make_update(action), [shown], by=None)
    client = signed_in(make_member(board))
    assert titles(evidence_list(client, board, kind="audit")) == ["Audit of decisions"]
    assert titles(evidence_list(client, board, used="action")) == ["Audit of decisions"]
    assert titles(evidence_list(client, board, used="none")) == ["Survey"]
    assert titles(evidence_list(client, board, used="narrative")) == []
    assert titles(evidence_list(client, board, q="famil")) == ["Survey"]
    assert "0 pieces of evidence of this kind" in words_of(evidence_list(client, board, kind="data"))


@pytest.mark.parametrize(
    ("column", "first", "last"), [("title", "A", "B"), ("kind", "A", "B"), ("dated", "B", "A")]
)
def test_each_column_sorts_both_ways(signed_in, board, column, first, last):
    make_evidence(board, "A", kind="audit", dated=date(2026, 5, 4))
    make_evidence(board, "B", kind="data", dated=date(2026, 1, 5))
    client = signed_in(make_member(board))
    assert titles(evidence_list(client, board, sort=column)) == [first, last]
    assert titles(evidence_list(client, board, sort=f"-{column}")) == [last, first]


def test_who_added_it_sorts_both_ways_with_nobody_last(signed_in, board):
    for name in ("Ann", "Zoe", None):
        adder = name and make_member(board, Role.EDITOR, name)
        make_evidence(board, f"By {name}", by=adder or None)
    client = signed_in(make_member(board))
    assert titles(evidence_list(client, board, sort="added_by")) == ["By Ann", "By Zoe", "By None"]
    assert titles(evidence_list(client, board, sort="-added_by")) == ["By Zoe", "By Ann", "By None"]


@pytest.mark.parametrize("words", ["école", "ÉCOLE", "éco"])
@pytest.mark.parametrize("title", ["Visite à l’École", "école (notes)", "L’ÉCOLE"])
def test_words_are_found_in_any_case_beyond_plain_letters(signed_in, board, words, title):
    make_evidence(board, title)
    make_evidence(board, "Ecole")
    assert titles(evidence_list(signed_in(make_member(board)), board, q=words)) == [title]


@pytest.mark.parametrize("words", ["é.", "é%", "(é", "é\\", "é[", "é*"])
def test_signs_beside_such_letters_stand_for_themselves(signed_in, board, words):
    make_evidence(board, f"So {words} there")
    make_evidence(board, "So éa there")
    assert titles(evidence_list(signed_in(make_member(board)), board, q=words)) == [f"So {words} there"]


@pytest.mark.parametrize(
    ("role", "adds", "edits"),
    [(Role.MEMBER, False, False), (Role.LEAD, True, False), (Role.EDITOR, True, True)],
)
def test_each_role_is_offered_what_it_may_do(signed_in, board, role, adds, edits):
    make_evidence(board, "Minutes")
    words = words_of(evidence_list(signed_in(make_member(board, role)), board))
    assert ("Add evidence" in words, "Edit Minutes" in words, "Remove Minutes" in words) == (
        adds,
        edits,
        edits,
    )


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_words_come_out_harmless(signed_in, board, title):
    make_evidence(board, title, note=title)
    assert title not in evidence_list(signed_in(make_member(board)), board).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_queries(signed_in, django_assert_num_queries, rows):
    action = make_action()
    client = signed_in(make_member(action.plan.board))
    for _ in range(rows):
        show_evidence(make_update(action), [make_evidence(action.plan.board)], by=None)
    with django_assert_num_queries(7):
        evidence_list(client, action.plan.board)
