"""Where ids of rows stand inside columns of JSON and of words, so that a copy's can be given anew."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from audits.models import AssuranceProduct, Audit
from impact.models import Measure, Narrative, Observation
from plans.models import (
    Action,
    Area,
    Evidence,
    Lead,
    MoveRequest,
    Plan,
    ProgressUpdate,
    Recommendation,
    Step,
    TargetMove,
)

# A model stands for an id of its rows; of a tuple each place has its own shape, and None is left as it is.
CONTENTS = {"area": Area, "leads": (None, [Lead]), "recommendations": [Recommendation]}
MOVED = [{"id": TargetMove, "action": Action, "step": Step}]
PLAN = {
    "areas": [Area],
    "actions": [{"id": Action, "before": CONTENTS, "after": CONTENTS}],
    "updates": [{"id": ProgressUpdate, "action": Action}],
    "moves": MOVED,
    "requests": [{**MOVED[0], "id": MoveRequest}],
    "leads": [{"id": Lead}],
    "recommendations": [{"id": Recommendation}],
}
UNDO = {
    "plan": PLAN,
    "measures": {"measures": [{"id": Measure}], "values": [{"id": Observation, "measure": Measure}]},
    "narratives": {"narratives": [{"id": Narrative}]},
    "register": {"products": [{"id": AssuranceProduct}]},
    "audits": {"audits": [{"id": Audit, "version": Audit.history.model}]},
}
UNDONE = [
    {
        "action": Action,
        "measure": Measure,
        "narrative": Narrative,
        "product": AssuranceProduct,
        "audit": Audit,
    }
]
SHAPES: Mapping[tuple[str, str], Any] = {
    ("plans.Import", "choices"): {"plan": Plan},
    ("plans.Import", "undo"): UNDO,
    ("plans.Import", "undo_report"): UNDONE,
}
# What a bundle says while its files are still to be made.
BUNDLE = {"files": [(None, Evidence, None)]}
# Columns whose words may begin with the import that a change came from: "import 7 taken back".
NAMES_IMPORT = {"history_change_reason", "withdrawn_reason"}
IMPORT = re.compile(r"(import )(\d+)\b", re.IGNORECASE)

Number = Callable[[type, int], int]


def renumbered(value: Any, shape: Any, number: Number) -> Any:
    """The value with each id replaced by what `number(model, id)` gives; a shape's missing parts stay."""
    if shape is None or value is None:
        return value
    if isinstance(shape, type):
        return _id(value, shape, number)
    if isinstance(shape, list):
        return [renumbered(one, shape[0], number) for one in value]
    if isinstance(shape, tuple):
        return [renumbered(one, part, number) for one, part in zip(value, shape, strict=True)]
    return {key: renumbered(one, shape.get(key), number) for key, one in value.items()}


def _id(value: Any, model: type, number: Number) -> Any:
    """A form's field gives digits for an id, or another word where none was chosen."""
    if isinstance(value, str):
        return str(number(model, int(value))) if value.isdigit() else value
    return number(model, value)


def take_import_out(words: str | None, number: Callable[[int], int]) -> Any:
    """`number` gives 0 for what is no import of the board: then the words stay as they are."""
    match = IMPORT.match(words or "")
    found = number(int(match[2])) if match else 0
    return [match[1], found, words[match.end() :]] if found else words


def put_import_back(told: Any, number: Callable[[int], int]) -> str | None:
    if not isinstance(told, list):
        return told
    before, found, after = told
    return f"{before}{number(found)}{after}"
