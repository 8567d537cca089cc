"""The pages of a pack: who reads, closes, tries again and sends, and what each says."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from improvement.packs.closing import close_papers
from plans.history import board_changes
from plans.models import Pack, PackState, Role
from tests.factories import make_meeting, make_member, make_plan
from tests.packing import PAGE, make_closed_pack
from tests.pages import fields_of, text_of


@pytest.fixture
def closed(scene):
    return make_closed_pack(scene.meeting, scene.plan, by=scene.editor)


def address(name, pk, *args):
    return reverse(name, args=["here", pk, *args])


def test_a_member_reads_the_pack_and_keeps_its_files(scene, closed, signed_in):
    client = signed_in(make_member(scene.board, Role.MEMBER))
    page = client.get(address("pack", closed.pk))
    assert b"<article><h1>A pack</h1></article>" in page.content
    assert "PDF to print" in text_of(page)
    assert "Send it by email" not in text_of(page)
    for kind, start, sort in (
        ("html", PAGE, "text/html; charset=utf-8"),
        ("pdf", b"%PDF-1.7", "application/pdf"),
        ("xlsx", b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ):
        got = client.get(address("pack_file", closed.pk, kind))
        assert (got.content, got.headers["Content-Type"]) == (start, sort)
        assert got.headers["Content-Disposition"] == f'attachment; filename="pack-1-2026-03-30.{kind}"'
        assert hashlib.sha256(got.content).hexdigest() == closed.files.get(kind=kind).sha256
    assert client.get(address("pack_file", closed.pk, "docx")).status_code == 404


def test_reading_a_pack_takes_as_many_queries_whatever_is_in_it(
    scene, closed, signed_in, django_assert_num_queries
):
    client = signed_in(make_member(scene.board, Role.MEMBER))
    client.get(address("pack", closed.pk))
    with django_assert_num_queries(8):
        client.get(address("pack", closed.pk))


def test_a_pack_that_is_being_made_says_so_and_looks_again(scene, pack, signed_in):
    client = signed_in(scene.editor)
    page = client.get(address("pack", pack.pk))
    assert b'data-look-again="2500"' in page.content
    assert b"http-equiv" not in page.content
    assert f'href="{address("pack", pack.pk)}">Look again' in page.content.decode()
    assert "The files of Pack 1 are being made." in text_of(page)
    assert "Try again" not in text_of(page)


def test_a_pack_that_failed_or_got_stuck_is_tried_again(scene, pack, signed_in):
    Pack.objects.filter(pk=pack.pk).update(state=PackState.FAILED, trouble="The disk is full.")
    member = signed_in(make_member(scene.board, Role.MEMBER))
    assert "The disk is full." in text_of(member.get(address("pack", pack.pk)))
    assert member.post(address("pack_retry", pack.pk)).status_code == 403
    client = signed_in(scene.editor)
    assert "Try again" in text_of(client.get(address("pack", pack.pk)))
    client.post(address("pack_retry", pack.pk))
    pack.refresh_from_db()
    assert (pack.state, pack.trouble) == (PackState.MAKING, "")
    Pack.objects.filter(pk=pack.pk).update(started_at=timezone.now() - timedelta(minutes=7))
    assert "should be ready by now" in text_of(client.get(address("pack", pack.pk)))


def test_papers_are_closed_on_a_page(scene, signed_in):
    client = signed_in(scene.editor)
    page = client.get(address("pack_close", scene.meeting.pk))
    assert "The pack shows the plan as it stands today, 26 March 2026, and says both days." in text_of(page)
    sent = client.post(address("pack_close", scene.meeting.pk), fields_of(page, "plan"))
    pack = Pack.objects.get()
    assert sent.headers["Location"] == address("pack", pack.pk)
    assert (pack.meeting, pack.plan, pack.closed_by) == (scene.meeting, scene.plan, scene.editor)
    page = client.get(address("pack_close", scene.meeting.pk))
    assert "Pack 1 of Recovery plan. To change its papers, issue it again from its page." in text_of(page)
    page = client.post(address("pack_close", scene.meeting.pk), fields_of(page, "plan"))
    assert "The papers of this meeting are closed already: Pack 1." in text_of(page)


def test_papers_are_issued_again_and_the_old_page_leads_to_the_new(scene, closed, signed_in):
    client = signed_in(scene.editor)
    url = f"{address('pack_close', scene.meeting.pk)}?replaces={closed.pk}"
    page = client.post(url, {"reason": ""})
    assert "Say why the papers are issued again." in text_of(page)
    client.post(url, fields_of(client.get(url), "reason") | {"reason": "A figure was wrong."})
    again = Pack.objects.get(replaces=closed)
    old = client.get(address("pack", closed.pk))
    assert "This pack was replaced by pack 2: A figure was wrong." in text_of(old)
    assert address("pack", again.pk) in old.content.decode()
    assert "Issue it again" not in text_of(old)


def test_only_a_pack_of_this_meeting_is_issued_again(scene, closed, signed_in):
    other = make_closed_pack(make_meeting(scene.board), make_plan(scene.board, "Another"))
    client = signed_in(scene.editor)
    for wanted in (other.pk, 999_999, "x"):
        assert client.get(f"{address('pack_close', scene.meeting.pk)}?replaces={wanted}").status_code == 404


def test_the_history_tells_papers_closed_issued_again_and_sent(scene, closed):
    close_papers(scene.meeting, scene.plan, by=scene.editor, replaces=closed, reason="A figure was wrong.")
    closed.sendings.create(email="chair@example.org", by=scene.editor)
    told = [
        (change.what, change.field, change.after, change.reason, change.who)
        for change in board_changes(scene.board, kind="meeting").object_list
        if change.what.startswith("Pack")
    ]
    meeting = "for the meeting of 30 March 2026"
    assert sorted(told) == [
        (f"Pack 1 {meeting}", "Papers closed", "", "", "An editor"),
        (f"Pack 1 {meeting}", "Sent by email", "chair@example.org", "", "An editor"),
        (f"Pack 2 {meeting}", "Papers closed", "", "A figure was wrong.", "An editor"),
    ]


def test_the_sites_staff_read_packs_and_change_nothing(scene, closed, signed_in):
    client = signed_in(make_member(scene.board, is_staff=True))
    file = closed.files.first()
    for model, pk in (("pack", closed.pk), ("packfile", file.pk)):
        page = client.get(reverse(f"admin:plans_{model}_change", args=[pk]))
        assert address("pack", closed.pk) in page.content.decode()
        assert (
            client.post(reverse(f"admin:plans_{model}_change", args=[pk]), {"number": 9}).status_code == 403
        )
        assert (
            client.post(reverse(f"admin:plans_{model}_delete", args=[pk]), {"post": "yes"}).status_code == 403
        )
        assert client.get(reverse(f"admin:plans_{model}_changelist")).status_code == 200
