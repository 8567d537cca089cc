"""The demonstration's practice audits with what they found, and its register of assurance products."""

from audits.models import AssuranceProduct, Audit, Finding, GradeScale
from audits.services.assurance import add_product, edit_product, record_review
from audits.services.audits import cancel_audit, plan_audit, record_results, share_learning
from audits.services.findings import add_finding, link_actions, raise_action
from audits.services.scales import create_scale
from improvement.demonstration.told import Told, written
from plans.models import Decision, Lead
from plans.services.people import find_or_create_leads

PLANNED = ("title", "theme", "team", "kind", "auditor", "frequency", "sample_wanted", "grading", "status")
RESULTS = ("sample", "counts", "read_twice", "agreed", "summary")


class Audits:
    """Of a board whose plans and meetings stand already."""

    def __init__(self, told: dict, about: Told):
        self.told, self.about, self.days = told, about, about.days
        self.by = about.people[told["kept_by"]]
        self.audits: dict[str, Audit] = {}
        self.scales: dict[str, GradeScale] = {}

    def load(self) -> None:
        for scale in self.told["scales"]:
            words, good = scale["words"], scale["good"]
            made = create_scale(self.about.board, scale["name"], words, by=self.by, good=good)
            self.scales[scale["name"]] = made
        for audit in self.told["audits"]:
            self._audit(audit)
        for product in self.told["register"]:
            self._product(product)

    def _audit(self, told: dict) -> None:
        audit = plan_audit(
            self.about.board,
            by=self.by,
            planned_text=written(self.days.day(told)),
            area=self.about.area(told),
            lead=self._lead(told),
            repeats=self.audits.get(told.get("repeats", "")),
            scale=self.scales.get(told.get("scale", "")),
            **{name: told[name] for name in PLANNED if name in told},
        )
        self.audits[told.get("key", told["title"])] = audit
        if "done" in told:
            self._finish(audit, told)
        if "cancelled" in told:
            cancel_audit(audit, by=self.by, reason=told["cancelled"])

    def _finish(self, audit: Audit, told: dict) -> None:
        done = told["done"]
        fields = {name: done[name] for name in RESULTS if name in done}
        record_results(audit, by=self.by, done_on=self.days.day(done), **fields)
        for finding in told.get("findings", []):
            self._finding(audit, finding, told["plan"])
        if learning := told.get("learning"):
            share_learning(audit, by=self.by, text=learning["text"], on=self.days.day(learning))

    def _finding(self, audit: Audit, told: dict, plan: str) -> None:
        held = "meeting_on" in told or "meeting_days_ago" in told
        meeting = self.about.meeting(self.days.day(told, "meeting_")) if held else None
        fields = {name: told[name] for name in ("text", "kind", "theme")}
        finding = add_finding(audit, by=self.by, meeting=meeting, **fields)
        named = [self.about.action({"plan": plan, "action": name}) for name in told.get("actions", [])]
        link_actions(finding, named, by=self.by)
        if raises := told.get("raises"):
            self._raise(finding, {"plan": plan, **raises})

    def _raise(self, finding: Finding, told: dict) -> None:
        raise_action(
            finding,
            self.about.area(told),
            told["title"],
            by=self.by,
            leads_text=told["leads"],
            target_text=written(self.days.day(told, "due_")),
            added_on=self.days.day(told),
        )

    def _product(self, told: dict) -> None:
        product = self._standing(told) if "standing" in told else self._added(told)
        for review in told["reviews"]:
            record_review(
                product,
                by=self.by,
                on=self.days.day(review),
                who=review["who"],
                learnt=review["learnt"],
                led_to=review.get("led_to", ""),
                action=self.about.action(review) if "action" in review else None,
                finding=_beginning(Finding, review, "finding", audit__board=self.about.board),
                decision=_beginning(Decision, review, "decision", meeting__board=self.about.board),
            )

    def _standing(self, told: dict) -> AssuranceProduct:
        """One that the register of the workbook of 2020 brought in."""
        product = self.about.board.assurance_products.get(name__startswith=told["standing"])
        edit_product(product, by=self.by, lead=self._lead(told))
        return product

    def _added(self, told: dict) -> AssuranceProduct:
        fields = {name: told[name] for name in ("purpose", "reviewed_by", "frequency")}
        return add_product(self.about.board, told["name"], by=self.by, lead=self._lead(told), **fields)

    def _lead(self, told: dict) -> Lead:
        [lead] = find_or_create_leads(self.about.board, [told["lead"]], by=None)
        return lead


def _beginning(model, told: dict, name: str, **of):
    """The one row of the board whose text begins with the words told under `name`, where any are."""
    return model.objects.get(text__startswith=told[name], **of) if name in told else None
