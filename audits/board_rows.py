"""What a board sees of its audits: programme and done, grade mixes, moderation, open findings."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from audits.charts import Bar, MixChart, draw_mixes
from audits.grading import Agreement, Mix, by_scale, sum_up
from audits.models import Audit, AuditStatus, Finding
from audits.past_rows import audits_then
from audits.services.audits import mix_of
from audits.way_rows import Way, ways_of, with_grades
from plans.models import Board

YEAR = timedelta(days=366)
AHEAD = timedelta(days=92)
MOST_BARS = 12
MOST_LISTED = 8


@dataclass
class Month:
    """The entries of the programme for one month, and what became of them by today."""

    month: date
    planned: int = 0
    done: int = 0
    overdue: int = 0
    wanted: int = 0
    looked_at: int = 0

    def add(self, audit: Audit, today: date) -> None:
        self.planned += 1
        self.done += audit.is_done
        self.overdue += audit.is_open and audit.planned_due < today
        self.wanted += audit.sample_wanted or 0
        self.looked_at += audit.sample or 0

    @property
    def numbers(self) -> list[tuple[str, int]]:
        return [
            ("Planned", self.planned),
            ("Done", self.done),
            ("Overdue", self.overdue),
            ("Cases wanted", self.wanted),
            ("Looked at", self.looked_at),
        ]


@dataclass(frozen=True)
class GradedRow:
    """A finished audit with its grades, for the table below a chart."""

    audit: Audit
    mix: Mix
    below: int

    @property
    def good(self) -> str:
        return self.mix.good_share(self.below)

    @property
    def second(self) -> str:
        return agreement_of(self.audit).words(self.below)


@dataclass(frozen=True)
class Mixes:
    """The finished audits of one scale: a chart of the latest and a table of them all."""

    words: tuple[str, ...]
    chart: MixChart | None
    rows: list[GradedRow] = field(default_factory=list)


class AuditBoard:
    """A fixed number of queries, however many audits and findings there are.

    With `past_day` as things were at its end.
    """

    def __init__(self, board: Board, today: date, past_day: date | None = None):
        self.board, self.today, self.past_day = board, past_day or today, past_day
        self.below = board.small_numbers_below

    @cached_property
    def audits(self) -> list[Audit]:
        if self.past_day:
            return audits_then(self.board, self.past_day)
        rows = self.board.audits.standing().select_related("lead").prefetch_related("grades")
        return list(rows.order_by("planned_due", "pk"))

    @cached_property
    def done(self) -> list[Audit]:
        """The earliest first."""
        return sorted(
            (audit for audit in self.audits if audit.is_done), key=lambda audit: (audit.done_on, audit.pk)
        )

    @property
    def overdue(self) -> list[Audit]:
        return [audit for audit in self.audits if audit.is_open and audit.planned_due < self.today]

    @property
    def under_way(self) -> int:
        return sum(audit.status == AuditStatus.UNDER_WAY for audit in self.audits)

    @property
    def coming(self) -> list[Audit]:
        return [audit for audit in self.audits if audit.is_open and audit.planned_due >= self.today][
            :MOST_LISTED
        ]

    @property
    def cases_words(self) -> str:
        cases = sum(audit.sample or 0 for audit in self.done)
        return f"{cases:,} {'case' if cases == 1 else 'cases'}"

    @cached_property
    def months(self) -> list[Month]:
        """The programme by month: a year back and three months ahead."""
        found: dict[date, Month] = {}
        for audit in self.audits:
            if self.today - YEAR <= audit.planned_due <= self.today + AHEAD:
                month = audit.planned_due.replace(day=1)
                found.setdefault(month, Month(month)).add(audit, self.today)
        return [found[month] for month in sorted(found)]

    @cached_property
    def mixes(self) -> list[Mixes]:
        """One for each scale in use: grades of different scales are never drawn as one."""
        rows = [GradedRow(audit, mix_of(audit), self.below) for audit in self.done]
        found = []
        for words, places in by_scale([row.mix for row in rows]):
            chosen = [rows[place] for place in places]
            bars = [Bar(row.audit.done_on, row.audit.title, row.mix) for row in chosen[-MOST_BARS:]]
            found.append(Mixes(words, draw_mixes(bars, self.below), chosen[::-1]))
        return found

    @property
    def moderation(self) -> Agreement:
        return sum_up(agreement_of(audit) for audit in self.done)

    @property
    def moderation_words(self) -> str:
        return self.moderation.words(self.below)

    @property
    def moderated(self) -> int:
        return sum(bool(audit.read_twice) for audit in self.done)

    @cached_property
    def ways(self) -> list[Way]:
        """What needs work of finished audits, the newest finding first."""
        needs = Finding.objects.needs().filter(audit__in=[audit.pk for audit in self.done])
        ordered = with_grades(needs).order_by("-audit__done_on", "-audit_id", "position", "pk")
        is_past = self.past_day is not None
        return ways_of(ordered, self.today, self.below, among=self.audits, is_past=is_past)

    @property
    def unanswered(self) -> list[Way]:
        return [way for way in self.ways if not way.is_answered]

    @property
    def unchecked(self) -> list[Way]:
        """All of its actions are done, and no repeat audit looks at what came of it."""
        return [way for way in self.ways if way.done_on and not way.is_checked]

    @property
    def verdicts(self) -> list[tuple[str, str, int]]:
        """How many findings came out how in their repeat: (words, flag, number)."""
        found: dict[tuple[str, str], int] = defaultdict(int)
        for way in self.ways:
            if way.verdict:
                found[way.verdict_words, way.verdict_flag] += 1
        return [(words, flag, number) for (words, flag), number in found.items()]


def agreement_of(audit: Audit) -> Agreement:
    return Agreement(audit.read_twice, audit.agreed)
