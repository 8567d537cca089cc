"""What the page of one audit says."""

from datetime import date
from functools import cached_property

from django.utils.formats import date_format

from audits.board_rows import agreement_of
from audits.charts import Bar, MixChart, draw_mixes
from audits.frequency import next_due
from audits.grading import Mix, Verdict, compare
from audits.models import Audit, Finding
from audits.services.audits import mix_of, words_of
from audits.way_rows import FLAGS, VERDICT_WORDS, Way, ways_of, with_grades


class AuditPage:
    def __init__(self, audit: Audit, today: date, below: int):
        self.audit, self.today, self.below = audit, today, below

    @cached_property
    def mix(self) -> Mix:
        return mix_of(self.audit)

    @cached_property
    def chart(self) -> MixChart | None:
        """This audit with the one that it repeats and those that repeat it, where they share a scale."""
        family = [self.audit.repeats, self.audit, *self.repeats]
        done = [each for each in family if each is not None and each.is_done]
        bars = [Bar(each.done_on, each.title, mix_of(each)) for each in done]
        bars = [bar for bar in bars if bar.mix.total and bar.mix.words == self.mix.words]
        return draw_mixes(sorted(bars, key=lambda bar: bar.day), self.below)

    @cached_property
    def repeats(self) -> list[Audit]:
        return list(self.audit.repeated_by.standing().prefetch_related("grades"))

    @cached_property
    def verdict(self) -> Verdict | None:
        """Whether it found better practice than the audit that it repeats."""
        earlier = self.audit.repeats
        if earlier is None or not (earlier.is_done and self.audit.is_done):
            return None
        return compare(mix_of(earlier), self.mix, self.below)

    @property
    def verdict_words(self) -> str:
        return VERDICT_WORDS[self.verdict] if self.verdict else ""

    @property
    def verdict_flag(self) -> str:
        return FLAGS.get(self.verdict, "plain")

    @property
    def earlier_share(self) -> str:
        return mix_of(self.audit.repeats).good_share(self.below)

    @property
    def share(self) -> str:
        return self.mix.good_share(self.below)

    @property
    def headline(self) -> str:
        """The answer, numbers first."""
        audit = self.audit
        if audit.is_done:
            looked_at = f"{audit.sample:,} {'case' if audit.sample == 1 else 'cases'} looked at"
            return (
                f"{looked_at} on {in_full(audit.done_on)}. {self.share if self.mix.total else 'No grades'}."
            )
        if audit.is_open:
            late = audit.planned_due < self.today
            return f"{audit.get_status_display()} for {audit.planned_text}{', overdue' if late else ''}."
        return f"Cancelled. {audit.cancelled_reason}"

    @property
    def second_reader(self) -> str:
        return agreement_of(self.audit).words(self.below)

    @property
    def next_due(self) -> date | None:
        """When it is to be made again by how often it is planned, unless a repeat stands already."""
        if not self.audit.is_done or self.repeats:
            return None
        return next_due(self.audit.frequency, self.audit.done_on)

    @cached_property
    def findings(self) -> list[Finding]:
        return list(with_grades(self.audit.findings.all()).select_related("audit", "meeting"))

    @property
    def strengths(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.is_need]

    @cached_property
    def ways(self) -> list[Way]:
        return ways_of([each for each in self.findings if each.is_need], self.today, self.below)

    @property
    def about(self) -> list[tuple[str, str]]:
        audit = self.audit
        graded_by = ", ".join(grade.word for grade in words_of(audit))
        rows = [
            ("Kind", audit.get_kind_display()),
            ("Theme", audit.theme),
            ("Team", audit.team),
            ("Lead", str(audit.lead or "Nobody yet")),
            ("Carried out by", audit.auditor),
            ("Planned for", f"{audit.planned_text} (by {in_full(audit.planned_due)})"),
            ("How often", audit.frequency or "Once"),
            ("Sample wanted", f"{audit.sample_wanted:,}" if audit.sample_wanted else "Not said"),
            ("Graded", audit.scale.name if audit.scale else graded_by),
        ]
        return [(label, words) for label, words in rows if words]


def in_full(day: date) -> str:
    return date_format(day, "j F Y")
