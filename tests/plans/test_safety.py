"""One-time tokens and what is kept after a session has ended."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from plans.models import KeptForm, SpentToken
from plans.services.safety import (
    MOST_CHARACTERS,
    MOST_KEPT,
    forget_kept_form,
    keep_form,
    kept_forms_of,
    lead_to,
    new_token,
    purge,
    read_signature,
    sign_person,
    spend_token,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/boards/teesmere/updates/"


def test_the_first_press_spends_the_token_and_the_second_finds_where_it_led():
    assert spend_token("abc", "/done/") is None
    assert spend_token("abc", "/elsewhere/").url == "/done/"
    assert SpentToken.objects.count() == 1


def test_where_a_press_led_can_be_said_afterwards():
    spend_token("abc")
    lead_to("abc", "/done/")
    assert spend_token("abc").url == "/done/"


def test_an_overlong_token_is_cut_and_still_spent_once():
    assert spend_token("x" * 500) is None
    assert spend_token("x" * 500).token == "x" * 64


def test_a_token_is_spent_without_what_no_database_holds():
    assert spend_token("ab\0c") is None
    assert spend_token("abc").token == "abc"


def test_an_address_too_long_to_remember_loses_its_query_string():
    spend_token("abc", f"{PAGE}?q={'x' * 500}")
    assert spend_token("abc").url == PAGE
    lead_to("abc", f"/elsewhere/?q={'x' * 500}")
    assert spend_token("abc").url == "/elsewhere/"


def test_every_token_is_new():
    assert len({new_token() for _ in range(50)}) == 50


def test_a_signature_names_the_person_and_the_page():
    user = make_user()
    assert read_signature(sign_person(user, PAGE)) == (user.pk, PAGE)


@pytest.mark.parametrize(
    "forge", [lambda signed: signed[:-1], lambda signed: "", lambda signed: signed + "x"]
)
def test_a_false_signature_names_nobody_and_keeps_nothing(forge):
    forged = forge(sign_person(make_user(), PAGE))
    assert read_signature(forged) is None
    assert keep_form(forged, {"a1-happened": ["Words"]}) is None
    assert KeptForm.objects.count() == 0


def test_a_signature_holds_for_a_week():
    user = make_user()
    with time_machine.travel(timezone.now() - timedelta(days=6, hours=23)):
        recent = sign_person(user, PAGE)
    with time_machine.travel(timezone.now() - timedelta(days=7, hours=1)):
        old = sign_person(user, PAGE)
    assert read_signature(recent) == (user.pk, PAGE)
    assert read_signature(old) is None


def test_what_is_kept_leaves_out_the_tokens_and_what_no_database_holds():
    user = make_user()
    keep_form(
        sign_person(user, PAGE),
        {"a1-happened": ["Met\0 them"], "token": ["t"], "who": ["w"], "csrfmiddlewaretoken": ["c"]},
    )
    [kept] = kept_forms_of(user, PAGE)
    assert (kept.path, kept.fields) == (PAGE, {"a1-happened": ["Met them"]})


def test_what_is_kept_is_shown_to_its_person_alone():
    user, other = make_user(), make_user()
    kept = keep_form(sign_person(user, PAGE), {"a1-happened": ["Mine"]})
    assert kept_forms_of(other, PAGE) == []
    forget_kept_form(other, kept.pk)
    assert kept_forms_of(user, PAGE) == [kept]
    forget_kept_form(user, kept.pk)
    assert kept_forms_of(user, PAGE) == []


def test_a_page_finds_what_is_kept_whatever_its_query_string():
    user = make_user()
    first = keep_form(sign_person(user, f"{PAGE}?plan=1"), {"a": ["1"]})
    second = keep_form(sign_person(user, PAGE), {"a": ["1"]})
    keep_form(sign_person(user, "/boards/teesmere/updates/old/"), {"a": ["1"]})
    assert kept_forms_of(user, PAGE) == [second, first]


def test_the_same_words_sent_again_are_kept_once():
    user = make_user()
    keep_form(sign_person(user, PAGE), {"a1-happened": ["Words"]})
    again = keep_form(sign_person(user, PAGE), {"a1-happened": ["Words"]})
    assert kept_forms_of(user, PAGE) == [again]


def test_a_person_s_oldest_make_room_for_the_newest():
    user = make_user()
    kept = [keep_form(sign_person(user, PAGE), {"a": [str(n)]}) for n in range(MOST_KEPT + 2)]
    assert kept_forms_of(user, PAGE) == kept[:1:-1]


def test_too_much_is_not_kept():
    assert keep_form(sign_person(make_user(), PAGE), {"a": ["x" * (MOST_CHARACTERS + 1)]}) is None
    assert keep_form(sign_person(make_user(), "/" + "x" * 500), {"a": ["x"]}) is None
    assert KeptForm.objects.count() == 0


def test_nothing_is_kept_for_somebody_who_has_left():
    user = make_user(is_active=False)
    assert keep_form(sign_person(user, PAGE), {"a": ["x"]}) is None


def test_what_is_kept_is_gone_after_a_day():
    user = make_user()
    with time_machine.travel(timezone.now() - timedelta(days=1, minutes=1)):
        keep_form(sign_person(user, PAGE), {"a": ["old"]})
    assert kept_forms_of(user, PAGE) == []
    keep_form(sign_person(make_user(), PAGE), {"a": ["new"]})
    assert [kept.fields for kept in KeptForm.objects.all()] == [{"a": ["new"]}]


def test_purging_removes_old_tokens_and_keeps_the_others():
    spend_token("young")
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        spend_token("old")
    purge()
    assert [spent.token for spent in SpentToken.objects.all()] == ["young"]
