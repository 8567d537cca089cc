"""What a bundle says of its actions: as they stand, every rating, move and sign-off, and the evidence."""

from collections.abc import Iterable

from improvement.bundles.parts import part
from improvement.bundles.scope import Scope, name_of
from improvement.packs.telling import person
from plans.coverage import COVER_WORDS, Coverage
from plans.document import Entry
from plans.history.answers import answered_by
from plans.models import WHOLE_PLAN, Evidence, MoveRequest, ProgressUpdate, SignOff, TargetMove
from plans.templatetags.components import long_date


def actions(scope: Scope) -> dict:
    headers = ["Action", "Rating", "Plan", "Heading", "Leads", "Target", "Due", "Moved", "What is done"]
    headers += ["Steps", "More about it", "Answers", "Signed off on"]
    about = "As they stood at the end of the day, in the plan’s order and words."
    return part("Actions", "Actions", about, headers, _action_rows(scope), records=True)


def _action_rows(scope: Scope) -> Iterable[list]:
    for action in scope.actions:
        steps, labels = scope.steps.get(action.pk, []), scope.labels[action.plan_id]
        entry = Entry(action, scope.thens[action.plan_id].key.get(action.rating), labels, steps)
        heading = "" if action.area.title == WHOLE_PLAN else str(action.area)
        answered = [f"{told}" for told in answered_by(action)]
        texts = [f"{label}: {words}" for label, words in entry.texts if label != labels["recommendation"]]
        yield [
            name_of(action),
            scope.rating(action),
            action.plan.title,
            heading,
            "\n".join(f"{name}{' (accountable)' * main}" for name, main in entry.leads),
            action.due_text,
            action.due,
            entry.moved if action.standing_moves else "",
            entry.activity,
            "\n".join(map(_step, steps)),
            "\n".join(texts),
            "\n".join(answered),
            action.signed_off_on,
        ]


def _step(step) -> str:
    target = f" ({step.target_text})" if step.target_text else ""
    done = f" Done {long_date(step.done_on)}." if step.done_on else ""
    return f"{step.number}. {step.text}{target}{done}"


def ratings(scope: Scope) -> dict:
    """Every update that stood on the day, in the order of the actions, the newest first."""
    updates = ProgressUpdate.objects.standing(scope.day).filter(scope.of_actions())
    by_action: dict[int, list[ProgressUpdate]] = {}
    for update in updates.latest_first().select_related("by"):
        by_action.setdefault(update.action_id, []).append(update)
    rows = [
        [
            name_of(action),
            each.on,
            scope.rating(action, each.rating),
            each.happened,
            each.way_back,
            person(each.by),
        ]
        for action in scope.actions
        for each in by_action.get(action.pk, ())
    ]
    headers = ["Action", "On", "Rating", "What has happened", "What would make it green", "By"]
    return part("Ratings", "Every rating with its reasons", "The newest first.", headers, rows)


def moves(scope: Scope) -> dict:
    found = TargetMove.objects.standing(scope.day).filter(scope.of_actions())
    names = scope.words_of(scope.actions)
    rows = [
        [
            names[each.action_id] + (f", step {each.step.number}" if each.step else ""),
            each.on,
            each.from_text or each.from_due,
            each.to_text or each.to_due,
            each.days if each.days is not None else "",
            each.reason,
            _agreed(each),
            person(each.by),
        ]
        for each in found.select_related("step", "meeting", "by").order_by("action", "on", "pk")
    ]
    headers = ["Action", "On", "From", "To", "Days later", "Reason", "Agreed", "By"]
    about = "Each time that a date was moved. A move to an earlier day has days below 0."
    return part("Moves", "Every move of a target", about, headers, rows)


def _agreed(move: TargetMove) -> str:
    return f"At the meeting of {long_date(move.meeting.on)}" if move.meeting else move.agreed_by


