"""What each check asks, as tables of cases with their boundaries."""

from dataclasses import replace
from datetime import date

import pytest

from improvement.checks import BY_NAME, CATALOGUE, ActionSeen, RecommendationSeen, check_action

DAY = date(2026, 11, 22)
MET = date(2026, 11, 9)
GREEN = ActionSeen(
    7,
    DAY,
    rating="on_track",
    word="Green",
    updated_on=date(2026, 11, 12),
    happened="The team met.",
    due=date(2026, 12, 31),
    since=MET,
    met=True,
    before="on_track",
    before_word="Green",
    lead="PSW",
    lead_pk=3,
)
BLUE = replace(GREEN, rating="complete", word="Blue", before="complete", has_evidence=True, has_so_what=True)
AMBER = replace(GREEN, rating="slippage", word="Amber", before="slippage", way_back="Fill the post by May.")
RED = replace(AMBER, rating="off_track", word="Red", before="off_track")
UNRATED = replace(GREEN, rating="", word="Not rated", before="", before_word="Not rated")
THREE = (date(2026, 9, 14), date(2026, 10, 12), MET)


def words(name, seen):
    found = BY_NAME[name].find(seen)
    return found.words if found else ""


@pytest.mark.parametrize("seen", [GREEN, BLUE, AMBER, RED, UNRATED], ids=lambda seen: seen.word)
def test_nothing_is_asked_where_all_is_well(seen):
    assert check_action(seen) == []


CASES = [
    (
        "overdue_on_track",
        GREEN,
        {"due": date(2026, 11, 21)},
        "1 day overdue (due 21 November 2026) and still rated Green.",
    ),
    ("overdue_on_track", GREEN, {"due": DAY}, ""),
    ("overdue_on_track", GREEN, {"due": None}, ""),
    ("overdue_on_track", AMBER, {"due": date(2026, 11, 1)}, ""),
    ("overdue_on_track", BLUE, {"due": date(2026, 11, 1)}, ""),
    (
        "overdue_on_track",
        GREEN,
        {"due": date(2026, 10, 9), "word": "On target"},
        "44 days overdue (due 9 October 2026) and still rated On target.",
    ),
    (
        "step_overdue_on_track",
        GREEN,
        {"late_steps": (("2", date(2026, 11, 12)),)},
        "10 days overdue: step 2 (due 12 November 2026), and still rated Green.",
    ),
    (
        "step_overdue_on_track",
        GREEN,
        {"late_steps": (("3", date(2026, 11, 12)), ("2", date(2026, 11, 1)))},
        "2 steps overdue, the first due 1 November 2026, and still rated Green.",
    ),
    ("step_overdue_on_track", RED, {"late_steps": (("2", date(2026, 11, 12)),)}, ""),
    (
        "complete_without_evidence",
        BLUE,
        {"has_evidence": False},
        "No evidence shows it: rated Blue on 12 November 2026.",
    ),
    ("complete_without_evidence", GREEN, {"has_evidence": False}, ""),
    (
        "complete_without_sign_off",
        BLUE,
        {"needs_sign_off": True},
        "Rated Blue on 12 November 2026 and not signed off or put forward for it.",
    ),
    (
        "complete_without_sign_off",
        BLUE,
        {"needs_sign_off": True, "sign_off_waits": True},
        "Rated Blue on 12 November 2026 and not signed off: it waits for an answer.",
    ),
    ("complete_without_sign_off", BLUE, {"needs_sign_off": True, "signed_off": True}, ""),
    ("complete_without_sign_off", BLUE, {"needs_sign_off": False}, ""),
    ("complete_without_sign_off", GREEN, {"needs_sign_off": True}, ""),
    (
        "complete_without_so_what",
        BLUE,
        {"has_so_what": False},
        "Rated Blue on 12 November 2026, and no “So what?” of its area says what difference it made.",
    ),
    ("complete_without_so_what", AMBER, {"has_so_what": False}, ""),
    (
        "no_way_back",
        AMBER,
        {"way_back": " \n"},
        "Rated Amber on 12 November 2026, and nothing says what would make it green.",
    ),
    (
        "no_way_back",
        RED,
        {"way_back": "", "good_word": "on target"},
        "Rated Red on 12 November 2026, and nothing says what would make it on target.",
    ),
    ("no_way_back", RED, {"way_back": "More staff"}, ""),
    ("no_way_back", GREEN, {"way_back": ""}, ""),
    (
        "slipping_for_three",
        AMBER,
        {"slipping": True, "slipping_at": THREE},
        "Amber at 3 meetings running: 14 September 2026, 12 October 2026 and 9 November 2026.",
    ),
    (
        "slipping_for_three",
        AMBER,
        {"slipping": True, "slipping_at": ()},
        "Amber for 2 months and more: what will end it?",
    ),
    ("slipping_for_three", AMBER, {"slipping": False, "slipping_at": THREE}, ""),
    ("slipping_for_three", RED, {"slipping": True, "slipping_at": THREE}, ""),
    (
        "no_update",
        GREEN,
        {"updated_on": MET},
        "No update since 9 November 2026; the board met on 9 November 2026.",
    ),
    ("no_update", GREEN, {"updated_on": date(2026, 11, 10)}, ""),
    ("no_update", GREEN, {"updated_on": date(2026, 11, 8), "met": False}, "No update since 8 November 2026."),
    ("no_update", UNRATED, {"updated_on": None}, "Never updated; the board met on 9 November 2026."),
    ("no_update", UNRATED, {"updated_on": None, "added_on": MET}, ""),
    (
        "no_update",
        UNRATED,
        {"updated_on": None, "added_on": date(2026, 11, 8)},
        "Never updated; the board met on 9 November 2026.",
    ),
    ("no_update", BLUE, {"updated_on": date(2026, 1, 8)}, ""),
    (
        "moved_twice",
        GREEN,
        {"moves": 2, "moved_days": 45},
        "Moved twice, 45 days later: will this date hold?",
    ),
    ("moved_twice", GREEN, {"moves": 3, "moved_days": 0}, "Moved 3 times: will this date hold?"),
    ("moved_twice", GREEN, {"moves": 1, "moved_days": 45}, ""),
    ("moved_twice", BLUE, {"moves": 3, "moved_days": 45}, ""),
    (
        "better_in_concern",
        GREEN,
        {"before": "slippage", "before_word": "Amber", "concern": ("Visits",)},
        "Amber before, Green now, while “Visits” is in concern.",
    ),
    (
        "better_in_concern",
        BLUE,
        {"before": "on_track", "before_word": "Green", "concern": ("Visits", "Referrals")},
        "Green before, Blue now, while “Visits” and “Referrals” are in concern.",
    ),
    (
        "better_in_concern",
        GREEN,
        {"before": "slippage", "before_word": "Amber", "concern": ("A", "B", "C", "D")},
        "Amber before, Green now, while “A”, “B” and “C” and 1 more are in concern.",
    ),
    ("better_in_concern", GREEN, {"before": "slippage", "concern": ()}, ""),
    ("better_in_concern", GREEN, {"before": "", "concern": ("Visits",)}, ""),
    ("better_in_concern", GREEN, {"before": "on_track", "concern": ("Visits",)}, ""),
    ("better_in_concern", RED, {"before": "slippage", "concern": ("Visits",)}, ""),
    (
        "worse_without_reason",
        RED,
        {"earlier": "on_track", "earlier_word": "Green", "happened": ""},
        "Green before, Red now, and no update says why.",
    ),
    (
        "worse_without_reason",
        GREEN,
        {"earlier": "complete", "earlier_word": "Blue", "happened": "No change."},
        "Blue before, Green now, and no update says why.",
    ),
    ("worse_without_reason", RED, {"earlier": "on_track"}, ""),
    ("worse_without_reason", RED, {"earlier": "off_track", "happened": ""}, ""),
    ("worse_without_reason", RED, {"earlier": "", "happened": ""}, ""),
    ("worse_without_reason", RED, {"earlier": "carried-over", "happened": ""}, ""),
    ("worse_without_reason", GREEN, {"earlier": "off_track", "happened": ""}, ""),
    (
        "words_against_rating",
        GREEN,
        {"happened": "The audit is delayed."},
        "The last update says “delayed”: is Green still right?",
    ),
    (
        "words_against_rating",
        BLUE,
        {"happened": "Two reports are outstanding and one is not yet sent."},
        "The last update says “outstanding” and “not yet”: is Blue still right?",
    ),
    ("words_against_rating", GREEN, {"happened": "No delays."}, ""),
    ("words_against_rating", AMBER, {"happened": "The audit is delayed."}, ""),
    ("no_lead", GREEN, {"lead": "", "lead_pk": None}, "Nobody is accountable for it."),
    ("no_lead", BLUE, {"lead": "", "lead_pk": None}, ""),
    ("lead_left", RED, {"lead_left": True}, "Nobody on the board now holds its accountable lead, PSW."),
    ("lead_left", BLUE, {"lead_left": True}, ""),
]


