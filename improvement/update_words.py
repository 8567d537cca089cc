"""What the page of one's updates says once they were sent."""

from collections import Counter
from collections.abc import Sequence

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from improvement.asking import raised_words
from improvement.update_rows import Row
from improvement.updates import Round
from plans.wording.phrases import plural

MOST_RAISED = 3


def heading(sent: Round) -> str:
    """ "3 updates saved, 2 need you", for the summary of mistakes."""
    wrong = len(sent.wrong)
    return f"{_done(sent.saved) or 'Nothing saved'}, {wrong} need{'s' if wrong == 1 else ''} you"


def _done(saved: Sequence[Row]) -> str:
    """ "2 updates saved, 3 moves asked for": each row by the first of what it brought."""
    number = Counter(row.done for row in saved)
    told = [
        (number["update"], f"{plural(number['update'], 'update')} saved"),
        (number["asked"], f"{plural(number['asked'], 'move')} asked for"),
        (number["moved"], f"{plural(number['moved'], 'date')} moved"),
        (number["change"], f"{plural(number['change'], 'change')} saved"),
        (number["same"], f"{plural(number['same'], 'update')} saved before"),
    ]
    return ", ".join(words for count, words in told if count)


def result(sent: Round) -> str:
    """What the page says once something was saved; beside mistakes their heading has counted it."""
    saved, unsaved = sent.saved, len(sent.unsaved)
    moves = [row.moved_to for row in saved if row.moved_to]
    moves += [f"The sign-off of {_inside(row)} is asked for." for row in saved if row.sent.asked]
    if not saved or sent.wrong:
        return " ".join(moves)
    one = len(saved) == 1
    name = saved[0].form.action_name
    told = (
        f"{name} says this already, so nothing is changed."
        if saved[0].done == "same"
        else f"{name} is saved."
    )
    words = told if one else f"{_done(saved)}."
    left = (
        f"{unsaved} other{' is' if unsaved == 1 else 's are'} changed and not saved yet." if unsaved else ""
    )
    return " ".join(filter(None, [words, *moves, left]))


def raised(sent: Round) -> SafeString:
    """What the updates just saved have raised, with a link to what would mend each."""
    rows = [row for row in sent.saved if row.raised]
    told = [raised_words(row.form.action_name, row.raised) for row in rows[:MOST_RAISED]]
    more = f"{len(rows) - MOST_RAISED} more raise questions: see them in their rows."
    return format_html_join(" ", "{}", ((words,) for words in [*told, *([more] * (len(rows) > MOST_RAISED))]))


def _inside(row: Row) -> str:
    """The action's name inside a sentence."""
    name = row.form.action_name
    return name[:1].lower() + name[1:]
