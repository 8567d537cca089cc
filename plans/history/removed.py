"""Words and files taken out, in words: who and why, and never what."""

from plans.models import Redaction
from plans.models.removals import RedactionKind

from .names import Names
from .words import Change


def describe_redaction(model: type, row: Redaction, moment: str, names: Names) -> list[Change]:
    is_file = row.kind == RedactionKind.FILE
    what, field = ("A file of evidence", "File removed") if is_file else ("Words", "Words removed everywhere")
    said = f"“{row.marker}” stands in its place" if is_file else f"“{row.marker}” stands in their place"
    return [Change(row.at, str(row.by), what, field, "", said, row.reason, "", None, True)]
