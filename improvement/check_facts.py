"""What the checks need to know beside actions and their updates: many small facts in one query."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast

from impact.models import MeasureAction, Narrative
from improvement.checks import Finding
from plans.coverage import known_on
from plans.history.answers import AnswersThen, answers_on
from plans.models import (
    Action,
    ActionRecommendation,
    Board,
    Challenge,
    CheckAnswer,
    Holding,
    Lead,
    Plan,
    PlanStatus,
    ProgressUpdate,
    SignOff,
    Step,
    TargetMove,
    UpdateEvidence,
    User,
)
from plans.rating import Meaning
from plans.standing import AsAt
from plans.standing.asat import MONTH
from plans.wording.phrases import days_overdue

MEETINGS_RUNNING = 3
NOTHING = Value(0, output_field=IntegerField())
NO_WORDS = Value("", output_field=CharField())
NO_DAY = Cast(None, DateField())


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting's day."""

    on: date


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A challenge that waits for the reader's answer."""

    pk: int
    question: str
    due: date

    def late(self, today: date) -> str:
        """ "3 days overdue"; "" while there is time."""
        return days_overdue(self.due, today) if self.due < today else ""


@dataclass(frozen=True, slots=True)
class Looks:
    """The three days at which a rating is looked up, and whether the board met on them."""

    days: tuple[date, ...]
    met: bool

    @classmethod
    def of(cls, day: date, meetings: Sequence[date]) -> "Looks":
        """The last three meetings up to `day`, else `day` itself, a month and two months earlier."""
        held = sorted(on for on in meetings if on <= day)[-MEETINGS_RUNNING:]
        if len(held) == MEETINGS_RUNNING:
            return cls(tuple(held), True)
        return cls(tuple(day - MONTH * number for number in range(MEETINGS_RUNNING)), False)


