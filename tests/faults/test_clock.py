"""The server's clock is put back: by an hour over midnight, and by a day."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from improvement.packs.closing import close_papers, standing_pack
from plans.models import Nudge, Outcome, Plan, ProgressUpdate, SignOff
from plans.services.invitations import password_path
from plans.services.safety import keep_form, kept_forms_of, sign_person
from tests.factories import make_evidence, make_meeting, make_user
from tests.faults.scene import filled, make_scene, update_url, url
from tests.improvement.digests.post import Waiting, send
from tests.pages import fields_of, text_of

HALF_PAST_MIDNIGHT = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
JUMPS = [timedelta(hours=1), timedelta(days=1)]

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(settings):
    settings.SESSION_COOKIE_AGE = 60 * 60
    with time_machine.travel(HALF_PAST_MIDNIGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture(params=JUMPS, ids=["an hour", "a day"])
def put_back(request, clock):
    """Puts the clock back, once."""
    return lambda: clock.shift(-request.param)


@pytest.fixture
def scene(clock):
    return make_scene()


def said(scene):
    return list(
        ProgressUpdate.objects.standing()
        .filter(action=scene.action)
        .latest_first()
        .values_list("happened", flat=True)
    )


def test_the_latest_update_is_the_one_saved_last(scene, signed_in, put_back):
    client, path, pk = signed_in(scene.head), update_url(scene), scene.action.pk
    assert client.post(path, filled(client, path, pk, happened="Said first.")).status_code == 302
    put_back()
    assert client.post(path, filled(client, path, pk, happened="Said last.")).status_code == 302
    assert said(scene)[:2] == ["Said last.", "Said first."]
    assert len(said(scene)) == 3


def test_a_form_opened_before_is_sent_once_and_is_not_lost(scene, signed_in, put_back):
    client, path, pk = signed_in(scene.head), url(scene.board, "my_updates"), scene.action.pk
    fields = fields_of(client.get(path), "token") | {f"a{pk}-happened": "Said once.", "save": "all"}
    put_back()
    assert [client.post(path, fields).status_code for _ in range(2)] == [302, 302]
    assert said(scene)[0] == "Said once."
    assert len(said(scene)) == 2


def test_nobody_is_signed_out_and_what_was_kept_is_found(scene, signed_in, put_back):
    client = signed_in(scene.head)
    path = update_url(scene)
    keep_form(sign_person(scene.head, path), {f"a{scene.action.pk}-happened": ["Kept for me."]})
    put_back()
    page = client.get(path)
    assert (page.status_code, "Kept for me." in page.content.decode()) == (200, True)
    assert [kept.path for kept in kept_forms_of(scene.head, path)] == [path]


def test_a_sign_off_is_asked_for_and_decided(clock, signed_in, put_back):
    scene = make_scene(blue_needs_sign_off=True)
    piece = make_evidence(scene.board)
    client, path, pk = signed_in(scene.head), update_url(scene), scene.action.pk
    client.post(path, filled(client, path, pk, happened="Nearly done."))
    put_back()
    done = {"happened": "Done.", "rating": "complete", "evidence": piece.pk}
    assert client.post(path, filled(client, path, pk, **done)).status_code == 302
    asked = SignOff.objects.get()
    client, agree = signed_in(scene.chair), url(scene.board, "plans:sign_off_agree", asked.pk)
    assert client.post(agree, fields_of(client.get(agree), "token")).status_code == 302
    assert SignOff.objects.get().outcome == Outcome.AGREED


def test_a_sign_off_asked_for_before_is_decided(clock, signed_in, put_back):
    scene = make_scene(blue_needs_sign_off=True)
    piece, client, pk = make_evidence(scene.board), signed_in(scene.head), scene.action.pk
    done = {"happened": "Done.", "rating": "complete", "evidence": piece.pk}
    client.post(update_url(scene), filled(client, update_url(scene), pk, **done))
    put_back()
    client, refuse = (
        signed_in(scene.chair),
        url(scene.board, "plans:sign_off_refuse", SignOff.objects.get().pk),
    )
    fields = fields_of(client.get(refuse), "token") | {"reason": "Two are left.", "rating": "on_track"}
    assert client.post(refuse, fields).status_code == 302
    assert said(scene)[:2] == ["Sign-off refused: Two are left.", "Done."]


def test_reminders_go_out_once(clock, mailoutbox, put_back):
    clock.move_to(datetime(2030, 3, 24, 0, 30, tzinfo=UTC))
    Waiting().action("Meet partners weekly")
    assert send("2030-03-24") == "1 reminder sent.\n"
    put_back()
    assert send("2030-03-23") == "0 reminders sent.\n"
    assert (len(mailoutbox), Nudge.objects.filter(sent_at__isnull=False).count()) == (1, 1)


def test_packs_keep_their_order(scene, put_back):
    meeting = make_meeting(scene.board)
    first = close_papers(meeting, scene.plan, by=scene.chair, start=False)
    put_back()
    second = close_papers(
        meeting, scene.plan, by=scene.chair, replaces=first, reason="A page was missing", start=False
    )
    assert [first.number, second.number] == [1, 2]
    assert standing_pack(meeting, Plan.objects.get(pk=scene.plan.pk)) == second


def test_an_invitation_made_before_still_opens_and_still_ends(scene, client, clock, put_back):
    user = make_user()
    path = password_path(user)
    put_back()
    assert "Save new password" in text_of(client.get(path, follow=True))
    clock.shift(timedelta(days=5))
    assert "Save new password" not in text_of(client.get(path, follow=True))
