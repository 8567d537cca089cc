"""What a workbook would change: rows matched with what stands, and compared field by field."""

from dataclasses import replace

import pytest

from plans.dates import parse_target
from plans.spreadsheets.preview import Proposal, Standing, compare, counts
from plans.spreadsheets.results import ActionRow

TEXTS = (
    "reference",
    "title",
    "activity",
    "outcome",
    "objective",
    "success_criteria",
    "what_it_means",
    "links",
    "leads_text",
)
ALL = {*TEXTS, "leads", "area", "target", "rating"}


def parts(values):
    words = {"title": "Visit every child", **values}
    texts = {name: words.get(name, "") for name in TEXTS}
    leads = tuple(words.get("leads", ()))
    texts["leads_text"] = words.get("leads_text", ", ".join(leads))
    return {
        "path": tuple(words.get("path", ("Front door",))),
        "texts": texts,
        "leads": leads,
        "steps": tuple(words.get("steps", ())),
        "recommendations": tuple(words.get("recommendations", ())),
        "notes": tuple(words.get("notes", ())),
        "target": parse_target(words.get("target", "")),
        "rating": words.get("rating", ""),
        "happened": words.get("happened", ""),
        "way_back": words.get("way_back", ""),
    }


def row(number=2, sheet="Plan", **values):
    return Proposal(row=ActionRow(sheet, number, values.get("reference", "")), **parts(values))


def stands(number=1, **values):
    extra = {name: values.pop(name) for name in ("earlier_targets", "imported") if name in values}
    return Standing(id=number, **parts(values), **extra)


def compared(proposals, standing, columns=ALL, headings=(), **choices):
    fields, heads = {"Plan": columns}, {"Plan": headings}
    return compare(proposals, standing, fields, heads, **choices)


def one(proposal, standing, columns=ALL, headings=()):
    [comparison], _ = compared([proposal], [standing], columns, headings)
    return comparison


def fields(comparison):
    return [change.field for change in comparison.changes]


def matched(proposals, standing):
    comparisons, missing = compared(proposals, standing)
    return [one.standing.id if one.standing else None for one in comparisons], [one.id for one in missing]


MATCHES = [
    ("reference and title", [{"reference": "1"}], [{"reference": "1"}], [1], []),
    ("nothing stands", [{"reference": "1"}], [], [None], []),
    ("not in the file", [], [{"reference": "1"}], [], [1]),
    (
        "renumbered: a new row takes the place of 1",
        [
            {"reference": "1", "title": "New"},
            {"reference": "2", "title": "A"},
            {"reference": "3", "title": "B"},
        ],
        [{"reference": "1", "title": "A"}, {"reference": "2", "title": "B"}],
        [None, 1, 2],
        [],
    ),
    (
        "swapped references",
        [{"reference": "2", "title": "A"}, {"reference": "1", "title": "B"}],
        [{"reference": "1", "title": "A"}, {"reference": "2", "title": "B"}],
        [1, 2],
        [],
    ),
    (
        "swapped rows",
        [{"reference": "2", "title": "B"}, {"reference": "1", "title": "A"}],
        [{"reference": "1", "title": "A"}, {"reference": "2", "title": "B"}],
        [2, 1],
        [],
    ),
    ("reworded: the reference tells", [{"reference": "7", "title": "A b"}], [{"reference": "7"}], [1], []),
    ("no reference: area and title", [{"title": "visit  EVERY child"}], [{}], [1], []),
    ("numbered title", [{"title": "3. Visit every child"}], [{}], [1], []),
    (
        "moved to another area and renumbered: a title that occurs once",
        [{"reference": "9", "path": ("Quality",)}],
        [{"reference": "1"}],
        [1],
        [],
    ),
    (
        "moved and renumbered into the number of one that left",
        [{"reference": "3", "title": "New"}, {"reference": "4", "title": "A", "path": ("Quality",)}],
        [{"reference": "3", "title": "A"}, {"reference": "4", "title": "B"}],
        [None, 1],
        [2],
    ),
    (
        "a title that occurs twice on the board tells nothing",
        [{"path": ("Quality",)}],
        [{"path": ("Front door",)}, {"path": ("Health",)}],
        [None],
        [1, 2],
    ),
    (
        "the same title in two areas",
        [{"path": ("Health",)}, {"path": ("Front door",)}],
        [{"path": ("Front door",)}, {"path": ("Health",)}],
        [2, 1],
        [],
    ),
    (
        "the same area under two parents",
        [{"path": ("B", "Staff")}, {"path": ("A", "Staff")}],
        [{"path": ("A", "Staff")}, {"path": ("B", "Staff")}],
        [2, 1],
        [],
    ),
    ("twice the same: in their order", [{}, {}], [{}, {}], [1, 2], []),
    ("one of two has left", [{}], [{}, {}], [1], [2]),
]


