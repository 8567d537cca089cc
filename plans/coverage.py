"""How far actions answer what inspections recommended, and how the inspections’ clocks stand on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from plans.clocks import Reading, read_clocks
from plans.history.answers import AnswersThen, answers_on
from plans.models import (
    Action,
    ActionRecommendation,
    Board,
    ClockStop,
    Inspection,
    PlanStatus,
    RatingKey,
    Recommendation,
)
from plans.rating import KeyEntry, Meaning
from plans.wording.alphabet import alphabetical
from plans.wording.phrases import plural


class Cover(StrEnum):
    """How far actions answer a recommendation, the worst first."""

    NONE = "none"
    OFF = "off"
    RUNNING = "running"
    DONE = "done"


COVER_WORDS = {
    Cover.NONE: "No action",
    Cover.OFF: "None on track",
    Cover.RUNNING: "Under way",
    Cover.DONE: "All complete",
}
COVER_RANKS = {cover: rank for rank, cover in enumerate(Cover)}


@dataclass(frozen=True, slots=True)
class Answer:
    """An action that answers a recommendation, as it stands; signed off counts where the plan asks for it."""

    action: Action
    entry: KeyEntry | None
    needs_sign_off: bool
    signed_off: bool

    @property
    def is_complete(self) -> bool:
        return self.action.rating == Meaning.COMPLETE

    @property
    def is_done(self) -> bool:
        return self.is_complete and (self.signed_off or not self.needs_sign_off)

    @property
    def is_on_track(self) -> bool:
        return self.is_complete or self.action.rating == Meaning.ON_TRACK


def cover_of(answers: Iterable[Answer]) -> Cover:
    """Done where every action is; under way where one is complete or on track."""
    answers = list(answers)
    if not answers:
        return Cover.NONE
    if all(answer.is_done for answer in answers):
        return Cover.DONE
    return Cover.RUNNING if any(answer.is_on_track for answer in answers) else Cover.OFF


@dataclass(frozen=True)
class Covered:
    """A recommendation with the actions that answer it on the day."""

    recommendation: Recommendation
    answers: list[Answer]

    @property
    def cover(self) -> Cover:
        return cover_of(self.answers)

    @property
    def listed(self) -> str:
        return alphabetical(self.recommendation.text or self.recommendation.reference)

    @property
    def listed_inspection(self) -> str:
        inspection = self.recommendation.inspection
        return alphabetical(inspection.title) if inspection else ""

    @property
    def rank(self) -> int:
        return COVER_RANKS[self.cover]

    @property
    def words(self) -> str:
        """What the answering actions come to, such as "All complete, 1 of 2 signed off"."""
        words = COVER_WORDS[self.cover]
        complete = sum(answer.is_complete for answer in self.answers)
        if not self.answers or complete < len(self.answers):
            return words
        signed = sum(answer.signed_off for answer in self.answers)
        if signed == len(self.answers):
            return f"{COVER_WORDS[Cover.DONE]} and signed off"
        asked = signed or any(answer.needs_sign_off for answer in self.answers)
        return f"{COVER_WORDS[Cover.DONE]}, {signed} of {complete} signed off" if asked else words


@dataclass(frozen=True)
class InspectionClocks:
    """An inspection with how each of its clocks stands; none where its kind sets none."""

    inspection: Inspection
    readings: list[Reading]


def known_on(board: Board, day: date) -> QuerySet[Recommendation]:
    """A board's recommendations without those of inspections whose report came later."""
    return board.recommendations.filter(Q(inspection=None) | Q(inspection__received_on__lte=day))


def answering_on(board: Board, day: date) -> QuerySet[Action]:
    """The actions that can answer: those that stand in the board's live and closed plans."""
    actions = Action.objects.standing_on(day).filter(plan__board=board)
    return actions.exclude(plan__status__in=(PlanStatus.WITHDRAWN, PlanStatus.DRAFT))


