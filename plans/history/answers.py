"""What a board's recommendations were at the end of a past day, and which actions answered them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property

from django.db.models import Min, Q
from django.utils import timezone

from plans.history.versions import Version, note_of, versions
from plans.models import Action, ActionRecommendation, Board, PlanStatus, Recommendation


class AnswersThen:
    """Those of inspections whose report came later are left out; one entered late was always there.

    What was removed since is told; what only a plan answered that was taken back since is not.
    """

    def __init__(self, board: Board, day: date):
        self.board, self.day = board, day

    @cached_property
    def recommendations(self) -> dict[int, Recommendation]:
        """By id, in the words of then: two queries, and up to four more where any was removed since."""
        told = {pk: version.row for pk, version in sorted(self._versions.items())}
        dated = self.board.inspections.in_bulk({one.inspection_id for one in told.values()} - {None})
        for one in told.values():
            one.inspection = dated.get(one.inspection_id)
        lost = self._taken_back
        return {pk: one for pk, one in told.items() if pk not in lost and self._was_known(one)}

    def _was_known(self, told: Recommendation) -> bool:
        return told.inspection is None or told.inspection.received_on <= self.day

    @cached_property
    def _every(self) -> dict[int, Version]:
        return versions(Recommendation, Q(board_id=self.board.pk), self.day)

    @cached_property
    def _versions(self) -> dict[int, Version]:
        """Without what came and went after the day."""
        every = self._every.items()
        return {pk: version for pk, version in every if not (version.is_early and version.is_gone)}

    @cached_property
    def gone(self) -> set[int]:
        """The ids of those that were removed since."""
        return {pk for pk, version in self._versions.items() if version.is_gone}

    @property
    def _taken_back(self) -> set[int]:
        """Those removed since that were answered by plans alone which were taken back since."""
        plans = {pk: {self._standing.get(action) for action in self.named.get(pk, ())} for pk in self.gone}
        return {pk for pk, statuses in plans.items() if statuses == {PlanStatus.WITHDRAWN}}

    @cached_property
    def named(self) -> dict[int, list[int]]:
        """By recommendation the ids of the actions that were named, whether or not they stood."""
        found: dict[int, list[int]] = {}
        came = {pk: version.first for pk, version in self._every.items()}
        for recommendation, action in links_on(Q(action__plan__board=self.board), self.day, came):
            found.setdefault(recommendation, []).append(action)
        return found

    @cached_property
    def _standing(self) -> dict[int, str]:
        """The plan's status, by the action."""
        standing = Action.objects.standing_on(self.day).filter(plan__board=self.board)
        return dict(standing.order_by().values_list("pk", "plan__status")) if self.named else {}

    def answering(self, pk: int, *, drafts: bool) -> set[int]:
        """The actions that answered it; those of a draft count for the plan's own questions alone."""
        left_out = {None, PlanStatus.WITHDRAWN} | (set() if drafts else {PlanStatus.DRAFT})
        return {action for action in self.named.get(pk, ()) if self._standing.get(action) not in left_out}

    @property
    def unanswered(self) -> list[int]:
        """The ids of those that no action answered."""
        return [pk for pk in self.recommendations if not self.answering(pk, drafts=False)]

    @property
    def note(self) -> str:
        """Says that words are later than the day; "" where they are not."""
        found = (self._versions[pk] for pk in self.recommendations)
        return note_of({version.first for version in found if version.is_early})


def answers_on(board: Board, past_day: date | None) -> AnswersThen | None:
    """None where the reader asked for no past day: the rows of now tell, of a plan that has ended too."""
    return AnswersThen(board, past_day) if past_day else None


def tell_answers(actions: Iterable[Action], then: AnswersThen | None) -> None:
    """Says for `answered_by` what each action answered on a past day."""
    if then is None:
        return
    found: dict[int, list[Recommendation]] = {}
    for pk, told in then.recommendations.items():
        for action in then.named.get(pk, ()):
            found.setdefault(action, []).append(told)
    for action in actions:
        action.answers_then = found.get(action.pk, [])


def answered_by(action: Action) -> list[Recommendation]:
    """What the action answers on the day shown; of now it should have been prefetched."""
    then = getattr(action, "answers_then", None)
    return list(action.recommendations.all()) if then is None else then


def recommendations_by_id(ids: Collection[int], then: AnswersThen | None) -> dict[int, Recommendation]:
    """Some of a board's recommendations, in the words of the day."""
    return {pk: then.recommendations[pk] for pk in ids} if then else Recommendation.objects.in_bulk(ids)


def links_on(condition: Q, day: date, recommended: Mapping[int, date] | None = None) -> list[tuple[int, int]]:
    """(recommendation id, action id) of the links that stood on a past day, in the order made.

    One query, and two more where some were recorded later; `recommended` saves the last, the days on which
    the histories of recommendations begin.

    A link that came with its action or its recommendation counts as those do, however late it was entered.
    """
    found = versions(ActionRecommendation, condition, day)
    late = [one for one in found.values() if one.is_early]
    actions = _came(Action, {one.row.action_id for one in late})
    told = dict(recommended or {})
    told |= _came(Recommendation, {one.row.recommendation_id for one in late} - told.keys())
    return [
        (link.recommendation_id, link.action_id)
        for link, came in ((one.row, one) for _, one in sorted(found.items()))
        if not came.is_early or came.first <= max(actions[link.action_id], told[link.recommendation_id])
    ]


def _came(model: type, ids: Collection[int]) -> dict[int, date]:
    """By id the day on which a row's history begins."""
    rows = model.history.filter(id__in=ids).order_by().values_list("id")
    return {pk: timezone.localdate(at) for pk, at in rows.annotate(Min("history_date"))} if ids else {}
