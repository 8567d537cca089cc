"""The page for whoever may not, in words that fit where they stand; and the site's mark on every page."""

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from plans.access import Permission
from plans.models import Role
from tests.factories import make_board, make_member, make_user
from tests.pages import text_of

pytestmark = pytest.mark.django_db
ICON = '<link rel="icon" href="/static/img/favicon.svg" type="image/svg+xml">'


def test_on_a_board_it_says_what_the_role_does_not_let_one_do(signed_in):
    board = make_board()
    page = signed_in(make_member(board, Role.MEMBER)).get(reverse("my_updates", args=[board.slug]))
    assert page.status_code == 403
    assert "Your role on this board does not let you update actions. The board’s" in text_of(page)


def test_in_the_site_administration_it_speaks_of_the_site_s_staff(signed_in):
    page = signed_in(make_member(make_board(), Role.ADMINISTRATOR)).get("/admin/", follow=True)
    words = text_of(page)
    assert page.status_code == 403
    assert words.startswith("This page is for the site’s staff They look after boards and accounts here.")
    assert "Your role on this board" not in words


def test_staff_are_told_that_what_is_a_board_s_is_changed_there(signed_in):
    staff, board = make_user(is_staff=True), make_board()
    page = signed_in(staff).get(reverse("admin:plans_board_delete", args=[board.pk]))
    assert page.status_code == 403
    assert text_of(page).startswith("You cannot do this here The site administration changes little")


def test_several_things_that_the_role_does_not_allow_are_joined_by_or(signed_in):
    board = make_board()
    page = signed_in(make_member(board, Role.EDITOR)).get(reverse("board_copy", args=[board.slug]))
    assert page.status_code == 403
    said = "Your role on this board does not let you close the board, open it again or take a copy of it."
    assert said in text_of(page)


@pytest.mark.parametrize("permission", Permission)
def test_what_is_not_allowed_is_said_to_you_and_not_of_one(permission):
    assert not {"one", "one's", "one’s"} & set(permission.split())


def test_the_mark_stands_on_the_site_s_pages_and_on_those_of_its_staff(client, signed_in):
    staff = signed_in(make_user(is_staff=True))
    assert [each.content.decode().count(ICON) for each in (client.get("/help/"), staff.get("/admin/"))] == [
        1,
        1,
    ]


def test_who_asks_for_it_by_its_usual_name_is_led_to_it(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.url) == (302, "/static/img/favicon.svg")
    assert finders.find("img/favicon.svg")
