"""What an import understood of figures and narratives, as plain values for JSON."""

from impact.imports.measures import MeasureComparison, MeasurePreview
from impact.imports.narratives import NarrativeComparison, NarrativePreview
from impact.sheets.measures import as_number


def measures_json(preview: MeasurePreview) -> list[dict]:
    return [_measure(one) for one in preview.comparisons]


def _measure(one: MeasureComparison) -> dict:
    row = one.row
    return {
        "sheet": row.sheet,
        "row": row.row,
        "name": row.name,
        "unit": one.unit.value,
        "area": row.area or None,
        "is_stock": one.standing.is_stock if one.standing else row.is_stock,
        "values": [{"month": each.month.isoformat(), "value": as_number(each.value)} for each in row.values],
        "status": one.status,
        "new": len(one.new),
        "changed": len(one.changed),
        "unchanged": one.unchanged,
    }


def narratives_json(preview: NarrativePreview) -> list[dict]:
    return [_narrative(one, preview) for one in preview.comparisons]


def _narrative(one: NarrativeComparison, preview: NarrativePreview) -> dict:
    return {
        "sheet": one.row.sheet,
        "row": one.row.row,
        "area": one.row.area,
        "done": one.row.done,
        "so_what": one.row.so_what,
        "matched_area": preview.places.names.get(one.area),
        "status": "in trouble" if one.trouble else one.status,
        "trouble": one.trouble or None,
    }
