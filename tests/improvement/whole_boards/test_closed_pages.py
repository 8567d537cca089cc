"""A closed board as people of each role meet it."""

import re
from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from improvement.digests.due import boards_due
from improvement.packs.making import make_outstanding
from improvement.whole_boards.importing import import_board
from plans.models import Board, Membership, Pack, PackState, Role, User
from plans.services.boards import close_board
from plans.services.people import require_second_factor, set_role
from tests.conftest import NOW
from tests.factories import make_board, make_meeting, make_member, make_plan, make_user
from tests.importing import ROWS, plan_book
from tests.packing import make_closed_pack
from tests.pages import fields_of, text_of, words_of

pytestmark = pytest.mark.django_db
SIGN_OUT = 'action="/account/logout/"'


@pytest.fixture(scope="module")
def closed(demonstration, django_db_blocker):
    with django_db_blocker.unblock():
        board = Board.objects.get(slug="teesmere")
        close_board(board, by=None, reason="The plan has ended", keep_years=6)
        yield Board.objects.get(slug="teesmere")


@pytest.fixture(params=[Role.LEAD, Role.ADMINISTRATOR])
def person(request, closed, signed_in):
    person = User.objects.get(email=f"{request.param}@example.org")
    return person, signed_in(person)


def addresses(board):
    plan = board.plans.get(title="Improvement plan")
    action, area = plan.actions.current().first(), plan.areas.current().first()
    own = {
        "action": action.pk,
        "area": area.pk,
        "meeting": board.meetings.first().pk,
        "pack": board.packs.first().pk,
        "challenge": board.challenges.first().pk,
        "measure": board.measures.first().pk,
        "plans:recommendation": board.recommendations.first().pk,
        "audits:audit": board.audits.first().pk,
    }
    lists = ["dashboard", "plans:plan", "plans:plan_list", "plans:action_list", "impact:measure_list"]
    lists += ["impact:narrative_list", "audits:board", "meeting_list", "challenge_list", "slippage"]
    lists += ["evidence_list", "questions", "sign_off_list", "changes", "breaks", "plans:history"]
    lists += ["plans:recommendation_list"]
    return [reverse(name, args=[board.slug]) for name in lists] + [
        reverse(name, args=[board.slug, pk]) for name, pk in own.items()
    ]


def test_every_page_says_so_and_offers_nothing_to_change(closed, person):
    _, client = person
    seen, led = set(), []
    for address in addresses(closed):
        response = client.get(address)
        page = response.content.decode()
        assert response.status_code == 200, address
        assert (
            "This board was closed on 22 November 2026: The plan has ended. "
            "It is kept until 22 November 2032, and then removed."
        ) in text_of(response), address
        forms = [
            each for each in re.findall(r"<form[^>]*method=\"post\"[^>]*>", page) if SIGN_OUT not in each
        ]
        assert forms == [], address
        for link in set(re.findall(r'href="(/boards/[^"#?]*)', page)):
            kind = re.sub(r"\d+", "N", link)
            led += [(address, link)] if kind not in seen and client.get(link).status_code != 200 else []
            seen.add(kind)
    assert led == []


def test_what_was_opened_before_it_was_closed_is_refused(closed, signed_in):
    client = signed_in(User.objects.get(email="editor@example.org"))
    action = closed.plans.get(title="Improvement plan").actions.current().first()
    asked = [
        client.get(reverse("plans:action_edit", args=[closed.slug, action.pk])),
        client.post(reverse("action_update", args=[closed.slug, action.pk]), {"rating": "complete"}),
        client.post(reverse("bundle", args=[closed.slug]), {"about": "plan-1"}),
    ]
    for response in asked:
        assert response.status_code == 403
        assert "The board is closed" in text_of(response)
    assert not closed.bundles.exists()


