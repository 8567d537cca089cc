"""The demonstration's evidence, measures and narratives, entered through the services."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from impact.models import Measure
from impact.months import months_after
from impact.periods import last_day
from impact.services.measures import (
    agree_step_change,
    close_measure,
    create_measure,
    edit_measure,
    set_target,
)
from impact.services.narratives import draft_narrative, publish_narrative, support_narrative
from impact.services.observations import Entry, add_note, set_values
from improvement.demonstration.told import Days, action_of, area_of
from plans.models import Area, Board, Evidence, Plan, User
from plans.services.evidence import add_evidence, show_evidence
from plans.services.people import find_or_create_leads


class Figures:
    """Of one board whose plans stand already."""

    def __init__(self, told: dict, board: Board, people: Mapping[str, User], today: date):
        self.told, self.board, self.people, self.days = told, board, people, Days(today)
        self.plans = {plan.title: plan for plan in board.plans.all()}
        self.measures: dict[str, Measure] = {}
        self.evidence: dict[str, Evidence] = {}

    def load(self) -> None:
        for piece in self.told.get("evidence", []):
            self.evidence[piece["key"]] = self._evidence(piece)
        for plan in self.told["plans"]:
            self._finish_imported(plan)
        measures = self.told.get("measures", [])
        for measure in measures:
            self.measures[measure["name"]] = self._measure(measure)
        self._enter_values(measures)
        for measure in measures:
            self._agree(self.measures[measure["name"]], measure)
        for plan in self.told["plans"]:
            self._tell(plan, self.plans[plan["title"]])

    def _evidence(self, told: dict) -> Evidence:
        upload = (told["file"], told["content"].encode()) if "file" in told else None
        return add_evidence(
            self.board,
            by=self.people[told["by"]],
            title=told["title"],
            kind=told["kind"],
            dated=self.days.day(told),
            note=told.get("note", ""),
            link=told.get("link", ""),
            upload=upload,
        )

    def _finish_imported(self, told: dict) -> None:
        """What the workbook does not say of its measures; with their plan's end they are reported no more."""
        for name, fields in told.get("measures", {}).items():
            measure = self.board.measures.get(name=name)
            edit_measure(measure, by=self.people[told["imported_by"]], **fields)
            after = date.fromisoformat(told["ends"]) + timedelta(1)
            close_measure(measure, by=self.people[told["imported_by"]], on=after)

    def _measure(self, told: dict) -> Measure:
        by = self.people[told["by"]]
        names = ("unit", "decimals", "direction", "is_stock", "definition", "source")
        fields = {name: told[name] for name in names if name in told}
        [owner] = find_or_create_leads(self.board, [told["owner"]], by=None)
        plan = self.plans.get(told.get("plan", ""))
        return create_measure(
            self.board,
            told["name"],
            by=by,
            owner=owner,
            areas=[area_of(plan, named) for named in told.get("areas", [])],
            actions=[action_of(plan.actions.all(), named) for named in told.get("actions", [])],
            **fields,
        )

    def _enter_values(self, measures: list[dict]) -> None:
        """Month by month, as people do; what one person enters on one day goes in together."""
        days: dict[tuple[date, str], list[Entry]] = defaultdict(list)
        for told in measures:
            for entry in self._entries(told):
                days[self.days.entered(entry.month), told["by"]].append(entry)
        for (day, by), entries in sorted(days.items()):
            set_values(entries, by=self.people[by], on=day)

    def _entries(self, told: dict) -> Iterator[Entry]:
        measure, parts = self.measures[told["name"]], told.get("parts")
        rows = list(zip(*parts, strict=True)) if parts else told["values"]
        last = self.days.month({"month": told["ends"]} if "ends" in told else {"months_ago": 1})
        for n, row in enumerate(rows):
            month = months_after(last, n + 1 - len(rows))
            value = (None, *map(Decimal, row)) if parts else (Decimal(row),)
            yield Entry(measure, month, *value)

    def _agree(self, measure: Measure, told: dict) -> None:
        by = self.people[told["by"]]
        for target in told.get("targets", []):
            month, value = self.days.month(target), Decimal(target["value"])
            set_target(measure, value, month, by=by, reason=target.get("reason", ""), on=month)
        for step in told.get("steps", []):
            month = self.days.month(step)
            agreed = (
                self.days.day(step, "agreed_") if "agreed_on" in step else self.days.month(step, "agreed_")
            )
            words = {"reason": step["reason"], "agreed_by": step["agreed_by"]}
            agree_step_change(measure, month, by=by, agreed_on=agreed, on=agreed, **words)
        for note in told.get("notes", []):
            month = self.days.month(note)
            add_note(measure, month, note["text"], by=by, on=self.days.entered(month))
        if "closed_on" in told:
            close_measure(measure, by=by, on=date.fromisoformat(told["closed_on"]))

    def _tell(self, told: dict, plan: Plan) -> None:
        for shown in told.get("shown", []):
            update = action_of(plan.actions.all(), shown["action"]).updates.latest("on", "id")
            show_evidence(update, self._pieces(shown), by=update.by)
        for support in told.get("support", []):
            narrative = area_of(plan, support["area"]).narratives.published().first()
            support_narrative(narrative, by=None, **self._support(support))
        for narrative in told.get("narratives", []):
            self._narrative(narrative, area_of(plan, narrative["area"]))

    def _narrative(self, told: dict, area: Area) -> None:
        draft = draft_narrative(
            area,
            by=self.people[told["by"]],
            starts=self.days.month(told, "from_"),
            ends=last_day(self.days.month(told, "to_")),
            done=told["done"],
            so_what=told["so_what"],
            **self._support(told),
        )
        if not told.get("draft"):
            by, on = self.people[told["published_by"]], self.days.day(told, "published_")
            publish_narrative(draft, by=by, on=on)

    def _support(self, told: dict) -> dict:
        measures = [self.measures[name] for name in told.get("measures", [])]
        return {"measures": measures, "evidence": self._pieces(told)}

    def _pieces(self, told: dict) -> list[Evidence]:
        return [self.evidence[key] for key in told.get("evidence", [])]
