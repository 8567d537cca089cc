"""Two of the site's staff taking out the same words at the very same time."""

import pytest

from improvement.packs.closing import close_papers
from plans.models import Action, Pack, Redaction
from tests.factories import make_action, make_meeting, make_user
from tests.improvement.test_my_updates_at_once import client_of, send_together

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Qxzzy Brambling"


def test_one_does_it_and_the_other_finds_nothing():
    action = make_action(title=f"Meet {NAME}")
    close_papers(make_meeting(action.plan.board), action.plan, by=None, start=False)
    fields = {"words": NAME, "reason": "A name was typed by mistake.", "board": "", "sure": "yes"}
    staff = [(client_of(make_user(is_staff=True)), fields) for _ in range(2)]
    assert send_together("/redact/", *staff) == [302, 302]
    done = Redaction.objects.get()
    assert Action.objects.get().title == f"Meet {done.marker}"
    assert [file.new_sha256 for file in done.files.all()] == [Pack.objects.get().digest]
