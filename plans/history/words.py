"""Changes in plain words: which field of what, from what to what, by whom and by which import."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format

from plans.models import (
    Action,
    Area,
    Challenge,
    ChallengeAnswer,
    Decision,
    Inspection,
    Lead,
    Meeting,
    Plan,
    ProgressUpdate,
    Recommendation,
    User,
)
from plans.services.progress import MOVED
from plans.wording.phrases import sentence, taken_back

from .names import Names, name_of

IMPORT = re.compile(r"^import (\d{1,18})\b[:,. ]*", re.IGNORECASE)
NOT_TOLD = {"id", "key", "columns", "level", "target_kind", "target_assumed", "withdrawn_reason"}
# The order of headings follows from the plan's own; it is no content.
# Who closed it and why it was cancelled are told with the change itself.
NOT_TOLD_OF = {Area: {"position"}, Challenge: {"closed_by"}, Meeting: {"cancelled_reason"}}
TAKEN_BACK = "taken back"
NO_DATE = "No date"
# What a row hangs on is said in the words for the row itself.
HUNG_ON = {"board", "plan", "lead", "user", "code"}
LABELS = {"target_due": "day it is due", "position": "place", "parent": "inside", "move": "new date"}
NOBODY = "The site"


@dataclass(frozen=True, slots=True)
class Change:
    """One field from what to what; where `whole`, `field` says what became of the whole row."""

    when: datetime
    who: str
    what: str
    field: str
    before: str
    after: str
    reason: str
    url: str
    import_id: int | None
    whole: bool = False


def describe_history(model: type, row, before, names: Names) -> list[Change]:
    """The changes from one history row to the next; a whole row added or removed is one change."""
    what, url = what_of(model, row, names), url_of(model, row, names)
    reason, import_id = read_reason(row.history_change_reason)
    who, whole = str(row.history_user or NOBODY), _whole(before, row, reason, import_id)
    told = [(whole, "", "")] if whole else list(_fields(model, before, row, names)) if before else []
    return [
        Change(
            row.history_date,
            who,
            what,
            field,
            old,
            new,
            "" if reason == TAKEN_BACK else reason,
            url,
            import_id,
            bool(whole),
        )
        for field, old, new in told
    ]


def _whole(before, row, reason: str, import_id: int | None) -> str:
    """What became of a row as a whole, "" where fields of it changed."""
    if row.history_type != "~":
        return "Added" if row.history_type == "+" else "Removed"
    gone = getattr(row, "withdrawn_on", None) and not getattr(before, "withdrawn_on", None)
    return f"Taken back with import {import_id}" if gone and reason == TAKEN_BACK else ""


def describe_appended(model: type, row, moment: str, names: Names) -> list[Change]:
    """An update or a move: when it was recorded, and when taking back an import withdrew it.

    Where the import had made the action, that is told of the action alone.
    """
    what, url = what_of(model, row, names), url_of(model, row, names)
    when, who, whole = getattr(row, moment), row.by, True
    if model is ChallengeAnswer:
        return [Change(when, str(who or NOBODY), what, "Answer", "", row.text, "", url, None, True)]
    if moment == "withdrawn_at":
        if row.imported_by_id and row.action.withdrawn_reason == taken_back(row.imported_by_id):
            return []
        who = row.imported_by.undone_by if row.imported_by else None
        field, old, new, reason = f"{_noun(model)} taken back with import {row.imported_by_id}", "", "", ""
    elif model is ProgressUpdate:
        field, old, new, reason = "Update", "", _update_words(row, names), row.replacement_reason
    else:
        field, old, new, whole = "Target date", row.from_text or NO_DATE, row.to_text or NO_DATE, False
        who = row.asked.decided_by if row.asked else who
        reason = _move_reason(row)
    told = str(who or NOBODY), what, field, old, new, reason, url, row.imported_by_id, whole
    return [Change(when, *told)]


def _noun(model: type) -> str:
    return "Update" if model is ProgressUpdate else "Move of the date"


def _update_words(update, names: Names) -> str:
    parts = [names.rating(update.action.plan_id, update.rating), update.happened]
    if update.way_back:
        parts.append(f"What would make it green: {update.way_back}")
    if update.is_late:
        parts.append(f"Counts from {in_words(update.on)}.")
    return "\n".join(part for part in parts if part)


def _move_reason(move) -> str:
    by = f" by {move.agreed_by}" if move.agreed_by else ""
    at = f" at the meeting of {in_words(move.meeting.on)}" if move.meeting else ""
    agreed = f"Agreed{by}{at}." if by or at else ""
    if move.asked:
        who = move.asked.by or "an import"
        agreed = f"Asked on {in_words(move.asked.on)} by {who}, agreed on {in_words(move.on)}{by}{at}."
    return " ".join(part for part in (sentence(move.reason), agreed, sentence(move.chairs_words)) if part)


def read_reason(reason: str | None) -> tuple[str, int | None]:
    """The words of a change's reason and the import it names: "import 12: Mended" is ("Mended", 12)."""
    match = IMPORT.match(reason or "")
    return ((reason or "")[match.end() :], int(match[1])) if match else (reason or "", None)


