"""What a bundle says: of a plan, an area and a recommendation, as known on the day."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.bundles.content import gather, path_of
from improvement.bundles.scope import Scope
from plans.models import Evidence
from plans.services.evidence import show_evidence
from plans.services.recommendations import name_answer
from tests.factories import make_action, make_challenge, make_evidence, make_step, make_update
from tests.improvement.bundles.conftest import FILE, TODAY


def told(scene, about=None, day=TODAY, **options):
    scope = Scope(scene.board, about or scene.plan, day, TODAY)
    content = gather(scope, **{"with_files": False} | options)
    assert json.loads(json.dumps(content)) == content
    return {part["name"]: part for part in content["parts"]} | {"all": content}


def rows(part, *headers):
    places = [part["headers"].index(header) for header in headers]
    return [tuple(row[place] for place in places) for row in part["rows"]]


def test_a_whole_plan(scene):
    found = told(scene)
    assert found["all"]["about"]["title"] == "Plan: Recovery plan"
    assert found["all"]["about"]["sentence"] == "6 actions as they stood on 26 March 2026."
    assert [name for name, *_ in found["Actions"]["rows"]] == [
        "7 Supervision every month",
        "9 Audit ten files",
        "2 Fill two posts",
        "20 Publish the guide",
        "4 Agree thresholds with partners",
        "12 Short breaks assessed",
    ]
    ratings = [row for row in rows(found["Ratings"], "Action", "On", "Rating") if row[0].startswith("4 ")]
    assert [(on, word) for _, on, word in ratings] == [
        ("2026-03-24", "Red"),
        ("2026-03-20", "Red"),
        ("2026-02-10", "Amber"),
    ]
    assert rows(found["Moves"], "Action", "From", "To", "Days later", "Reason", "Agreed") == [
        ("2 Fill two posts", "30 April 2026", "31 May 2026", 31, "Nobody applied.", "Chair")
    ]
    assert rows(found["Recommendations"], "Recommendation", "Inspection", "State") == [
        ("3 Decide at the front door in a day", "Full inspection", "None on track")
    ]
    assert rows(found["Findings"], "Finding", "Audit", "Actions that answer it") == [
        ("Decisions are late", "Contacts audited", "4 Agree thresholds with partners")
    ]
    assert rows(found["Decisions"], "Meeting", "Decision") == [("2026-02-24", "Report on thresholds.")]
    assert len(found["Challenges"]["rows"]) == 2
    assert rows(found["Sign-offs"], "Asked for", "Outcome") == [("Sign-off", "Waiting")]
    assert "Contacts decided in a day" in [name for name, *_ in found["Measures"]["rows"]]
    assert [row[0] for row in rows(found["Narratives"], "So what?")] or found["Narratives"]["rows"]


def test_the_index_of_evidence_gives_digests_and_only_wanted_files(scene):
    found = told(scene)
    assert found["all"]["files"] == []
    index = rows(found["Evidence"], "Title", "Link or file name", "SHA-256 of the file", "In the bundle")
    sha = scene.file.file.sha256
    assert [row for row in sorted(index) if not row[0].startswith("Evidence")] == [
        ("=Minutes", "https://www.example.org/report", "", ""),
        ("Audit of contacts", "the audit.txt", sha, "Not in this bundle"),
    ]
    found = told(scene, with_files=True)
    [[name, pk, digest]] = found["all"]["files"]
    assert (pk, digest, bytes(scene.file.file.content)) == (scene.file.pk, sha, FILE)
    assert name.startswith("evidence/")


def test_an_area_tells_of_what_is_inside_it(scene):
    found = told(scene, scene.worse.area)
    assert [name[:2] for name, *_ in found["Actions"]["rows"]] == ["4 ", "12"]
    assert found["Narratives"]["rows"] == []
    assert found["Moves"]["rows"] == []
    assert rows(found["Findings"], "Finding") == [("Decisions are late",)]
    assert [each[1] for each in found["Challenges"]["rows"]] == ["Action 4 Agree thresholds with partners"]


def test_a_recommendation_tells_of_the_actions_that_answer_it(scene):
    found = told(scene, scene.told)
    assert found["all"]["about"]["title"] == "Recommendation: 3 Decide at the front door in a day"
    assert [name for name, *_ in found["Actions"]["rows"]] == ["4 Agree thresholds with partners"]
    assert len(found["Decisions"]["rows"]) == 1
    assert len(found["Evidence"]["rows"]) == 2


def test_a_past_day_knows_nothing_later(scene):
    found = told(scene, day=date(2026, 3, 1))
    assert {on for _, on in rows(found["Ratings"], "Action", "On")} == {"2026-02-10"}
    assert [found[name]["rows"] for name in ("Moves", "Sign-offs", "Audits", "Narratives", "Evidence")] == [
        []
    ] * 5
    answers = rows(found["Challenges"], "Question", "Answers")
    assert [words for _, words in answers] == ["", ""]


def test_small_numbers_are_hidden(scene):
    scene.board.small_numbers_below = 5
    counted = rows(told(scene)["Audits"], "Counted", "Cases")
    assert ("4", "fewer than 5") not in counted
    assert "fewer than 5" in [cases for _, cases in counted]
    assert "4" not in [cases for _, cases in counted]


@pytest.mark.parametrize("about", ["plan", "area", "told"])
def test_as_many_queries_however_much_there_is(scene, about):
    def asked():
        subject = getattr(scene, about)
        scope = Scope(scene.board, type(subject).objects.get(pk=subject.pk), TODAY, TODAY)
        with CaptureQueriesContext(connection) as queries:
            gather(scope, with_files=True)
        return len(queries)

    before = asked()
    for number in range(3):
        action = make_action(scene.area, f"Another {number}", reference=f"A{number}")
        make_step(action)
        name_answer(scene.told, action, by=scene.editor)
        update = make_update(action, "off_track", on=TODAY - timedelta(number), by=scene.editor)
        piece = make_evidence(scene.board, upload=(f"{number}.txt", b"Notes"))
        show_evidence(update, [piece], by=scene.editor)
        make_challenge(action, by=scene.editor, due=TODAY)
    assert asked() == before


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("minutes.pdf", "evidence/007-minutes.pdf"),
        ("the audit (2).docx", "evidence/007-the-audit--2-.docx"),
        ("../../etc/passwd", "evidence/007-..-..-etc-passwd"),
        ("a" * 200 + ".csv", f"evidence/007-{'a' * 80}.csv"),
        ("README", "evidence/007-README"),
    ],
)
def test_a_file_has_a_name_that_stays_in_its_folder(name, path):
    assert path_of(7, Evidence(filename=name)) == path
    assert path.count("/") == 1
