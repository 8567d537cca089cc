"""A copy brought into an installation where the board never was, and what is refused there."""

import gzip
import hashlib
import io
import json

import pytest
from django.core.management import CommandError, call_command

from improvement.backups.values import line_of
from improvement.whole_boards.importing import import_board
from plans.models import Board, Membership, User
from plans.services.invitations import needs_invitation
from tests.factories import make_board
from tests.improvement.backups.conftest import contents

pytestmark = pytest.mark.django_db


def refused(match, path, **options):
    """The copy is refused in these words and leaves the database as it was."""
    before = contents()
    with pytest.raises(CommandError, match=match):
        call_command("import_board", path, **options)
    assert contents() == before


@pytest.mark.parametrize("name", ["plain", "sealed"])
def test_it_is_read_back_as_it_was(copies, name):
    said = io.StringIO()
    key = {"key_file": copies.key} if name == "sealed" else {}
    call_command("import_board", getattr(copies, name), stdout=said, **key)
    assert "Teesmere Borough Council: Teesmere improvement board is here as teesmere. Read back" in (
        said.getvalue()
    )
    assert Board.objects.get().plans.count() == 2


def test_people_are_found_by_address_or_made_without_a_way_in(copies):
    known = User.objects.create_user("Editor@example.org", "Somebody Else")
    people = import_board(copies.plain).people
    assert Membership.objects.get(user=known).role == "editor"
    known.refresh_from_db()
    assert (known.name, known.email) == ("Somebody Else", "Editor@example.org")
    assert known not in people.new
    chair = User.objects.get(email="chair@example.org")
    assert (chair.is_active, needs_invitation(chair), chair.is_staff) == (True, True, False)
    former = User.objects.get(name="Ines Former")
    assert (former.is_active, needs_invitation(former)) == (False, True)


def test_nothing_of_how_people_sign_in_is_in_the_file(copies):
    text = gzip.decompress(copies.plain.read_bytes()).decode()
    people = json.loads(text.splitlines()[0])["people"]
    assert people[0] == ["administrator@example.org", "Improvement Programme Manager", True]
    assert all(len(person) == 3 for person in people)
    assert not [line for line in text.splitlines() if line.startswith('{"model":"plans.User')]


def test_a_name_that_is_taken(copies):
    make_board("teesmere")
    refused("There is a board “teesmere” here already.*Choose another name with --slug", copies.plain)


def test_a_name_that_can_be_none(copies):
    refused("“Tees mere” can be no board's name", copies.plain, slug="Tees mere")


def test_another_key(copies, tmp_path):
    (tmp_path / "other").write_text("b3RoZXIgYnl0ZXMgdGhhbiB0aGUga2V5J3Mgd2VyZSE=")
    refused("This key does not open the file", copies.sealed, key_file=tmp_path / "other")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.999])
def test_a_file_cut_short(copies, tmp_path, share):
    content = copies.plain.read_bytes()
    (tmp_path / "cut").write_bytes(content[: int(len(content) * share)])
    refused("The file is damaged", tmp_path / "cut")


def rewritten(copies, tmp_path, change):
    """The plain copy unpacked, its lines changed, and packed anew."""
    lines = gzip.decompress(copies.plain.read_bytes()).splitlines(keepends=True)
    with gzip.open(tmp_path / "rewritten", "wb") as file:
        file.writelines(change(lines))
    return tmp_path / "rewritten"


def test_a_word_changed(copies, tmp_path):
    path = rewritten(
        copies, tmp_path, lambda lines: [each.replace(b"Teesmere", b"Teasmere") for each in lines]
    )
    refused("The file is damaged", path)


def test_another_state_of_the_software(copies, tmp_path):
    def change(lines):
        head = json.loads(lines[0])
        head["migrations"].append(["plans", "9999_of_tomorrow"])
        return whole([line_of(head), *lines[1:-1]], lines[-1])

    refused("plans 9999_of_tomorrow is applied only there", rewritten(copies, tmp_path, change))


