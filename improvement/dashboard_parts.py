"""What a dashboard is made of: counts with their lists' addresses, rows of areas, and actions named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from improvement.action_rows import ActionRow
from improvement.checks import Finding
from plans.history.then import PlanThen
from plans.models import Action, Area
from plans.rating import KeyEntry
from plans.standing import Standing
from plans.wording.phrases import plural


@dataclass(frozen=True)
class Count:
    """A number and the address of the very list that it counts."""

    number: int
    url: str
    entry: KeyEntry | None = None
    change: str = ""


@dataclass(frozen=True)
class AreaRow:
    area: Area
    url: str
    ratings: list[Count]
    overdue: Count
    moved: Count
    total: Count

    @property
    def bar(self):
        return [(count.entry, count.number) for count in self.ratings]


@dataclass(frozen=True)
class Listed:
    """An action named on the dashboard, and by how much it is late."""

    action: Action
    due: date | None
    entry: KeyEntry | None
    late: str
    accountable: str
    start: str = ""

    @property
    def url(self) -> str:
        return f"actions/{self.action.pk}/{self.start}"


@dataclass(frozen=True)
class AskedAbout:
    """An action named on the dashboard with what there is to ask about it, the gravest first."""

    action: Action
    entry: KeyEntry | None
    findings: list[Finding]
    start: str = ""

    @property
    def url(self) -> str:
        return f"actions/{self.action.pk}/{self.start}"

    @property
    def words(self) -> str:
        return self.findings[0].words

    @property
    def flag(self) -> tuple[str, str]:
        severity = self.findings[0].check.severity
        return severity.words, severity.kind

    @property
    def more_words(self) -> str:
        more = len(self.findings) - 1
        return f"and {plural(more, 'more question')}" if more else ""


def standings(rows: Iterable[ActionRow], then: PlanThen) -> Iterator[Standing]:
    """The actions under the headings and with the leads that `then` knows of the day shown."""
    for row in rows:
        area, led = then.area_of(row.pk, row.area), then.is_led(row.pk, row.led)
        yield Standing(row.pk, area, row.due, row.rating, row.updated_on, row.before, led, row.moves)
