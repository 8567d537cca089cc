"""What an import understood of the register, as plain values for JSON."""

from audits.imports.register import RegisterPreview


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
