"""The way of each finding: found, action, done, repeat audit, better or not."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from audits.grading import VERDICT_WORDS, Verdict, compare
from audits.models import Audit, Finding, FindingAction
from audits.past_rows import links_then
from audits.services.audits import mix_of
from plans.models import Action, RatingKey
from plans.rating import KeyEntry, Meaning

FLAGS = {Verdict.BETTER: "ok", Verdict.WORSE: "late"}


@dataclass(frozen=True)
class Answer:
    """An action that answers a finding, with its rating; `done_on` is None until it is complete."""

    action: Action
    entry: KeyEntry | None
    done_on: date | None


@dataclass(frozen=True)
class Way:
    """`repeats` are the audits that repeat the finding's own, the latest first; `below` the threshold."""

    finding: Finding
    answers: list[Answer]
    repeats: list[Audit]
    below: int

    @property
    def audit(self) -> Audit:
        return self.finding.audit

    @property
    def is_answered(self) -> bool:
        return bool(self.answers)

    @property
    def done_on(self) -> date | None:
        """When the last of its actions was complete; None while any is not."""
        days = [answer.done_on for answer in self.answers]
        return max(day for day in days if day) if days and all(days) else None

    @property
    def repeat(self) -> Audit | None:
        """The latest finished repeat, else one that is planned or under way."""
        done = [audit for audit in self.repeats if audit.is_done]
        return next(iter(done or self.repeats), None)

    @property
    def is_checked(self) -> bool:
        """Whether a repeat looks at what came of the actions: one still to come, or done after them."""
        done_on = self.done_on
        return any(audit.is_open or (done_on and audit.done_on >= done_on) for audit in self.repeats)

    @property
    def verdict(self) -> Verdict | None:
        if self.repeat is None or not self.repeat.is_done:
            return None
        return compare(mix_of(self.audit), mix_of(self.repeat), self.below)

    @property
    def verdict_words(self) -> str:
        return VERDICT_WORDS[self.verdict] if self.verdict else ""

    @property
    def verdict_flag(self) -> str:
        return FLAGS.get(self.verdict, "plain")

    @property
    def shares(self) -> list[str]:
        """The share of good practice before and after, in words."""
        return [mix_of(each).good_share(self.below) for each in (self.audit, self.repeat)]


def ways_of(
    findings: Iterable[Finding],
    today: date,
    below: int,
    *,
    among: Iterable[Audit] | None = None,
    is_past: bool = False,
) -> list[Way]:
    """A fixed number of queries; each finding comes with its audit and that audit's grades.

    `among` are the board's audits with their grades, where they are known already; `is_past` says that
    `today` is a past day that the reader asked for.
    """
    findings = list(findings)
    if among is None:
        wanted = {finding.audit_id for finding in findings}
        among = Audit.objects.standing().filter(repeats__in=wanted).prefetch_related("grades")
    of_these = Q(finding_id__in=[finding.pk for finding in findings])
    answers = _answers(links_then(of_these, today) if is_past else _links(of_these), today)
    repeats = _repeats(among, today)
    return [Way(finding, answers[finding.pk], repeats[finding.audit_id], below) for finding in findings]


def _links(condition: Q) -> list[tuple[int, int]]:
    links = FindingAction.objects.filter(condition).order_by("pk")
    return list(links.values_list("finding_id", "action_id"))


def _answers(pairs: list[tuple[int, int]], today: date) -> dict[int, list[Answer]]:
    """By finding what answers it, given the (finding id, action id) of links."""
    standing = Action.objects.standing_on(today).filter(pk__in={pk for _, pk in pairs})
    rated = standing.with_rating(today).with_sign_off(today)
    actions = {action.pk: action for action in rated.select_related("plan")}
    ratings = RatingKey.objects.filter(plan__in={action.plan_id for action in actions.values()})
    key = {(rating.plan_id, rating.code): rating.entry for rating in ratings}
    found: dict[int, list[Answer]] = defaultdict(list)
    for finding, pk in pairs:
        if pk not in actions:
            continue
        action = actions[pk]
        found[finding].append(Answer(action, key.get((action.plan_id, action.rating)), _done_on(action)))
    return found


def _done_on(action: Action) -> date | None:
    """Reported complete, and signed off where the plan asks for that."""
    if action.rating != Meaning.COMPLETE:
        return None
    return action.signed_off_on if action.plan.blue_needs_sign_off else action.updated_on


def _repeats(rows: Iterable[Audit], today: date) -> dict[int | None, list[Audit]]:
    """By audit what repeats it, the latest finished first; none that was done after the day."""
    found: dict[int | None, list[Audit]] = defaultdict(list)
    for audit in sorted(rows, key=lambda row: (row.done_on or row.planned_due, row.pk), reverse=True):
        if not audit.is_done or audit.done_on <= today:
            found[audit.repeats_id].append(audit)
    return found


def with_grades(findings):
    """A queryset of findings with what a way needs of their audits."""
    return findings.select_related("audit").prefetch_related("audit__grades")