def _fields(model: type, before, after, names: Names) -> Iterator[tuple[str, str, str]]:
    hidden = NOT_TOLD | HUNG_ON | NOT_TOLD_OF.get(model, set()) | _target_columns_hidden(before, after, names)
    for field in model._meta.concrete_fields:
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old != new and field.name not in hidden:
            yield label_of(field), show(field, old, names), show(field, new, names)


def _target_columns_hidden(before, after, names: Names) -> set[str]:
    """A move is told by its own row; a day read from new words needs no second line."""
    if getattr(before, "target_text", None) == getattr(after, "target_text", None):
        return set()
    reason, import_id = read_reason(after.history_change_reason)
    moved = names.moved_by(import_id, after) if import_id else reason.startswith(MOVED)
    return {"target_text", "target_due"} if moved else {"target_due"}


def label_of(field: models.Field) -> str:
    label = LABELS.get(field.name, str(field.verbose_name))
    return label[:1].upper() + label[1:]


def show(field: models.Field, value, names: Names) -> str:
    """A column's value in words; "" for none."""
    if field.related_model in names.columns:
        return names.of(field.related_model, value)
    if field.choices and value in (choices := dict(field.flatchoices)):
        return str(choices[value])
    if field.name == "position":
        return str(value + 1)
    return in_words(value) or (NO_DATE if field.name == "target_text" else "")


def in_words(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, list):
        return "; ".join(": ".join(part) if isinstance(part, list) else str(part) for part in value)
    return str(value)


def what_of(model: type, row, names: Names) -> str:
    """The thing that changed, in words that still tell it when it is gone."""
    noun = model._meta.model_name
    if model in names.told:
        return names.told[model][0](row, names)
    if noun in WITHIN:
        return WITHIN[noun](row, names)
    return f"{model._meta.verbose_name.capitalize()} {name_of(model, row)}"


def _action_or_step(row, names: Names) -> str:
    of = "Action" if row.step_id is None else "A step of action"
    return f"{of} {names.of(Action, row.action_id)}"


WITHIN = {
    "board": lambda row, names: "The board",
    "area": lambda row, names: f"Area {name_of(Area, row)}",
    "membership": lambda row, names: f"{names.of(User, row.user_id)} on the board",
    "holding": lambda row, names: (
        f"Lead {names.of(Lead, row.lead_id)}, held by {names.of(User, row.user_id)}"
    ),
    "clockstop": lambda row, names: (
        f"{row.get_clock_display()} for {names.of(Inspection, row.inspection_id)}"
    ),
    "ratingkey": lambda row, names: f"Rating {row.word} of {names.of(Plan, row.plan_id)}",
    "step": lambda row, names: f"Step {row.number} of action {names.of(Action, row.action_id)}",
    "actionrecommendation": lambda row, names: (
        f"Recommendation {names.of(Recommendation, row.recommendation_id)} "
        f"of action {names.of(Action, row.action_id)}"
    ),
    "meeting": lambda row, names: f"Meeting of {name_of(Meeting, row)}",
    "attendance": lambda row, names: (
        f"{row.guest or names.of(User, row.user_id)} at the meeting of {names.of(Meeting, row.meeting_id)}"
    ),
    "decision": lambda row, names: f"Decision of the meeting of {names.of(Meeting, row.meeting_id)}",
    "challenge": lambda row, names: f"Challenge “{name_of(Challenge, row)}”",
    "challengeanswer": lambda row, names: f"Challenge “{names.of(Challenge, row.challenge_id)}”",
    "progressupdate": lambda row, names: f"Action {names.of(Action, row.action_id)}",
    "checkanswer": lambda row, names: (
        f"Action {names.of(Action, row.action_id)}"
        if row.action_id
        else f"Recommendation {names.of(Recommendation, row.recommendation_id)}"
    ),
    "signoff": lambda row, names: f"Action {names.of(Action, row.action_id)}",
    "targetmove": _action_or_step,
    "moverequest": _action_or_step,
}


# What has a page of its own, or hangs on it by a column.
PAGES = {
    Meeting: ("meeting", Meeting, "id"),
    Decision: ("meeting", Meeting, "meeting_id"),
    Challenge: ("challenge", Challenge, "id"),
    ChallengeAnswer: ("challenge", Challenge, "challenge_id"),
}


def url_of(model: type, row, names: Names) -> str:
    """The page of what changed, where it has one that every member may see and it still stands."""
    if model in names.told:
        return names.told[model][1](row, names)
    action = row.id if model is Action else getattr(row, "action_id", None)
    slug = names.board.slug
    if model in PAGES:
        noun, other, key = PAGES[model]
        pk = getattr(row, key)
        return reverse(noun, args=[slug, pk]) if names.stands(other, pk) else ""
    if action and names.stands(Action, action):
        return reverse("action", args=[slug, action])
    if model is Area and names.stands(Area, row.id):
        return reverse("area", args=[slug, row.id])
    plan = row.id if model is Plan else getattr(row, "plan_id", None)
    if plan and names.stands(Plan, plan):
        return f"{reverse('plans:plan', args=[slug])}?plan={plan}"
    return ""