def sign_offs(scope: Scope) -> dict:
    """Sign-offs and moves of a date that one person asked for and another decided."""
    rows = [*_asked(scope, SignOff, "Sign-off"), *_asked(scope, MoveRequest, "Move of a date")]
    rows.sort(key=lambda row: (row[0], row[2]))
    headers = ["Action", "Asked for", "Asked on", "Asked by", "Outcome", "Decided on", "Decided by", "Reason"]
    about = "As known on the day: what was decided later waits here."
    return part("Sign-offs", "Sign-offs and requests", about, headers, rows)


def _asked(scope: Scope, model: type[SignOff | MoveRequest], kind: str) -> Iterable[list]:
    found = model.objects.standing(scope.day).filter(scope.of_actions())
    for each in found.select_related("action", "by", "decided_by").order_by("pk"):
        decided = each.decided_on is not None and each.decided_on <= scope.day
        outcome = each.get_outcome_display() if decided else "Waiting"
        reason = each.decision_reason if decided else ""
        if decided and kind == "Sign-off" and each.reopened_on and each.reopened_on <= scope.day:
            outcome = f"{outcome}, opened again on {long_date(each.reopened_on)}"
            reason = " ".join(filter(None, (reason, each.reopened_reason)))
        yield [
            name_of(each.action),
            kind if kind == "Sign-off" else f"{kind} to {each.to}",
            each.on,
            person(each.by),
            outcome,
            each.decided_on if decided else None,
            person(each.decided_by) if decided else "",
            reason,
        ]


def evidence(scope: Scope) -> list[Evidence]:
    """What standing updates of the actions, and published narratives of the areas, show."""
    updates = ProgressUpdate.objects.standing(scope.day).filter(scope.of_actions())
    shown = Evidence.objects.filter(board=scope.board, updates__in=updates.order_by())
    narrated = Evidence.objects.filter(
        scope.of_areas("narratives__area"),
        board=scope.board,
        narratives__status="published",
        narratives__withdrawn_at__isnull=True,
        narratives__published_on__lte=scope.day,
    )
    found = Evidence.objects.filter(pk__in=[*{*shown.values_list("pk", flat=True)}, *_ids(narrated)])
    return list(found.select_related("by", "file").defer("file__content").order_by("dated", "pk"))


def _ids(rows) -> Iterable[int]:
    return rows.values_list("pk", flat=True)


def evidence_index(found: Iterable[Evidence], names: dict[int, str]) -> dict:
    """`names` are the paths in the bundle of the files that it holds, by the evidence's id."""
    rows = [
        [
            each.title,
            each.get_kind_display(),
            each.dated,
            each.note,
            person(each.by),
            each.link or each.filename,
            each.file.sha256 if each.filename else "",
            names.get(each.pk, "" if each.link else "Not in this bundle"),
        ]
        for each in found
    ]
    headers = [
        "Title",
        "Kind",
        "Date",
        "Note",
        "By",
        "Link or file name",
        "SHA-256 of the file",
        "In the bundle",
    ]
    return part("Evidence", "Index of evidence", "The oldest first.", headers, rows, records=True)


def recommendations(scope: Scope) -> dict:
    """What the actions answer, and for a recommendation that itself."""
    wanted = {told.pk for action in scope.actions for told in answered_by(action)}
    wanted |= set() if scope.plan else {scope.about.pk}
    rows = [
        [
            " ".join(str(row.recommendation).split()),
            str(row.recommendation.inspection or "Not said"),
            row.recommendation.paragraph,
            row.recommendation.priority,
            row.words if row.answers else COVER_WORDS[row.cover],
            "\n".join(name_of(answer.action) for answer in row.answers),
        ]
        for row in Coverage(scope.board, scope.day).rows
        if row.recommendation.pk in wanted
    ]
    headers = ["Recommendation", "Inspection", "Paragraph", "Priority", "State", "Actions of the board"]
    return part("Recommendations", "Recommendations answered", "In the order of inspections.", headers, rows)