@pytest.mark.parametrize(
    ("rows", "standing", "ids", "missing"), [case[1:] for case in MATCHES], ids=[case[0] for case in MATCHES]
)
def test_rows_are_matched_with_what_stands(rows, standing, ids, missing):
    proposals = [row(number, **values) for number, values in enumerate(rows, 2)]
    actions = [stands(number, **values) for number, values in enumerate(standing, 1)]
    assert matched(proposals, actions) == (ids, missing)


CHANGES = [
    ("the same", {}, {}, []),
    ("another outcome", {"outcome": "Safe"}, {"outcome": "Safer"}, ["outcome"]),
    ("white space is no change", {"outcome": "Safe \n now"}, {"outcome": "Safe now"}, []),
    ("case in a text is a change", {"outcome": "safe"}, {"outcome": "Safe"}, ["outcome"]),
    ("a blank cell empties a field", {"links": "Strategy"}, {}, ["links"]),
    ("an area in other case is the same", {"path": ("FRONT  door",)}, {}, []),
    ("another area", {"path": ("Quality",)}, {}, ["area"]),
    ("no area at all moves nothing", {"path": ()}, {"path": ("Front door",)}, []),
    ("a heading told as a text", {"outcome": "Safe", "path": ("A",)}, {"path": ("A", "Safe")}, []),
    ("a text told as a heading", {"path": ("A", "Safe")}, {"path": ("A",), "outcome": "Safe"}, []),
    (
        "another text where a heading stands",
        {"outcome": "Safer", "path": ("A",)},
        {"path": ("A", "Safe")},
        ["area", "outcome"],
    ),
    ("other leads", {"leads": ("A", "B")}, {"leads": ("A",)}, ["leads"]),
    ("the order of leads says who is accountable", {"leads": ("A", "B")}, {"leads": ("B", "A")}, ["leads"]),
    ("a lead in other case is the same", {"leads": ("head of care",)}, {"leads": ("Head of Care",)}, []),
    (
        "a lead renamed on the board keeps its words",
        {"leads": ("Head of Care",), "leads_text": "Head of Care"},
        {"leads": ("Head of Safety",), "leads_text": "Head of Care"},
        [],
    ),
    ("nobody yet, in other words", {"leads_text": "To be agreed"}, {"leads_text": "TBC"}, ["leads"]),
    (
        "a step more",
        {"steps": [("1", "Meet", ""), ("2", "Act", "")]},
        {"steps": [("1", "Meet", "")]},
        ["steps"],
    ),
    ("a step's date", {"steps": [("1", "Meet", "May 26")]}, {"steps": [("1", "Meet", "")]}, ["steps"]),
    ("recommendations", {"recommendations": [("4", "")]}, {}, ["recommendations"]),
    ("a note", {"notes": [("Folder", "Blue")]}, {}, ["notes"]),
]


