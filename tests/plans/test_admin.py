import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from plans.admin import Reading
from plans.models import Board, BoardRemoval, Import, Membership, PackSending, Recommendation, Role, User
from plans.services.challenges import raise_challenge
from plans.services.evidence import show_evidence
from plans.services.meetings import add_meeting
from plans.services.moves import ask_move
from plans.services.progress import move_target
from plans.services.sign_off import ask_sign_off
from tests.factories import (
    make_action,
    make_board,
    make_evidence,
    make_inspection,
    make_lead,
    make_member,
    make_step,
    make_update,
    make_user,
)
from tests.packing import make_closed_pack
from tests.pages import fields_of

pytestmark = pytest.mark.django_db

CHANGED_HERE = {Board, User}


@pytest.fixture
def staff(signed_in):
    return signed_in(make_user("Site Staff", is_staff=True))


def page(name, model, *args):
    return reverse(f"admin:plans_{model._meta.model_name}_{name}", args=args)


def one_of_everything():
    action = make_action(leads="Director")
    board = action.plan.board
    make_step(action)
    make_update(action)
    move_target(action, to="1 April 2026", by=make_user(), reason="Posts are open")
    make_lead(board, holder=make_member(board))
    Recommendation.objects.create(board=board, reference="R1")
    Import.objects.create(board=board, filename="plan.xlsx", sha256="0" * 64, size=1)
    make_evidence(board)
    make_inspection(board)
    meeting = add_meeting(board, by=None, on=timezone.localdate())
    pack = make_closed_pack(meeting, action.plan)
    PackSending.objects.create(pack=pack, email="partner@example.org")
    due = timezone.localdate()
    raise_challenge(board, by=None, question="What next?", owner=board.leads.first(), due=due, action=action)
    ask_move(action, to="1 May 2026", by=make_user(), reason="Posts are open still")
    update = make_update(action, "complete")
    show_evidence(update, board.evidence.all(), by=None)
    ask_sign_off(update, by=make_user())
    BoardRemoval.objects.create(council="Harrowdale", name="Board", slug="old", closed_on=due, keep_years=6)
    return action


def models():
    return [model for model in apps.get_app_config("plans").get_models() if admin.site.is_registered(model)]


def test_staff_open_a_board_with_its_first_administrator(staff):
    ada = make_user("Ada Finch")
    address = page("add", Board)
    fields = fields_of(staff.get(address), "council") | {
        "council": "Teesmere Borough Council",
        "name": "Improvement board",
        "slug": "teesmere",
        "administrator": ada.pk,
    }
    assert staff.post(address, fields).status_code == 302
    board = Board.objects.get()
    assert (board.council, board.slug) == ("Teesmere Borough Council", "teesmere")
    assert list(Membership.objects.values_list("user__name", "role")) == [("Ada Finch", Role.ADMINISTRATOR)]
    assert board.history.get().history_user.name == "Site Staff"


def test_a_board_needs_its_first_administrator(staff):
    response = staff.post(page("add", Board), {"council": "T", "name": "Board", "slug": "t"})
    assert response.context["adminform"].form.errors == {"administrator": ["Choose the first administrator"]}
    assert Board.objects.count() == 0


def test_a_renamed_board_has_history(staff):
    board = make_board()
    address = page("change", Board, board.pk)
    staff.post(address, fields_of(staff.get(address), "council") | {"name": "Recovery board"})
    assert [row.name for row in board.history.order_by("history_id")] == [
        "Improvement board",
        "Recovery board",
    ]


def test_staff_add_a_user_who_chooses_their_own_password(staff):
    address = page("add", User)
    fields = {"email": "priya@example.org", "name": "Priya Shah", "usable_password": "false"}
    assert staff.post(address, fields).status_code == 302
    user = User.objects.get(email="priya@example.org")
    assert (user.name, user.has_usable_password(), user.is_staff) == ("Priya Shah", False, False)


def test_staff_close_an_account(staff):
    user = make_user("Sam Hill")
    address = page("change", User, user.pk)
    fields = fields_of(staff.get(address), "email") | {"is_active": []}
    assert staff.post(address, fields).status_code == 302
    user.refresh_from_db()
    assert user.is_active is False


def test_everything_is_read_and_what_has_consequences_is_changed_elsewhere(staff):
    one_of_everything()
    for model in models():
        assert staff.get(page("changelist", model)).status_code == 200
        row = model.objects.first()
        assert staff.get(page("change", model, row.pk)).status_code == 200
        assert staff.post(page("delete", model, row.pk), {"post": "yes"}).status_code == 403
        if model not in CHANGED_HERE:
            assert staff.get(page("add", model)).status_code == 403
            assert staff.post(page("change", model, row.pk), {}).status_code == 403


def test_a_row_links_to_its_page_on_a_board_of_ones_own(signed_in):
    action = one_of_everything()
    member = make_member(action.plan.board, name="Site Staff", is_staff=True)
    staff = signed_in(member)
    link = f'<a href="{reverse("action", args=[action.plan.board.slug, action.pk])}">Open</a>'
    for row in (action, action.steps.get(), action.updates.first()):
        response = staff.get(page("change", type(row), row.pk))
        assert link in response.content.decode()


def test_a_row_of_another_board_has_no_link_that_would_fail(staff):
    one_of_everything()
    for model in models():
        if isinstance(admin.site.get_model_admin(model), Reading):
            for address in (page("changelist", model), page("change", model, model.objects.first().pk)):
                shown = staff.get(address).content.decode()
                assert ("You are not on this board" in shown, ">Open</a>" in shown) == (True, False)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR])
def test_nobody_else_enters(signed_in, role):
    web = signed_in(make_member(make_board(), role))
    response = web.get(reverse("admin:index"))
    assert response.status_code == 302
    assert web.get(page("changelist", User), follow=True).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_the_same_queries_however_many_rows(staff, rows, django_assert_num_queries):
    for _ in range(rows):
        make_update(make_action())
    update_list = reverse("admin:plans_progressupdate_changelist")
    with django_assert_num_queries(7):
        staff.get(update_list)
