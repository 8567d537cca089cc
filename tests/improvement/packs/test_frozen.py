"""A pack stays what it was: a thousand edits later every byte of it is the same."""

import re
from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from impact.services.measures import edit_measure
from plans.models import Pack, PackFile, Role, User
from plans.rating import DEFAULT_KEY, KeyEntry
from plans.services.actions import edit_action, withdraw_action
from plans.services.areas import edit_area
from plans.services.history import save
from plans.services.people import rename_lead
from plans.services.plans import close_plan, edit_plan, set_key
from plans.services.progress import move_target, record_update
from tests.factories import make_member

RATINGS = ("on_track", "slippage", "off_track", "complete")
BODY = re.compile(rb'<article class="app-pack".*</article>', re.DOTALL)


def everything_of(pack, client):
    """Its row, its files, and what its page shows of it."""
    row = Pack.objects.filter(pk=pack.pk).values(
        "number", "content", "digest", "closed_at", "closed_by", "state", "meeting", "plan"
    )
    files = {
        file.kind: (bytes(file.content), file.sha256, file.size)
        for file in PackFile.objects.filter(pack=pack)
    }
    page = client.get(reverse("pack", args=["here", pack.pk])).content
    return list(row), files, BODY.search(page)[0]


def edits(scene):
    """What people do to a plan, over and over; each call changes something."""

    def rate(n):
        record_update(
            scene.moved,
            by=scene.editor,
            rating=RATINGS[n % 4],
            happened=f"Told {n} times",
            way_back=f"Way {n}",
        )

    def word(n):
        edit_action(scene.moved, by=scene.editor, title=f"Other words {n}", activity=f"Other work {n}")

    def move(n):
        later = date(2026, 7, 2) + timedelta(n)
        move_target(scene.quiet, to=f"{later:%d/%m/%Y}", by=scene.editor, reason="Later")

    def measure(n):
        edit_measure(scene.measure, by=scene.editor, name=f"Measure {n}")

    def key(n):
        words = [KeyEntry(each.code, each.colour, f"{each.word} {n}", f"{n}") for each in DEFAULT_KEY]
        set_key(scene.plan, words, by=scene.editor)

    def titles(n):
        edit_plan(scene.plan, by=scene.editor, title=f"Plan {n}")
        edit_area(scene.area, by=scene.editor, title=f"Area {n}")

    def names(n):
        scene.editor.name = f"Another name {n}"
        save(scene.editor, by=scene.editor)
        rename_lead(scene.lead, f"Another lead {n}", by=scene.editor)

    def council(n):
        scene.board.council, scene.board.name = f"Council {n}", f"Board {n}"
        save(scene.board, by=scene.editor)

    return (rate, word, move, measure, key, titles, names, council)


def test_a_thousand_edits_change_no_byte_of_a_pack(scene, ready, signed_in):
    client = signed_in(make_member(scene.board, Role.MEMBER))
    before = everything_of(ready, client)
    assert b"Fill two posts" in before[2]
    kinds = edits(scene)
    for n in range(1_000):
        kinds[n % len(kinds)](n)
    withdraw_action(scene.quiet, by=scene.editor, reason="No longer needed")
    close_plan(scene.plan, ends=date(2026, 3, 26), by=scene.editor)
    assert User.objects.get(pk=scene.editor.pk).name == "Another name 998"
    assert everything_of(ready, client) == before


def test_nothing_that_a_pack_stands_on_can_be_deleted(scene, ready):
    for row in (scene.plan, scene.meeting, scene.board, scene.editor, ready):
        with pytest.raises(ProtectedError):
            row.delete()
