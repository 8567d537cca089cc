"""All that a pack says, as plain data: whatever is made of it later says the same."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from improvement.packs.asked import challenges, decisions, questions, waiting
from improvement.packs.changing import changes
from improvement.packs.exceptions import exceptions
from improvement.packs.measured import measures
from improvement.packs.narrated import narratives
from improvement.packs.papers import Papers
from improvement.packs.summary import summary
from improvement.packs.telling import iso, person
from improvement.packs.whole import whole_plan
from plans.models import Meeting, Pack, Plan, User

# Which shape of data this is: a later one leaves packs of this shape readable.
SHAPE = 1


def gather(
    meeting: Meeting,
    plan: Plan,
    *,
    number: int,
    at: datetime,
    by: User | None,
    replaces: Pack | None = None,
    reason: str = "",
) -> dict:
    """The content of pack `number`, closed at the moment `at`, in a number of queries that does not grow."""
    papers = Papers(plan, meeting, timezone.localdate(at))
    return {
        "shape": SHAPE,
        "about": _about(papers, number, at, by, replaces, reason),
        "key": [_entry(entry) for entry in papers.dashboard.entries],
        "labels": papers.labels,
        "summary": summary(papers),
        "exceptions": exceptions(papers),
        "changes": changes(papers),
        "measures": measures(papers),
        "narratives": narratives(papers),
        "questions": questions(papers),
        "challenges": challenges(papers),
        "decisions": decisions(papers),
        "waiting": waiting(papers),
        "plan": whole_plan(papers),
        "note": papers.note,
    }


def canonical(content: Mapping) -> str:
    """The one text of a content: keys in order, no spaces."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _about(
    papers: Papers, number: int, at: datetime, by: User | None, replaces: Pack | None, reason: str
) -> dict:
    local = timezone.localtime(at)
    return {
        "council": papers.board.council,
        "board": papers.board.name,
        "plan": papers.plan.title,
        "number": number,
        "meeting": iso(papers.meeting.on),
        "kind": papers.meeting.get_kind_display(),
        "as_at": iso(papers.day),
        "compared_with": iso(papers.shown.before),
        "updated_after": iso(papers.shown.updated_after),
        "last_meeting": iso(papers.since.on) if papers.since else "",
        "closed_on": iso(local.date()),
        "closed_time": f"{local:%H:%M}",
        "closed_by": person(by),
        "replaces": replaces.number if replaces else None,
        "reason": reason,
    }


def _entry(entry) -> dict:
    return {
        "code": entry.code,
        "colour": entry.colour,
        "word": entry.word,
        "explanation": entry.explanation,
    }
