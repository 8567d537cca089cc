"""What an import understood, as one JSON object."""

from dataclasses import asdict

from plans.dates import Period, parse_target
from plans.imports.reader import PlanPreview
from plans.spreadsheets.preview import Comparison
from plans.steps import StepText

RATINGS = frozenset({"blue", "green", "amber", "red"})


def as_json(preview: PlanPreview) -> dict:
    """What the import understood, as documented for `manage.py import_plan --json`.

    An action's `status` says whether it differs from the board. Where it differs only in what somebody has
    changed there since an import brought it, it is "changed" and `left_alone`: applying takes nothing of it.
    `rating_left_alone`: the action is signed off and the file rates it otherwise, so its rating stays.
    """
    return {
        "plan": preview.title,
        "sheets": [
            {"sheet": sheet.sheet, "kind": sheet.kind, "reason": sheet.reason}
            for sheet in preview.reading.sheets
        ],
        "actions": [_action_json(one, preview.reading.period) for one in preview.comparisons],
        "not_understood": [asdict(cell) for cell in preview.reading.not_understood],
        "problems": [asdict(problem) for problem in preview.reading.problems],
        "remarks": list(preview.reading.remarks),
    }


def _action_json(one: Comparison, period: Period) -> dict:
    row = one.proposal.row
    target = one.proposal.target
    return {
        "sheet": row.sheet,
        "row": row.row,
        "reference": row.reference or None,
        "area": row.area or None,
        "outcome": row.outcome or None,
        "objective": row.objective or None,
        "title": row.title,
        "activity": row.activity or None,
        "steps": [_step_json(step, period) for step in row.steps],
        "leads": list(row.leads),
        "leads_text": row.leads_text or None,
        "target_text": target.text or None,
        "due": target.due.isoformat() if target.due else None,
        "due_assumed": target.assumed,
        "rating": row.rating.colour if row.rating.colour in RATINGS else None,
        "rating_text": row.rating_text or None,
        "success_criteria": row.success_criteria or None,
        "what_it_means": row.what_it_means or None,
        "progress": row.progress or None,
        "way_back": row.way_back or None,
        "recommendations": [
            " ".join(part for part in answer if part)
            for answer in (*row.recommendations, *one.proposal.cited)
        ],
        "links": row.links or None,
        "notes": [{"heading": heading, "text": text} for heading, text in row.notes],
        "status": one.status.value,
        "left_alone": one.is_left_alone,
        "rating_left_alone": one.rating_left_alone,
    }


def _step_json(step: StepText, period: Period) -> dict:
    due = parse_target(step.target_text, period).due
    return {
        "number": step.number,
        "text": step.text,
        "target_text": step.target_text or None,
        "due": due.isoformat() if due else None,
    }
