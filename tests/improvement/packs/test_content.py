"""What a pack says, from real rows."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from improvement.packs.content import canonical, digest_of, gather
from improvement.packs.html import web_page
from improvement.packs.plan_sheets import notes_sheet
from plans.services.actions import edit_action, withdraw_action
from plans.services.meetings import cancel_meeting
from plans.services.plans import set_key
from plans.services.progress import record_update
from tests.factories import make_action, make_board, make_meeting, make_plan, make_update
from tests.improvement.packs.scene import LAST, LEAD


@pytest.fixture
def content(pack):
    return json.loads(pack.content)


def test_it_says_the_day_it_shows_and_the_day_of_the_meeting(content):
    about = content["about"]
    assert (about["meeting"], about["as_at"], about["last_meeting"]) == (
        "2026-03-30",
        "2026-03-26",
        "2026-02-24",
    )
    assert (about["closed_on"], about["closed_time"], about["closed_by"], about["number"]) == (
        "2026-03-26",
        "16:00",
        "An editor",
        1,
    )


def test_what_left_the_plan_meanwhile_counts_in_the_change(scene):
    withdraw_action(scene.better, by=scene.editor, reason="Merged in practice.", on=date(2026, 3, 10))
    papers = gather(scene.meeting, scene.plan, number=1, at=timezone.now(), by=None)
    counts = papers["summary"]["counts"]
    assert [(each["rating"], each["number"], each["change"]) for each in counts[:3]] == [
        ("off_track", 1, "1 more"),
        ("slippage", 0, "2 fewer"),
        ("on_track", 3, "no change"),
    ]
    assert papers["summary"]["since"]["lines"][-1] == "1 action left the plan"


def test_the_summary_answers_in_one_sentence_and_counts(content):
    summary = content["summary"]
    assert summary["headline"] == (
        "1 of 6 actions is off track, 1 more than on 24 February 2026; 1 date moved."
    )
    assert [(each["rating"], each["number"], each["change"]) for each in summary["counts"]] == [
        ("off_track", 1, "1 more"),
        ("slippage", 0, "2 fewer"),
        ("on_track", 4, "1 more"),
        ("complete", 1, "1 more"),
        ("", 0, "1 fewer"),
    ]
    assert summary["slipped"] == [
        "1 overdue, 1 of them rated green",
        "1 date moved, 31 days later in all",
        "1 had no update",
        "1 without a date",
    ]
    assert summary["since"]["lines"] == [
        "1 worse: 4, amber to red",
        "1 better: 7, amber to green",
        "1 moved: 2 (31 days)",
    ]
    assert summary["better"]["heading"] == "2 of 2 measures are in concern, none is improving"
    assert [row["name"] for row in summary["better"]["rows"]] == [
        "Contacts decided in a day",
        "Children looked after, monthly change",
    ]


def silent_in(content):
    """How many actions had no update by the first page, and which are listed among the changes."""
    [counted] = [words for words in content["summary"]["slipped"] if words.endswith("had no update")]
    [group] = [each for each in content["changes"]["groups"] if each["title"] == "Not reported on"]
    return int(counted.split()[0]), [row["title"] for row in group["rows"]]


def test_the_first_page_counts_without_an_update_what_the_changes_list(scene):
    """An update of the day compared with belongs to the time before, and what was added since has none."""
    before, after = (make_action(scene.area, f"Updated on {day}") for day in ("the day", "the day after"))
    make_update(before, on=LAST)
    make_update(after, on=LAST + timedelta(1))
    make_action(scene.area, "Added since", added_on=LAST + timedelta(1))
    make_update(make_action(scene.area, "Complete"), "complete", on=LAST - timedelta(9))
    told = gather(scene.meeting, scene.plan, number=1, at=_now(), by=None)
    assert silent_in(told) == (3, ["9 Audit ten files", "Updated on the day", "Added since"])


def test_the_first_pack_of_a_board_counts_those_of_the_month_before_it(scene):
    scene.last.decisions.all().delete()
    cancel_meeting(scene.last, by=scene.editor, reason="Too few could come.")
    make_update(make_action(scene.area, "Updated in the month"), on=date(2026, 2, 24))
    make_update(make_action(scene.area, "Updated before"), on=date(2026, 2, 23))
    told = gather(scene.meeting, scene.plan, number=1, at=_now(), by=None)
    assert silent_in(told) == (2, ["9 Audit ten files", "Updated before"])
    assert told["about"]["updated_after"] == "2026-02-23"


def test_exceptions_come_by_rating_and_then_by_days_overdue(content):
    assert [
        (row["reference"], row["rating"], row["why"], row["way_back"]) for row in content["exceptions"]
    ] == [
        ("4", "off_track", "Was amber; no date", "Fill the two posts by June."),
        ("12", "on_track", "26 days overdue", ""),
        ("9", "on_track", "No update since 10 February 2026", ""),
        ("2", "on_track", "Moved once, 31 days later", ""),
    ]
    assert {row["lead"] for row in content["exceptions"]} == {LEAD}


def test_what_waits_what_is_asked_and_what_was_decided(content):
    assert [(row["kind"], row["action"], row["asked_by"]) for row in content["waiting"]] == [
        ("Sign-off", "20 Publish the guide", "A lead")
    ]
    assert [(row["about"], row["late"], bool(row["answer"])) for row in content["challenges"]] == [
        ("Action 4 Agree thresholds with partners", "", True),
        ("Measure Contacts decided in a day", "6 days overdue", False),
    ]
    assert [row["text"] for row in content["decisions"]] == ["Report on thresholds."]
    assert [row["so_what"] for row in content["narratives"]] == ["Children are seen *sooner*."]
    assert [group["title"] for group in content["changes"]["groups"]] == [
        "Ratings that got worse",
        "Ratings that got better",
        "First ratings",
        "Dates moved",
        "Not reported on",
    ]


def test_the_plan_is_told_in_full_in_its_own_order(content):
    told = [(part["title"], [action["reference"] for action in part["actions"]]) for part in content["plan"]]
    assert told == [("1 Front door", ["7", "9", "2", "20"]), ("1.1 Contacts", ["4", "12"])]
    moved = content["plan"][0]["actions"][2]
    assert (moved["target"], moved["first"]["due"], moved["moved"]) == (
        "31 May 2026",
        "2026-04-30",
        "Moved once, 31 days later.",
    )


def test_a_content_read_again_is_itself(pack):
    assert canonical(json.loads(pack.content)) == pack.content
    assert digest_of(pack.content) == pack.digest


def test_papers_closed_after_the_meeting_show_its_day(scene, clock):
    clock.move_to("2026-04-10T09:00:00+00:00")
    record_update(scene.worse, by=scene.editor, rating="on_track", happened="Signed.", on=date(2026, 4, 8))
    edit_action(scene.worse, by=scene.editor, title="Other words")
    told = gather(scene.meeting, scene.plan, number=1, at=_now(), by=None)
    assert (told["about"]["as_at"], told["exceptions"][0]["title"], told["exceptions"][0]["rating"]) == (
        "2026-03-30",
        "Agree thresholds with partners",
        "off_track",
    )
    worse = told["changes"]["groups"][0]
    assert (worse["title"], [row["title"] for row in worse["rows"]]) == (
        "Ratings that got worse",
        ["4 Agree thresholds with partners"],
    )
    assert told["note"] == ""


def test_papers_of_a_day_before_the_history_say_that_words_are_as_first_recorded(scene, clock):
    key = [row.entry for row in scene.plan.key.all()]
    clock.shift(timedelta(days=1))
    set_key(scene.plan, [replace(entry, explanation=f"{entry.word} here") for entry in key], by=None)
    told = gather(scene.last, scene.plan, number=1, at=_now(), by=None)
    note = "The history kept here begins on 26 March 2026: words are shown as they were first recorded."
    assert told["note"] == note
    assert {entry["explanation"] for entry in told["key"]} == {entry.explanation for entry in key}
    assert note in web_page(told, "0" * 64).decode()
    assert ["Words", note] in notes_sheet(told, {}).rows
    assert ["Words", note] not in notes_sheet(told | {"note": ""}, {}).rows


def test_papers_closed_after_the_meeting_name_who_was_accountable_then(scene, clock):
    clock.move_to("2026-04-10T09:00:00+00:00")
    edit_action(scene.worse, by=scene.editor, leads_text="Another head of service")
    told = gather(scene.meeting, scene.plan, number=1, at=_now(), by=None)
    assert told["exceptions"][0]["lead"] == LEAD
    [action] = [each for part in told["plan"] for each in part["actions"] if each["reference"] == "4"]
    assert action["leads"] == [{"name": LEAD, "accountable": True}]


def test_a_plan_without_actions_measures_or_meetings_before(clock, db):
    board = make_board()
    told = gather(make_meeting(board, date(2026, 3, 30)), make_plan(board), number=1, at=_now(), by=None)
    assert (told["summary"]["headline"], told["exceptions"], told["plan"]) == (
        "This plan has no actions yet.",
        [],
        [],
    )


def test_gathering_asks_as_often_for_many_actions_as_for_few(scene, django_assert_num_queries):
    asked = _queries(scene)
    for number in range(30, 42):
        action = make_action(scene.area, f"Action {number}", reference=str(number), target="1 March 2026")
        make_update(action, "slippage", on=date(2026, 3, 20), by=scene.editor)
    with django_assert_num_queries(asked):
        gather(scene.meeting, scene.plan, number=1, at=_now(), by=None)


def _queries(scene):
    with CaptureQueriesContext(connection) as asked:
        gather(scene.meeting, scene.plan, number=1, at=_now(), by=None)
    return len(asked)


def _now():
    return timezone.now()
