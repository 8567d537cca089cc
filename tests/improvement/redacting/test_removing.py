"""Words go from every row, workbook, file, pack and session, and only who, when and why is kept."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.utils import timezone

from improvement.packs.closing import close_papers
from improvement.packs.content import canonical
from improvement.packs.making import make_pack
from improvement.redacting.files import files_found, write_file
from improvement.redacting.removing import (
    GONE_ALREADY,
    NO_FILE,
    SAYS_THE_WORDS,
    STAFF_ONLY,
    remove_file,
    remove_words,
)
from improvement.redacting.words import Words
from plans.history import board_changes
from plans.models import (
    Action,
    Area,
    Bundle,
    Evidence,
    EvidenceFile,
    Lead,
    Pack,
    PackFile,
    Plan,
    ProgressUpdate,
    Redaction,
)
from plans.services.actions import edit_action
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_update,
    make_user,
)
from tests.packing import make_ready_bundle

pytestmark = pytest.mark.django_db
NAME = "Qxzzy Brambling"
WHY = "A name was typed by mistake."


@pytest.fixture
def staff():
    return make_user("A member of staff", is_staff=True)


def redact(staff, name=NAME, **fields):
    return remove_words(Words(name), by=staff, reason=WHY, start=False, **fields)


def the_mark():
    return Redaction.objects.first().marker


def test_rows_and_their_history_lose_the_words(staff):
    action = make_action(title=f"Meet {NAME}")
    edit_action(action, by=staff, activity=f"Visit {NAME.upper()}\nweekly")
    make_update(action, happened=f"{NAME}'s plan was agreed.")
    rows = action.history.count()
    told = redact(staff)
    action = Action.objects.get()
    mark = told.marker
    assert (action.title, action.activity) == (f"Meet {mark}", f"Visit {mark}\nweekly")
    assert ProgressUpdate.objects.get().happened == f"{mark}'s plan was agreed."
    assert [row.title for row in action.history.all()] == [f"Meet {mark}"] * rows
    assert told.places == {
        str(action.plan.board_id): {
            "actions: action": 1,
            "actions: activity": 1,
            "history of actions: action": rows,
            "history of actions: activity": 1,
            "progress updates: what has happened": 1,
        }
    }


def test_who_when_and_why_are_kept_and_the_words_are_not(staff):
    action = make_action(title=f"Meet {NAME}")
    told = redact(staff)
    assert (told.by, told.reason, told.kind) == (staff, WHY, "text")
    [change] = [each for each in board_changes(action.plan.board) if "removed" in each.field]
    assert (change.who, change.field, change.reason) == ("A member of staff", "Words removed everywhere", WHY)
    assert change.after == f"“{told.marker}” stands in their place"


def test_another_boards_history_says_nothing_of_it(staff):
    make_action(title=f"Meet {NAME}")
    redact(staff)
    assert not [each for each in board_changes(make_board()) if "removed" in each.field]


def test_nothing_found_leaves_nothing(staff):
    make_action(title="Meet weekly")
    assert redact(staff) is None
    assert not Redaction.objects.exists()


@pytest.mark.parametrize(
    ("reason", "is_staff", "said"),
    [
        (f"It named {NAME.lower()}.", True, SAYS_THE_WORDS),
        (" ", True, "Say why it is taken out."),
        (WHY, False, STAFF_ONLY),
    ],
)
def test_what_is_refused(reason, is_staff, said):
    action = make_action(title=f"Meet {NAME}")
    with pytest.raises(ValidationError) as refused:
        remove_words(Words(NAME), by=make_user(is_staff=is_staff), reason=reason)
    assert refused.value.messages == [said]
    action.refresh_from_db()
    assert action.title == f"Meet {NAME}"


def test_one_board_alone(staff):
    here, there = (make_action(title=f"Meet {NAME}") for _ in range(2))
    redact(staff, board=here.plan.board)
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.title, there.title) == (f"Meet {the_mark()}", f"Meet {NAME}")


def test_names_that_must_be_the_only_one_are_told_apart(staff):
    board = make_board()
    for title in (NAME, "Qxzzy  Brambling", f"For {NAME}"):
        make_plan(board, title)
    redact(staff)
    mark = the_mark()
    assert sorted(Plan.objects.values_list("title", flat=True)) == sorted(
        [mark, f"{mark} (2)", f"For {mark}"]
    )


def test_a_leads_key_follows_its_name(staff):
    board = make_board()
    make_lead(board, f"Mother of {NAME}")
    redact(staff)
    lead = Lead.objects.get()
    mark = the_mark()
    assert (lead.name, lead.key) == (f"Mother of {mark}", f"mother of {mark}".lower())
    assert [row.key for row in lead.history.all()] == [lead.key]
    assert make_lead(board, f"Mother of {mark}") == lead


def test_a_short_column_gets_a_shorter_mark(staff):
    area = make_area(title="Front door", reference=f"Of {NAME}, {'1' * 20}")
    redact(staff)
    assert Area.objects.get(pk=area.pk).reference == f"Of removed, {'1' * 20}"


def failing(execute, sql, params, many, context):
    """The disk is full when the first file is written."""
    if sql.startswith("UPDATE") and "evidencefile" in sql:
        raise OperationalError("database or disk is full")
    return execute(sql, params, many, context)


def test_all_or_nothing(staff):
    action = make_action(title=f"Meet {NAME}")
    make_evidence(action.plan.board, upload=("notes.txt", f"Seen: {NAME}".encode()))
    with connection.execute_wrapper(failing), pytest.raises(OperationalError):
        redact(staff)
    action.refresh_from_db()
    assert action.title == f"Meet {NAME}"
    assert not Redaction.objects.exists()


def test_a_file_is_taken_out_and_its_piece_stays(staff):
    board = make_board()
    evidence = make_evidence(board, "Audit of March", upload=("audit.txt", b"A child is named here."))
    old = evidence.file.sha256
    told = remove_file(evidence, by=staff, reason=WHY)
    evidence = Evidence.objects.get()
    assert (evidence.title, evidence.filename) == ("Audit of March", f"{told.marker}.txt")
    assert bytes(evidence.file.content).decode() == f"Removed{told.marker[7:]}.\n"
    assert evidence.size == len(evidence.file.content)
    assert [row.filename for row in evidence.history.all()] == [evidence.filename]
    [file] = told.files.all()
    assert (file.what, file.old_sha256, file.new_sha256) == (
        f"File of evidence {evidence.pk}",
        old,
        evidence.file.sha256,
    )
    [change] = [each for each in board_changes(board) if each.field == "File removed"]
    assert change.reason == WHY


@pytest.mark.parametrize(("upload", "said"), [({}, NO_FILE), ({"upload": ("a.txt", b"Text")}, GONE_ALREADY)])
def test_a_piece_without_a_file_or_whose_file_is_gone(staff, upload, said):
    evidence = make_evidence(make_board(), **upload)
    if upload:
        remove_file(evidence, by=staff, reason=WHY)
    with pytest.raises(ValidationError, match=said):
        remove_file(evidence, by=staff, reason=WHY)


OTHER = "Zyqxx Hollow"


@pytest.fixture
def found():
    """A file that holds two names, as one redaction has found it before it writes."""
    evidence = make_evidence(make_board(), upload=("audit.txt", f"{NAME} met {OTHER}.".encode()))
    words = Words(NAME)
    marks = words.marks(timezone.localdate())
    [file] = files_found(words, marks)
    return evidence, lambda: write_file(file, words, marks)


def content_of(evidence):
    return bytes(EvidenceFile.objects.get(evidence=evidence).content).decode()


def test_other_words_that_somebody_took_out_meanwhile_stay_out(staff, found):
    evidence, write = found
    mark = redact(staff, OTHER).marker
    _, new = write()
    assert content_of(evidence) == f"{mark} met {mark}."
    assert EvidenceFile.objects.get().sha256 == new


def test_a_file_that_somebody_took_out_meanwhile_stays_out(staff, found):
    evidence, write = found
    mark = remove_file(evidence, by=staff, reason=WHY, start=False).marker
    old, new = write()
    assert (old, content_of(evidence)) == (new, f"Removed{mark[7:]}.\n")


@pytest.mark.parametrize("take_out", ["the words", "the file"])
def test_a_bundle_from_elsewhere_is_known_by_its_files(staff, take_out):
    action = make_action()
    board = action.plan.board
    evidence = make_evidence(board, upload=("audit.txt", f"Met {NAME}.".encode()))
    bundle = make_ready_bundle(action.plan)
    content = canonical(json.loads(bundle.content) | {"files": [["audit.txt", 10**6, evidence.file.sha256]]})
    Bundle.objects.filter(pk=bundle.pk).update(content=content, with_files=True)
    if take_out == "the words":
        redact(staff)
    else:
        remove_file(evidence, by=staff, reason=WHY, start=False)
    bundle.refresh_from_db()
    assert (bytes(bundle.archive), bundle.emptied_at is None) == (b"", False)


def test_members_see_the_mark(staff, signed_in):
    action = make_action(title=f"Meet {NAME}")
    redact(staff)
    page = signed_in(make_member(action.plan.board)).get(
        f"/boards/{action.plan.board.slug}/actions/{action.pk}/"
    )
    assert (NAME in page.content.decode(), the_mark() in page.content.decode()) == (False, True)


def test_a_maker_that_read_a_pack_before_keeps_nothing_of_it(staff):
    action = make_action(title=f"Meet {NAME}")
    pack = close_papers(make_meeting(action.plan.board), action.plan, by=None, start=False)
    redact(staff)
    assert not make_pack(pack)
    assert not PackFile.objects.exists()
    assert Pack.objects.get().state == "making"
