"""What an import understood of audits and the register, as plain values for JSON."""

from audits.imports.register import RegisterPreview
from audits.imports.results import ResultsPreview


def register_json(preview: RegisterPreview) -> list[dict]:
    return [
        {
            "sheet": one.row.sheet,
            "row": one.row.row,
            "name": one.row.name,
            "frequency": one.row.frequency,
            "reviewed_by": one.row.reviewed_by,
            "purpose": one.row.purpose,
            "status": one.status,
        }
        for one in preview.comparisons
    ]


def results_json(preview: ResultsPreview) -> list[dict]:
    return [
        {
            "sheet": one.row.sheet,
            "row": one.row.row,
            "title": one.row.title,
            "done_on": one.row.done_on.isoformat() if one.row.done_on else None,
            "cases": one.row.sample,
            "grades": {grade.word: count for grade, count in zip(one.row.words, one.row.counts, strict=True)},
            "status": "in trouble" if one.trouble else one.status,
            "trouble": one.trouble or None,
        }
        for one in preview.comparisons
    ]
