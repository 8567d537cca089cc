"""What waits for each person of a board, in words with the address of its form.

All people are gathered for at once: the number of queries grows with neither people nor actions.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from improvement.digests.due import Due
from plans.access import GRANTS, Permission
from plans.models import (
    Action,
    ActionLead,
    Challenge,
    Holding,
    Membership,
    MoveRequest,
    Nudge,
    PlanStatus,
    SignOff,
    User,
)
from plans.templatetags.components import long_date
from plans.wording.phrases import days_overdue, days_until, plural, shortened

LENGTH = 140


@dataclass(frozen=True)
class Item:
    """One thing that waits, what is said of it, and the path of the form that deals with it."""

    title: str
    words: str
    path: str


@dataclass
class Section:
    heading: str
    items: list[Item]
    # The page that deals with all of them.
    link: str = ""
    path: str = ""
    # Where they are listed.
    list_path: str = ""

    def untold(self) -> "Section":
        """Its number and where to find them, without the things themselves."""
        return Section(self.heading, [], "See which", self.list_path)


@dataclass
class Part:
    """What waits for one person on one board."""

    due: Due
    updates: list[Item] = field(default_factory=list)
    challenges: list[Item] = field(default_factory=list)
    requests: list[Item] = field(default_factory=list)
    # The page on which all the updates can be given, where there is one.
    page: str = ""

    @property
    def count(self) -> int:
        return len(self.updates) + len(self.challenges) + len(self.requests)

    @property
    def is_discreet(self) -> bool:
        """What a board shows after a second step alone is in no mailbox: no titles and nobody's words."""
        return self.due.board.requires_second_factor

    @property
    def sections(self) -> list[Section]:
        found = [section for section in self._sections if section.items]
        return [section.untold() for section in found] if self.is_discreet else found

    @property
    def _sections(self) -> list[Section]:
        board = self.due.board.slug
        return [
            Section(
                f"{plural(len(self.updates), 'action needs', 'actions need')} your update {self.due.until}",
                self.updates,
                "Update them all on one page",
                self.page,
                list_path=reverse("my_updates", args=[board]),
            ),
            Section(
                f"{plural(len(self.challenges), 'challenge is', 'challenges are')} yours to answer",
                self.challenges,
                list_path=f"{reverse('challenge_list', args=[board])}?whose=asked",
            ),
            Section(
                f"{plural(len(self.requests), 'request waits', 'requests wait')} for your decision",
                self.requests,
                list_path=reverse("sign_off_list", args=[board]),
            ),
        ]


