"""A board's copy brought in beside the board: the same pages, the same copy again, and it can go on."""

import io
import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from improvement.imports.workbooks import undo_import
from improvement.packs.making import make_pack
from improvement.redacting.removing import remove_words
from improvement.redacting.words import Words
from improvement.whole_boards.exporting import board_lines
from improvement.whole_boards.importing import import_board
from plans.models import Board, EvidenceFile, Import, Membership, Pack, Role, User
from plans.services.boards import close_board
from tests.factories import make_board, make_meeting, make_member, make_plan, make_user
from tests.improvement.whole_boards.conftest import fill
from tests.packing import make_closed_pack
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def both(demonstration, django_db_blocker, tmp_path_factory):
    """The demonstration's board, and the same beside it as brought in from its copy."""
    with django_db_blocker.unblock():
        board = Board.objects.get(slug="teesmere")
        fill(board)
        path = tmp_path_factory.mktemp("copy") / "teesmere.board"
        call_command("export_board", "teesmere", path, stdout=io.StringIO())
        yield board, import_board(path, slug="teesmere-again").board


def digests(board):
    return json.loads(list(board_lines(board))[-1])["models"]


def test_a_copy_of_the_copy_is_the_same(both):
    first, second = both
    assert digests(first) == digests(second)


def test_no_row_is_shared(both):
    first, second = both
    assert not set(first.plans.values_list("pk")) & set(second.plans.values_list("pk"))
    assert Import.objects.filter(board=second).count() == Import.objects.filter(board=first).count() == 3
    people = [Membership.objects.filter(board=board).values_list("user", "role") for board in both]
    assert sorted(people[0]) == sorted(people[1])


def test_a_packs_words_and_files_are_the_same_byte_for_byte(both):
    told = [
        [
            (
                pack.number,
                pack.content,
                pack.digest,
                [(each.kind, bytes(each.content)) for each in pack.files.all()],
            )
            for pack in Pack.objects.filter(board=board).order_by("pk")
        ]
        for board in both
    ]
    assert len(told[0]) == 5
    assert told[0] == told[1]


def test_evidence_files_are_the_same(both):
    files = EvidenceFile.objects.order_by("evidence")
    contents = [[bytes(each.content) for each in files.filter(evidence__board=board)] for board in both]
    assert contents[0] == contents[1]
    assert contents[0][-1] == b"%PDF-1.7\n" + bytes(range(256)) * 1000


PAGES = [
    ("dashboard", ""),
    ("plans:plan", ""),
    ("plans:action_list", ""),
    ("plans:action_list", "?_export=csv"),
    ("impact:measure_list", ""),
    ("impact:narrative_list", ""),
    ("audits:board", ""),
    ("meeting_list", ""),
    ("challenge_list", ""),
    ("evidence_list", ""),
    ("import_list", ""),
    ("slippage", ""),
    ("changes", "?from=2026-09-01"),
    ("plans:member_list", ""),
    ("plans:lead_list", ""),
    ("plans:recommendation_list", ""),
    ("plans:history", ""),
]


def shown(response):
    """The words of a page, with ids and the board's name in addresses made one."""
    if "csv" in response["Content-Type"]:
        return response.content.decode()
    words = response.content.decode().replace("teesmere-again", "teesmere")
    main = words.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r'name="(csrfmiddlewaretoken|token|who)" value="[^"]*"', "", main)
    main = re.sub(r'(<option value|value|id|for|href|action|name|aria-\w+|content)="[^"]*"', "", main)
    return re.sub(r"(import|Import) \d+", "import N", main)


@pytest.mark.parametrize(("name", "query"), PAGES)
def test_its_pages_show_the_same(both, signed_in, name, query):
    client = signed_in(User.objects.get(email="administrator@example.org"))
    pages = [shown(client.get(reverse(name, args=[board.slug]) + query)) for board in both]
    assert pages[0] == pages[1]


def before_history(page):
    """Where the clock stands, history tells of one moment in the order of ids of unlike things."""
    return page.partition("Who changed what")[0]


def test_pages_of_actions_show_the_same(both, signed_in):
    client = signed_in(User.objects.get(email="administrator@example.org"))
    actions = [
        list(board.plans.get(title="Improvement plan").actions.order_by("pk").values_list("pk", flat=True))
        for board in both
    ]
    for pair in list(zip(*actions, strict=True))[::6]:
        pages = [
            before_history(shown(client.get(reverse("action", args=[board.slug, pk]))))
            for board, pk in zip(both, pair, strict=True)
        ]
        assert pages[0] == pages[1]


def test_an_import_of_the_copy_can_be_taken_back(both):
    reports = []
    for board in both:
        imported = board.imports.filter(state="applied").order_by("pk").last()
        assert undo_import(imported, by=None)
        imported.refresh_from_db()
        reports.append([(row["outcome"], row["title"], row["reasons"]) for row in imported.undo_report])
    assert reports[0] == reports[1]
    assert {outcome for outcome, *_ in reports[1]} >= {"reversed"}


def test_a_copy_of_a_closed_board_arrives_closed(tmp_path):
    board = make_board("elsewhere")
    close_board(board, by=None, reason="The plan has ended", keep_years=6)
    call_command("export_board", "elsewhere", tmp_path / "copy", stdout=io.StringIO())
    import_board(tmp_path / "copy", slug="again")
    first, second = (
        (each.closed_on, each.closing_reason, each.kept_until)
        for each in (Board.objects.get(slug="elsewhere"), Board.objects.get(slug="again"))
    )
    assert first == second
    assert first[1] == "The plan has ended"


def test_packs_go_on_saying_what_was_taken_out(tmp_path, signed_in):
    board, names = make_board("elsewhere"), ("Qxzzy", "Brambling")
    make_member(board, Role.MEMBER)
    pack = make_closed_pack(make_meeting(board), make_plan(board, " ".join(names)))
    digests = [pack.digest]
    for name in names:
        by = make_user(f"Staff for {len(name)} letters", is_staff=True)
        remove_words(Words(name), by=by, reason="A name was typed", start=False)
        digests.append(Pack.objects.get(pk=pack.pk).digest)
    make_pack(Pack.objects.get(pk=pack.pk))
    call_command("export_board", "elsewhere", tmp_path / "copy", stdout=io.StringIO())
    again = import_board(tmp_path / "copy", slug="again").board
    client = signed_in(again.memberships.get().user)
    page = client.get(reverse("pack", args=["again", again.packs.get().pk]))
    told = re.findall(r'<p class="app-warning app-pack__removed">(.*?)</p>', page.content.decode())
    assert [re.sub(r"removed on .*? by", "removed by", words) for words in told] == [
        f"Words were removed by Staff for {letters} letters because: A name was typed. "
        f"Digest before {before}, after {after}. Its files were made again."
        for letters, before, after in zip((5, 9), digests, digests[1:], strict=False)
    ]
    assert text_of(page).count(told[0].removesuffix(" Its files were made again.")) == 2