@pytest.mark.parametrize(("name", "standing", "changes", "said"), CASES)
def test_what_is_asked(name, standing, changes, said):
    assert words(name, replace(standing, **changes)) == said


@pytest.mark.parametrize(("name", "standing", "changes", "said"), [case for case in CASES if case[3]])
def test_nothing_else_is_asked(name, standing, changes, said):
    found = check_action(replace(standing, **changes))
    assert [(each.check.name, each.words, each.pk) for each in found] == [(name, said, 7)]


@pytest.mark.parametrize(
    ("ratings", "elsewhere", "name"),
    [
        ((), False, "recommendation_without_action"),
        ((), True, None),
        (((1, "off_track"),), False, "recommendation_not_met"),
        (((1, "slippage"), (2, "")), True, "recommendation_not_met"),
        (((1, "off_track"), (2, "on_track")), False, None),
        (((1, "complete"),), False, None),
    ],
)
def test_recommendations(ratings, elsewhere, name):
    seen = RecommendationSeen(4, DAY, ratings, elsewhere)
    found = [check.name for check in CATALOGUE if check.on == "recommendation" and check.find(seen)]
    assert found == ([name] if name else [])


def test_what_is_said_of_a_recommendation():
    one, two = ((1, "off_track"),), ((1, "off_track"), (2, "slippage"))
    said = [
        words("recommendation_not_met", RecommendationSeen(4, DAY, ratings, good_word="green"))
        for ratings in (one, two)
    ]
    assert said == [
        "1 action answers this recommendation, and it is not green or complete.",
        "2 actions answer this recommendation, and none is green or complete.",
    ]


def test_the_catalogue_goes_by_severity_and_then_weight():
    orders = [(check.severity, -check.weight) for check in CATALOGUE]
    assert orders == sorted(orders)
    assert len(BY_NAME) == len(CATALOGUE) == 16


def test_every_check_has_a_case_that_finds():
    found = {name for name, _, _, said in CASES if said}
    assert found == {check.name for check in CATALOGUE if check.on == "action"}
