"""A measure's months as a sheet: values as numbers, months as dates, and what was said of each."""

from collections.abc import Iterable

from impact.judging import Judged
from impact.models import Note
from plans.spreadsheets.writing import Table

HEADERS = (
    "Month",
    "Value",
    "Mean",
    "Lower limit",
    "Upper limit",
    "Target",
    "Verdict",
    "Change since the month before",
    "Verdict on the change",
    "Remarks",
)


def months_sheet(judged: Judged, notes: Iterable[Note]) -> Table:
    """A row a month, the earliest first; limits as computed, empty where a month is not judged."""
    remarks: dict = {}
    for note in notes:
        remarks.setdefault(note.month, []).append(note.text)
    net = judged.verdict.net_change
    changes = {mark.month: mark for mark in net.marks} if net else {}
    rows = []
    for mark in judged.verdict.marks:
        change = changes.get(mark.month)
        rows.append(
            [
                mark.month,
                mark.value,
                *(
                    None if limit is None else round(limit, 4)
                    for limit in (mark.mean, mark.lower, mark.upper)
                ),
                mark.target,
                mark.words,
                change.value if change else None,
                change.words if change else "",
                "\n".join(remarks.get(mark.month, [])),
            ]
        )
    return Table(judged.measure.name, list(HEADERS), rows)
