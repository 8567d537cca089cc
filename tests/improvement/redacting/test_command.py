"""`manage.py redact`: words from standard input, what stands where, and plain sentences on what to do."""

import io

import pytest
from django.core.management import CommandError, call_command

from improvement.management.commands.redact import APART, NOT_CLEAN
from plans.models import Action, Evidence, Redaction
from tests.factories import make_action, make_board, make_evidence, make_user

NAME = "Qxzzy Brambling"
WHY = "A name was typed by mistake."


@pytest.fixture
def staff(db):
    return make_user("A member of staff", is_staff=True)


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs the command with these words on its standard input; gives what it says and its exit code."""

    def run(staff, *arguments, words=NAME, reason=WHY):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{words}\n"))
        code, said = 0, ""
        try:
            call_command("redact", "--by", staff.email, "--reason", reason, *arguments)
        except CommandError as error:
            code, said = error.returncode, str(error)
        out = capsys.readouterr().out
        return out + said, code

    return run


def test_a_dry_run_counts_by_board_and_place_and_changes_nothing(run, staff):
    action = make_action(title=f"Meet {NAME} weekly")
    said, code = run(staff, "--dry-run")
    assert said.splitlines() == [
        f"{action.plan.board}: 2 places",
        "  actions: action: 1",
        "  history of actions: action: 1",
        "Nothing was changed: this was a dry run.",
    ]
    assert (code, Action.objects.get().title) == (0, f"Meet {NAME} weekly")


def test_the_words_around_are_shown_only_when_asked(run, staff):
    make_action(title=f"Meet {NAME} weekly")
    assert NAME not in run(staff, "--dry-run")[0]
    assert f"Meet [{NAME}] weekly" in run(staff, "--dry-run", "--show")[0]


def test_rows_in_which_they_stand_apart_are_told(run, staff):
    action = make_action(title="Meet Qxzzy", outcome="Brambling is seen")
    said, code = run(staff, "--dry-run", "--show")
    assert said.splitlines() == [
        "The words stand nowhere that can be written again.",
        APART.format(rows="1 row"),
        f"  {action.plan.board}: actions",
        "    Meet [Qxzzy]",
        "    [Brambling] is seen",
    ]
    assert (code, "Qxzzy" in run(staff, "--dry-run")[0]) == (0, False)


def test_without_yes_a_pipe_changes_nothing(run, staff):
    make_action(title=f"Meet {NAME}")
    said, code = run(staff)
    assert said.endswith("Nothing was changed. Give --yes to go on without being asked.")
    assert (code, Redaction.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("words", "arguments", "reason", "last"),
    [
        (
            "ab",
            [],
            WHY,
            "Write at least three letters, or a number of five digits: less would take out too much.",
        ),
        (NAME, ["--board", "nowhere"], WHY, "There is no board “nowhere”."),
        (NAME, [], " ", "Say why with --reason."),
        (
            NAME,
            ["--yes"],
            f"Named {NAME}",
            "The reason holds the words themselves, and it is kept. Say it without them.",
        ),
        (
            f"{NAME}\nQxzzy Teasel",
            [],
            WHY,
            "Standard input holds several lines. Give one name or phrase, and run the command once for each.",
        ),
        (NAME, ["--evidence", "4321"], WHY, "There is no piece of evidence 4321."),
    ],
)
def test_what_is_refused_says_what_to_do(run, staff, words, arguments, reason, last):
    make_action(title=f"Meet {NAME}")
    said, code = run(staff, *arguments, words=words, reason=reason)
    assert (said.splitlines()[-1], code) == (last, 1)


def test_only_the_sites_staff(run, db):
    said, code = run(make_user())
    assert (said, code) == ("Give --by with the email address of one of the site's staff.", 1)


def test_words_that_stand_nowhere(run, staff):
    assert run(staff, "--yes") == ("The words stand nowhere that can be written again.\n", 0)


@pytest.mark.django_db(transaction=True)
def test_it_is_done_and_said(run, staff):
    action = make_action(title=f"Meet {NAME}")
    said, code = run(staff, "--yes")
    marker = Redaction.objects.get().marker
    assert (Action.objects.get().title, code) == (f"Meet {marker}", 0)
    assert said.splitlines()[-2:] == [
        f"{action.plan.board}: 2 changes",
        f"Done: “{marker}”. Backups made before still hold it: make a new one and delete the old ones.",
    ]


@pytest.mark.django_db(transaction=True)
def test_the_file_of_a_piece_of_evidence(run, staff):
    piece = make_evidence(make_board(), upload=("audit.txt", b"A child is named here."))
    said, code = run(staff, "--yes", "--evidence", str(piece.pk))
    assert (code, Evidence.objects.get().filename) == (0, f"{Redaction.objects.get().marker}.txt")
    assert f"File of evidence {piece.pk}: SHA-256 {piece.file.sha256}, now " in said


def test_inside_a_transaction_it_says_that_the_database_is_not_clean(run, staff):
    """As when others work: the words are gone from the rows, and the file is written anew later."""
    make_action(title=f"Meet {NAME}")
    said, code = run(staff, "--yes")
    assert (said.splitlines()[-1], code) == (NOT_CLEAN, 2)
    assert Redaction.objects.count() == 1
