"""A board with a plan of so many actions, each with two years of updates, written in batches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from plans.dates import target_from_day
from plans.leads import lead_key
from plans.models import (
    Action,
    ActionLead,
    Area,
    Board,
    Lead,
    Meeting,
    Plan,
    ProgressUpdate,
    Role,
    Step,
    TargetMove,
    User,
)
from plans.rating import Meaning
from plans.services.history import create_all
from plans.services.people import create_board, set_holders, set_role
from plans.services.plans import create_plan
from tests.bench.words import WAYS_BACK, lead_name, paragraph, sentence

MONTHS = 24
MONTH = timedelta(days=30)
LED = 20
AT_ONCE = 2_000
NEEDS = (Meaning.SLIPPAGE, Meaning.OFF_TRACK)
RATINGS = (Meaning.ON_TRACK, Meaning.ON_TRACK, Meaning.SLIPPAGE, Meaning.OFF_TRACK, Meaning.COMPLETE)
UPDATE_COLUMNS = (
    "action_id",
    "by_id",
    "rating",
    "happened",
    "way_back",
    "replacement_reason",
    "on",
    "recorded_on",
    "recorded_at",
)


@dataclass
class Ground:
    """The board that is measured, its plan, the person who looks (editor, and lead of 20 actions), and the
    next of its meetings.
    """

    board: Board
    plan: Plan
    person: User
    meeting: Meeting
    actions: int
    # All who work on it, the person who looks among them.
    people: list[User] = field(default_factory=list)


def areas_for(size: int) -> int:
    return 12 if size <= 200 else 40 if size <= 2_000 else 100


def make_board(slug: str) -> tuple[Board, User]:
    person = User.objects.create_user(f"{slug}@example.org", f"Reader of {slug}")
    board = create_board("Benchford Council", f"Board {slug}", slug, by=None)
    set_role(board, person, Role.EDITOR, by=None)
    return board, person


@transaction.atomic
def fill_board(size: int) -> Ground:
    board, person = make_board(f"bench-{size}")
    today = timezone.localdate()
    plan = create_plan(
        board,
        f"Plan of {size} actions",
        by=person,
        starts=today - MONTHS * MONTH,
        ends=today + timedelta(days=365),
        level_names=["Improvement area", "Outcome"],
    )
    leads = [Lead(board=board, name=lead_name(n), key=lead_key(lead_name(n))) for n in range(areas_for(size))]
    create_all(leads, by=person)
    set_holders(leads[0], [person], by=person)
    Filling(plan, person, leads, today).fill(size)
    return Ground(board, plan, person, add_meetings(board, today), size)


def add_meetings(board: Board, today: date) -> Meeting:
    """Three that were held, and the one to come."""
    days = [today + timedelta(weeks=weeks) for weeks in (-15, -10, -5, 2)]
    return [Meeting.objects.create(board=board, on=on) for on in days][-1]


class Filling:
    """Writes the actions of one plan with all that hangs on them."""

    def __init__(self, plan: Plan, person: User, leads: list[Lead], today: date):
        self.plan, self.person, self.leads, self.today = plan, person, leads, today
        self.random = Random(7)
        self.now = timezone.now()

    def fill(self, size: int) -> None:
        areas = self._areas(areas_for(size))
        numbers = iter(range(size))
        while batch := list(islice(numbers, AT_ONCE)):
            actions = create_all(
                [self._action(n, areas[n * len(areas) // size]) for n in batch], by=self.person
            )
            ActionLead.objects.bulk_create(self._links(zip(batch, actions, strict=True)))
            create_all([step for action in actions for step in self._steps(action)], by=self.person)
            TargetMove.objects.bulk_create(self._moves(actions))
            _write(update for action in actions for update in self._updates(action))

    def _areas(self, number: int) -> list[Area]:
        """Top headings, each with two headings inside; the lower ones hold the actions."""
        tops = [self._area(n, 3 * n) for n in range(number)]
        create_all(tops, by=self.person)
        lower = [self._area(n, 3 * n + place, top) for n, top in enumerate(tops) for place in (1, 2)]
        return create_all(lower, by=self.person)

    def _area(self, number: int, position: int, parent: Area | None = None) -> Area:
        title = sentence(self.random)
        reference = f"{number + 1}.{position % 3}" if parent else str(number + 1)
        level = 1 if parent else 0
        return Area(
            plan=self.plan, parent=parent, level=level, reference=reference, title=title, position=position
        )

    def _action(self, number: int, area: Area) -> Action:
        action = Action(
            plan=self.plan,
            area=area,
            reference=f"A{number + 1}",
            title=f"{sentence(self.random)} ({number + 1})",
            activity=paragraph(self.random),
            success_criteria=paragraph(self.random, 1, 2),
            what_it_means=paragraph(self.random, 1, 2),
            leads_text=self._lead_of(number).name,
            position=number,
        )
        if number % 10:
            action.target = target_from_day(self.today + timedelta(days=self.random.randint(-200, 300)))
        return action

    def _lead_of(self, number: int) -> Lead:
        """The first twenty actions are those of the person who looks."""
        return self.leads[0 if number < LED else 1 + number % (len(self.leads) - 1)]

    def _links(self, numbered: Iterable[tuple[int, Action]]) -> list[ActionLead]:
        """One accountable lead, for every fourth a second one, and for every nineteenth none."""
        links = []
        for number, action in numbered:
            lead = self._lead_of(number)
            if number < LED or number % 19:
                links.append(ActionLead(action=action, lead=lead, accountable=True))
                other = self.leads[1 + (number * 7 + 3) % (len(self.leads) - 1)]
                if number % 4 == 0 and other != lead:
                    links.append(ActionLead(action=action, lead=other, position=1))
        return links

    def _steps(self, action: Action) -> Iterator[Step]:
        for place in range(3):
            done = self.today - MONTH if self.random.random() < 0.5 else None
            step = Step(
                action=action, number=str(place + 1), text=sentence(self.random), position=place, done_on=done
            )
            step.target = action.target
            yield step

    def _moves(self, actions: Iterable[Action]) -> Iterator[TargetMove]:
        """Every fifth action with a date has moved, up to three times, each time by some weeks."""
        for action in actions:
            if action.position % 5 != 1 or action.target_due is None:
                continue
            for back in range(1 + action.position % 3, 0, -1):
                before, after = (action.target_due - timedelta(days=20 * n) for n in (back, back - 1))
                yield self._move(action, before, after, self.today - 20 * back * timedelta(days=1))

    def _move(self, action: Action, before: date, after: date, on: date) -> TargetMove:
        first, last = target_from_day(before), target_from_day(after)
        return TargetMove(
            action=action,
            from_text=first.text,
            from_kind=first.kind,
            from_due=first.due,
            to_text=last.text,
            to_kind=last.kind,
            to_due=last.due,
            reason="The post was filled later than hoped.",
            **self._dated(on),
        )

    def _updates(self, action: Action) -> Iterator[tuple]:
        """One a month as UPDATE_COLUMNS; a few actions went quiet two months ago."""
        quiet = action.position % 12 == 5
        for back in range(MONTHS, 0, -1):
            rating = self.random.choice(RATINGS)
            way_back = self.random.choice(WAYS_BACK) if rating in NEEDS else ""
            told = paragraph(self.random, 1, 3)
            yield (action.pk, self.person.pk, rating.value, told, way_back, "", *self._times(back, quiet))

    @cache  # noqa: B019
    def _times(self, back: int, quiet: bool) -> list:
        """The columns of the two times as the database takes them."""
        dated = self._dated(self.today - back * MONTH + timedelta(days=25) - quiet * 2 * MONTH)
        fields = [ProgressUpdate._meta.get_field(name) for name in ("on", "recorded_on", "recorded_at")]
        return [field.get_db_prep_save(dated[field.name], connection) for field in fields]

    def _dated(self, on: date) -> dict:
        moment = datetime.combine(on, time(9), tzinfo=self.now.tzinfo)
        return {"on": on, "recorded_on": on, "recorded_at": moment, "by": self.person}


def _write(rows: Iterable[tuple]) -> None:
    # Half a million rows: making a model of each would take most of a run.
    names = ", ".join(connection.ops.quote_name(name) for name in UPDATE_COLUMNS)
    places = ", ".join(["%s"] * len(UPDATE_COLUMNS))
    table = ProgressUpdate._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(rows))