@pytest.mark.parametrize(
    ("file", "board", "expected"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_fields_are_compared_one_by_one(file, board, expected):
    comparison = one(row(**file), stands(**board))
    assert (fields(comparison), comparison.status) == (expected, "changed" if expected else "unchanged")


@pytest.mark.parametrize("name", ["activity", "outcome", "links", "leads_text", "reference"])
def test_a_column_that_the_file_lacks_changes_nothing(name):
    values = {name: "Words on the board"}
    values |= {"leads": ("Words on the board",)} if name == "leads_text" else {}
    assert fields(one(row(), stands(**values), columns={"title"})) == []


@pytest.mark.parametrize(
    ("path", "columns", "expected"),
    [
        (("Quality",), {"title"}, []),
        (("Audits",), {"title", "outcome"}, []),
        (("Quality",), {"title", "area", "outcome"}, ["area"]),
        (("Health",), {"title"}, ["area"]),
        ((), {"title"}, []),
    ],
)
def test_a_level_that_the_file_lacks_moves_nothing(path, columns, expected):
    assert fields(one(row(path=path), stands(path=("Quality", "Audits")), columns)) == expected


def test_notes_under_other_headings_stay():
    board = stands(notes=[("Folder", "Blue"), ("Minute", "Item 4")])
    comparison = one(row(notes=[("Folder", "Red")]), board, headings={"Folder"})
    assert fields(comparison) == ["notes"]
    assert sorted(comparison.proposal.notes) == [("Folder", "Red"), ("Minute", "Item 4")]
    assert fields(one(row(), board, headings=())) == []


IMPORTED = frozenset({("on_track", "all well")})
UPDATES = [
    ("nothing said", {}, {"rating": "on_track"}, (False, False)),
    ("the same", {"rating": "on_track"}, {"rating": "on_track"}, (False, False)),
    ("another rating", {"rating": "off_track"}, {"rating": "on_track"}, (True, True)),
    ("the first rating", {"rating": "on_track"}, {}, (True, True)),
    ("only new words", {"happened": "We met"}, {"rating": "on_track", "happened": "We began"}, (True, True)),
    ("a way back", {"way_back": "Fill the post"}, {"rating": "slippage"}, (True, True)),
    (
        "what an import brought before, and the board has moved on",
        {"rating": "on_track", "happened": "All well"},
        {"rating": "slippage", "happened": "Two posts empty", "imported": IMPORTED},
        (True, False),
    ),
    (
        "words differ from what an import brought",
        {"rating": "on_track", "happened": "All very well"},
        {"rating": "slippage", "imported": IMPORTED},
        (True, True),
    ),
]


@pytest.mark.parametrize(
    ("file", "board", "expected"), [case[1:] for case in UPDATES], ids=[case[0] for case in UPDATES]
)
def test_a_rating_is_proposed_never_overwritten(file, board, expected):
    comparison = one(row(**file), stands(**board))
    assert (comparison.update, comparison.update_is_news) == expected
    assert fields(comparison) == []


MOVES = [
    ("blank", "", "May 2026", (), (False, False)),
    ("the same words", "May 2026", "May 2026", (), (False, False)),
    ("other words for the same day", "End May 2026", "31/05/2026", (), (False, False)),
    ("later", "June 2026", "May 2026", (), (True, True)),
    ("a date where there was none", "June 2026", "", (), (True, True)),
    ("no longer a date", "Ongoing", "May 2026", (), (True, True)),
    ("a day that no calendar has", "31/06/2026", "May 2026", (), (True, False)),
    ("such a day and a real one", "31 June 2026 or 5 July 2026", "May 2026", (), (True, True)),
    ("the date that the board moved away from", "May 2026", "June 2026", ("May 2026",), (True, False)),
]


@pytest.mark.parametrize(
    ("file", "board", "earlier", "expected"), [case[1:] for case in MOVES], ids=[case[0] for case in MOVES]
)
def test_a_date_is_proposed_never_overwritten(file, board, earlier, expected):
    comparison = one(row(target=file), stands(target=board, earlier_targets=earlier))
    assert (comparison.move, comparison.move_is_news) == expected


def test_the_row_whose_reference_another_has_is_in_trouble():
    rows = [row(2, reference="13", title="A"), row(5, reference="13", title="B"), row(6, title="C")]
    comparisons, _ = compared(rows, [])
    assert [one.trouble for one in comparisons] == [
        "",
        "Two rows have the reference 13: row 2 and this one. "
        "Leave this row out, or take it without its reference.",
        "",
    ]


def test_a_reference_that_an_action_outside_the_file_keeps_is_trouble():
    rows = [row(2, reference="3", title="A"), row(3, reference="2", title="B reworded")]
    board = [stands(1, reference="2", title="A"), stands(2, reference="3", title="B")]
    comparisons, missing = compared(rows, board)
    assert [one.trouble.split(",")[0] for one in comparisons] == ["The reference 3 belongs to “B”", ""]
    assert [one.id for one in missing] == [2]
    mended, _ = compared([row(2, reference="3", title="A")], board, without_reference={"Plan!2"})
    assert [change.field for change in mended[0].changes] == ["notes"]
    assert mended[0].proposal.texts["reference"] == "2"


def test_the_reference_belongs_to_the_row_that_has_it_on_the_board():
    rows = [row(2, reference="13", title="A"), row(5, reference="13", title="B")]
    comparisons, _ = compared(rows, [stands(reference="13", title="B")])
    assert [bool(one.trouble) for one in comparisons] == [True, False]


def test_a_row_taken_without_its_reference_is_new_and_keeps_it_as_a_note():
    rows = [row(2, reference="13", title="A"), row(5, reference="13", title="B")]
    comparisons, _ = compared(rows, [], without_reference={"Plan!5"})
    mended = comparisons[1].proposal
    assert (comparisons[1].status, mended.texts["reference"]) == ("new", "")
    assert mended.notes == (("Reference in the workbook", "13"),)


def test_a_row_that_came_without_its_reference_is_in_no_trouble_again():
    rows = [row(2, reference="13", title="A"), row(5, reference="13", title="B")]
    board = [
        stands(1, reference="13", title="A"),
        stands(2, title="B", notes=[("Reference in the workbook", "13")]),
    ]
    comparisons, _ = compared(rows, board)
    assert [(one.status, one.trouble, one.changes) for one in comparisons] == [("unchanged", "", [])] * 2


def test_rows_without_words_or_with_a_reference_too_long_are_in_trouble():
    comparisons, _ = compared([row(2, title=""), row(3, reference="x" * 41)], [])
    assert [(one.trouble.split(".")[0], one.can_be_mended) for one in comparisons] == [
        ("This row has no words for the action", False),
        ("The reference is longer than 40 characters", True),
    ]


def test_two_actions_in_one_row_have_names_of_their_own():
    comparisons, _ = compared([row(4, title="A"), row(4, title="B"), row(4, "Other", title="C")], [])
    assert [one.key for one in comparisons] == ["Plan!4", "Plan!4/2", "Other!4"]


def test_counts_say_what_would_happen():
    rows = [
        row(2, reference="1", rating="off_track", target="June 2026", outcome="Safe", links="Strategy"),
        row(3, reference="2", title="New"),
        row(4, reference="3", title="Same"),
        row(5, reference="3", title="Again"),
    ]
    board = [stands(1, reference="1", rating="on_track"), stands(2, reference="3", title="Same")]
    comparisons, missing = compared(rows, [*board, stands(3, reference="8", title="Gone")])
    assert counts(comparisons, missing) == {
        "new": 1,
        "changed": 1,
        "unchanged": 1,
        "left_alone": 0,
        "fields": 2,
        "ratings": 1,
        "moves": 1,
        "trouble": 1,
        "missing": 1,
    }


def test_steps_that_follow_from_the_activity_are_shown_once():
    file = row(activity="1. Meet daily", steps=[("1", "Meet daily", "")])
    comparison = one(file, stands(activity="1. Meet", steps=[("1", "Meet", "")]))
    assert fields(comparison) == ["activity", "steps"]
    assert [change.field for change in comparison.own_changes] == ["activity"]
    apart = one(replace(file, steps=(("1", "Act", ""),)), comparison.standing)
    assert [change.field for change in apart.own_changes] == ["activity", "steps"]
