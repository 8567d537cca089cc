"""After site staff give somebody another email address, the old one opens nothing any more."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from plans.models import Role, User
from plans.services.people import invite_member
from tests.council import offer, running_council
from tests.factories import make_board, make_user
from tests.pages import fields_of, text_of
from tests.plans.editing import fill, url

pytestmark = pytest.mark.django_db
OLD, NEW = "sam.hill@teesmere.example", "samira.hill@teesmere.example"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "a long password"
FRESH = {"password1": "twelve letters", "password2": "twelve letters"}


@pytest.fixture(autouse=True)
def sends_email(settings):
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example.org", "http://testserver"


@pytest.fixture
def board():
    return make_board("teesmere")


@pytest.fixture
def sam(board):
    return invite_member(board, OLD, Role.EDITOR, by=None, name="Sam Hill").user


def change_address(client, person):
    """As site staff do it in /admin/."""
    client.logout()
    client.force_login(make_user(is_staff=True), backend=BACKEND)
    page = reverse("admin:plans_user_change", args=[person.pk])
    fields = fields_of(client.get(page), "email")
    assert client.post(page, fields | {"email": NEW}).status_code == 302
    client.logout()
    person.refresh_from_db()
    assert person.email == NEW


def ask_for_link(client, email):
    """The link that is sent to this address, if one is."""
    mail.outbox.clear()
    client.post(reverse("account_reset_password"), {"email": email})
    words = [word for sent in mail.outbox for word in sent.body.split() if "/reset/key/" in word]
    assert [sent.to for sent in mail.outbox] == [[email]]
    return words[0] if words else None


def choose(client, link):
    """Follows the link as far as it leads."""
    page = client.get(link, follow=True)
    if page.redirect_chain:
        client.post(page.redirect_chain[-1][0], FRESH)
    return text_of(page)


def test_an_invitation_to_it_is_worth_nothing(client, signed_in, board):
    admin = invite_member(board, "ada@teesmere.example", Role.ADMINISTRATOR, by=None).user
    fill(signed_in(admin), url(board, "member_new"), email=OLD, name="Sam Hill", role="editor")
    link = next(word for word in mail.outbox[0].body.split() if "/reset/key/" in word)
    sam = User.objects.get(email=OLD)
    change_address(client, sam)
    assert "The link does not work any more" in choose(client, link)
    sam.refresh_from_db()
    assert not sam.has_usable_password()


def test_a_link_to_a_new_password_is_worth_nothing_and_none_is_sent_there_again(client, sam):
    link = ask_for_link(client, OLD)
    change_address(client, sam)
    assert "The link does not work any more" in choose(client, link)
    assert ask_for_link(client, OLD) is None
    choose(client, ask_for_link(client, NEW))
    sam.refresh_from_db()
    assert sam.check_password("twelve letters")


def test_a_password_goes_with_the_new_address_alone(client, sam):
    sam.set_password(PASSWORD)
    sam.save()
    ask_for_link(client, OLD)
    change_address(client, sam)
    for email, is_in in ((OLD, False), (NEW, True)):
        client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
        assert ("_auth_user_id" in client.session) is is_in


def test_who_has_the_old_address_next_gets_no_link_into_the_account(client, sam, board):
    ask_for_link(client, OLD)
    change_address(client, sam)
    other = invite_member(board, OLD, Role.MEMBER, by=None, name="Sam Hillman").user
    choose(client, ask_for_link(client, OLD))
    sam.refresh_from_db()
    other.refresh_from_db()
    assert (sam.has_usable_password(), other.check_password("twelve letters")) == (False, True)


def test_the_council_s_account_with_the_old_address_does_not_come_in(client, settings, sam):
    with running_council() as council:
        offer(settings, council.url)
        change_address(client, sam)
        council.knows("sam", OLD)
        assert council.sign_in(client, "sam").status_code == 403
        council.knows("samira", NEW)
        council.sign_in(client, "samira")
    assert list(sam.socialaccount_set.values_list("uid", flat=True)) == ["samira"]


def test_no_second_list_of_addresses_is_kept(client, sam):
    choose(client, ask_for_link(client, OLD))
    client.post(reverse("account_login"), {"login": OLD, "password": FRESH["password1"]})
    assert "_auth_user_id" in client.session
    assert not EmailAddress.objects.exists()
