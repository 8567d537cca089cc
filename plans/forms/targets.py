"""A target date in a form: what its words are read as, and a question before they take a date away."""

from django import forms

from plans.dates import Period, Target, is_unreadable, no_such_day, parse_target
from plans.templatetags.components import long_date
from plans.wording.phrases import shortened

TARGET_HINT = "As you would write it: 31 January 2026, end of March 2026, Q2 2026, ongoing."
MOST_QUOTED = 60


class WithoutDayField(forms.BooleanField):
    """The tick by which somebody confirms words that name no day; shown once it is asked for."""

    def __init__(self):
        super().__init__(label="Save it without a date", required=False, widget=forms.HiddenInput)


def check_target(
    form, name: str, *, period: Period, what: str = "action", before: Target | None = None
) -> None:
    """Refuses a day that does not exist, and asks once where the words would leave `what` without a day.

    Words that plainly name no day ("ongoing") are asked about only where a day stands now.
    """
    words = form.cleaned_data.get(name, "")
    if no_such_day(words):
        form.add_error(name, f"There is no such day as {quoted(words)}. Write one that the calendar has.")
        return
    had_day = before is not None and before.due is not None
    if parse_target(words, period).due or not (had_day or is_unreadable(words)):
        return
    form.fields["without_day"].widget = forms.CheckboxInput()
    if not form.cleaned_data.get("without_day"):
        form.add_error(name, _question(words, what))


def _question(words: str, what: str) -> str:
    loss = f"so the {what} would have no date and could no longer be overdue. Write a day, or tick below."
    if not words:
        return f"Nothing is written, {loss}"
    if is_unreadable(words):
        return f"No day can be read from {quoted(words)}, {loss}"
    return f"{quoted(words)} names no day, {loss}"


def understood_target(target: Target, what: str = "action") -> str:
    """What the words of a date were taken for, so that a wrong reading is seen at once."""
    if not target.text:
        return f"The {what} has no date."
    if target.due is None:
        return f"{quoted(target.text)} names no day, so the {what} has no date and cannot become overdue."
    assumed = " (the year is assumed)" if target.assumed else ""
    if target.text == long_date(target.due):
        return f"It is due on {target.text}."
    return f"{quoted(target.text)} is read as {long_date(target.due)}{assumed}."


def quoted(words: str) -> str:
    return f"“{shortened(words, MOST_QUOTED)}”"
