"""Closed boards, tokens and redactions in ways that must not stand."""

from datetime import timedelta

from django.utils import timezone

from plans.models import FeedToken, Redaction
from tests.plans.trials_of_meetings import DAY


def a_token(rows, **fields):
    now = timezone.now()
    fields = {"name": "Power BI", "made_at": now, "ends_at": now + timedelta(days=365)} | fields
    return FeedToken.objects.create(user=rows.user, digest="0" * 64, **fields)


def a_redaction(rows, **fields):
    fields = {"kind": "text", "reason": "A name typed by mistake."} | fields
    return Redaction.objects.create(by=rows.user, marker="removed on 5 January 2026", **fields)


TRIALS = {
    "board_closed_with_a_reason": lambda rows: rows.change(rows.board, closed_on=DAY),
    "board_kept_some_years": lambda rows: rows.change(rows.board, keep_years=0),
    "feed_token_has_a_name": lambda rows: a_token(rows, name=""),
    "feed_token_ends": lambda rows: a_token(rows, ends_at=timezone.now() - timedelta(days=1)),
    "redaction_kind_known": lambda rows: a_redaction(rows, kind="lost"),
    "redaction_has_a_reason": lambda rows: a_redaction(rows, reason=""),
}
