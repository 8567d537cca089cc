"""What one person of the demonstration asked for and another agreed, refused or accepted."""

from improvement.checking import findings_of
from improvement.demonstration.told import Told, move_of
from plans.models import Plan, ProgressUpdate
from plans.services.checks import answer_check
from plans.services.evidence import show_evidence
from plans.services.moves import agree_move, ask_move, refuse_move
from plans.services.plans import edit_plan
from plans.services.progress import record_update
from plans.services.sign_off import agree_sign_off, ask_sign_off, refuse_sign_off
from plans.standing import shown_day


class Agreements:
    """Of a board whose plans, evidence and meetings stand already."""

    def __init__(self, told: dict, about: Told):
        self.told, self.about, self.days = told, about, about.days

    def load(self) -> None:
        asks = self.told["asks_on"]
        self.plan = self.about.plan(asks)
        by = self.about.people[asks["by"]]
        edit_plan(self.plan, by=by, blue_needs_sign_off=True, moves_need_agreement=True)
        for sign_off in self.told["sign_offs"]:
            self._sign_off(sign_off)
        for request in self.told["requests"]:
            self._request(request)

    def _sign_off(self, told: dict) -> None:
        by, on = self.about.people[told["by"]], self.days.day(told)
        update = self._complete(told)
        show_evidence(update, [self.about.evidence[key] for key in told["evidence"]], by=by)
        asked = ask_sign_off(update, by=by, on=on)
        if "decided_by" not in told:
            return
        decided = self._decided(told)
        if "refused" in told:
            refuse_sign_off(asked, reason=told["refused"], rating=told["rating"], **decided)
        else:
            agree_sign_off(asked, **decided)

    def _complete(self, told: dict) -> ProgressUpdate:
        action = self.about.action(told)
        if "update" not in told:
            return action.updates.standing().latest("on", "id")
        said, by = told["update"], self.about.people[told["by"]]
        words = {"rating": said["rating"], "happened": said["happened"]}
        return record_update(action, by=by, on=self.days.day(said), **words)

    def _decided(self, told: dict) -> dict:
        on = self.days.day(told, "decided_")
        return {
            "by": self.about.people[told["decided_by"]],
            "on": on,
            "meeting": self.about.meeting(on),
        }

    def _request(self, told: dict) -> None:
        by, on = self.about.people[told["by"]], self.days.day(told)
        to = move_of(told["to"], self.told["written_for"], self.days.today)
        asked = ask_move(self.about.action(told), to=to, by=by, reason=told["reason"], on=on)
        if "decided_by" not in told:
            return
        if "refused" in told:
            refuse_move(asked, reason=told["refused"], **self._decided(told))
        else:
            agree_move(asked, **self._decided(told))

    def accept(self) -> None:
        """Answers what the checks ask, once everything that they look at is there."""
        for told in self.told["answers"]:
            self._accept(told, self.about.plan(told))

    def _accept(self, told: dict, plan: Plan) -> None:
        action = self.about.action(told)
        shown = shown_day(plan, self.days.today, meetings=list(plan.board.meetings.standing()))
        [found] = [
            finding
            for finding in findings_of(plan, shown).of_action(action.pk)
            if finding.check.name == told["check"]
        ]
        answer_check(
            action,
            by=self.about.people[told["by"]],
            check_name=found.check.name,
            basis=found.basis,
            question=found.words,
            reason=told["reason"],
            on=self.days.day(told),
        )
