"""What the page of one action says of its date: every move, and what was asked of the chair."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from plans.drawing.datelines import DateLine, draw_dates
from plans.ledger import days_words
from plans.models import Action, MoveRequest, Outcome, TargetMove
from plans.standing import AsAt
from plans.wording.phrases import moved_words


@dataclass(frozen=True)
class MoveLine:
    """A row of the table of moves: which it was and by how much."""

    move: TargetMove
    words: str


class MovesPart:
    """For a page with an `action` and the day `shown`."""

    action: Action
    shown: AsAt

    @cached_property
    def moves(self) -> list[TargetMove]:
        moves = self.action.moves.standing(self.shown.past_day)
        related = ("by", "imported_by__undone_by", "step", "meeting", "request__by", "request__decided_by")
        return list(moves.select_related(*related))

    @property
    def own_moves(self) -> list[TargetMove]:
        return [move for move in self.moves if move.step_id is None]

    @property
    def move_lines(self) -> list[MoveLine]:
        numbers: Counter[int | None] = Counter()
        lines = []
        for move in self.moves:
            numbers[move.step_id] += 1
            which = (
                f"Step {move.step.number}, move {numbers[move.step_id]}" if move.step else str(numbers[None])
            )
            lines.append(MoveLine(move, ", ".join(filter(None, (which, _by_days(move.days))))))
        return lines

    @property
    def date_heading(self) -> str:
        if not self.own_moves:
            return "Date: never moved" if self.action.target_due else "Date: none"
        days = sum(move.days or 0 for move in self.own_moves)
        return f"Date: {moved_words(len(self.own_moves), days)}"

    @property
    def date_line(self) -> DateLine | None:
        """The days at which its date stood by the day shown, drawn; None where there is no line to draw."""
        if not self.own_moves:
            return None
        days = [*(move.from_due for move in self.own_moves), self.action.target_due]
        return draw_dates(days, starts=self.action.plan.starts, today=self.shown.day)

    @cached_property
    def moves_asked(self) -> list[MoveRequest]:
        """Asked for by the day shown, the earliest first."""
        asked = self.action.move_requests.standing(self.shown.past_day)
        related = ("by", "step", "decided_by", "meeting", "imported_by__undone_by")
        return list(asked.select_related(*related))

    @property
    def moves_waiting(self) -> list[MoveRequest]:
        return [each for each in self.moves_asked if not self._is_decided(each)]

    @property
    def moves_refused(self) -> list[MoveRequest]:
        """The newest first; an agreed one is a move, and one that was dropped is in the history."""
        refused = [
            each for each in self.moves_asked if each.outcome == Outcome.REFUSED and self._is_decided(each)
        ]
        return sorted(refused, key=lambda each: each.decided_at, reverse=True)

    def _is_decided(self, request: MoveRequest) -> bool:
        day = self.shown.past_day
        return request.decided_on is not None and (day is None or request.decided_on <= day)


def _by_days(days: int | None) -> str:
    return days_words(days or 0).removesuffix(" later")
