"""A board whose keeping time has ended goes, with everything of it and nothing else."""

import io
import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse

from improvement.whole_boards.belonging import Belongings, every_model, models_of_boards
from improvement.whole_boards.exporting import board_lines
from improvement.whole_boards.importing import import_board
from improvement.whole_boards.removing import NotDue, remove_board
from plans.models import (
    Board,
    BoardRemoval,
    KeptForm,
    Nudge,
    Pack,
    RedactedFile,
    Redaction,
    Role,
    SpentToken,
    User,
)
from plans.services.boards import close_board, reopen_board
from tests.databases import bytes_on_disk
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_lead,
    make_member,
    make_plan,
    make_user,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def at(year, month, day):
    return time_machine.travel(datetime(year, month, day, 4, tzinfo=LONDON), tick=False)


def said(**options):
    out = io.StringIO()
    call_command("remove_boards", stdout=out, **options)
    return out.getvalue()


def close(board, years=6):
    """On 22 November 2026."""
    with at(2026, 11, 22):
        close_board(board, by=None, reason="The plan has ended", keep_years=years)


@pytest.fixture
def board():
    board = make_board("teesmere")
    close(board)
    return board


def models(board):
    return json.loads(list(board_lines(board))[-1])["models"]


def test_nothing_of_it_is_left_and_others_are_untouched(copies):
    board = import_board(copies.plain).board
    other = import_board(copies.plain, slug="other").board
    close(board)
    before, held = models(other), Belongings(board)
    by = make_user("Site staff", is_staff=True)
    KeptForm.objects.create(
        user=by, path="/boards/teesmere/actions/1/update/?plan=2", fields={"happened": "x"}
    )
    KeptForm.objects.create(user=by, path="/boards/other/actions/1/update/", fields={"happened": "x"})
    SpentToken.objects.create(token="one", url="/boards/teesmere/")
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Board),
        object_id=str(board.pk),
        object_repr=str(board),
        action_flag=ADDITION,
    )
    redaction = Redaction.objects.create(kind="text", marker="removed", reason="A name", by=by)
    RedactedFile.objects.create(
        redaction=redaction,
        what="Pack 1, PDF",
        pack=Pack.objects.filter(board=board).first(),
        old_sha256="0" * 64,
    )
    with at(2032, 11, 23):
        words = said()
    assert "Teesmere Borough Council: Teesmere improvement board (teesmere) was removed: " in words
    for model in models_of_boards():
        assert not model._base_manager.filter(pk__in=held.pks[model]).exists(), model
    assert models(other) == before
    left = Belongings(other)
    for model in models_of_boards():
        assert sorted(model._base_manager.values_list("pk", flat=True)) == left.pks[model], model
    assert list(KeptForm.objects.values_list("path", flat=True)) == ["/boards/other/actions/1/update/"]
    assert not SpentToken.objects.exists()
    assert not LogEntry.objects.exists()
    assert RedactedFile.objects.get().pack is None
    removal = BoardRemoval.objects.get()
    assert (removal.slug, removal.closed_on, removal.keep_years) == ("teesmere", date(2026, 11, 22), 6)
    assert removal.counts["actions"] == len(held.pks[next(m for m in held.pks if m.__name__ == "Action")])
    assert sum(removal.counts.values()) == sum(len(held.pks[model]) for model in models_of_boards())
    for model in {*every_model()} - {BoardRemoval, *models_of_boards()}:
        told = json.dumps(list(model._base_manager.values()), default=str).lower()
        assert "teesmere improvement board" not in told, model


def test_it_stays_through_its_last_day(board):
    with at(2032, 11, 22):
        assert "was removed" not in said()
    assert Board.objects.filter(slug="teesmere").exists()
    with at(2032, 11, 23):
        assert "was removed" in said()
    assert not Board.objects.exists()


def test_an_open_board_is_never_removed(board):
    reopen_board(board, by=None, reason="Needed")
    with at(2099, 1, 1):
        assert said() == "0 warnings sent.\n"
        with pytest.raises(NotDue), transaction.atomic():
            remove_board(board)
    assert Board.objects.get() == board


def test_one_opened_again_meanwhile_is_not_removed(board):
    with at(2032, 11, 23):
        stale = Board.objects.get()
        reopen_board(board, by=None, reason="Needed")
        with pytest.raises(NotDue):
            remove_board(stale)


def test_one_that_another_run_removed_is_told_of(board):
    with at(2032, 11, 23):
        stale = Board.objects.get()
        remove_board(board)
        with pytest.raises(NotDue, match="is gone already"):
            remove_board(stale)


