"""What came of one measure's or narrative's rows when an import is taken back."""

from dataclasses import asdict, dataclass, field

from plans.imports.undo_rows import KEPT, REFUSED, REVERSED


@dataclass
class Outcome:
    """As plans' rows of an undo, told apart by `measure` or `narrative`: their ids."""

    sheet: str
    row: int
    title: str
    measure: int | None = None
    narrative: int | None = None
    outcome: str = REVERSED
    reasons: list[str] = field(default_factory=list)

    def keep(self, reason: str) -> None:
        self.reasons.append(reason)
        if self.outcome == REVERSED:
            self.outcome = KEPT

    def refuse(self, reason: str) -> None:
        self.reasons.append(reason)
        self.outcome = REFUSED

    def as_json(self) -> dict:
        return asdict(self)
