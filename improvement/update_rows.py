"""One action's row on the page of one's updates."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from improvement.asking import Question
from plans.forms.updates import UpdateForm
from plans.models import Action
from plans.rating import KeyEntry, Meaning
from plans.templatetags.components import long_date
from plans.wording.phrases import days_overdue, days_until, plural


@dataclass
class Row:
    """One action, its form, and what came of it: "" as it stands, else saved, wrong, conflict or unsaved."""

    action: Action
    form: UpdateForm
    accountable: bool
    today: date
    # Whether its latest update is of this round.
    is_updated: bool = False
    outcome: str = ""
    saved_at: str = ""
    # The form by which the row was saved, once it is shown anew.
    sent: UpdateForm | None = None
    # What there is to ask about it, and of that what the update just saved has raised.
    questions: list[Question] = field(default_factory=list)
    raised: list[Question] = field(default_factory=list)

    @property
    def entry(self) -> KeyEntry | None:
        return next((entry for entry in self.form.key if entry.code == self.form.standing_rating), None)

    @property
    def asked_words(self) -> str:
        return plural(len(self.questions), "question") if self.questions else ""

    @property
    def done(self) -> str:
        """What saving it brought first of all: "update", "asked", "moved" or, for a step, "change"; "same"
        where all of it stood already."""
        if not self.sent:
            return ""
        if self.sent.words:
            return "update"
        if self.sent.saves_nothing:
            return "same"
        if not self.sent.new_target:
            return "change"
        return "asked" if self.sent.asks_for_moves else "moved"

    @property
    def moved_to(self) -> str:
        """What became of the date just now, with the day as it was understood."""
        moved = self.sent and self.sent.new_target
        if not moved:
            return ""
        name, day = self.form.action_name, long_date(moved.due)
        if self.sent.asks_for_moves:
            return f"{name}: the chair is asked to move it to {day}."
        return f"{name} is now due by {day}."

    @property
    def move_asked(self) -> str:
        """That its date is asked to move, in few words."""
        asked = self.form.move_asked
        return f"Move to {asked.to} asked for" if asked else ""

    @property
    def is_complete(self) -> bool:
        return self.form.standing_rating == Meaning.COMPLETE

    @property
    def is_open(self) -> bool:
        return self.outcome in {"wrong", "conflict", "unsaved"}

    @property
    def flag(self) -> tuple[str, str]:
        """The row's state as (words, kind of flag)."""
        if self.outcome == "wrong":
            mistakes = sum(len(errors) for errors in self.form.errors.values())
            return f"Not saved: {mistakes} mistake{'s' if mistakes > 1 else ''}", "late"
        told = {
            "conflict": ("Two versions: choose", "ask"),
            "unsaved": ("Not saved yet", "ask"),
            "saved": (f"Saved {self.saved_at}{'' if self.needs_no_update else ', still to do'}", "ok"),
        }
        if self.sent and not self.sent.saves_something:
            return self._standing_flag()
        return told.get(self.outcome) or self._standing_flag()

    @property
    def needs_no_update(self) -> bool:
        return self.is_updated or self.is_complete

    def _standing_flag(self) -> tuple[str, str]:
        last = self.form.last
        if self.is_updated and last.decision:
            return f"Decided {last.on.day} {last.on:%b}", "plain"
        if self.is_updated and last.by_id and last.on == self.today:
            return f"Saved {timezone.localtime(last.recorded_at):%H:%M}", "ok"
        if self.is_updated:
            return f"Updated {last.on.day} {last.on:%b}", "ok"
        if self.is_complete:
            return self.form.sign_off_flag or ("Nothing to do", "plain")
        return "To do", "plain"

    @property
    def decision(self) -> str:
        """That a sign-off was refused or the action opened again, where nothing was said since."""
        return self.form.last.decision if self.form.last else ""

    @property
    def when(self) -> str:
        """What the target's day means today: "in 8 days", "23 days overdue", "done"."""
        due = self.action.target_due
        if self.is_complete:
            return "done" if self.form.is_done else ""
        if due is None:
            return ""
        return days_until(due, self.today) if due >= self.today else days_overdue(due, self.today)
