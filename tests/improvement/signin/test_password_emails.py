"""What comes by email to whoever asks for a new password, and how somebody new gets a first one by it."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from plans.models import User
from tests.factories import make_user
from tests.pages import fields_of, text_of

pytestmark = pytest.mark.django_db
PASSWORD = "Quiet harbour at nine"


def ask(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def test_a_link_to_a_new_password_comes_in_the_site_s_own_words(client, mailoutbox):
    ask(client, make_user().email)
    (sent,) = mailoutbox
    assert sent.subject == "Choose a new password for Improvement boards"
    assert re.sub(r"http://\S+", "LINK", sent.body).split("\n") == [
        "Hello,",
        "",
        "Somebody, most likely you, has asked for a new password for the account with this address.",
        "Choose it here. The link works once, for three days:",
        "LINK",
        "",
        "You did not ask for this? Do nothing: nobody can use the account without the link.",
        "",
        "Improvement boards",
    ]


def test_the_link_leads_to_the_site_whatever_host_was_asked(client, mailoutbox, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://plans.example.gov.uk", ["127.0.0.1"]
    fields, elsewhere = {"email": make_user().email}, {"host": "127.0.0.1"}
    client.post(reverse("account_reset_password"), fields, headers=elsewhere)
    assert "\nhttps://plans.example.gov.uk/account/password/reset/key/" in mailoutbox[0].body
    assert "127.0.0.1" not in mailoutbox[0].body


@pytest.mark.parametrize("has_account", [True, False])
def test_where_the_mail_server_is_away_the_page_says_so(client, settings, has_account):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = ask(client, make_user().email if has_account else "nobody@example.org")
    assert (answer.status_code, answer.url) == (302, reverse("account_reset_password"))
    assert "The email could not be sent. Try again in a few minutes" in text_of(client.get(answer.url))


def test_where_there_is_none_for_good_the_page_names_whom_to_ask(client, settings, capsys):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "improvement.no_mail.NoMail", ""
    answer = ask(client, make_user().email)
    assert (answer.status_code, answer.url) == (302, reverse("account_reset_password"))
    assert "This site sends no email. Ask the site’s staff" in text_of(client.get(answer.url))
    assert "reset/key" not in capsys.readouterr().out


def test_whoever_has_no_account_is_told_so_by_email_alone(client, mailoutbox):
    ask(client, "o'neill@example.org")
    (sent,) = mailoutbox
    assert sent.subject == "You have no account on Improvement boards yet"
    assert "has asked for a new password with this address: o'neill@example.org\n" in sent.body
    assert "http" not in sent.body


def test_who_was_added_without_a_password_sets_a_first_one_by_the_link(client, signed_in, mailoutbox):
    staff = signed_in(make_user(is_staff=True))
    new = {"email": "priya@example.org", "name": "Priya Shah", "usable_password": "false"}
    staff.post(reverse("admin:plans_user_add"), new)
    ask(client, "priya@example.org")
    link = re.search(r"http://\S+", mailoutbox[0].body)[0]
    form = client.get(link, follow=True)
    assert "password1" in fields_of(form, "password1")
    assert [field.label for field in form.context["form"]] == ["New password", "New password (again)"]
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get(email="priya@example.org").check_password(PASSWORD)
    answer = client.post(reverse("account_login"), {"login": "priya@example.org", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, reverse("home"))


def test_where_no_email_is_sent_a_first_one_is_set_on_the_server(monkeypatch):
    person = make_user()
    person.set_unusable_password()
    person.save()
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)
    call_command("changepassword", person.email, stdout=StringIO())
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_sign_in_page_leads_to_it(client):
    page = client.get(reverse("account_login"))
    assert "Forgot your password?" in text_of(page)
    assert reverse("account_reset_password") in page.content.decode()
