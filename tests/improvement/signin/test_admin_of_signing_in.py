"""Site staff take away a way to sign in that somebody has lost; they read no secret and make no way."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from tests.factories import make_user
from tests.pages import text_of

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def rows():
    person = make_user("Lena Holt")
    TOTP.activate(person, SECRET)
    told = {"name": "Said by the directory"}
    account = SocialAccount.objects.create(user=person, provider="council", uid="lena", extra_data=told)
    return {"mfa_authenticator": Authenticator.objects.get(), "socialaccount_socialaccount": account}


@pytest.fixture
def staff(signed_in):
    return signed_in(make_user(is_staff=True))


@pytest.mark.parametrize("name", ["mfa_authenticator", "socialaccount_socialaccount"])
def test_staff_see_a_way_without_its_secret_and_take_it_away(staff, rows, name):
    row = rows[name]
    words = text_of(staff.get(reverse(f"admin:{name}_change", args=[row.pk])), "content")
    assert "Lena Holt" in words
    assert SECRET not in words
    assert "Said by the directory" not in words
    assert staff.get(reverse(f"admin:{name}_add")).status_code == 403
    staff.post(reverse(f"admin:{name}_delete", args=[row.pk]), {"post": "yes"})
    assert not type(row).objects.exists()


@pytest.mark.parametrize("name", ["mfa_authenticator", "socialaccount_socialaccount"])
def test_nobody_else_does(signed_in, rows, name):
    row = rows[name]
    web = signed_in(row.user)
    assert web.post(reverse(f"admin:{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 302
    assert type(row).objects.count() == 1
