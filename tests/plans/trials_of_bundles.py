"""Bundles in ways that must not stand."""

from datetime import date

from django.utils import timezone

from plans.models import Bundle


def a_bundle(rows, **fields):
    fields = {"plan": rows.plan, "title": "Plan", "as_at": date(2026, 1, 5), "content": "{}"} | fields
    return Bundle.objects.create(board=rows.board, asked_at=timezone.now(), **fields)


TRIALS = {
    "bundle_is_about_one_thing": lambda rows: a_bundle(rows, area=rows.area),
    "bundle_state_known": lambda rows: a_bundle(rows, state="lost"),
    "bundle_ready_with_its_digest": lambda rows: a_bundle(rows, state="ready"),
}
