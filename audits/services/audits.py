"""The programme of audits, their results and the learning shared."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.grading import AGREEMENT, FOUR_GRADES, GradeWord, Mix
from audits.models import Audit, AuditGrade, AuditKind, AuditStatus, Grading
from plans.dates import Period, parse_target
from plans.models import Board, User
from plans.services.history import remove, save


@transaction.atomic
def plan_audit(board: Board, *, by: User | None, planned_text: str, **fields) -> Audit:
    """An entry of the board's programme; `fields` are columns of Audit. Raises ValidationError."""
    audit = Audit(board=board)
    _write(audit, by=by, planned_text=planned_text, **fields)
    return audit


@transaction.atomic
def edit_audit(audit: Audit, *, by: User | None, reason: str = "", **fields) -> None:
    """Changes what is planned; results have a service of their own. Raises ValidationError."""
    _write(audit, by=by, reason=reason, **fields)


def _write(audit: Audit, *, by: User | None, reason: str = "", **fields) -> None:
    for name, value in fields.items():
        setattr(audit, name, " ".join(value.split()) if isinstance(value, str) else value)
    if "planned_text" in fields:
        audit.planned_due = read_planned(audit.board, audit.planned_text)
    _check_of_board(audit)
    if audit.is_done and {"grading", "scale", "scale_id"} & fields.keys():
        _check_grades_kept(audit)
    save(audit, by=by, reason=reason)


def read_planned(board: Board, words: str) -> date:
    """The latest day that the words mean, against the dates of the board's plan. Raises ValidationError."""
    plan = board.plans.newest_first().first()
    due = parse_target(words, plan.period if plan else Period()).due
    if due is None:
        raise ValidationError({"planned_text": "Write a month or a day, such as March 2026 or 27/3/2026."})
    return due


def _check_of_board(audit: Audit) -> None:
    board = audit.board_id
    if audit.lead is not None and audit.lead.board_id != board:
        raise ValidationError({"lead": "Choose a lead of this board."})
    if audit.area is not None and audit.area.plan.board_id != board:
        raise ValidationError({"area": "Choose an area of this board."})
    if audit.scale is not None and audit.scale.board_id != board:
        raise ValidationError({"scale": "Choose a scale of this board."})
    if audit.repeats is None:
        return
    if audit.repeats.board_id != board:
        raise ValidationError({"repeats": "Choose an audit of this board."})
    if audit.pk and audit.pk in _chain(audit.repeats):
        raise ValidationError({"repeats": "That one repeats this audit already. Choose an earlier one."})


def _chain(audit: Audit | None) -> list[int]:
    found: list[int] = []
    while audit is not None and audit.pk not in found:
        found.append(audit.pk)
        audit = audit.repeats
    return found


def _check_grades_kept(audit: Audit) -> None:
    words = [grade.word for grade in words_of(audit)]
    if [grade.word for grade in audit.grades.all()] != words:
        raise ValidationError("The results are given by another scale. Change the results first.")


def words_of(audit: Audit) -> tuple[GradeWord, ...]:
    """The words by which an audit grades, worst first."""
    if audit.grading == Grading.AGREEMENT:
        return AGREEMENT
    if audit.scale is None:
        return FOUR_GRADES
    return tuple(GradeWord(grade.word, grade.is_good) for grade in audit.scale.grades.all())


def mix_of(audit: Audit) -> Mix:
    """The grades of a finished audit; an audit that is not done has none."""
    rows = list(audit.grades.all())
    words = tuple(GradeWord(row.word, row.is_good) for row in rows)
    return Mix(words, tuple(row.count for row in rows), audit.sample or 0)