def test_who_may_read_it_is_still_looked_after(closed, signed_in):
    client = signed_in(User.objects.get(email="administrator@example.org"))
    page = client.get(reverse("plans:member_list", args=[closed.slug]))
    assert "Add a person" in text_of(page)
    assert "Hand over leads" not in text_of(page)
    links = re.findall(r'href="(/boards/[^"#?]*)', page.content.decode())
    assert [link for link in links if client.get(link).status_code != 200] == []
    fields = {"email": "reader@example.org", "name": "Rea Reader", "role": "member"}
    assert client.post(reverse("plans:member_new", args=[closed.slug]), fields).status_code == 302
    assert Membership.objects.get(board=closed, user__email="reader@example.org").role == "member"


def test_no_reminder_is_due(closed):
    assert closed not in {due.board for due in boards_due(date(2026, 11, 30))}


def test_no_plan_is_brought_in_by_command(closed, tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_book(*ROWS))
    with pytest.raises(
        CommandError, match="was closed on 22 November 2026: it is read and no longer changed"
    ):
        call_command("import_plan", path, board=closed.slug)


def test_papers_that_were_frozen_before_still_get_their_files():
    board = make_board("elsewhere")
    pack = make_closed_pack(make_meeting(board), make_plan(board))
    Pack.objects.exclude(pk=pack.pk).update(state=PackState.READY)
    Pack.objects.filter(pk=pack.pk).update(state=PackState.MAKING)
    close_board(board, by=None, reason="Over", keep_years=1)
    assert make_outstanding() == [pack]
    pack.refresh_from_db()
    assert pack.state == PackState.READY


def test_home_lists_it_apart(closed, signed_in):
    person = User.objects.get(email="member@example.org")
    other = make_board("elsewhere", name="Another board")
    set_role(other, person, Role.MEMBER, by=None)
    page = signed_in(person).get("/")
    table, _, rest = words_of(page).partition("Closed boards")
    assert "Another board" in table
    assert "Teesmere improvement board" not in table
    assert rest.strip() == (
        "Teesmere Borough Council: Teesmere improvement board: "
        "closed on 22 November 2026, kept until 22 November 2032"
    )


@pytest.fixture
def administrator(signed_in):
    board = make_board("teesdale")
    return board, signed_in(make_member(board, Role.ADMINISTRATOR))


@time_machine.travel(NOW, tick=False)
def test_closing_and_opening_again(administrator):
    board, client = administrator
    address = reverse("board_close", args=["teesdale"])
    people = client.get(reverse("plans:member_list", args=["teesdale"])).content.decode()
    assert address in people
    fields = fields_of(client.get(address), "keep_years")
    assert fields["keep_years"] == "10"
    page = client.post(address, fields | {"reason": "Merged", "keep_years": "3"}, follow=True)
    assert "The board is closed. It is kept until 22 November 2029." in text_of(page)
    board.refresh_from_db()
    assert (board.closing_reason, board.keep_years) == ("Merged", 3)
    assert client.get(address)["Location"] == reverse("board_reopen", args=["teesdale"])
    again = client.get(address, follow=True)
    page = client.post(
        reverse("board_reopen", args=["teesdale"]),
        fields_of(again, "reason") | {"reason": "Too early"},
        follow=True,
    )
    assert "The board is open again." in text_of(page)
    assert "This board was closed" not in text_of(page)
    assert client.get(reverse("board_reopen", args=["teesdale"]))["Location"] == address


def words_of_links(page, *names):
    """The words of the page's links to the board's pages of these names."""
    found = re.findall(r'<a\s+class="govuk-link"\s+href="([^"]*)"\s*>([^<]*)</a>', page.content.decode())
    wanted = {reverse(name, args=["teesdale"]) for name in names}
    return [words for address, words in found if address in wanted]


