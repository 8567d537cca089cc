"""What every kind of request says on the page of what waits for a decision."""

from dataclasses import dataclass
from datetime import date

from plans.models import Outcome

MOST_DECIDED = 10
DECIDED_KINDS = {Outcome.AGREED: "ok", Outcome.REFUSED: "late", Outcome.DROPPED: "plain"}


@dataclass(frozen=True)
class Decided:
    """A request that was decided: on which day, what it was, where it is, what came of it and who says so."""

    on: date
    what: str
    url: str
    words: str
    kind: str
    by: str
    reason: str


@dataclass(frozen=True)
class Kind:
    """One kind of request; `part` is the template of a waiting row, of which the oldest comes first."""

    name: str
    heading: str
    count_words: str
    part: str
    waiting: list
    decided: list[Decided]
