"""What all readers together made of a workbook: its sheets, its problems, the cells in no field."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from audits.imports.as_json import register_json, results_json
from impact.imports.as_json import measures_json, narratives_json
from plans.imports.as_json import as_json as plan_json
from plans.spreadsheets.results import NotUnderstood, Problem

# What a sheet is called that several readers have taken something of: the first of these.
KINDS = {
    "plan": "Actions",
    "measures": "Measures",
    "narratives": "Narratives",
    "register": "Assurance register",
    "audits": "Audit results",
    "none": "Nothing",
}


@dataclass(frozen=True)
class SheetTaken:
    """One sheet: its kind, that in a word, and in plain words why."""

    sheet: str
    kind: str
    label: str
    reason: str


def sheets_taken(previews: Mapping) -> list[SheetTaken]:
    """Every sheet of the workbook in its order."""
    return [_taken(sheet, previews) for sheet in previews["plan"].reading.sheets]


def _taken(sheet, previews: Mapping) -> SheetTaken:
    reasons = {
        name: preview.reading.reasons[sheet.sheet]
        for name, preview in previews.items()
        if name != "plan" and sheet.sheet in preview.reading.reasons
    }
    if sheet.kind == "plan" or not reasons:
        reasons = {sheet.kind: sheet.reason, **reasons}
    label = " and ".join(KINDS[name].lower() for name in reasons).capitalize()
    return SheetTaken(sheet.sheet, next(iter(reasons)), label, ". ".join(reasons.values()))


def all_problems(previews: Mapping) -> list[Problem]:
    others = [each for name, preview in previews.items() if name != "plan" for each in preview.problems]
    return [*previews["plan"].reading.problems, *others]


def cells_outside(preview) -> list[NotUnderstood]:
    """The cells that a reader did not understand, and those of the rows that are left out."""
    return [*preview.not_understood, *preview.left_out_cells()]


def all_not_understood(previews: Mapping) -> list[NotUnderstood]:
    """Every cell in no field, sheet by sheet as the workbook has them."""
    order = {sheet.sheet: n for n, sheet in enumerate(previews["plan"].reading.sheets)}
    cells = [cell for preview in previews.values() for cell in cells_outside(preview)]
    return sorted(cells, key=lambda cell: order.get(cell.sheet, len(order)))


def count_cells(previews: Mapping) -> tuple[int, int]:
    """How many cells of the workbook are filled, and how many of them are in a field or a note."""
    plan = previews["plan"]
    filled, placed = plan.filled, plan.placed
    for name, preview in previews.items():
        if name != "plan":
            claimed = sum(len(places) for places in preview.reading.claimed.values())
            filled += claimed
            placed += claimed - len(set(_places(preview)))
    return filled, placed


def _places(preview) -> Iterator[tuple[str, int, str]]:
    return ((cell.sheet, cell.row, cell.column) for cell in cells_outside(preview) if cell.column)


def as_json(previews: Mapping) -> dict:
    """What the import understood, as documented for `manage.py import_plan --json`."""
    return {
        **plan_json(previews["plan"]),
        "sheets": [
            {"sheet": each.sheet, "kind": each.kind, "reason": each.reason} for each in sheets_taken(previews)
        ],
        "measures": measures_json(previews["measures"]),
        "narratives": narratives_json(previews["narratives"]),
        "register": register_json(previews["register"]),
        "audits": results_json(previews["audits"]),
        "not_understood": [asdict(cell) for cell in all_not_understood(previews)],
        "problems": [asdict(problem) for problem in all_problems(previews)],
    }
