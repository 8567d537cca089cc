"""manage.py import_plan: the same code as the pages, and one line on standard error for what is refused."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, ManagementUtility, call_command

from plans.models import Action, Import, Plan, ProgressUpdate
from tests.factories import make_board, make_user
from tests.importing import AUDITS, HEADERS, PLANS, ROWS, VISITS, changed, plan_book
from tests.plans.spreadsheets.test_guard import BROKEN, NOT_WORKBOOKS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]

ACTION_KEYS = {
    "sheet",
    "row",
    "reference",
    "area",
    "outcome",
    "objective",
    "title",
    "activity",
    "steps",
    "leads",
    "target_text",
    "due",
    "due_assumed",
    "rating",
    "success_criteria",
    "what_it_means",
    "progress",
    "recommendations",
    "links",
    "status",
}


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)


@pytest.fixture
def board():
    return make_board("harbour")


@pytest.fixture
def file(tmp_path):
    def write(content, name="plan.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return write


def run(*arguments):
    said = StringIO()
    call_command("import_plan", *arguments, stdout=said)
    return said.getvalue()


def refused(*arguments):
    with pytest.raises(CommandError) as error:
        run(*arguments)
    sentence = str(error.value)
    assert "\n" not in sentence
    return sentence


def counts():
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_a_workbook_is_brought_in(board, file):
    person = make_user("Editor One")
    said = run(file(plan_book(*ROWS)), "--board", "harbour", "--plan", "Harbour plan", "--as", person.email)
    assert said == (
        "Harbour plan: 3 new, 0 changed, 0 unchanged, 0 in trouble, 0 not in the file.\n"
        "0 cells were not understood or are left out. They are listed with the import.\n"
    )
    imported = Import.objects.get()
    assert (imported.plan.title, imported.by, imported.filename) == ("Harbour plan", person, "plan.xlsx")
    assert ProgressUpdate.objects.filter(by=person).count() == 3


def test_a_second_time_it_goes_into_the_same_plan(board, file):
    path = file(plan_book(*ROWS))
    run(path, "--board", "harbour", "--plan", "Harbour plan")
    assert run(path, "--board", "harbour", "--plan", "harbour  PLAN").startswith(
        "Harbour plan: 0 new, 0 changed, 3 unchanged"
    )
    assert (Plan.objects.count(), Action.objects.count()) == (1, 3)


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_dry_run_writes_nothing_at_all(board, file, more):
    before = counts()
    run(file(plan_book(*ROWS)), "--board", "harbour", "--dry-run", *more)
    assert counts() == before


def test_json_is_one_object_with_everything_that_was_understood(board, file):
    above = (("Recovery plan, January to December 2026",), ("Ask the office",))
    found = json.loads(run(file(plan_book(*ROWS, above=above)), "--board", "harbour", "--dry-run", "--json"))
    assert found["plan"] == "Recovery plan, January to December 2026"
    assert [(sheet["sheet"], sheet["kind"]) for sheet in found["sheets"]] == [("Plan", "plan")]
    assert [set(action) >= ACTION_KEYS for action in found["actions"]] == [True] * 3
    first, second, _ = found["actions"]
    assert (first["row"], first["reference"], first["due"], first["rating"], first["status"]) == (
        4,
        "1",
        "2026-06-30",
        "green",
        "new",
    )
    assert first["steps"][1] == {"number": "2", "text": "Check it weekly", "target_text": None, "due": None}
    assert second["leads"] == ["Head of Assessment", "Principal Social Worker"]
    assert {"sheet", "row", "column", "text", "reason"} <= set(found["not_understood"][0])
    assert found["problems"] == []


def test_json_tells_what_has_changed(board, file):
    run(file(plan_book(*ROWS)), "--board", "harbour")
    later = file(plan_book(changed(VISITS, RAG="Red"), PLANS, AUDITS), "later.xlsx")
    found = json.loads(run(later, "--board", "harbour", "--json"))
    assert [action["status"] for action in found["actions"]] == ["changed", "unchanged", "unchanged"]


def test_json_tells_the_four_colours_and_keeps_the_words_of_others(board, file):
    key = ("Key: Purple = carried over; Grey = not due; Green = on track",)
    rows = (changed(VISITS, RAG="Purple"), changed(PLANS, RAG="Grey"), changed(AUDITS, RAG="Green"))
    found = json.loads(run(file(plan_book(*rows, above=(key,))), "--board", "harbour", "--dry-run", "--json"))
    assert [(action["rating"], action["rating_text"]) for action in found["actions"]] == [
        (None, "Purple"),
        (None, "Grey"),
        ("green", "Green"),
    ]


def test_columns_can_be_named(board, file):
    headers = tuple("Folder" if header == "Progress" else header for header in HEADERS)
    path = file(plan_book(*ROWS, headers=headers))
    run(path, "--board", "harbour", "--map", "Folder=what_it_means", "--map", "column B=ignore")
    action = Action.objects.get(reference="1")
    assert (action.what_it_means, action.area.title) == ("The rota started in May", "The whole plan")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--board", "nowhere"], "There is no board “nowhere”."),
        (["--board", "harbour", "--map", "Folder"], "“Folder” is not Header=field."),
        (
            ["--board", "harbour", "--map", "Folder=nothing"],
            "there is no field “nothing”. Fields: reference, area,",
        ),
        (["--board", "harbour", "--map", "=note"], "“=note” is not Header=field."),
        (["--board", "harbour", "--as", "nobody@example.org"], "Nobody has the email address"),
        (["--board", "harbour", "--on", "yesterday"], "“yesterday” is no day. Write it as 2026-03-27."),
        (["--board", "harbour", "--on", "2026-06-16"], "can't lie in the future."),
    ],
)
def test_what_is_asked_wrongly_says_what_to_do(board, file, arguments, words):
    before = counts()
    assert words in refused(file(plan_book(*ROWS)), *arguments)
    assert counts() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [*NOT_WORKBOOKS.values(), *BROKEN.values()],
    ids=[*NOT_WORKBOOKS.keys(), *BROKEN.keys()],
)
@pytest.mark.parametrize("more", [[], ["--dry-run", "--json"]], ids=["apply", "dry run"])
def test_a_bad_file_is_refused_in_one_line_and_changes_nothing(board, file, content, words, more):
    before = counts()
    assert words in refused(file(content), "--board", "harbour", *more)
    assert counts() == before


def test_too_many_rows_are_refused(board, file, settings):
    settings.IMPORT_MAX_ROWS = 2
    assert "rows" in refused(file(plan_book(*ROWS)), "--board", "harbour")


def test_a_file_too_large_is_refused(board, file, settings):
    settings.IMPORT_MAX_BYTES = 1000
    assert "the limit is" in refused(file(plan_book(*ROWS)), "--board", "harbour")


@pytest.mark.parametrize("name", ["missing.xlsx", "."])
def test_a_file_that_is_not_there(board, tmp_path, name):
    assert "There is no file" in refused(str(tmp_path / name), "--board", "harbour")


def test_a_workbook_without_a_plan_is_refused(board, file):
    path = file(plan_book(("We met", "Noted"), headers=("Item", "Words")))
    assert "There is no action to bring in." in refused(path, "--board", "harbour")
    assert json.loads(run(path, "--board", "harbour", "--dry-run", "--json"))["actions"] == []


def test_double_references_change_nothing_unless_they_are_left_out(board, file):
    path = file(plan_book(VISITS, changed(AUDITS, Ref="1", Action="Meet the schools")))
    before = counts()
    assert "row 4: Two rows have the reference 1: row 3 and this one." in refused(path, "--board", "harbour")
    assert counts() == before
    assert len(json.loads(run(path, "--board", "harbour", "--dry-run", "--json"))["problems"]) == 1
    run(path, "--board", "harbour", "--leave-out")
    assert [action.title for action in Action.objects.all()] == [VISITS[2]]


def test_every_cell_of_a_row_left_out_is_a_line(board, file):
    path = file(plan_book(VISITS, changed(AUDITS, Action="", Progress="No audits\nin May")))
    said = run(path, "--board", "harbour", "--dry-run")
    why = "This row is left out. This row has no words for the action."
    assert f"Plan, A4: “3” {why}\n" in said
    assert f"Plan, H4: “No audits in May” {why}\n" in said
    assert "6 cells were not understood or are left out. Nothing was written." in said
    listed = json.loads(run(path, "--board", "harbour", "--dry-run", "--json"))["not_understood"]
    assert [each["column"] for each in listed if each["row"] == 4] == list("ABEFGH")


def test_every_row_in_trouble_is_a_line(board, file):
    again = [changed(AUDITS, Ref="1", Action=title) for title in ("Meet the schools", "Meet the nurses")]
    with pytest.raises(CommandError) as error:
        run(file(plan_book(VISITS, *again)), "--board", "harbour")
    assert [line.partition(": ")[0] for line in str(error.value).split("\n")] == [
        "“Plan”, row 4",
        "“Plan”, row 5",
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("content", [b"Ref,Action", b"PK\x03\x04 broken"], ids=["text", "truncated"])
def test_the_command_leaves_with_status_1_one_line_and_no_traceback(board, file, content, capsys):
    with pytest.raises(SystemExit) as left:
        ManagementUtility(["manage.py", "import_plan", file(content), "--board", "harbour"]).execute()
    said = capsys.readouterr()
    assert (left.value.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "Traceback" not in said.err
