"""What stands beside a rating of complete: signed off, waiting to be, or neither."""

from datetime import date

from plans.rating import Meaning

SIGNED, WAITS, UNSIGNED = "Signed off", "Waits for sign-off", "Not signed off"


def sign_off_flag(
    *, rating: str, needed: bool, signed_off_on: date | None, waiting: bool
) -> tuple[str, str] | None:
    """The flag beside a rating (a code of the plan's key) as (words, kind of flag).

    `needed` is whether the plan asks for sign-off: where it does not, only what was asked for is told.
    """
    if rating != Meaning.COMPLETE:
        return None
    if signed_off_on:
        return SIGNED, "ok"
    if waiting:
        return WAITS, "ask"
    return (UNSIGNED, "ask") if needed else None


def is_done(*, rating: str, needed: bool, signed_off_on: date | None) -> bool:
    """Reported complete and, where the plan asks for it, signed off."""
    return rating == Meaning.COMPLETE and (signed_off_on is not None or not needed)


def signed_words(signed: int, complete: int) -> str:
    """How many of those reported complete are signed off: "3 of 5 signed off"; "" where none is complete."""
    return f"{signed} of {complete} signed off" if complete else ""
