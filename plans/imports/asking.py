"""What an import asks of the chair where the plan's dates move once the chair agrees."""

from collections.abc import Sequence

from plans.dates import Target
from plans.imports.contents import pair_steps
from plans.models import Action, MoveRequest, Plan, Step
from plans.services.moves import build_request
from plans.spreadsheets.preview import Comparison

NO_REASON = "The imported workbook has another date and gives no reason."


class Asking:
    """Collects requests, unsaved, each with the row that asks; never a second for a date that waits."""

    def __init__(self, plan: Plan):
        self.requests: list[tuple[MoveRequest, Comparison]] = []
        waiting = MoveRequest.objects.waiting().filter(action__plan=plan)
        self._waiting = set(waiting.values_list("action", "step"))

    def ask(self, obj: Action | Step, target: Target, one: Comparison, reason: str = "", **columns) -> None:
        request = build_request(obj, target, reason=reason.strip() or NO_REASON, **columns)
        key = (request.action_id, request.step_id)
        if key not in self._waiting and target.text:
            self._waiting.add(key)
            self.requests.append((request, one))

    def keep_dates(
        self, standing: Sequence[Step], wanted: Sequence[Step], one: Comparison, **columns
    ) -> None:
        """Gives the steps wanted the dates that stand, and asks for their own."""
        partners = pair_steps(standing, wanted)
        for step in wanted:
            partner = partners.get(id(step))
            if partner is not None and partner.target != step.target:
                self.ask(partner, step.target, one, **columns)
                step.target = partner.target
