"""What the checks found, as pages need it: open or answered, each with its subject, names and address."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from improvement.checks import Finding, Mend
from plans.models import Board, CheckAnswer, Plan
from plans.rating import UNRATED


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about, for sorting and filtering: one action of the plan, or a recommendation."""

    pk: int
    area: int = 0
    lead: int | None = None
    rating: str = UNRATED


class Findings:
    """`open` are those to ask about, the gravest first; `answered` those whose answer still stands.

    `signed` are the ids of the actions whose sign-off is in force, `waiting` of those for which it waits.
    """

    def __init__(
        self,
        plan: Plan,
        found: Iterable[tuple[Subject, Finding, int | None]],
        signed: Collection[int] = (),
        waiting: Collection[int] = (),
    ):
        self.plan, self.signed, self.waiting = plan, signed, waiting
        found = sorted(found, key=lambda each: each[1].check.order)
        self.subjects = {(finding.check.on, finding.pk): subject for subject, finding, _ in found}
        self.open = [finding for _, finding, answer in found if answer is None]
        self._answered = [(finding, answer) for _, finding, answer in found if answer is not None]

    @cached_property
    def answered(self) -> list[tuple[Finding, CheckAnswer]]:
        """Each with the answer that stands: one query."""
        answers = CheckAnswer.objects.select_related("by").in_bulk([answer for _, answer in self._answered])
        return [(finding, answers[answer]) for finding, answer in self._answered]

    @property
    def every(self) -> list[Finding]:
        return [*self.open, *(finding for finding, _ in self._answered)]

    def of_action(self, pk: int) -> list[Finding]:
        return self._by_subject.get(("action", pk), [])

    def of_recommendation(self, pk: int) -> list[Finding]:
        return self._by_subject.get(("recommendation", pk), [])

    @cached_property
    def _by_subject(self) -> dict[tuple[str, int], list[Finding]]:
        return by_subject(self.open)

    @cached_property
    def asked(self) -> list[int]:
        """The ids of the actions that there is something to ask about, the gravest question first."""
        return [pk for on, pk in self._by_subject if on == "action"]

    @cached_property
    def asked_recommendations(self) -> list[int]:
        return [pk for on, pk in self._by_subject if on == "recommendation"]


def by_subject(findings: Iterable[Finding]) -> dict[tuple[str, int], list[Finding]]:
    """Grouped by what they are about, in the order of the gravest of each."""
    found: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        found.setdefault((finding.check.on, finding.pk), []).append(finding)
    return found


def mend_url(board: Board, mend: Mend) -> str:
    args = [board.slug] if mend.pk is None else [board.slug, mend.pk]
    query, anchor = mend.query and f"?{mend.query}", mend.anchor and f"#{mend.anchor}"
    return f"{reverse(mend.page, args=args)}{query}{anchor}"
