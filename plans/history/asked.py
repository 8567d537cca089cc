"""What one person asked for and another decided, and questions that somebody answered, in plain words."""

from django.db.models import Q

from plans.models import MoveRequest, Outcome, SignOff, TargetMove
from plans.wording.phrases import sentence

from .names import Names
from .words import NOBODY, Change, in_words, url_of, what_of

DECIDED = {Outcome.AGREED: "agreed", Outcome.REFUSED: "refused", Outcome.DROPPED: "no longer asked for"}

# Whose doing a moment of an append-only row is.
BY = {
    "recorded_at": "by_id",
    "decided_at": "decided_by_id",
    "closed_at": "closed_by_id",
    "sent_at": "by_id",
    "reopened_at": "reopened_by_id",
    "asked_at": "by_id",
    "at": "by_id",
}


def doing_of(person: int, model: type, moment: str, taken_by: str) -> Q:
    """What a person did; a move that was asked for is the doing of who agreed."""
    own = Q(**{BY.get(moment, taken_by): person})
    if model is not TargetMove or moment != "recorded_at":
        return own
    return Q(request__decided_by=person) | own & Q(request__isnull=True)


def describe_asked(model: type, row, moment: str, names: Names) -> list[Change]:
    """A request: when it was asked, when it was decided, and when taking back its import withdrew it."""
    noun = "Move of the date" if model is MoveRequest else "Sign-off"
    who, field, after, reason = _told(noun, row, moment)
    what, url = what_of(model, row, names), url_of(model, row, names)
    when, by = getattr(row, moment), str(who or NOBODY)
    import_id = None if moment == "decided_at" else row.imported_by_id
    return [Change(when, by, what, field, "", after, reason, url, import_id, whole=True)]


def _told(noun: str, row, moment: str) -> tuple:
    if moment == "recorded_at":
        return row.by, f"{noun} asked for", getattr(row, "to_text", ""), getattr(row, "reason", "")
    if moment == "reopened_at":
        return row.reopened_by, "Action opened again", "", row.reopened_reason
    if moment == "withdrawn_at" and isinstance(row, SignOff):
        imported = row.update.imported_by
        return imported.undone_by, f"Sign-off fell: import {imported.pk} was taken back", "", ""
    if moment == "withdrawn_at":
        who = row.imported_by.undone_by if row.imported_by else None
        return who, f"{noun} no longer asked for: import {row.imported_by_id} was taken back", "", ""
    at = f"At the meeting of {in_words(row.meeting.on)}." if row.meeting else ""
    reason = " ".join(filter(None, (sentence(row.decision_reason), at)))
    return row.decided_by, f"{noun} {DECIDED[row.outcome]}", "", reason


def describe_accepted(model: type, row, moment: str, names: Names) -> list[Change]:
    """The answer to a question that a rating raised: when it was given and when it was taken back."""
    given = moment == "recorded_at"
    who, field = (row.by, "Question answered") if given else (row.withdrawn_by, "Answer taken back")
    before, after = (row.question, f"Accepted because: {row.reason}") if given else (row.reason, "")
    what, url = what_of(model, row, names), url_of(model, row, names)
    return [Change(getattr(row, moment), str(who or NOBODY), what, field, before, after, "", url, None, True)]
