import re

import pytest
from django.core import mail
from django.urls import reverse

from plans.models import Membership, Role, User
from plans.services.people import set_role
from tests.factories import make_board, make_lead, make_member, make_user
from tests.pages import text_of
from tests.plans.editing import errors_of, fill, messages_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def admin(board):
    return make_member(board, Role.ADMINISTRATOR, "Ada Finch")


@pytest.fixture
def web(signed_in, admin):
    return signed_in(admin)


def member(board, user):
    return Membership.objects.get(board=board, user=user)


def test_the_list_names_everybody_with_role_and_leads_held_here(web, board):
    holder = make_member(board, Role.LEAD, "Lena Holt")
    make_lead(board, "Head of QA", holder=holder)
    make_lead(board, "Director", holder=holder)
    make_lead(make_board(), "Elsewhere", holder=holder)
    words = text_of(web.get(url(board, "member_list")))
    assert "2 people are on the board." in words
    assert f"Lena Holt {holder.email} Lead Director; Head of QA No Change" in words
    assert "Administrator None No Change" in words
    assert "Elsewhere" not in words


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_takes_the_same_queries_however_many_people(web, board, people, django_assert_num_queries):
    for _ in range(people):
        make_lead(board, f"Lead {people} {_}", holder=make_member(board))
    with django_assert_num_queries(6):
        web.get(url(board, "member_list"))


def test_somebody_new_is_added_and_given_a_link_to_choose_a_password(web, board, client, settings):
    settings.EMAIL_HOST = ""
    response = fill(web, url(board, "member_new"), email="priya@example.org", name="Priya Shah", role="lead")
    user = User.objects.get(email="priya@example.org")
    assert (user.name, member(board, user).role, user.has_usable_password()) == ("Priya Shah", "lead", False)
    words, done = messages_of(response)
    assert done == "Priya Shah is on the board as lead."
    link = re.search(r"http://testserver(\S+)", words)[1]
    client.logout()
    page = client.get(link, follow=True)
    assert page.status_code == 200
    fresh = {"password1": "twelve letters", "password2": "twelve letters"}
    client.post(page.redirect_chain[-1][0], fresh)
    user.refresh_from_db()
    assert user.check_password("twelve letters")


@pytest.mark.parametrize("kind", ["on another board", "site staff"])
def test_no_administrator_is_given_a_link_into_somebodys_account(web, board, settings, kind):
    settings.EMAIL_HOST = ""
    user = User.objects.create_user("priya@example.org", "Priya Shah", is_staff=kind == "site staff")
    if kind == "on another board":
        set_role(make_board(), user, Role.EDITOR, by=None)
    response = fill(web, url(board, "member_new"), email="priya@example.org", role="member")
    assert messages_of(response) == [
        "Priya Shah has an account without a password. Ask the site's staff to give them one.",
        "Priya Shah is on the board as member.",
    ]


def test_somebody_new_is_written_to_where_the_site_sends_email(web, board, settings):
    settings.EMAIL_HOST = "mail.example.org"
    response = fill(
        web, url(board, "member_new"), email="priya@example.org", name="Priya Shah", role="member"
    )
    assert messages_of(response) == [
        "An email to priya@example.org says how to choose a password.",
        "Priya Shah is on the board as member.",
    ]
    [sent] = mail.outbox
    assert sent.to == ["priya@example.org"]
    assert "/account/password/reset/key/" in sent.body


def test_somebody_known_is_added_without_a_link(web, board):
    user = make_user("Sam Hill")
    response = fill(web, url(board, "member_new"), email=user.email.upper(), role="editor")
    assert messages_of(response) == ["Sam Hill is on the board as editor."]
    assert member(board, user).role == "editor"
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"email": "priya"}, {"email": ["Enter an email address such as name@example.org"]}),
        ({"email": ""}, {"email": ["Enter the email address"]}),
        (
            {"email": "new@example.org"},
            {"name": ["Enter the name, since nobody on the site has this address yet"]},
        ),
    ],
)
def test_a_person_that_can_not_be_added(web, board, changes, errors):
    assert errors_of(fill(web, url(board, "member_new"), **changes)) == errors
    assert board.memberships.count() == 1


def test_somebody_is_not_added_twice(web, board):
    user = make_member(board, name="Sam Hill")
    errors = errors_of(fill(web, url(board, "member_new"), email=user.email, role="editor"))
    assert errors == {"email": ["Sam Hill is on the board already. Change their role instead."]}
    assert member(board, user).role == "member"


def test_a_role_changes_and_a_person_leaves(web, board):
    user = make_member(board, name="Sam Hill")
    response = fill(web, url(board, "member_edit", member(board, user).pk), role="editor")
    assert messages_of(response) == ["Sam Hill is now editor."]
    assert member(board, user).role == "editor"
    response = fill(web, url(board, "member_remove", member(board, user).pk))
    assert messages_of(response)[-1] == "Sam Hill is no longer on the board. What they wrote stays."
    assert [each.user.name for each in board.memberships.all()] == ["Ada Finch"]


@pytest.mark.parametrize(("name", "changes"), [("member_edit", {"role": "member"}), ("member_remove", {})])
def test_the_last_administrator_stays(web, board, admin, name, changes):
    response = fill(web, url(board, name, member(board, admin).pk), **changes)
    words = "A board needs an administrator. Make somebody else administrator first."
    assert response.context["form"].non_field_errors() == [words]
    assert member(board, admin).role == "administrator"


@pytest.mark.parametrize("name", ["member_edit", "member_remove"])
def test_another_boards_people_are_not_found(web, board, name):
    other = make_board()
    row = member(other, make_member(other))
    assert web.post(url(board, name, row.pk)).status_code == 404
    assert web.get(url(other, name, row.pk)).status_code == 404
    assert Membership.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEAD, Role.CHAIR, Role.EDITOR])
def test_only_administrators_manage_people(signed_in, board, admin, role):
    web = signed_in(make_member(board, role))
    for address in (
        url(board, "member_list"),
        url(board, "member_new"),
        url(board, "member_edit", member(board, admin).pk),
    ):
        assert web.get(address).status_code == 403
    assert (
        reverse("plans:member_list", args=[board.slug]) not in web.get(url(board, "history")).content.decode()
    )
