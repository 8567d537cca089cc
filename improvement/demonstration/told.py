"""What the fixture tells: its days and months, and what it names."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from impact.months import month_of, months_after
from impact.periods import last_day
from improvement.demonstration.moving import months_between, move_text
from plans.models import Action, Area, Board, Evidence, Meeting, Plan, User

# Figures of a month are entered in the second week of the next.
ENTERED = timedelta(days=9)


class Days:
    """Days and months as the fixture tells them: by the calendar, or counted back from today."""

    def __init__(self, today: date):
        self.today = today

    def day(self, told: Mapping, prefix: str = "") -> date:
        if f"{prefix}on" in told:
            return date.fromisoformat(told[f"{prefix}on"])
        return self.today - timedelta(told[f"{prefix}days_ago"])

    def month(self, told: Mapping, prefix: str = "") -> date:
        if f"{prefix}month" in told:
            return date.fromisoformat(f"{told[f'{prefix}month']}-01")
        return months_after(month_of(self.today), -told[f"{prefix}months_ago"])

    def entered(self, month: date) -> date:
        return min(self.today, last_day(month) + ENTERED)


class Told:
    """A board and what is on it, by the names that the fixture gives."""

    def __init__(self, board: Board, people: Mapping[str, User], today: date):
        self.board, self.people, self.days = board, people, Days(today)
        self.evidence: Mapping[str, Evidence] = {}

    def plan(self, told: Mapping) -> Plan:
        return self.board.plans.get(title=told["plan"])

    def action(self, told: Mapping) -> Action:
        return action_of(self.plan(told).actions.all(), told["action"])

    def area(self, told: Mapping) -> Area:
        return area_of(self.plan(told), told["area"])

    def meeting(self, on: date) -> Meeting | None:
        return self.board.meetings.standing().filter(on=on).first()


def move_of(text: str, written_for: str, today: date) -> str:
    """A date as written in a plan of that month, moved as the plan is."""
    return move_text(text, months_between(date.fromisoformat(f"{written_for}-01"), today))


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def area_of(plan: Plan, named: str) -> Area:
    """The highest heading whose words hold these."""
    found = [area for area in plan.areas.current() if named in str(area)]
    return next((area for area in found if area.parent_id is None), found[0])


def action_of(actions: Iterable[Action], named: str) -> Action:
    """By its reference, else by how its title begins."""
    [found] = [
        action
        for action in actions
        if action.reference == named or (not action.reference and action.title.startswith(named))
    ]
    return found
