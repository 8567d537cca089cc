"""Ids inside JSON and words: all that imports keep is known, and going there and back changes nothing."""

import pytest

from improvement.whole_boards.belonging import Belongings
from improvement.whole_boards.shapes import (
    BUNDLE,
    SHAPES,
    UNDO,
    UNDONE,
    put_import_back,
    renumbered,
    take_import_out,
)
from plans.models import Board, Import, Plan

# Numbers in what an import keeps that are no ids: places in the workbook, and what an audit's sheet said.
NO_IDS = {"row", "sample", "read_twice", "agreed", "counts"}


def plus(amount):
    return lambda model, pk: pk + amount


@pytest.mark.parametrize(
    ("value", "shape", "expected"),
    [
        ({"plan": "new", "on": "2026-01-01"}, {"plan": Plan}, {"plan": "new", "on": "2026-01-01"}),
        ({"plan": "7"}, {"plan": Plan}, {"plan": "107"}),
        ({"plan": 7}, {"plan": Plan}, {"plan": 107}),
        ({"plan": None}, {"plan": Plan}, {"plan": None}),
        ({}, UNDO, {}),
        ({"files": [["a.pdf", 3, "ab"]]}, BUNDLE, {"files": [["a.pdf", 103, "ab"]]}),
        (
            {
                "plan": {
                    "areas": [1],
                    "created_plan": True,
                    "moves": [{"id": 2, "action": 3, "step": None, "row": 4}],
                }
            },
            UNDO,
            {
                "plan": {
                    "areas": [101],
                    "created_plan": True,
                    "moves": [{"id": 102, "action": 103, "step": None, "row": 4}],
                }
            },
        ),
        (
            {
                "plan": {
                    "actions": [{"id": 1, "before": {"leads": ["Head", [2, 3]], "title": "x", "area": 4}}]
                }
            },
            UNDO,
            {
                "plan": {
                    "actions": [
                        {"id": 101, "before": {"leads": ["Head", [102, 103]], "title": "x", "area": 104}}
                    ]
                }
            },
        ),
        (
            [{"row": 3, "measure": 2, "narrative": None}],
            UNDONE,
            [{"row": 3, "measure": 102, "narrative": None}],
        ),
    ],
)
def test_only_ids_are_numbered_anew(value, shape, expected):
    assert renumbered(value, shape, plus(100)) == expected
    assert renumbered(expected, shape, plus(-100)) == value


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("import 7", ["import ", 1, ""]),
        ("import 7 taken back", ["import ", 1, " taken back"]),
        ("Import 7 was taken back", ["Import ", 1, " was taken back"]),
        ("import 8", "import 8"),
        ("import 77", "import 77"),
        ("Moved with import 7", "Moved with import 7"),
        ("important", "important"),
        ("", ""),
        (None, None),
    ],
)
def test_the_import_that_words_begin_with(words, told):
    """Import 7 is the board's first, 8 none of its own."""
    assert take_import_out(words, lambda pk: {7: 1}.get(pk, 0)) == told
    assert put_import_back(told, {1: 7}.get) == words


def numbers_in(value, path=()):
    """(path, number) of every whole number, lists' places left out of the path."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from numbers_in(one, (*path, key))
    elif isinstance(value, list):
        for one in value:
            yield from numbers_in(one, path)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield path, value


def test_every_number_of_the_demonstrations_imports_is_an_id_or_known_to_be_none(demonstration):
    column = SHAPES["plans.Import", "undo"]
    found = set()
    for imported in Import.objects.exclude(undo={}):
        before = list(numbers_in(imported.undo))
        after = list(numbers_in(renumbered(imported.undo, column, plus(1_000_000))))
        found |= {path for (path, number), (_, new) in zip(before, after, strict=True) if number == new}
    assert {path[-1] for path in found} <= NO_IDS
    assert Import.objects.exclude(undo={}).count() == 3


def test_every_id_there_is_of_a_row_of_the_board(demonstration):
    board = Board.objects.get(slug="teesmere")
    belongings, seen = Belongings(board), []
    for imported in board.imports.all():
        renumbered(imported.undo, UNDO, lambda model, pk: seen.append((model, pk)) or pk)
    assert len(seen) > 100
    assert [(model, pk) for model, pk in seen if pk not in belongings.ids[model]] == []
