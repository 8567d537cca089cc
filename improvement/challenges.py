"""A board's challenges as pages show them: what each is about, who answers, and how it stands on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from improvement.counting import count_together
from plans.history.leads import LeadNames
from plans.models import Action, Area, Board, Challenge, ChallengeAnswer
from plans.rhythm import times_asked
from plans.standing import AsAt
from plans.templatetags.components import long_date
from plans.wording.phrases import days_overdue

SUFFIXES = {1: "st", 2: "nd", 3: "rd"}
RELATED = ("owner", "raised_by", "closed_by", "meeting", "action", "area", "measure_link__measure")


@dataclass(frozen=True)
class Asked:
    """A challenge as at `day`; `times`: at how many meetings it has come up by the one that is looked at."""

    challenge: Challenge
    day: date
    slug: str
    times: int = 0

    @property
    def url(self) -> str:
        return reverse("challenge", args=[self.slug, self.challenge.pk])

    @property
    def about(self) -> tuple[str, str, str]:
        """What it is about: the kind of thing, its words, and the address of its page."""
        challenge, link = self.challenge, getattr(self.challenge, "measure_link", None)
        if link:
            return "Measure", str(link.measure), reverse("measure", args=[self.slug, link.measure_id])
        if challenge.area_id:
            return "Area", str(challenge.area), reverse("area", args=[self.slug, challenge.area_id])
        if challenge.action_id:
            return "Action", str(challenge.action), reverse("action", args=[self.slug, challenge.action_id])
        return "", "", ""

    @property
    def answers(self) -> list[ChallengeAnswer]:
        """Those given by the day shown, the latest first."""
        return [answer for answer in self.challenge.answers.all() if answer.on <= self.day]

    @property
    def answer(self) -> ChallengeAnswer | None:
        return next(iter(self.answers), None)

    @property
    def is_open(self) -> bool:
        return self.challenge.closed_on is None or self.challenge.closed_on > self.day

    @property
    def is_overdue(self) -> bool:
        """Nothing was answered and the day has passed; what is answered waits to be closed."""
        return self.is_open and not self.answers and self.challenge.due < self.day

    @property
    def overdue_words(self) -> str:
        return days_overdue(self.challenge.due, self.day)

    @property
    def state(self) -> tuple[str, str]:
        """How it stands, as (words, kind of flag)."""
        if not self.is_open:
            return "Closed", "ok"
        if self.is_overdue:
            return self.overdue_words.capitalize(), "late"
        return ("Answered, to be closed", "ask") if self.answers else ("Waits for an answer", "plain")

    @property
    def raised(self) -> str:
        """Such as "Raised by A Member at the meeting of 13 January 2026"."""
        challenge = self.challenge
        by = f" by {challenge.raised_by.name}" if challenge.raised_by else ""
        at = f"at the meeting of {long_date(challenge.meeting.on)}" if challenge.meeting else ""
        return f"Raised{by} {at or f'on {long_date(challenge.raised_on)}'}"

    @property
    def times_words(self) -> str:
        return f"{ordinal(self.times)} time" if self.times > 1 else ""


def ordinal(number: int) -> str:
    """Such as "1st", "2nd", "11th" and "23rd"."""
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else SUFFIXES.get(number % 10, 'th')}"


def with_all(challenges: QuerySet[Challenge]) -> QuerySet[Challenge]:
    """With all that `Asked` looks at: two queries."""
    answers = ChallengeAnswer.objects.select_related("by")
    return challenges.select_related(*RELATED).prefetch_related(Prefetch("answers", answers))


def asked(
    board: Board,
    challenges: QuerySet[Challenge],
    day: date,
    *,
    past_day: date | None,
    meetings: Iterable[date] = (),
    at: date | None = None,
) -> list[Asked]:
    """As they stand on a day, overdue ones first; `at` is the meeting at which they are looked at.

    Leads are called as on `past_day`, or as now.
    """
    days, challenges = list(meetings), list(with_all(challenges))
    LeadNames(board, past_day).tell(challenge.owner for challenge in challenges)
    found = [
        Asked(challenge, day, board.slug, times_asked(challenge.raised_on, days, at) if at else 0)
        for challenge in challenges
    ]
    return sorted(found, key=lambda each: (not each.is_overdue, each.challenge.due, each.challenge.pk))


def on_page(board: Board, shown: AsAt, **about: Action | Area | object) -> list[Asked]:
    """The challenges about one thing that were raised by the day shown, open ones first."""
    raised = Challenge.objects.filter(board=board, raised_on__lte=shown.day, **about)
    found = asked(board, raised, shown.day, past_day=shown.past_day)
    return sorted(found, key=lambda each: not each.is_open)


def open_on(board: Board, day: date) -> QuerySet[Challenge]:
    return Challenge.objects.filter(board=board).open(day)


def overdue_on(board: Board, day: date) -> QuerySet[Challenge]:
    """Those whose day had passed without any answer."""
    return open_on(board, day).filter(due__lt=day).exclude(answers__on__lte=day)


def count_open(board: Board, day: date) -> dict[str, int]:
    """How many were open on a day and how many of them were overdue: one query."""
    return count_together(open=open_on(board, day), overdue=overdue_on(board, day))