@transaction.atomic
def record_results(
    audit: Audit,
    *,
    by: User | None,
    done_on: date,
    sample: int,
    counts: Sequence[int] = (),
    read_twice: int = 0,
    agreed: int = 0,
    summary: str = "",
    words: Sequence[GradeWord] | None = None,
    reason: str = "",
) -> None:
    """What an audit found on a day: `counts` are the cases of each grade of its scale, worst first.

    Given again, it mends the earlier ones, which stay in history. Raises ValidationError.
    """
    if audit.status == AuditStatus.CANCELLED:
        raise ValidationError("This audit is cancelled, so it has no results.")
    words = words_of(audit) if words is None else tuple(words)
    counts = [*counts, *[0] * (len(words) - len(counts))]
    _check_results(words, counts, done_on, sample)
    audit.status, audit.done_on, audit.recorded_on = AuditStatus.DONE, done_on, timezone.localdate()
    audit.sample, audit.graded = sample, sum(counts)
    audit.read_twice, audit.agreed, audit.summary = read_twice, agreed, summary.strip()
    save(audit, by=by, reason=reason)
    _set_grades(audit, words, counts, by=by, reason=reason)


def _check_results(words: Sequence[GradeWord], counts: Sequence[int], done_on: date, sample: int) -> None:
    if done_on > timezone.localdate():
        raise ValidationError({"done_on": "Give the day it was done: today or earlier."})
    if len(counts) > len(words):
        raise ValidationError("There are more counts than grades.")
    if sum(counts) > sample:
        many = f"The grades add up to {sum(counts)}, but {sample} cases were looked at."
        raise ValidationError({"sample": f"{many} Change one of them."})


def _set_grades(audit: Audit, words, counts, *, by: User | None, reason: str) -> None:
    standing = list(audit.grades.all())
    if [row.word for row in standing] != [grade.word for grade in words]:
        for row in standing:
            remove(row, by=by, reason=reason)
        standing = [AuditGrade(audit=audit, word=word.word, position=n) for n, word in enumerate(words)]
    for row, grade, count in zip(standing, words, counts, strict=True):
        row.is_good, row.count, row.sample = grade.is_good, count, audit.sample
        save(row, by=by, reason=reason)
    # What was fetched before belongs to the results before.
    getattr(audit, "_prefetched_objects_cache", {}).pop("grades", None)


@transaction.atomic
def take_results_back(audit: Audit, *, by: User | None, reason: str) -> None:
    """An audit whose results were entered by mistake is planned again. Raises ValidationError."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why the results are taken back."})
    for row in audit.grades.all():
        remove(row, by=by, reason=reason)
    audit.status, audit.done_on, audit.recorded_on = AuditStatus.PLANNED, None, None
    audit.sample, audit.graded, audit.read_twice, audit.agreed = None, 0, 0, 0
    save(audit, by=by, reason=reason)


@transaction.atomic
def cancel_audit(audit: Audit, *, by: User | None, reason: str) -> None:
    """Takes an audit off the programme; it stays on show with the reason. Raises ValidationError."""
    if audit.is_done:
        raise ValidationError("This audit is done, so it can no longer be cancelled.")
    audit.status, audit.cancelled_reason = AuditStatus.CANCELLED, reason.strip()
    save(audit, by=by, reason=reason.strip())


@transaction.atomic
def reopen_audit(audit: Audit, *, by: User | None) -> None:
    """Puts a cancelled audit back on the programme."""
    if audit.status == AuditStatus.CANCELLED:
        audit.status, audit.cancelled_reason = AuditStatus.PLANNED, ""
        save(audit, by=by, reason="Back on the programme")


@transaction.atomic
def share_learning(audit: Audit, *, by: User | None, text: str, on: date | None = None) -> None:
    """What was learnt, and the day on which it was shared with staff. Raises ValidationError."""
    if on is not None and on > timezone.localdate():
        raise ValidationError({"on": "Give the day it was shared: today or earlier."})
    audit.learning, audit.learning_on = text.strip(), on
    save(audit, by=by)


def repeat_of(audit: Audit) -> dict:
    """The columns with which a repeat begins; when it is planned for is still to be said."""
    same = ("theme", "area", "team", "lead", "auditor", "sample_wanted", "grading", "scale")
    return {
        "title": f"{audit.title}: repeat" if len(audit.title) < 190 else audit.title,
        "kind": AuditKind.REPEAT,
        "repeats": audit,
        **{name: getattr(audit, name) for name in same},
    }
