"""Closing papers: numbers, digests, papers issued again, and what is refused."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from improvement.packs.closing import close_papers, standing_pack, try_again
from improvement.packs.starting import database_url
from plans.models import Pack, PackState
from plans.services.meetings import cancel_meeting
from tests.factories import make_board, make_meeting, make_plan


def test_packs_are_numbered_in_each_plan_and_keep_their_digest(scene, pack):
    other = close_papers(scene.meeting, make_plan(scene.board, "Another plan"), by=scene.editor)
    earlier = close_papers(scene.last, scene.plan, by=scene.editor)
    assert [each.number for each in (pack, other, earlier)] == [1, 1, 2]
    assert (len({pack.digest, other.digest, earlier.digest}), pack.state) == (3, PackState.MAKING)


def test_papers_are_issued_again_with_a_reason_and_the_old_ones_stay(scene, pack):
    again = close_papers(
        scene.meeting, scene.plan, by=scene.editor, replaces=pack, reason=" A figure was wrong. "
    )
    assert (again.number, again.replaces, again.replacement_reason) == (2, pack, "A figure was wrong.")
    about = json.loads(again.content)["about"]
    assert (about["replaces"], about["reason"]) == (1, "A figure was wrong.")
    kept = Pack.objects.get(pk=pack.pk)
    assert (kept.content, kept.digest, kept.replacement) == (pack.content, pack.digest, again)
    assert standing_pack(scene.meeting, scene.plan) == again


def refusal(*args, **fields):
    with pytest.raises(ValidationError) as refused:
        close_papers(*args, by=None, **fields)
    return refused.value.messages


def test_what_cannot_be_closed_says_what_to_do(scene, pack):
    assert refusal(scene.meeting, scene.plan) == [
        "The papers of this meeting are closed already: Pack 1. "
        "To issue them again, open that pack and say why."
    ]
    assert refusal(scene.meeting, scene.plan, replaces=pack) == ["Say why the papers are issued again."]
    assert refusal(scene.meeting, make_plan(make_board("far"), "Far")) == ["Choose a plan of this board."]
    close_papers(scene.meeting, scene.plan, by=None, replaces=pack, reason="A mistake")
    assert refusal(scene.meeting, scene.plan, replaces=pack, reason="Another") == [
        "Pack 1 was issued again already. Issue the newest one again instead."
    ]
    cancelled = make_meeting(scene.board, date(2026, 5, 5))
    cancel_meeting(cancelled, by=None, reason="Snow")
    assert refusal(cancelled, scene.plan) == ["This meeting is cancelled, so it has no papers."]


def test_making_starts_once_the_closing_is_saved(scene, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as started:
        pack = close_papers(scene.meeting, scene.plan, by=scene.editor)
    assert len(started) == 1
    Pack.objects.filter(pk=pack.pk).update(state=PackState.FAILED, trouble="The disk is full.")
    with django_capture_on_commit_callbacks() as started:
        try_again(pack)
    pack.refresh_from_db()
    assert (len(started), pack.state, pack.trouble) == (1, PackState.MAKING, "")


def test_a_pack_that_is_ready_is_not_made_again(ready, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as started:
        try_again(ready)
    ready.refresh_from_db()
    assert (started, ready.state) == ([], PackState.READY)


@pytest.mark.parametrize(
    ("used", "url"),
    [
        ({"ENGINE": "django.db.backends.sqlite3", "NAME": "/data/b.sqlite3"}, "sqlite:////data/b.sqlite3"),
        (
            {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "test_boards",
                "USER": "me@home",
                "PASSWORD": "a/b:c",
                "HOST": "/run/postgres",
                "PORT": 5433,
                "OPTIONS": {"sslmode": "require"},
            },
            "postgres://me%40home:a%2Fb%3Ac@%2Frun%2Fpostgres:5433/test_boards?sslmode=require",
        ),
        (
            {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "boards",
                "USER": "",
                "PASSWORD": "",
                "HOST": "",
                "PORT": "",
                "OPTIONS": {},
            },
            "postgres:///boards",
        ),
    ],
)
def test_the_maker_is_told_the_database_in_use(used, url):
    assert database_url(used) == url
