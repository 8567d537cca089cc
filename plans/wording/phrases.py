"""Small phrases that several pages say: one wording for each thing."""

import re
from datetime import date

TIMES = {1: "once", 2: "twice"}
# How the update begins that a decision about a sign-off writes.
SIGN_OFF_REFUSED, OPENED_AGAIN = "Sign-off refused", "Opened again"
TAKEN_BACK = r"^Import (\d{1,18}) was taken back$"


def plural(number: int, one: str, many: str = "") -> str:
    """Such as "1 action" and "3 actions"; `many` where an s is not enough."""
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"


def shortened(words: str, most: int) -> str:
    """The words in one line, cut between words where there are more than `most` characters."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    cut = line[:most].rpartition(" ")[0] or line[:most]
    return f"{cut.rstrip(' ,.;:–-')}…"


def sentence(words: str) -> str:
    """The words with a capital and a full stop, as far as they lack them."""
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) or not words else ".")


def taken_back(import_id: int) -> str:
    """Why an action that an import had made is withdrawn."""
    return f"Import {import_id} was taken back"


def undo_reason(import_id: int | str) -> str:
    """What history gives as the reason of all that the undo of an import did."""
    return f"import {import_id} taken back"


def import_behind(withdrawn_reason: str) -> int | None:
    """The id of the import whose undo withdrew an action, given why it is withdrawn, or None."""
    found = re.match(TAKEN_BACK, withdrawn_reason)
    return int(found[1]) if found else None


def undo_behind(withdrawn_reason: str) -> str:
    """The reason of that undo; "" where none withdrew it."""
    behind = import_behind(withdrawn_reason)
    return undo_reason(behind) if behind is not None else ""


def days_overdue(due: date, today: date) -> str:
    return f"{plural((today - due).days, 'day')} overdue"


def days_until(due: date, today: date) -> str:
    """How far off a day is: "today", "tomorrow", "in 8 days", "44 days ago"."""
    days = (due - today).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def times_moved(times: int) -> str:
    return TIMES.get(times, f"{times} times")


def moved_words(times: int, days: int | None) -> str:
    """Such as "moved twice, 45 days later"; the days are left out where they sum to none."""
    moved = f"moved {times_moved(times)}"
    if not days:
        return moved
    return f"{moved}, {plural(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def asked_words(due: date | None, text: str) -> str:
    """Such as "Asked to move to 30 April 2026, waits for the chair"; the words where they name no day."""
    return f"Asked to move to {day_or_words(due, text)}, waits for the chair"


def day_or_words(due: date | None, text: str) -> str:
    """Such as "30 April 2026", or “ongoing” in its quotation marks."""
    return f"{due.day} {due:%B %Y}" if due else f"“{' '.join(text.split())[:60]}”"


def date_words(due: date | None, text: str) -> str:
    """The same, and "no date" where nothing was written."""
    return day_or_words(due, text) if due or text.strip() else "no date"


def change_words(now: int, before: int) -> str:
    """How a number went: "1 more", "2 fewer", "no change"."""
    if now == before:
        return "no change"
    return f"{now - before} more" if now > before else f"{before - now} fewer"


def than_words(now: int, before: int) -> str:
    """The same before what it is compared with: "1 more than", "the same as"."""
    return "the same as" if now == before else f"{change_words(now, before)} than"


def came_and_left_words(came: int, left: int) -> str:
    """Such as "1 action was added to the plan and 2 left it"; "" where none did."""
    added = f"{plural(came, 'action')} {'was' if came == 1 else 'were'} added to the plan"
    if came and left:
        return f"{added} and {left} left it"
    return added if came else f"{plural(left, 'action')} left the plan" if left else ""
