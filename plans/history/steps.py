"""The steps of actions as they were at the end of a past day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q
from django.utils import timezone

from plans.history.versions import Version, versions
from plans.models import Action, Step, TargetMove


class StepsThen:
    """The steps of some actions at the end of a day, given those of now: three queries."""

    def __init__(self, now: Mapping[int, list[Step]], day: date):
        self.day, self.now = day, {step.pk: step for steps in now.values() for step in steps}
        found = versions(Step, Q(action_id__in=list(now)), day)
        came = self._came(now)
        self.targets = self._targets(now)
        self.by_action: dict[int, list[Step]] = defaultdict(list)
        for pk, version in found.items():
            if not version.is_early or version.first <= came.get(version.row.action_id, version.first):
                self.by_action[version.row.action_id].append(self._step(pk, version))
        for steps in self.by_action.values():
            steps.sort(key=lambda step: (step.position, step.pk))

    def _came(self, actions: Iterable[int]) -> dict[int, date]:
        """By action the day on which its own history begins: a step that came with it was always there."""
        rows = Action.history.filter(id__in=list(actions)).order_by("-history_date")
        return {pk: timezone.localdate(at) for pk, at in rows.values_list("id", "history_date")}

    def _targets(self, actions: Iterable[int]) -> dict[int, TargetMove]:
        """By step its first move after the day, which says what its date was."""
        moves = TargetMove.objects.standing().filter(action__in=list(actions), step__isnull=False)
        return {move.step_id: move for move in moves.filter(on__gt=self.day).order_by("-on", "-id")}

    def _step(self, pk: int, version: Version) -> Step:
        step, now = version.row, self.now.get(pk)
        if now:
            step.position, step.target = now.position, now.target
        if move := self.targets.get(pk):
            step.target = move.before
        days = [each.done_on for each in (step, now) if each and each.done_on and each.done_on <= self.day]
        step.done_on = days[0] if days else None
        return step
