"""The site's staff need a second step for their own pages where plans are kept for real."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.views.generic import View

from plans.models import Board
from plans.views.staff import StaffMixin
from tests.factories import make_board, make_user
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGES = ["admin:index", "admin:plans_user_changelist", "admin:plans_board_add", "components"]


class ForStaff(StaffMixin, View):
    def get(self, request):
        return HttpResponse("Seen")


@pytest.fixture
def asking(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def staff():
    return make_user("Site Staff", is_staff=True)


def visit(user):
    request = RequestFactory().get("/a-page/")
    request.user, request.session = user, {}
    return ForStaff.as_view()(request)


@pytest.mark.parametrize("name", PAGES)
def test_staff_without_one_are_led_to_set_it_up_and_back(signed_in, asking, staff, name):
    web, page = signed_in(staff), reverse(name)
    answer = web.get(page)
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
    assert "for people who sign in with a second step" in text_of(web.get(answer.url))
    TOTP.activate(staff, "JBSWY3DPEHPK3PXP")
    assert f'href="{page}">to the page that you opened' in web.get(answer.url).content.decode()
    assert web.get(page).status_code == 200


def test_nothing_is_written_without_it(signed_in, asking, staff):
    board = make_board("teesmere")
    page = reverse("admin:plans_board_change", args=[board.pk])
    answer = signed_in(staff).post(page, {"council": "Teesmere", "name": "Renamed", "slug": "teesmere"})
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
    assert Board.objects.get().name == board.name


@pytest.mark.parametrize("name", PAGES)
def test_a_password_is_enough_where_it_is_not_asked_for(signed_in, staff, name):
    assert signed_in(staff).get(reverse(name)).status_code == 200


@pytest.mark.parametrize(("name", "status"), [("admin:index", 403), ("components", 404)])
def test_who_is_not_staff_is_refused_as_before(signed_in, asking, name, status):
    user = make_user()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert signed_in(user).get(reverse(name), follow=True).status_code == status


def test_nobody_signed_in_is_asked_to_sign_in(client, asking):
    assert client.get(reverse("admin:index")).url.startswith(reverse("admin:login"))


def test_a_page_for_staff_is_not_there_for_others(asking, staff):
    with pytest.raises(Http404):
        visit(make_user())
    assert visit(staff).url == reverse("mfa_index")
    TOTP.activate(staff, "JBSWY3DPEHPK3PXP")
    assert visit(staff).content == b"Seen"
