"""The page of one's updates once a sign-off was refused or an action opened again."""

from datetime import date

import pytest

from improvement.waiting import boards_waiting
from plans.models import Role
from plans.services.people import set_role
from plans.services.progress import record_update
from plans.services.sign_off import agree_sign_off, refuse_sign_off, reopen_action
from tests.factories import make_board
from tests.improvement.test_sign_off_pages import Signing
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signing(clock, signed_in):
    return Signing(signed_in)


@pytest.mark.parametrize(("decided", "words"), [("refused", "Sign-off refused"), ("opened", "Opened again")])
def test_what_a_decision_wrote_counts_and_is_told_beside_the_action(signing, decided, words):
    set_role(make_board("elsewhere"), signing.head, Role.MEMBER, by=None)
    if decided == "refused":
        refuse_sign_off(signing.asked, by=signing.chair, reason="One team is behind", rating="on_track")
    else:
        agree_sign_off(signing.asked, by=signing.chair)
        reopen_action(signing.actions[0], by=signing.chair, reason="One team is behind", rating="on_track")
    signing.client = signing.sign_in(signing.head)
    page = signing.open()
    assert "1 of your 3 actions is updated in the last month, 2 to do." in text_of(page)
    waiting = {each.board: each.to_do for each in boards_waiting(signing.head, date(2030, 3, 23), bool)}
    assert waiting[signing.board] == 2
    assert f"Decided 23 Mar {words}" in text_of(page, f"a{signing.actions[0].pk}")
    page = signing.save(a1={"happened": "The last team has begun"})
    assert (page.context["round"].updated, page.context["round"].to_do) == (1, 2)
    row = text_of(page, f"a{signing.actions[0].pk}")
    assert "Saved 10:31" in row
    assert words not in row


def test_the_lead_s_own_words_count_whatever_they_begin_with(signing):
    record_update(signing.actions[1], by=signing.head, rating="on_track", happened="Opened again: the hub")
    signing.client = signing.sign_in(signing.head)
    assert signing.open().context["round"].updated == 2
