"""How many of the actions reported complete are signed off, where the plan asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.models import Plan
from plans.models.querysets import ActionQuerySet
from plans.rating import KeyEntry, Meaning
from plans.standing import AsAt, signed_words


@dataclass(frozen=True)
class SignedCount:
    """`entry` is the plan's rating of complete; what waits and what nobody asked for is not signed off."""

    entry: KeyEntry
    complete: int
    signed: int
    waiting: int

    @property
    def words(self) -> str:
        """Such as "Blue, 3 of 5 signed off"."""
        return f"{self.entry.word}, {signed_words(self.signed, self.complete)}"

    @property
    def unasked(self) -> int:
        return self.complete - self.signed - self.waiting


def signed_count(
    plan: Plan, actions: ActionQuerySet, shown: AsAt, key: Mapping[str, KeyEntry]
) -> SignedCount | None:
    """Of these actions on the day shown, in one query; None where the plan asks for no sign-off."""
    if not plan.blue_needs_sign_off:
        return None
    complete = actions.with_rating(shown.day).filter(rating=Meaning.COMPLETE).with_sign_off(shown.day)
    rows = complete.order_by().values_list("signed_off_on", "sign_off_waiting")
    return count_signed(plan, key, [(on is not None, waits) for on, waits in rows])


def count_signed(
    plan: Plan, key: Mapping[str, KeyEntry], complete: Sequence[tuple[bool, bool]]
) -> SignedCount | None:
    """Of each complete action whether it is signed off, and whether that waits; None as above."""
    entry = key.get(Meaning.COMPLETE)
    if not plan.blue_needs_sign_off or not complete or entry is None:
        return None
    signed = sum(signed for signed, _ in complete)
    return SignedCount(entry, len(complete), signed, sum(waits and not signed for signed, waits in complete))
