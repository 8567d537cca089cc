"""The agenda of a meeting: what is to be asked, what waits to be agreed, and what was decided last time."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from improvement.challenges import Asked, asked
from improvement.changes import changes_between
from improvement.checking import findings_of
from improvement.checks import Finding
from improvement.findings import Findings, by_subject
from plans.models import (
    Action,
    Board,
    Decision,
    Meeting,
    MoveRequest,
    Pack,
    Plan,
    Presence,
    Recommendation,
    SignOff,
)
from plans.standing import AsAt, shown_day
from plans.standing.compare import Changes
from plans.wording.phrases import days_until, plural, sentence

MOST_QUESTIONS = 8
ASKED_ABOUT = {"action": Action, "recommendation": Recommendation}
PAGES = {"action": "action", "recommendation": "plans:recommendation"}
ORDER = [Presence.PRESENT, Presence.DEPUTY, Presence.APOLOGIES, Presence.ABSENT]


@dataclass(frozen=True)
class Question:
    """A finding of the checks with what it is about; `page` names the page of that."""

    finding: Finding
    name: str
    page: str


class MeetingPage:
    """As at the meeting's day once that has come, until then as things stand today."""

    def __init__(
        self, board: Board, meeting: Meeting, plan: Plan | None, meetings: list[Meeting], today: date
    ):
        self.board, self.meeting, self.plan, self.meetings = board, meeting, plan, meetings
        self.is_held = meeting.on <= today
        self.is_past = meeting.on < today
        self.shown: AsAt = shown_day(
            plan, today, chosen=meeting.on if self.is_held else None, meetings=self.meetings
        )
        self.day = meeting.on if self.is_held else today

    @cached_property
    def before(self) -> Meeting | None:
        return max(
            (each for each in self.meetings if each.on < self.meeting.on),
            key=lambda each: each.on,
            default=None,
        )

    @cached_property
    def after(self) -> Meeting | None:
        return min(
            (each for each in self.meetings if each.on > self.meeting.on),
            key=lambda each: each.on,
            default=None,
        )

    @cached_property
    def attendance(self) -> list[tuple[str, list[str]]]:
        """(how they came, who) for each way that somebody did."""
        names: dict[str, list[str]] = {presence: [] for presence in ORDER}
        for row in self.meeting.attendance.select_related("user"):
            names[row.presence].append(row.user.name if row.user else f"{row.guest} (guest)")
        return [(presence.label, names[presence]) for presence in ORDER if names[presence]]

    @property
    def lead(self) -> str:
        """What there is to ask, the numbers first: "In 8 days: 2 challenges, 1 overdue; 5 questions"."""
        when = "" if self.is_past else f"{days_until(self.meeting.on, self.day)}: "
        parts = [self.challenge_words]
        if self.findings:
            parts.append(plural(len(self.findings.open), "question on ratings", "questions on ratings"))
        return sentence(f"{when}{'; '.join(parts)}")

    @property
    def attendance_words(self) -> str:
        counts = Counter({label: len(names) for label, names in self.attendance})
        there = counts[Presence.PRESENT.label] + counts[Presence.DEPUTY.label]
        return f"{there} there" if there else ""

    @cached_property
    def challenges(self) -> list[Asked]:
        """Raised by then and not closed before that day, overdue ones first."""
        raised = self.board.challenges.filter(raised_on__lte=self.day)
        if self.is_held:
            raised = raised.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=self.day))
        else:
            raised = raised.open()
        days, past_day = [each.on for each in self.meetings], self.shown.past_day
        return asked(self.board, raised, self.day, past_day=past_day, meetings=days, at=self.meeting.on)

    @property
    def challenge_words(self) -> str:
        late = sum(each.is_overdue for each in self.challenges)
        words = plural(len(self.challenges), "challenge") if self.challenges else "no challenges"
        return f"{words}, {late} overdue" if late else words

    @cached_property
    def findings(self) -> Findings | None:
        if self.plan is None:
            return None
        return findings_of(self.plan, self.shown, meetings=self.meetings)

    @cached_property
    def questions(self) -> list[Question]:
        """The gravest of what the checks ask, one for each action or recommendation: two queries."""
        gravest = [each[0] for each in by_subject(self.findings.open).values()][:MOST_QUESTIONS]
        names = {
            on: model.objects.in_bulk([each.pk for each in gravest if each.check.on == on])
            for on, model in ASKED_ABOUT.items()
        }
        return [Question(each, str(names[each.check.on][each.pk]), PAGES[each.check.on]) for each in gravest]

    @property
    def questions_link(self) -> str:
        number = len(self.findings.open)
        return f"All {number} questions" if number > len(self.questions) else ""

    @property
    def questions_query(self) -> str:
        return f"?plan={self.plan.pk}{self.shown.query}"

    @property
    def changes_query(self) -> str:
        return f"?plan={self.plan.pk}&from={self.before.on.isoformat()}&to={self.day.isoformat()}"

    @property
    def changes_heading(self) -> str:
        return f"Since {self.before.on.day} {self.before.on:%B}"

    @property
    def before_words(self) -> str:
        return f"{self.before.on.day} {self.before.on:%B %Y}"

    @property
    def sign_off_words(self) -> str:
        return "sign-off" if self.sign_offs_waiting == 1 else "sign-offs"

    @property
    def move_words(self) -> str:
        return "move of a date" if self.moves_waiting == 1 else "moves of dates"

    @cached_property
    def sign_offs_waiting(self) -> int:
        waiting = SignOff.objects.waiting(self.day).filter(action__plan__board=self.board)
        return waiting.filter(action__withdrawn_on__isnull=True).count()

    @cached_property
    def moves_waiting(self) -> int:
        waiting = MoveRequest.objects.waiting(self.day).filter(action__plan__board=self.board)
        return waiting.filter(action__withdrawn_on__isnull=True).count()

    @cached_property
    def changes(self) -> Changes | None:
        """What changed since the last meeting; None for the plan's first, or without a plan."""
        if self.plan is None or self.before is None or self.before.on >= self.day:
            return None
        if not self.plan.since_its_start([self.before]):
            return None
        return changes_between(self.plan, self.before.on, self.day)

    @cached_property
    def decisions(self) -> list[Decision]:
        return self._decisions_of(self.meeting)

    @cached_property
    def last_decisions(self) -> list[Decision]:
        return self._decisions_of(self.before) if self.before else []

    def _decisions_of(self, meeting: Meeting) -> list[Decision]:
        return list(meeting.decisions.select_related("action", "challenge", "move__step", "by"))

    @cached_property
    def packs(self) -> list[Pack]:
        packs = Pack.objects.select_related("plan", "closed_by").defer("content")
        return list(packs.filter(meeting=self.meeting))

    @cached_property
    def moves(self) -> list:
        """The dates moved at this meeting."""
        moves = self.meeting.moves.standing().select_related("action", "step", "decision")
        return list(moves.order_by("on", "id"))