def test_one_that_cannot_go_keeps_no_other_here(board, mailoutbox):
    elsewhere, later, ending = make_board("elsewhere"), make_board("later"), make_board("ending")
    action = make_action(make_area(make_plan(board)), leads="Head of service")
    # A row of an open board that leads into the one to be removed: no page can make it.
    action.action_leads.update(lead=make_lead(elsewhere, "Head of service"))
    close(later)
    with at(2026, 12, 7):
        close_board(ending, by=None, reason="The plan has ended", keep_years=6)
    administrator = make_member(ending, Role.ADMINISTRATOR)
    out, errors = io.StringIO(), io.StringIO()
    with at(2032, 11, 23), pytest.raises(CommandError, match="1 board could not be removed"):
        call_command("remove_boards", stdout=out, stderr=errors)
    assert "(teesmere) was not removed: " in errors.getvalue()
    assert "(later) was removed: " in out.getvalue()
    assert set(Board.objects.values_list("slug", flat=True)) == {"teesmere", "elsewhere", "ending"}
    assert [mail.to for mail in mailoutbox] == [[administrator.email]]


@pytest.mark.django_db(transaction=True)
def test_the_file_of_the_database_does_not_hold_it_any_more():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL writes over what it frees in its own time.")
    board, code = make_board("teesmere"), b"Qxzzyremoved"
    with connection.cursor() as cursor:
        # As SQLite is by itself; some systems' builds always write over.
        cursor.execute("PRAGMA secure_delete = OFF")
    make_evidence(board, upload=("note.txt", code * 4000))
    close(board)
    assert code in bytes_kept()
    with at(2032, 11, 23):
        said()
    assert not Board.objects.exists()
    assert code not in bytes_kept()


def bytes_kept():
    """The database's file, with all that was written to its log."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return bytes_on_disk(connection.settings_dict["NAME"])


def test_a_dry_run_tells_what_would_go_and_when(board):
    later = make_board("harrowdale", council="Harrowdale", name="Board")
    close(later, years=10)
    with at(2032, 11, 23):
        assert said(dry_run=True) == (
            "Teesmere Borough Council: Improvement board (teesmere), closed on 22 November 2026: "
            "would be removed now, 3 rows\n"
            "Harrowdale: Board (harrowdale), closed on 22 November 2026: "
            "goes after 22 November 2036, 3 rows\n"
        )
    assert Board.objects.count() == 2
    assert not BoardRemoval.objects.exists()


def test_a_dry_run_where_nothing_is_closed():
    make_board("teesmere")
    assert said(dry_run=True) == "No board is closed.\n"


def test_people_are_named_and_stay(board):
    gone, elsewhere = make_member(board, Role.LEAD), make_member(board, Role.MEMBER)
    make_member(make_board("harrowdale"), Role.MEMBER)
    other = Board.objects.get(slug="harrowdale")
    other.memberships.update(user=elsewhere)
    with at(2032, 11, 23):
        words = said()
    assert f"their accounts stay until site staff close them: {gone.email}\n" in words
    assert User.objects.filter(pk__in=[gone.pk, elsewhere.pk], is_active=True).count() == 2


def test_administrators_are_told_once_thirty_days_before(board, mailoutbox):
    administrator = make_member(board, Role.ADMINISTRATOR)
    make_member(board, Role.EDITOR)
    with at(2032, 10, 22):
        said()
    assert mailoutbox == []
    with at(2032, 10, 23):
        assert said() == (
            f"{administrator.email} was told of Teesmere Borough Council: Improvement board.\n"
            "1 warning sent.\n"
        )
    with at(2032, 10, 24):
        assert said() == "0 warnings sent.\n"
    (mail,) = mailoutbox
    assert mail.to == [administrator.email]
    assert mail.subject == "Teesmere Borough Council: a closed board is removed after 22 November 2032"
    assert "take a copy: http" in mail.body
    assert "/boards/teesmere/keeping/" in mail.body
    assert "/boards/teesmere/copy/" in mail.body


def test_a_warning_that_did_not_go_out_is_sent_at_the_next_run(board, mailoutbox, settings):
    make_member(board, Role.ADMINISTRATOR)
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with at(2032, 11, 1), pytest.raises(CommandError, match="The mail server can't be reached"):
        said()
    assert not Nudge.objects.exists()
    settings.EMAIL_BACKEND = backend
    with at(2032, 11, 2):
        assert "1 warning sent." in said()
    assert len(mailoutbox) == 1


def test_site_staff_read_what_was_removed(board, signed_in):
    with at(2032, 11, 23):
        said()
    client = signed_in(make_user("Site staff", is_staff=True))
    words = text_of(client.get(reverse("admin:plans_boardremoval_changelist")), "result_list")
    assert "Improvement board" in words
    removal = BoardRemoval.objects.get()
    page = client.get(reverse("admin:plans_boardremoval_change", args=[removal.pk]))
    assert page.status_code == 200
    assert client.post(reverse("admin:plans_boardremoval_delete", args=[removal.pk])).status_code == 403