def unanswered(board: Board) -> QuerySet[Recommendation]:
    """The recommendations that have no action today."""
    day = timezone.localdate()
    links = ActionRecommendation.objects.filter(action__in=answering_on(board, day).order_by())
    return known_on(board, day).exclude(pk__in=links.order_by().values("recommendation"))


class Coverage:
    """A board's recommendations today or as at an earlier day that was asked for, in a number of queries
    that does not grow with them.
    """

    def __init__(self, board: Board, day: date):
        self.board, self.day = board, day

    @cached_property
    def then(self) -> AnswersThen | None:
        """What was recommended and answered on a past day; None today."""
        return answers_on(self.board, self.day if self.day < timezone.localdate() else None)

    @cached_property
    def rows(self) -> list[Covered]:
        """In the order of their inspections, the newest first, and as they were entered."""
        rows = [Covered(each, self._answers.get(each.pk, [])) for each in self._told]
        return sorted(rows, key=lambda row: self._order(row.recommendation))

    @property
    def _told(self) -> Iterable[Recommendation]:
        if self.then:
            return self.then.recommendations.values()
        return known_on(self.board, self.day).select_related("inspection")

    @property
    def note(self) -> str:
        """Says that words are later than the day; "" where they are not."""
        return self.then.note if self.then else ""

    @staticmethod
    def _order(recommendation: Recommendation) -> tuple:
        inspection = recommendation.inspection
        return (-inspection.received_on.toordinal() if inspection else 1, recommendation.pk)

    @cached_property
    def _answers(self) -> dict[int, list[Answer]]:
        shown = {action.pk: action for action in self._actions}
        return {
            recommendation: [self._answer(shown[action]) for action in actions if action in shown]
            for recommendation, actions in self._answering.items()
        }

    @cached_property
    def _answering(self) -> dict[int, list[int]]:
        if self.then:
            return self.then.named
        links = ActionRecommendation.objects.filter(recommendation__board=self.board).order_by("pk")
        found: dict[int, list[int]] = defaultdict(list)
        for recommendation, action in links.values_list("recommendation_id", "action_id"):
            found[recommendation].append(action)
        return found

    @cached_property
    def _actions(self) -> list[Action]:
        links = ActionRecommendation.history if self.then else ActionRecommendation.objects
        named = links.filter(action__plan__board=self.board).values("action")
        answering = answering_on(self.board, self.day).filter(pk__in=named)
        return list(answering.with_rating(self.day).with_sign_off(self.day).select_related("plan"))

    @cached_property
    def _keys(self) -> dict[tuple[int, str], KeyEntry]:
        key = RatingKey.objects.filter(plan__board=self.board)
        return {(rating.plan_id, rating.code): rating.entry for rating in key}

    def _answer(self, action: Action) -> Answer:
        entry = self._keys.get((action.plan_id, action.rating))
        return Answer(action, entry, action.plan.blue_needs_sign_off, action.signed_off_on is not None)

    def with_cover(self, cover: Cover) -> list[Covered]:
        return [row for row in self.rows if row.cover == cover]

    @property
    def sentence(self) -> str:
        """The answer: how many there are, how many have no action, and how many none on track."""
        total = plural(len(self.rows), "recommendation")
        told = [
            f"{len(found)} {words}"
            for cover, words in (
                (Cover.NONE, "with no action"),
                (Cover.OFF, "with none on track"),
                (Cover.DONE, "all complete"),
            )
            if (found := self.with_cover(cover))
        ]
        return f"{total}: {', '.join(told)}." if told else f"{total}, each with an action on track."

    @cached_property
    def clocks(self) -> list[InspectionClocks]:
        """Every inspection with the clocks that its kind sets, if any."""
        stops: dict[int, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
        for stop in ClockStop.objects.filter(inspection__board=self.board):
            stops[stop.inspection_id][stop.clock].append(stop.on)
        return [
            InspectionClocks(each, read_clocks(each.kind, each.received_on, stops[each.pk], self.day))
            for each in self.board.inspections.filter(received_on__lte=self.day)
        ]
