"""A council of many boards, each with several plans, measures with their months, and people who lead."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction
from django.utils import timezone

from impact.models import Direction, Measure, MeasureTarget, Observation, Unit
from impact.months import month_of, months_after
from plans.leads import lead_key
from plans.models import Board, Lead, Role, User
from plans.services.history import create_all
from plans.services.people import create_board, set_holders, set_role
from plans.services.plans import create_plan
from tests.bench.filling import MONTH, MONTHS, Filling, Ground, add_meetings, areas_for
from tests.bench.words import lead_name

MEASURED = 36


@dataclass(frozen=True)
class Council:
    """How many boards there are, and of each board its plans, its measures and a plan's actions."""

    boards: int = 50
    plans: int = 4
    actions: int = 100
    measures: int = 60
    people: int = 50

    def people_of(self, number: int) -> int:
        """How many of the council's people are on the board of this number, counted from 0."""
        return len(range(number, self.people, self.boards))

    @property
    def words(self) -> str:
        actions = self.boards * self.plans * self.actions
        return (
            f"{self.boards} boards, {self.boards * self.plans} plans, {actions:,} actions, "
            f"{actions * MONTHS:,} updates, {self.measures} measures a board with {MEASURED} months each"
        )


@transaction.atomic
def fill_council_board(council: Council, number: int) -> Ground:
    today = timezone.localdate()
    board = create_board("Benchford Council", f"Board {number + 1}", f"board-{number + 1}", by=None)
    people = [_person(board, n) for n in range(max(1, council.people_of(number)))]
    leads = _leads(board, people, areas_for(council.actions))
    for n in range(council.plans):
        plan = create_plan(
            board,
            f"Plan {n + 1} of board {number + 1}",
            by=people[0],
            starts=today - MONTHS * MONTH,
            ends=today + timedelta(days=365),
            level_names=["Improvement area", "Outcome"],
        )
        Filling(plan, people[0], leads, today).fill(council.actions)
    _measures(board, council.measures, people[0], today)
    return Ground(board, plan, people[0], add_meetings(board, today), council.actions, people)


def _person(board: Board, number: int) -> User:
    person = User.objects.create_user(
        f"{board.slug}-{number}@example.org", f"Reader {number} of {board.slug}"
    )
    set_role(board, person, Role.EDITOR, by=None)
    return person


def _leads(board: Board, people: list[User], number: int) -> list[Lead]:
    """Each person holds one; who comes first leads most."""
    names = [lead_name(n) for n in range(max(number, len(people)))]
    leads = create_all([Lead(board=board, name=name, key=lead_key(name)) for name in names], by=people[0])
    for lead, person in zip(leads, people, strict=False):
        set_holders(lead, [person], by=person)
    return leads


def _measures(board: Board, number: int, person: User, today: date) -> None:
    """Shares with a target, and three years of months each."""
    first, random = months_after(month_of(today), -MEASURED), Random(board.pk)
    names = (f"Share of visits in time, team {n + 1}" for n in range(number))
    fields = {"board": board, "unit": Unit.PERCENT, "direction": Direction.HIGHER}
    measures = create_all(
        [Measure(name=name, position=n, **fields) for n, name in enumerate(names)], by=person
    )
    told = {"on": today, "recorded_on": today, "recorded_at": timezone.now(), "by": person}
    MeasureTarget.objects.bulk_create(
        MeasureTarget(measure=measure, value=Decimal(80), month=first, **told) for measure in measures
    )
    Observation.objects.bulk_create(
        Observation(
            measure=measure, month=months_after(first, n), value=Decimal(random.randint(60, 95)), **told
        )
        for measure in measures
        for n in range(MEASURED)
    )
