"""What is kept of authenticator apps and recovery codes is sealed under the site's key."""

import json
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.factories import make_user
from tests.pages import text_of

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
migration = import_module("plans.migrations.0017_seal_second_steps")


@pytest.fixture(autouse=True)
def keys(settings):
    settings.MFA_KEYS = ["the key of today"]


@pytest.fixture
def person():
    person = make_user()
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return person


def kept():
    return {row.type: row.data for row in Authenticator.objects.all()}


def codes_of(person):
    return person.authenticator_set.get(type="recovery_codes").wrap().generate_codes()


def code():
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def sign_in(client, person, code):
    """Where the sign-in leads, or the page that refuses the code."""
    client.post(reverse("account_login"), {"login": person.email, "password": "a long password"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code})
    return answer.url if answer.status_code == 302 else text_of(answer)


def make_plain():
    migration.unseal_all(apps, None)


def test_nothing_of_them_is_in_the_database(person):
    told = json.dumps(kept())
    assert SECRET not in told
    assert kept()["totp"]["secret"].startswith("sealed 1:")
    assert kept()["recovery_codes"]["seed"].startswith("sealed 1:")


def test_a_code_of_the_app_and_a_recovery_code_let_in(client, person):
    assert sign_in(client, person, code()) == reverse("home")
    client.logout()
    assert sign_in(client, person, codes_of(person)[0]) == reverse("home")


def test_what_was_kept_plain_still_works_and_is_sealed_by_the_migration(client, person):
    codes = codes_of(person)
    make_plain()
    assert kept()["totp"] == {"secret": SECRET}
    assert sign_in(client, person, code()) == reverse("home")
    assert codes_of(person) == codes
    migration.seal_all(apps, None)
    sealed = kept()
    assert sealed["totp"]["secret"].startswith("sealed 1:")
    migration.seal_all(apps, None)
    assert kept() == sealed
    assert codes_of(person) == codes


def test_after_a_change_of_key_the_old_one_opens_until_all_is_sealed_anew(client, person, settings, capsys):
    settings.MFA_KEYS = ["the key of tomorrow", "the key of today"]
    assert sign_in(client, person, code()) == reverse("home")
    codes = codes_of(person)
    call_command("seal_second_steps")
    assert capsys.readouterr().out == "2 secrets sealed under the newest key.\n"
    settings.MFA_KEYS = ["the key of tomorrow"]
    client.logout()
    assert sign_in(client, person, code()) == reverse("home")
    assert codes_of(person) == codes


def test_with_the_key_lost_the_person_is_told_and_nothing_breaks(client, person, signed_in, settings):
    settings.MFA_KEYS = ["another key"]
    assert "Ask the site’s staff to take it away." in sign_in(client, person, code())
    page = signed_in(person).get(reverse("mfa_index"))
    assert "You have none. Make new codes" in text_of(page)
    before = kept()
    with pytest.raises(CommandError, match="2 secrets could not be opened"):
        call_command("seal_second_steps")
    assert kept() == before
