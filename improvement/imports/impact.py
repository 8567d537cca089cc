"""What an import's pages show of measures and narratives: before it is applied, and afterwards."""

from collections.abc import Mapping, Sequence

from impact.grid_forms import plain
from impact.imports.measures import MeasureComparison, MeasurePreview
from impact.imports.narratives import LEAVE_OUT, NarrativeComparison, NarrativePreview
from impact.models import Unit
from impact.months import list_months, month_words
from impact.sheets.results import MonthValue
from plans.models import Import
from plans.wording.alphabet import alphabetical

MOST_CHANGES = 6
BESIDE = ("measures", "narratives", "register", "audits")


def impact_context(previews: Mapping) -> dict:
    """The sections of the preview; each list is empty where the workbook has nothing of the kind."""
    measures, narratives = previews["measures"], previews["narratives"]
    troubled = [one for one in narratives.comparisons if one.trouble]
    sound = [one for one in narratives.comparisons if not one.trouble]
    return {
        "measures": [_measure(one, measures) for one in measures.comparisons],
        "measures_heading": _measures_heading(measures),
        "narratives": [_narrative(one, narratives) for one in (*troubled, *sound)],
        "narratives_heading": _narratives_heading(narratives),
        "narrative_plan": narratives.places.plan,
        "areas_to_choose": sorted(narratives.places.names.items(), key=lambda item: alphabetical(item[1]))
        if troubled
        else [],
        "found_beside": found_words(previews),
        "would_beside": would_words(previews),
        "changes_beside": bool(would_words(previews)),
        "left_out_beside": sum(previews[name].counts["left_out"] for name in BESIDE),
    }


def _measure(one: MeasureComparison, preview: MeasurePreview) -> dict:
    return {
        "one": one,
        "unit": Unit(one.unit.value).label,
        "months": span(one.row.values),
        "changes": [
            (month_words(change.value.month), plain(change.before), plain(change.value.value))
            for change in one.changed[:MOST_CHANGES]
        ],
        "more_changes": max(0, len(one.changed) - MOST_CHANGES),
        "taken": one.key not in preview.left_out,
        "area": preview.places.names.get(one.area, ""),
    }


def span(values: Sequence[MonthValue]) -> str:
    """Such as "36 months, April 2017 to March 2020"."""
    if len(values) < 3:
        return list_months([one.month for one in values]) or "No value that can be taken"
    return f"{len(values)} months, {month_words(values[0].month)} to {month_words(values[-1].month)}"


def _narrative(one: NarrativeComparison, preview: NarrativePreview) -> dict:
    return {
        "one": one,
        "area": preview.places.names.get(one.area, one.row.area),
        "taken": not one.is_left_out and not one.trouble,
        "answer": LEAVE_OUT if one.is_left_out or not one.area else one.area,
    }


def _measures_heading(preview: MeasurePreview) -> str:
    counts = preview.counts
    parts = [f"{counts['values_new']:,} new"]
    parts += [f"{counts['values_changed']:,} changed"] if counts["values_changed"] else []
    parts += [f"{counts['values_unchanged']:,} unchanged"] if counts["values_unchanged"] else []
    return f"{many(len(preview.comparisons), 'measure')}: values by month, {', '.join(parts)}"


def _narratives_heading(preview: NarrativePreview) -> str:
    number = many(len(preview.comparisons), "narrative")
    return f"{number}: {preview.counts['new']} new, {preview.counts['unchanged']} unchanged"


def found_words(previews: Mapping) -> str:
    """Such as "2 measures with 72 values and 12 narratives", "" where there is nothing of the kind."""
    measures, narratives = previews["measures"].comparisons, previews["narratives"].comparisons
    values = sum(len(one.row.values) for one in measures)
    parts = [f"{many(len(measures), 'measure')} with {many(values, 'value')}"] if measures else []
    parts += [many(len(narratives), "narrative")] if narratives else []
    products = len(previews["register"].comparisons)
    parts += [many(products, "assurance product")] if products else []
    audits = len(previews["audits"].comparisons)
    parts += [f"results of {many(audits, 'audit')}"] if audits else []
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def would_words(previews: Mapping) -> str:
    """What applying would do beside the plan, such as "2 new measures, 72 values, 12 narratives"."""
    measures, narratives = previews["measures"].counts, previews["narratives"].counts
    values = measures["values_new"] + measures["values_changed"]
    products, audits = (_written(previews[name].counts) for name in ("register", "audits"))
    return _sum_up(measures["new"], values, narratives["new"], products, audits)


def _written(counts: Mapping) -> int:
    """How many rows of a register or of audit results were, or would be, written."""
    return sum(counts.get(status, 0) for status in ("new", "done", "changed"))


def _sum_up(measures: int, values: int, narratives: int, products: int, audits: int) -> str:
    parts = [many(measures, "new measure")] if measures else []
    parts += [many(values, "value")] if values else []
    parts += [many(narratives, "narrative")] if narratives else []
    parts += [many(products, "assurance product")] if products else []
    parts += [f"results of {many(audits, 'audit')}"] if audits else []
    return ", ".join(parts)


def done_words(imported: Import) -> str:
    """What an import did beside the plan, as `would_words`."""
    measures = imported.undo.get("measures", {})
    created = sum(bool(entry.get("created")) for entry in measures.get("measures", []))
    narratives = imported.undo.get("narratives", {}).get("narratives", [])
    products = len(imported.undo.get("register", {}).get("products", []))
    audits = len(imported.undo.get("audits", {}).get("audits", []))
    return _sum_up(created, len(measures.get("values", [])), len(narratives), products, audits)


def did_words(summary: Mapping) -> str:
    """What an import did, out of its summary alone, for a list of many."""
    plan, measures, narratives = (summary.get(name, {}) for name in ("plan", "measures", "narratives"))
    rows = plan.get("new", 0) + plan.get("changed", 0) + plan.get("unchanged", 0)
    parts = [f"{plan['new']} new, {plan['changed']} changed, {plan['unchanged']} unchanged"] if rows else []
    values = measures.get("values_new", 0) + measures.get("values_changed", 0)
    products, audits = (_written(summary.get(name, {})) for name in ("register", "audits"))
    beside = _sum_up(measures.get("new", 0), values, narratives.get("new", 0), products, audits)
    return "; ".join([*parts, *([beside] if beside else [])])


def many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
