"""Takes imported audit results back: reversed, kept because somebody worked on them since, or refused."""

from dataclasses import asdict, dataclass, field
from datetime import date

from audits.models import Audit
from audits.services.audits import record_results, take_results_back
from plans.imports.undo_rows import KEPT, REFUSED, REVERSED
from plans.models import User
from plans.services.history import remove, version_of


@dataclass
class _Outcome:
    """As plans' rows of an undo."""

    sheet: str
    row: int
    title: str
    audit: int
    outcome: str = REVERSED
    reasons: list[str] = field(default_factory=list)

    def end(self, outcome: str, reason: str) -> None:
        self.outcome = outcome
        self.reasons.append(reason)


def undo_audit(entry: dict, audit: Audit | None, reason: str, *, by: User | None) -> dict:
    """One audit of an import; `entry` is what applying it returned, the outcome is JSON."""
    outcome = _Outcome(entry["sheet"], entry["row"], entry["title"], entry["id"])
    if audit is None:
        outcome.end(REFUSED, "It is no longer there.")
    elif version_of(audit) != entry["version"]:
        outcome.end(KEPT, "Kept, because it was edited since.")
    elif entry["was"] == "new" and (audit.findings.exists() or audit.repeated_by.exists()):
        outcome.end(KEPT, "Kept, because findings or a repeat were added to it since.")
    else:
        _take_back(entry, audit, reason, by=by)
    return asdict(outcome)


def _take_back(entry: dict, audit: Audit, reason: str, *, by: User | None) -> None:
    if entry["was"] == "changed":
        before = dict(entry["before"])
        before["done_on"] = date.fromisoformat(before["done_on"])
        record_results(audit, by=by, summary=audit.summary, reason=reason, **before)
    elif entry["was"] == "done":
        take_results_back(audit, by=by, reason=reason)
    else:
        for grade in audit.grades.all():
            remove(grade, by=by, reason=reason)
        remove(audit, by=by, reason=reason)
