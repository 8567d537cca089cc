"""No text of a challenge or a decision is longer than an update's may be."""

import pytest

from plans.models import Role
from tests.factories import make_meeting, make_member
from tests.plans.editing import errors_of, fill, url

pytestmark = pytest.mark.django_db

LONGEST = "a" * 10_000


@pytest.fixture
def pages(board, action, challenge):
    return {
        "question": url(board, "action_challenge", action.pk),
        "text": url(board, "challenge_answer", challenge.pk),
        "words": url(board, "challenge_close", challenge.pk),
        "decision": url(board, "decision_new", make_meeting(board).pk),
    }


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("question", {"question": LONGEST, "due": "14/4/2026"}),
        ("text", {"text": LONGEST}),
        ("words", {"outcome": "changed", "words": LONGEST}),
        ("decision", {"text": LONGEST}),
    ],
)
def test_ten_thousand_characters_are_enough(signed_in, board, pages, page, told):
    client = signed_in(make_member(board, Role.ADMINISTRATOR))
    name = next(name for name, words in told.items() if words == LONGEST)
    assert list(errors_of(fill(client, pages[page], **told | {name: f"{LONGEST}a"}))) == [name]
    assert fill(client, pages[page], **told).status_code == 302