@dataclass(slots=True)
class Facts:
    """Of what kind: by an id (of the action, lead, area or recommendation) what is known of it."""

    late: dict[int, list[tuple[str, date]]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    recommendation_answers: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    evidence: set[int] = field(default_factory=set)
    signed: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    slipping: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    so_whats: set[int] = field(default_factory=set)
    parents: dict[int, int] = field(default_factory=dict)
    measures: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    recommendations: dict[int, set[int]] = field(default_factory=dict)
    meetings: list[Held] = field(default_factory=list)
    challenges: list[ToAnswer] = field(default_factory=list)

    def take(self, kind: str, pk: int, other: int, on: date, words: str) -> None:
        if kind == "late":
            self.late[pk].append((words, on))
        elif kind in ("answers", "recommendation_answers"):
            answers = getattr(self, kind)[pk]
            answers[words] = max(other, answers.get(words, 0))
        elif kind == "parents":
            self.parents[pk] = other
        elif kind == "measures":
            self.measures[pk].add(other)
        elif kind == "recommendations":
            self.recommendations.setdefault(pk, set()).update({other} - {0})
        elif kind == "meetings":
            self.meetings.append(Held(on))
        elif kind == "challenges":
            self.challenges.append(ToAnswer(pk, words, on))
        else:
            getattr(self, kind).add(pk)

    def answer_to(self, finding: Finding) -> int | None:
        """The id of the answer that stands; what it rests on is worked out only where there is any."""
        answers = self.answers if finding.check.on == "action" else self.recommendation_answers
        given = answers.get(finding.pk)
        return given.get(finding.basis) if given else None

    def has_so_what(self, area: int) -> bool:
        """Whether the heading, or one above it, says what difference was made."""
        while area and area not in self.so_whats:
            area = self.parents.get(area, 0)
        return bool(area)


def gather_facts(
    plan: Plan,
    shown: AsAt,
    looks: Looks | None,
    actions: Sequence[int] | None = None,
    *,
    reader: User | None = None,
    answers: AnswersThen | None = None,
) -> Facts:
    """One query, however many there are, and some more for what was recommended by a past day; `actions` are
    the ids of those asked about, else the whole plan.

    Without `looks` the board's meetings are among the facts, and whether ratings slip is not. With a
    `reader` the board's challenges that wait for that person's answer are.
    """
    first, *others = _parts(plan, shown, looks, actions)
    if reader is not None:
        others.append(_to_answer(reader, plan.board_id))
    facts = Facts()
    then = (answers or answers_on(plan.board, shown.past_day)) if actions is None else None
    if then:
        facts.recommendations = {pk: then.answering(pk, drafts=True) for pk in then.recommendations}
    for row in first.union(*others, all=True):
        facts.take(*row)
    return facts


def _parts(plan: Plan, shown: AsAt, looks: Looks | None, actions: Sequence[int] | None) -> Iterator[QuerySet]:
    day = shown.day
    scope = Q(action__plan=plan) if actions is None else Q(action__in=actions)
    yield _part("late", _late_steps(scope, shown), "action_id", on=F("due"), words=F("number"))
    answers = CheckAnswer.objects.standing(day).filter(scope)
    yield _part("answers", answers, "action_id", F("id"), words=F("basis"))
    shows = UpdateEvidence.objects.filter(
        Q(evidence__board=plan.board_id) if actions is None else _within(scope, "update__"),
        update__withdrawn_at__isnull=True,
        update__replacement__isnull=True,
        update__on__lte=day,
    )
    yield _part("evidence", shows, "update__action_id")
    yield _part("signed", SignOff.objects.in_force(day).filter(scope), "action_id")
    yield _part("waiting", SignOff.objects.waiting(day).filter(scope), "action_id")
    if looks is None:
        yield _part("meetings", plan.board.meetings.standing(), "id", on=F("on"))
    else:
        yield _part("slipping", _slipping(plan, shown, looks, actions), "id")
    yield _part("left", _left(plan), "id")
    told = Narrative.objects.published(day).filter(area__plan=plan).exclude(so_what="")
    yield _part("so_whats", told, "area_id")
    inner = plan.areas.filter(parent__isnull=False)
    yield _part("parents", inner, "id", F("parent_id"))
    yield _part("measures", MeasureAction.objects.filter(scope), "action_id", F("measure_id"))
    if actions is None:
        yield from _recommended(plan, shown)


def _recommended(plan: Plan, shown: AsAt) -> Iterator[QuerySet]:
    if not shown.is_past:
        known = known_on(plan.board, shown.day)
        yield _part("recommendations", known, "id")
        links = _links(plan).filter(recommendation__in=known)
        yield _part("recommendations", links, "recommendation_id", F("action_id"))
    answers = CheckAnswer.objects.standing(shown.day).filter(recommendation__board=plan.board_id)
    yield _part("recommendation_answers", answers, "recommendation_id", F("id"), words=F("basis"))


def _part(kind: str, rows: QuerySet, pk: str, other=NOTHING, on=NO_DAY, words=NO_WORDS) -> QuerySet:
    named = Value(kind, output_field=CharField())
    return rows.order_by().values_list(named, F(pk), other, on, words)


def _to_answer(reader: User, board: int) -> QuerySet:
    waiting = Challenge.objects.waiting_for(reader).filter(board=board)
    return _part("challenges", waiting, "id", on=F("due"), words=F("question"))


def challenges_to_answer(reader: User, board: Board) -> list[ToAnswer]:
    return [ToAnswer(pk, words, on) for _, pk, _, on, words in _to_answer(reader, board.pk)]


def _within(scope: Q, prefix: str) -> Q:
    return Q(*((f"{prefix}{name}", value) for name, value in scope.children))


def _late_steps(scope: Q, shown: AsAt) -> QuerySet:
    """Steps whose day had passed and which were not done, as on the day shown."""
    undone = Step.objects.filter(scope).filter(Q(done_on__isnull=True) | Q(done_on__gt=shown.day))
    if not (shown.is_past or shown.ended):
        return undone.filter(target_due__lt=shown.day).annotate(due=F("target_due"))
    later = TargetMove.objects.standing().filter(step=OuterRef("pk"), on__gt=shown.day).order_by("on", "id")
    then = When(Exists(later), then=Subquery(later.values("from_due")[:1]))
    return undone.annotate(due=Case(then, default="target_due")).filter(due__lt=shown.day)


def _slipping(plan: Plan, shown: AsAt, looks: Looks, actions: Sequence[int] | None) -> QuerySet:
    """Actions rated some slippage on the day shown and on each of the days looked at."""
    found = plan.actions.shown(shown) if actions is None else Action.objects.filter(pk__in=actions)
    for number, day in enumerate({shown.day: None} | dict.fromkeys(looks.days)):
        latest = ProgressUpdate.objects.standing(day).filter(action=OuterRef("pk")).latest_first()
        found = found.alias(**{f"look{number}": Subquery(latest.values("rating")[:1])})
        found = found.filter(**{f"look{number}": Meaning.SLIPPAGE})
    return found


def _left(plan: Plan) -> QuerySet:
    """Leads that somebody once held, and whom no active person of the board holds now."""
    of_lead = {"lead_id": OuterRef("pk")}
    here = Holding.objects.filter(**of_lead, user__is_active=True, user__memberships__board=plan.board_id)
    once = Exists(Holding.objects.filter(**of_lead)) | Exists(Holding.history.filter(**of_lead))
    return Lead.objects.filter(once, ~Exists(here), board=plan.board_id)


def _links(plan: Plan) -> QuerySet:
    """What answers the board's recommendations: actions that stand, of this and of its other plans."""
    links = ActionRecommendation.objects.filter(action__plan__board=plan.board_id)
    links = links.exclude(action__plan__status=PlanStatus.WITHDRAWN)
    return links.filter(action__withdrawn_on__isnull=True)
