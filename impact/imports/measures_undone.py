"""Takes an import's figures back: reversed, kept because somebody worked on them since, or refused."""

from collections import defaultdict
from datetime import date

from django.utils import timezone

from impact.imports.outcomes import Outcome
from impact.models import Measure, Observation
from impact.months import list_months
from plans.models import Import, User
from plans.services.history import update_all

RELATED = ("notes", "targets", "step_changes", "narrative_links", "action_links")


class MeasuresUndone:
    """`undo` is what MeasureReader.apply returned for the import."""

    def __init__(self, imported: Import, undo: dict, *, by: User | None):
        self.imported, self.undo, self.by = imported, undo, by
        self.reason = f"import {imported.pk} taken back"
        self.values: dict[int, list[dict]] = defaultdict(list)
        for entry in undo["values"]:
            self.values[entry["measure"]].append(entry)

    def run(self) -> list[dict]:
        """Takes back what can be; returns each measure's outcome as JSON."""
        ids = [entry["id"] for entry in self.undo["measures"]]
        self.measures = Measure.objects.in_bulk(ids)
        self.standing = _standing(ids)
        going, outcomes, closing = [], [], []
        for entry in self.undo["measures"]:
            measure = self.measures.get(entry["id"])
            title = str(measure) if measure else "A measure no longer there"
            outcome = Outcome(entry["sheet"], entry["row"], title, measure=entry["id"])
            outcomes.append(outcome)
            if measure is None:
                outcome.refuse("It is no longer there.")
                continue
            going += self._values(outcome)
            if entry.get("created") and self._is_untouched(measure, outcome):
                closing.append(measure)
        Observation.objects.filter(pk__in=going).update(withdrawn_at=timezone.now())
        for measure in closing:
            measure.closed_on = timezone.localdate()
        update_all(closing, ["closed_on"], by=self.by, reason=self.reason)
        return [outcome.as_json() for outcome in outcomes]

    def _values(self, outcome: Outcome) -> list[int]:
        """The ids of values that nobody has changed since."""
        going, kept = [], []
        for entry in self.values[outcome.measure]:
            month = date.fromisoformat(entry["month"])
            if self.standing.get((outcome.measure, month)) == entry["id"]:
                going.append(entry["id"])
            else:
                kept.append(month)
        if kept:
            words = list_months(sorted(kept)) if len(kept) <= 3 else f"{len(kept)} months"
            outcome.keep(f"Changed since, so the newer value stands: {words}.")
        return going

    def _is_untouched(self, measure: Measure, outcome: Outcome) -> bool:
        """A measure that the import made goes with it, unless somebody has worked on it."""
        mine = {entry["id"] for entry in self.values[measure.pk]}
        others = measure.observations.standing().exclude(pk__in=mine)
        if others.exists() or any(getattr(measure, name).exists() for name in RELATED):
            outcome.keep("The measure stays, because somebody has worked on it since.")
        elif measure.history.count() > 1:
            outcome.keep("The measure stays, because it was edited since.")
        elif measure.closed_on:
            outcome.keep("It had been closed before, and stays so.")
        else:
            return True
        return False


def _standing(measures: list[int]) -> dict[tuple[int, date], int]:
    """The id of the value that stands in each month."""
    rows = Observation.objects.standing().filter(measure__in=measures).order_by("on", "id")
    return {(measure, month): pk for measure, month, pk in rows.values_list("measure", "month", "pk")}