def test_rows_that_lead_nowhere(copies, tmp_path):
    def change(lines):
        """Without the plans' own rows."""
        first = next(n for n, line in enumerate(lines) if b'{"model":"plans.Plan"' in line)
        return whole(lines[: first + 1] + lines[first + 3 : -1], lines[-1])

    refused("The copy refers to rows that it does not hold", rewritten(copies, tmp_path, change))


def value_of(name, value):
    """Puts this into the column of the first row of a model: "plans.Evidence.link"."""
    label, _, column = name.rpartition(".")

    def change(lines):
        first = next(n for n, line in enumerate(lines) if line.startswith(f'{{"model":"{label}"'.encode()))
        row = json.loads(lines[first + 1])
        row[json.loads(lines[first])["fields"].index(column)] = value
        return whole([*lines[: first + 1], line_of(row), *lines[first + 2 : -1]], lines[-1])

    return change


def short(label):
    """The first row of a model without its last value."""

    def change(lines):
        first = next(n for n, line in enumerate(lines) if line.startswith(f'{{"model":"{label}"'.encode()))
        row = line_of(json.loads(lines[first + 1])[:-1])
        return whole([*lines[: first + 1], row, *lines[first + 2 : -1]], lines[-1])

    return change


def counted(count):
    """Another number of plans in the first line."""

    def change(lines):
        head = json.loads(lines[0])
        return whole([line_of(head | {"ids": head["ids"] | {"plans.Plan": count}}), *lines[1:-1]], lines[-1])

    return change


def nested(lines):
    return whole([lines[0], b"[" * 100_000 + b"]" * 100_000 + b"\n", *lines[1:-1]], lines[-1])


def head_of(**fields):
    def change(lines):
        return whole([line_of(json.loads(lines[0]) | fields), *lines[1:-1]], lines[-1])

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            value_of("plans.Evidence.link", "javascript:alert(1)"),
            "a link that leads to no page: “javascript:",
        ),
        (value_of("plans.Board.slug", "of-another"), "no copy of a board"),
        (value_of("plans.Import.undo", ["x"]), "no copy of a board"),
        (value_of("plans.Membership.role", "owner"), "does not fit this database"),
        (value_of("plans.Membership.user_id", 999), "leads outside its board"),
        (value_of("plans.Plan.board_id", 999), "leads outside its board"),
        (value_of("plans.Plan.id", 999), "leads outside its board"),
        (value_of("plans.Meeting.on", "30 February"), "does not fit this database"),
        (value_of("plans.ProgressUpdate.id", 10**30), "leads outside its board"),
        (value_of("plans.Board.keep_years", 10**30), "does not fit this database"),
        (value_of("plans.Evidence.link", "//example.org/page"), "a link that leads to no page"),
        (value_of("plans.Evidence.link", "https://["), "no copy of a board"),
        (short("plans.Plan"), "no copy of a board"),
        (nested, "The file is damaged"),
        (counted("many"), "no copy of a board"),
        (counted(10**9), "no copy of a board"),
        (head_of(board=["x"]), "no copy of a board"),
        (head_of(ids={}), "no copy of a board"),
        (head_of(people=[["a@example.org"]]), "no copy of a board"),
        (head_of(people=[["a@example.org", "A", True]]), "leads outside its board"),
    ],
)
def test_a_file_that_was_made_up(copies, tmp_path, change, said):
    refused(said, rewritten(copies, tmp_path, change))


def whole(lines, last):
    """The lines with a last one that fits them."""
    told = json.loads(last) | {"sha256": hashlib.sha256(b"".join(lines)).hexdigest()}
    return [*lines, line_of(told)]


def test_a_backup_is_no_copy_of_a_board(tmp_path):
    call_command("backup", tmp_path / "backup", stdout=io.StringIO())
    refused("The file is no copy of a board", tmp_path / "backup")


def test_no_such_board(tmp_path):
    with pytest.raises(CommandError, match="There is no board “nowhere”"):
        call_command("export_board", "nowhere", tmp_path / "file")
