"""Reporting an action complete where the plan asks for its sign-off: with evidence."""

from plans.rating import Meaning
from plans.rating.key_words import sentence_word, word_of
from plans.standing import SIGNED, sign_off_flag

OWN_PAGE = "on the action’s own page, or under Evidence and save again"


class AsksSignOff:
    """For an update's form: who reports complete shows evidence, so that somebody else can sign it off."""

    @property
    def needs_sign_off(self) -> bool:
        return self.action.plan.blue_needs_sign_off

    @property
    def sign_off_flag(self) -> tuple[str, str] | None:
        """What stands beside the rating, as (words, kind of flag)."""
        return sign_off_flag(
            rating=self.standing_rating,
            needed=self.needs_sign_off,
            signed_off_on=self.action.signed_off_on,
            waiting=self.action.sign_off_waiting,
        )

    @property
    def is_done(self) -> bool:
        flag = self.sign_off_flag
        return self.standing_rating == Meaning.COMPLETE and (flag is None or flag[0] == SIGNED)

    @property
    def complete_word(self) -> str:
        return sentence_word(word_of(self.key, Meaning.COMPLETE))

    @property
    def evidence_words(self) -> str:
        return f"Show evidence, needed for {self.complete_word}" if self.needs_sign_off else "Show evidence"

    @property
    def opens_evidence(self) -> bool:
        return self.shows_evidence or any(name in self.errors for name in ("evidence", "piece_title"))

    def check_evidence(self, rating: str) -> None:
        """Complete is newly chosen without evidence: said beside the field that takes it."""
        newly = rating == Meaning.COMPLETE and self.standing_rating != Meaning.COMPLETE
        if not (newly and self.needs_sign_off) or self.shows_evidence:
            return
        place = next((name for name in ("evidence", "piece_title") if name in self.fields), "rating")
        where = f" Add it {OWN_PAGE}." if place == "rating" else ""
        self.add_error(
            place,
            f"Show evidence, so that somebody else can sign it off, or choose a rating other than "
            f"{self.complete_word}.{where}",
        )
