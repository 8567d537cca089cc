"""What stands beside an update's form: the moves of its date and others' words, put for a reader."""

from plans.templatetags.components import long_date
from plans.wording.phrases import moved_words, plural

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


class Shown:
    """For a form with an `action` from `load_for_updates`."""

    @property
    def moves(self) -> list:
        return self.action.standing_moves

    @property
    def latest_move(self):
        return self.moves[-1] if self.moves else None

    @property
    def move_asked(self):
        """The move that waits for the chair, or None."""
        return next(iter(self.action.waiting_moves), None)

    @property
    def asks_for_moves(self) -> bool:
        """Whether a new date waits for the chair's agreement."""
        return self.action.plan.moves_need_agreement

    @property
    def first_due(self):
        return self.moves[0].from_due if self.moves else self.action.target_due

    @property
    def moved_words(self) -> str:
        """Such as "moved twice, 45 days later": from the first date to the present one."""
        due = self.action.target_due
        days = (due - self.first_due).days if due and self.first_due else None
        return moved_words(len(self.moves), days)

    @property
    def next_move(self) -> str:
        return ORDINALS[len(self.moves)] if len(self.moves) < len(ORDINALS) else f"{len(self.moves) + 1}th"

    @property
    def understood_words(self) -> str:
        """How far the new date lies from the present one and, once moved, from the first."""
        said = later(self.understood_days, "now")
        if self.moves and self.first_due:
            said += f", {later((self.understood.due - self.first_due).days, 'the first date')}"
        return said

    @property
    def others_words(self) -> list[tuple]:
        """What was recorded meanwhile: [(update, its rating in the key or None, who)]."""
        entries = {entry.code: entry for entry in self.key}
        return [(update, entries.get(update.rating), self._who(update)) for update in self.meanwhile]

    def _who(self, update) -> str:
        if update.by == self.user:
            return "You, in another window"
        return str(update.by) if update.by else "From an import"

    @property
    def first_due_words(self) -> str:
        return f"First due {long_date(self.first_due)}." if self.first_due else "At first it had no day."


def later(number: int, than: str) -> str:
    """Such as "30 days later than now"."""
    return f"{plural(abs(number), 'day')} {'later' if number >= 0 else 'earlier'} than {than}"