class Gathered:
    """The rows of one board from which each person's part is made."""

    def __init__(self, due: Due):
        self.due, self.board = due, due.board
        members = due.board.memberships.filter(wants_nudges=True, user__is_active=True)
        told = Nudge.objects.filter(board=due.board, period=due.period, sent_at__isnull=False)
        self.members: list[Membership] = list(
            members.exclude(user__in=told.values("user")).select_related("user")
        )
        self.holders: dict[int, set[int]] = defaultdict(set)
        for lead, user in Holding.objects.filter(lead__board=due.board).values_list("lead_id", "user_id"):
            self.holders[lead].add(user)
        self.leaders: dict[int, set[int]] = defaultdict(set)
        links = ActionLead.objects.filter(action__plan__board=due.board)
        for action, lead in links.values_list("action_id", "lead_id"):
            self.leaders[action] |= self.holders[lead]
        self.actions = [(action, self._update(action)) for action in self._to_update()]
        self.challenges = [
            (challenge.owner_id, self._challenge(challenge)) for challenge in self._unanswered()
        ]
        self.sign_offs = [(each, self._sign_off(each)) for each in self._waiting(SignOff, "update")]
        self.moves = [(each, self._move(each)) for each in self._waiting(MoveRequest, "step")]

    def part(self, member: Membership) -> Part:
        user, grants = member.user_id, GRANTS[member.role]
        mine = [(action, item) for action, item in self.actions if user in self.leaders[action.pk]]
        return Part(
            self.due,
            [item for _, item in mine],
            [item for owner, item in self.challenges if user in self.holders[owner]],
            [
                *(self._to_decide(self.sign_offs, user) if Permission.SIGN_OFF in grants else ()),
                *(self._to_decide(self.moves, user) if Permission.AGREE_MOVES in grants else ()),
            ],
            self._page({action.plan_id for action, _ in mine}) if len(mine) > 1 else "",
        )

    def _page(self, plans: set[int]) -> str:
        return f"{self._path('my_updates')}?plan={plans.pop()}" if len(plans) == 1 else ""

    def _to_decide(self, requests, user: int) -> list[Item]:
        return [item for request, item in requests if user not in self._left_out(request)]

    def _left_out(self, request: SignOff | MoveRequest) -> set[int | None]:
        """Who asked; and whoever leads an action does not sign it off, though the chair may move its date."""
        leaders = self.leaders[request.action_id] if isinstance(request, SignOff) else set()
        return askers(request) | leaders

    def _to_update(self) -> list[Action]:
        """Overdue ones first, the longest overdue before the others; those without a date last."""
        live = Action.objects.current().filter(plan__board=self.board, plan__status=PlanStatus.LIVE)
        running = live.exclude(plan__ends__lt=self.due.today).with_rating(self.due.today)
        quiet = running.not_updated(self.due.shown)
        return sorted(quiet, key=lambda action: (action.target_due is None, action.target_due or date.min))

    def _update(self, action: Action) -> Item:
        due, today = action.target_due, self.due.today
        when = "It has no target date"
        if due is not None:
            late = days_overdue(due, today) if due < today else f"Due {days_until(due, today)}"
            when = f"{late} ({long_date(due)})"
        updated = f"last update {long_date(action.updated_on)}" if action.updated_on else "no update yet"
        return Item(line(action), f"{when}; {updated}.", self._path("plans:action_update", action.pk))

    def _unanswered(self) -> Iterable[Challenge]:
        return self.board.challenges.unanswered().select_related("action", "area", "measure_link__measure")

    def _challenge(self, challenge: Challenge) -> Item:
        about = challenge.action or challenge.area or challenge.measure_link.measure
        late = challenge.due < self.due.today
        due = f", {days_overdue(challenge.due, self.due.today)}" if late else ""
        words = f"On “{line(about)}”. Answer due by {long_date(challenge.due)}{due}."
        return Item(line(challenge.question), words, self._path("plans:challenge_answer", challenge.pk))

    def _waiting(self, model, *related: str) -> Iterable[SignOff | MoveRequest]:
        here = model.objects.waiting().filter(action__plan__board=self.board)
        live = here.filter(action__plan__status=PlanStatus.LIVE, action__withdrawn_on__isnull=True)
        return live.select_related("action", "by", *related)

    def _sign_off(self, request: SignOff) -> Item:
        words = f"{request.by or 'Somebody'} reported it complete on {long_date(request.on)}."
        return Item(
            f"Sign off: {line(request.action)}", words, f"{self._path('sign_off_list')}#sign-off-{request.pk}"
        )

    def _move(self, request: MoveRequest) -> Item:
        step = f"step {request.step.number} of " if request.step else ""
        words = f"{request.by or 'Somebody'} asks for {line(request.to_text)}: {line(request.reason)}"
        return Item(
            f"Another date for {step}{line(request.action)}",
            words,
            self._path("plans:move_request", request.pk),
        )

    def _path(self, name: str, *args) -> str:
        return reverse(name, args=[self.board.slug, *args])


def parts_of(due: Due) -> list[tuple[User, Part]]:
    """What waits for each member who wants reminders and has had none for this period; nothing empty."""
    gathered = Gathered(due)
    parts = [(member.user, gathered.part(member)) for member in gathered.members]
    return [(user, part) for user, part in parts if part.count]


def askers(request: SignOff | MoveRequest) -> set[int | None]:
    """Whoever asked for it, or reported what is to be signed off, leaves it to others."""
    return {request.by_id, request.update.by_id} if isinstance(request, SignOff) else {request.by_id}


def line(words) -> str:
    """Somebody's words on one line, cut where they are long."""
    return shortened(str(words), LENGTH)
