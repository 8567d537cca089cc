"""What an import's page shows of an assurance register and of audit results before it is applied."""

from collections.abc import Mapping

from audits.imports.register import ProductComparison, RegisterPreview
from audits.imports.results import AuditComparison, ResultsPreview
from audits.models import AssuranceProduct
from improvement.imports.impact import many


def register_context(previews: Mapping) -> dict:
    """The section of the preview; its list is empty where the workbook has no register."""
    preview: RegisterPreview = previews["register"]
    return {
        "products": [_product(one, preview) for one in preview.comparisons],
        "products_heading": _heading(preview),
    }


def _product(one: ProductComparison, preview: RegisterPreview) -> dict:
    return {
        "one": one,
        "taken": one.key not in preview.left_out,
        "changes": [(label_of(name), before, after) for name, (before, after) in one.changes.items()],
    }


def label_of(name: str) -> str:
    label = str(AssuranceProduct._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _heading(preview: RegisterPreview) -> str:
    counts = preview.counts
    said = ", ".join(f"{counts[name]} {name}" for name in ("new", "changed", "unchanged"))
    return f"{many(len(preview.comparisons), 'assurance product')}: {said}"


def results_context(previews: Mapping) -> dict:
    """As `register_context`, of audits with their results."""
    preview: ResultsPreview = previews["audits"]
    counts = preview.counts
    said = [f"{counts['new'] + counts['done']} new", f"{counts['changed']} changed"]
    said += [f"{counts['unchanged']} unchanged"]
    said += [f"{len(preview.troubled)} in trouble"] if preview.troubled else []
    return {
        "audits": [_audit(one, preview) for one in preview.comparisons],
        "audits_heading": f"Results of {many(len(preview.comparisons), 'audit')}: {', '.join(said)}",
    }


STATUSES = {
    "new": "New audit",
    "done": "On the programme: it would be done",
    "changed": "Other results stand: they would be mended",
    "unchanged": "Unchanged",
}


def _audit(one: AuditComparison, preview: ResultsPreview) -> dict:
    pairs = zip(one.row.words, one.row.counts, strict=True)
    return {
        "one": one,
        "taken": one.key not in preview.left_out,
        "grades": ", ".join(f"{grade.word} {count}" for grade, count in pairs),
        "against": STATUSES[one.status],
    }
