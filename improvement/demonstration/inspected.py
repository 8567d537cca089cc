"""The demonstration's inspections, what they recommended, and which actions answer it."""

from improvement.demonstration.told import Told
from plans.clocks import CLOCKS
from plans.models import Inspection, Recommendation
from plans.services.recommendations import (
    add_inspection,
    add_recommendation,
    edit_recommendation,
    name_answer,
    stop_clock,
)


class Inspections:
    def __init__(self, told: dict, about: Told):
        self.told, self.about, self.days = told, about, about.days
        self.by = about.people[told["kept_by"]]

    def load(self) -> None:
        inspections = {told["key"]: self._inspection(told) for told in self.told["inspections"]}
        for told in self.told["recommendations"]:
            self._recommendation(told, inspections[told["inspection"]])

    def _inspection(self, told: dict) -> Inspection:
        fields = {name: told[name] for name in ("kind", "title", "link")}
        received = self.days.day(told, "received_")
        inspection = add_inspection(self.about.board, by=self.by, received_on=received, **fields)
        clocks = {clock.code: clock for clock in CLOCKS}
        for stop in told.get("stops", []):
            day, words = self.days.day(stop), stop["words"]
            stop_clock(inspection, clocks[stop["clock"]], day, by=self.by, words=words)
        return inspection

    def _recommendation(self, told: dict, inspection: Inspection) -> None:
        """Those that the plan's workbook names by reference alone take their words here."""
        fields = {name: told[name] for name in ("text", "paragraph", "priority")}
        if "standing" in told:
            standing = Recommendation.objects.get(board=self.about.board, reference=told["standing"])
            edit_recommendation(standing, by=self.by, inspection=inspection, **fields)
            return
        recommendation = add_recommendation(
            self.about.board, by=self.by, inspection=inspection, reference=told["reference"], **fields
        )
        for named in told["actions"]:
            action = self.about.action({"plan": told["plan"], "action": named})
            name_answer(recommendation, action, by=self.by)
