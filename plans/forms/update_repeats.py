"""The same said again: a form sent twice, or written anew with the words that stand."""

from django.utils import timezone

from plans.forms.update_base import Words
from plans.models import ProgressUpdate
from plans.rating import Meaning


class Repeats:
    """For an update's form, whose action is locked while it is asked."""

    # Whether what is said stands already as the newest, so that it is not stored again.
    is_repeat = False

    @property
    def saves_nothing(self) -> bool:
        """Whether all that was sent stands already."""
        return self.is_repeat and not self.saves_something

    @property
    def saves_something(self) -> bool:
        return bool(self.words or self.new_target or self.ticked)

    def stands_already(self, mine: Words, data) -> bool:
        """The same form sent twice, or the same said again on the same day: the newest is this very text."""
        newest = self.newest_update
        if not self.repeats_own(mine) or self.shows_more(newest, data):
            return False
        if self.meanwhile:
            return data.get("on", newest.on) == newest.on
        return not self._adds_to(newest, data)

    def repeats_own(self, mine: Words) -> bool:
        """Whether the newest update is the person's own with these words, by whatever day."""
        newest = self.newest_update
        return newest is not None and newest.by == self.user and mine.are_those_of(newest)

    @property
    def newest_update(self) -> ProgressUpdate | None:
        return max(self.action.standing_updates, key=lambda update: update.pk, default=None)

    def _adds_to(self, newest: ProgressUpdate, data) -> bool:
        """Whether the same words say more by their day, by a sign-off that they ask for or as one more
        "Nothing new", which counts.
        """
        today = timezone.localdate()
        days = (data.get("on", today), today)
        asks = newest.rating == Meaning.COMPLETE and self.needs_sign_off and not self._is_asked_or_signed
        other = newest.imported_by_id or (newest.on, newest.recorded_on) != days
        return bool(other or asks or data.get("same"))

    @property
    def _is_asked_or_signed(self) -> bool:
        return bool(self.action.signed_off_on or self.action.sign_off_waiting)

    def shows_more(self, newest: ProgressUpdate, data) -> bool:
        """Whether a piece is chosen that the newest update does not show."""
        chosen = data.get("evidence")
        return bool(chosen) and not newest.evidence.filter(pk=chosen).exists()
