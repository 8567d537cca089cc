"""The pages of the site's staff: what stands where, taking it out, and what is kept of that."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from plans.models import Action, Evidence, KeptForm, Redaction, Role
from tests.factories import make_action, make_board, make_evidence, make_meeting, make_member, make_user
from tests.packing import make_closed_pack
from tests.pages import text_of

pytestmark = pytest.mark.django_db
NAME = "Qxzzy Brambling"
WHY = "A name was typed by mistake."
ADDRESS = "/redact/"


@pytest.fixture
def staff(signed_in):
    return signed_in(make_user("A member of staff", is_staff=True))


def send(client, **fields):
    return client.post(ADDRESS, {"words": NAME, "reason": WHY, "board": ""} | fields)


@pytest.mark.parametrize("path", [ADDRESS, "/redact/file/", "/redact/file/{piece}/", "/redact/{done}/"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["member", "administrator", "nobody"])
def test_the_pages_are_for_the_sites_staff_alone(client, signed_in, path, method, who):
    board = make_board()
    piece = make_evidence(board, upload=("a.txt", b"Text"))
    done = Redaction.objects.create(kind="text", marker="removed", reason=WHY, by=make_user(is_staff=True))
    if who != "nobody":
        client = signed_in(make_member(board, Role(who)))
    answer = getattr(client, method)(
        path.format(piece=piece.pk, done=done.pk), {"reason": WHY, "sure": "yes"}
    )
    assert answer.status_code == (302 if who == "nobody" else 404)
    assert (Redaction.objects.count(), Evidence.objects.get().filename) == (1, "a.txt")


@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_come_with_a_second_step_where_the_site_asks_it(staff, settings, method):
    settings.STAFF_SECOND_FACTOR = True
    action = make_action(title=f"Meet {NAME}")
    answer = getattr(staff, method)(ADDRESS, {"words": NAME, "reason": WHY, "sure": "yes"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/2fa/")
    assert action.history.first().title == f"Meet {NAME}"


def test_the_administration_leads_there(staff):
    assert f'href="{ADDRESS}"' in staff.get(reverse("admin:index")).content.decode()


def test_looking_shows_each_place_in_its_words_and_changes_nothing(staff):
    action = make_action(title=f"Meet {NAME} weekly")
    page = send(staff)
    said = text_of(page)
    assert str(action.plan.board) in said
    assert "Actions: action: 1 row Meet Qxzzy Brambling weekly" in said
    assert "<mark>Qxzzy Brambling</mark>" in page.content.decode()
    assert Action.objects.get().title == f"Meet {NAME} weekly"
    assert not Redaction.objects.exists()


def test_the_page_with_the_words_is_kept_by_nobody(staff):
    make_action(title=f"Meet {NAME}")
    page = send(staff)
    assert "no-store" in page.headers["Cache-Control"]
    assert "?" not in page.request.get("QUERY_STRING", "")
    assert not KeptForm.objects.exists()
    assert not any(NAME in str(each.get_decoded()) for each in Session.objects.all())


def test_taking_them_out_and_what_is_said_of_it(staff):
    action = make_action(title=f"Meet {NAME}")
    answer = send(staff, sure="yes")
    done = Redaction.objects.get()
    assert answer.headers["Location"] == f"/redact/{done.pk}/"
    assert Action.objects.get().title == f"Meet {done.marker}"
    page = staff.get(answer.headers["Location"])
    said = text_of(page)
    assert f"A member of staff did it because: {WHY}" in said
    assert str(action.plan.board) in said
    assert "Actions: action: 1" in said
    assert "Make a new backup" in said
    for path in (ADDRESS, f"/redact/{done.pk}/"):
        assert NAME not in staff.get(path).content.decode()
    assert WHY in text_of(staff.get(ADDRESS))


def test_a_second_press_finds_nothing_and_says_so(staff):
    make_action(title=f"Meet {NAME}")
    send(staff, sure="yes")
    again = send(staff, sure="yes")
    assert again.headers["Location"] == ADDRESS
    assert "The words stand nowhere that can be written again." in text_of(staff.get(ADDRESS))
    assert Redaction.objects.count() == 1


def test_one_board_alone(staff):
    here, there = (make_action(title=f"Meet {NAME}") for _ in range(2))
    assert str(there.plan) not in text_of(send(staff, board=here.plan.board.pk))
    send(staff, board=here.plan.board.pk, sure="yes")
    there.refresh_from_db()
    assert there.title == f"Meet {NAME}"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words": ""}, "Write the words to take out."),
        ({"words": "ab"}, "Write at least three letters, or a number of five digits"),
        ({"words": "removed"}, "These words are part of what is put in their place."),
        ({"reason": ""}, "Say why it is taken out."),
        ({"reason": f"It named {NAME}."}, "The reason holds the words themselves"),
        ({"reason": f"It named {NAME}.", "sure": "yes"}, "The reason holds the words themselves"),
    ],
)
def test_what_is_refused_stands_on_the_form(staff, fields, said):
    make_action(title=f"Meet {NAME}, removed")
    page = send(staff, **fields)
    assert (page.status_code, said in text_of(page)) == (200, True)
    assert not Redaction.objects.exists()


def test_to_whom_a_pack_was_sent(staff):
    action = make_action(title=f"Meet {NAME}")
    board = action.plan.board
    pack = make_closed_pack(make_meeting(board), action.plan)
    pack.sendings.create(email="chair@example.org")
    assert "chair@example.org Pack 1" in text_of(send(staff))
    page = staff.get(send(staff, sure="yes").headers["Location"])
    assert "chair@example.org Pack 1" in text_of(page)
    assert f"Pack 1, {board}" in text_of(page)
    assert pack.digest in text_of(page)


def test_a_pdf_that_holds_them_is_named_with_its_page(staff):
    board = make_board()
    piece = make_evidence(board, upload=("a.pdf", b"%PDF-1.7\n\0(Qxzzy Brambling)\n%%EOF"))
    other = make_evidence(board, upload=("b.pdf", b"%PDF-1.7\n\0(Nothing)\n%%EOF"))
    page = send(staff)
    assert "1 file of evidence cannot be written again." in text_of(page)
    assert "1 PDF or picture cannot be looked through with certainty." in text_of(page)
    for each in (piece, other):
        assert f'href="/redact/file/{each.pk}/"' in page.content.decode()


def test_a_file_is_found_by_its_number_and_taken_out(staff):
    piece = make_evidence(make_board(), upload=("a.txt", b"A child is named here."))
    found = staff.post("/redact/file/", {"number": piece.pk})
    assert found.headers["Location"] == f"/redact/file/{piece.pk}/"
    assert "a.txt" in text_of(staff.get(f"/redact/file/{piece.pk}/"))
    done = staff.post(f"/redact/file/{piece.pk}/", {"reason": WHY})
    marker = Redaction.objects.get().marker
    assert done.headers["Location"] == f"/redact/{Redaction.objects.get().pk}/"
    assert Evidence.objects.get().filename == f"{marker}.txt"
    again = staff.post(f"/redact/file/{piece.pk}/", {"reason": WHY})
    assert "This file was taken out already." in text_of(again)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "Give the number of the piece."),
        ("four", "Write the number in figures."),
        ("9" * 30, "There is no piece of evidence with this number."),
    ],
)
def test_a_number_of_no_piece(staff, number, said):
    assert said in text_of(staff.post("/redact/file/", {"number": number}))


def test_members_read_it_in_the_history_of_their_board(staff, signed_in):
    action = make_action(title=f"Meet {NAME}")
    send(staff, sure="yes")
    board = action.plan.board
    page = text_of(signed_in(make_member(board)).get(f"/boards/{board.slug}/history/"))
    marker = Redaction.objects.get().marker
    assert f"A member of staff Words Words removed everywhere “{marker}” stands in their place {WHY}" in page
