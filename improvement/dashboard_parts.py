"""What a dashboard is made of: counts with their lists' addresses, rows of areas, and actions named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from improvement.checks import Finding
from plans.history.then import PlanThen, accountable_of
from plans.models import Action, ActionLead, Area, Plan, TargetMove
from plans.rating import KeyEntry
from plans.standing import AsAt, Moves, Standing, moves_by_action
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
    start: str = ""

    @property
    def url(self) -> str:
        return f"actions/{self.action.pk}/{self.start}"

    @property
    def accountable(self) -> str:
        return accountable_of(self.action) or "Nobody yet"


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


def standings(plan: Plan, shown: AsAt, then: PlanThen | None = None) -> Iterable[Standing]:
    """Every action that counts, as it stands on the day shown: two queries however many there are.

    On a past day `then` knows what stood under another heading, in three more.
    """
    then = then or PlanThen(plan, shown)
    moves = TargetMove.objects.standing(shown.day).filter(action__plan=plan, step__isnull=True).order_by()
    moved = moves_by_action(moves.values_list("action_id", "on", "from_due", "to_due"), shown)
    led = Exists(ActionLead.objects.filter(action=OuterRef("pk")))
    rows = plan.actions.shown(shown).order_by("area__position", "position", "id")
    rows = (
        rows.with_rating(shown.day).with_target(shown.day).with_rating_before(shown.before).annotate(led=led)
    )
    columns = ("pk", "area_id", "due", "rating", "updated_on", "rating_before", "led")
    for row in rows.values_list(*columns):
        pk, area, *facts, led = row
        area, led = then.area_of(pk, area), then.is_led(pk, led)
        yield Standing(pk, area, *facts, led, moved.get(pk) or Moves())