@time_machine.travel(NOW, tick=False)
def test_how_long_it_is_kept_is_changed_with_a_reason(administrator):
    board, client = administrator
    address = reverse("board_years", args=["teesdale"])
    assert client.get(address)["Location"] == reverse("board_close", args=["teesdale"])
    close_board(board, by=None, reason="Over", keep_years=6)
    page = client.get(reverse("board_reopen", args=["teesdale"]))
    assert words_of_links(page, "board_years") == ["Change how long it is kept", "change how long it is kept"]
    fields = fields_of(client.get(address), "keep_years")
    assert fields["keep_years"] == "6"
    page = client.post(address, fields | {"keep_years": "25", "reason": ""})
    assert "Say why it is kept longer or shorter" in text_of(page)
    page = client.post(address, fields | {"keep_years": "25", "reason": "The schedule says so."}, follow=True)
    assert "The board is kept until 22 November 2051." in text_of(page)
    board.refresh_from_db()
    assert (board.keep_years, board.closed_on) == (25, date(2026, 11, 22))
    history = text_of(client.get(reverse("plans:history", args=["teesdale"])))
    assert "Years of keeping changed: The schedule says so." in history


@time_machine.travel(NOW, tick=False)
def test_years_that_have_passed_are_shown_on_their_field(administrator):
    board, client = administrator
    with time_machine.travel(NOW.replace(year=2020), tick=False):
        close_board(board, by=None, reason="Over", keep_years=20)
    address = reverse("board_years", args=["teesdale"])
    fields = fields_of(client.get(address), "keep_years") | {"keep_years": "6", "reason": "Not needed"}
    words = text_of(client.post(address, fields))
    assert "Enter more years: the board has to be kept until 22 December 2026 at least" in words
    board.refresh_from_db()
    assert board.keep_years == 20


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "", "keep_years": "3"}, "Say why the board is closed"),
        ({"reason": "Merged", "keep_years": "0"}, "Enter a number of years from 1 to 100"),
        ({"reason": "Merged", "keep_years": ""}, "Enter a number of years from 1 to 100"),
        ({"reason": "About child 943 476 5919", "keep_years": "3"}, "NHS number"),
    ],
)
def test_what_is_missing_is_said(administrator, fields, said):
    board, client = administrator
    page = client.post(reverse("board_close", args=["teesdale"]), fields)
    assert said in text_of(page)
    board.refresh_from_db()
    assert board.closed_on is None


def test_an_administrator_takes_a_copy(administrator, tmp_path):
    board, client = administrator
    page = client.get(reverse("board_copy", args=["teesdale"]))
    assert reverse("board_copy_file", args=["teesdale"]) in page.content.decode()
    close_board(board, by=None, reason="Over", keep_years=1)
    asked = client.get(reverse("board_copy_file", args=["teesdale"]), follow=True)
    assert asked.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
    password = fields_of(asked, "password")
    wrong = client.post(asked.redirect_chain[-1][0], password | {"password": "a wrong one"})
    assert wrong.status_code == 200
    assert not client.get(reverse("board_copy_file", args=["teesdale"])).streaming
    shown = client.post(asked.redirect_chain[-1][0], password | {"password": "a long password"}, follow=True)
    assert "Download the copy" in text_of(shown)
    response = client.get(reverse("board_copy_file", args=["teesdale"]))
    assert "no-store" in response.headers["Cache-Control"]
    assert re.fullmatch(
        r'attachment; filename="teesdale-\d{4}-\d\d-\d\d\.board\.gz"', response["Content-Disposition"]
    )
    (tmp_path / "copy").write_bytes(b"".join(response.streaming_content))
    done = import_board(tmp_path / "copy", slug="teesdale-again")
    assert done.board.closed_on == Board.objects.get(pk=board.pk).closed_on


def test_site_staff_see_until_when_it_is_kept(closed, signed_in):
    client = signed_in(make_user("Site staff", is_staff=True))
    page = client.get(reverse("admin:plans_board_changelist"))
    words = text_of(page, "result_list")
    assert "22 Nov" in words


def test_without_the_second_step_a_closed_board_shows_nothing(administrator):
    board, client = administrator
    require_second_factor(board, True, by=None)
    close_board(board, by=None, reason="Over", keep_years=1)
    for name in ("dashboard", "plans:plan_new"):
        response = client.get(reverse(name, args=["teesdale"]))
        assert response.status_code == 302
        assert "/account/" in response["Location"]
