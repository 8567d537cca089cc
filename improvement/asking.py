"""Findings as a person meets them: what would mend each, and whether they may do that or answer it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from improvement.checks import Finding, Mend
from improvement.findings import mend_url
from plans.access import Access, Permission
from plans.models import CheckAnswer, Plan
from plans.standing import AsAt


@dataclass(frozen=True)
class Question:
    """`mend_url` and `answer_url` are "" where the person may not, or where a past day is shown."""

    finding: Finding
    mend_url: str
    answer_url: str
    answer: CheckAnswer | None = None

    @property
    def flag(self) -> tuple[str, str]:
        severity = self.finding.check.severity
        return severity.words, severity.kind


class Asking:
    """`led` are the ids of the actions that the person leads, looked up where they are not given."""

    def __init__(self, access: Access, plan: Plan, shown: AsAt, led: Collection[int] | None = None):
        self.access, self.plan, self.shown = access, plan, shown
        self._led = led

    @cached_property
    def led(self) -> Collection[int]:
        if self._led is not None:
            return self._led
        if self.access.board.closed_on:
            return frozenset()
        return set(self.plan.actions.led_by(self.access.user).order_by().values_list("pk", flat=True))

    def questions(self, findings: Iterable[Finding]) -> list[Question]:
        return [self.question(finding) for finding in findings]

    def question(self, finding: Finding, answer: CheckAnswer | None = None) -> Question:
        if self.shown.is_past:
            return Question(finding, "", "", answer)
        mend = mend_url(self.access.board, finding.mend) if self.may_mend(finding) else ""
        return Question(finding, mend, self.answer_url(finding) if self.may_answer(finding) else "", answer)

    def may_mend(self, finding: Finding) -> bool:
        mend: Mend = finding.mend
        if mend.who == "update":
            return self.may_update(finding.pk)
        return self.access.may(Permission[mend.who.upper()])

    def may_answer(self, finding: Finding) -> bool:
        if self.access.may(Permission.ANSWER_CHECKS):
            return True
        if finding.check.on == "action":
            return self.may_update(finding.pk)
        return self.access.may(Permission.EDIT_PLAN)

    def may_update(self, pk: int) -> bool:
        return self.access.may(Permission.UPDATE_ANY) or pk in self.led

    def answer_url(self, finding: Finding) -> str:
        name = "check_answer" if finding.check.on == "action" else "recommendation_check"
        url = reverse(name, args=[self.access.board.slug, finding.pk])
        return f"{url}?plan={self.plan.pk}&check={finding.check.name}"


def new_to(asked: Collection[str], questions: Iterable[Question]) -> list[Question]:
    """Those that whoever updates the action can mend, and whose basis is not among `asked`."""
    return [
        each
        for each in questions
        if each.finding.basis not in asked and each.finding.mend.who == "update" and each.mend_url
    ]


def raised_words(name: str, questions: Iterable[Question]) -> SafeString:
    """What an update has just raised, each with a link to what would mend it."""
    link = '{} now raises a question. {} <a class="govuk-link" href="{}">{}</a>.'
    told = ((name, each.finding.words, each.mend_url, each.finding.mend.words) for each in questions)
    return format_html_join(" ", link, told)
