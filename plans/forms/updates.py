"""One action's monthly update: words and rating, steps ticked, the date moved."""

from dataclasses import replace
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from plans.dates import Kind, Target
from plans.forms.base import in_another_window
from plans.forms.ids import read_id
from plans.forms.update_base import (
    BOTH,
    OWN_WAYS_OUT,
    THEIRS,
    UnderstoodForm,
    Words,
    WordsField,
    joined,
)
from plans.forms.update_evidence import NewPieceForm
from plans.forms.update_repeats import Repeats
from plans.models import Evidence, ProgressUpdate, SignOff
from plans.rating import NEEDS_WAY_BACK, Meaning
from plans.services.evidence import show_evidence
from plans.services.moves import already_asked, ask_or_move
from plans.services.progress import record_update, set_step_done
from plans.services.sign_off import ask_where_needed
from plans.templatetags.components import long_date
from plans.wording.silence import NO_CHANGE


class UpdateForm(Repeats, UnderstoodForm):
    """Checks and records what the person changed in one action."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.words: Words | None = None
        self.new_target: Target | None = None
        self.asked: SignOff | None = None

    def clean(self):
        data = super().clean()
        if self.has_words:
            self._clean_words(data)
        if self.wants_move and "new_date" not in self.errors:
            self._clean_move(data)
        return data

    def _clean_words(self, data):
        mine = self._mine(data)
        self.is_repeat = self.stands_already(mine, data)
        if self.is_repeat:
            return
        if self.meanwhile and not self.repeats_own(mine):
            if not self._is_settled(data) or data["keep"] == THEIRS:
                return
            if data["keep"] == BOTH:
                mine = self._with_theirs(mine)
        self._check(mine, data)
        self.words = mine

    def _mine(self, data) -> Words:
        """Last month's way back is not repeated under a rating that needs none; a tick is put into words."""
        rating = data.get("rating") or self.standing_rating
        happened, way_back = data.get("happened", ""), data.get("way_back", "")
        if rating not in NEEDS_WAY_BACK and not self.has_new_way_back:
            way_back = ""
        if data.get("same") and not happened and self.last:
            happened = NO_CHANGE
        return Words(rating, happened, way_back)

    def _with_theirs(self, mine: Words) -> Words:
        """Both texts under the rating chosen; a way back only where that needs one, or it was written now."""
        own = mine if self.has_new_way_back else replace(mine, way_back="")
        both = joined([*self.meanwhile, own], mine.rating)
        if mine.rating in NEEDS_WAY_BACK:
            return both
        return replace(both, way_back=own.way_back)

    def _is_settled(self, data) -> bool:
        """Whether the person has seen every text there is and chosen what stands."""
        self.is_conflict = True
        self["happened"].label = "What has happened?"
        shown = read_id(data.get("shown", ""))
        if shown is not None and shown >= self.newest and data.get("keep"):
            return True
        self._put_beside_theirs(data)
        self.add_error("keep", f"{self._said_elsewhere()}. Choose which text stands")
        return False

    def _said_elsewhere(self) -> str:
        if not self.is_own_conflict:
            return "Somebody else updated this"
        self.fields["keep"].choices = OWN_WAYS_OUT
        return in_another_window("saved this", self.meanwhile[-1].recorded_at)

    def _put_beside_theirs(self, data):
        """A rating left alone follows theirs; a tick is put into words, which can stand beside others."""
        self.data = self.data.copy()
        if not self.rating_changed:
            self.data[self.add_prefix("rating")] = self.standing_rating
        if data.get("same") and not data.get("happened"):
            self.data[self.add_prefix("happened")] = NO_CHANGE

    def _check(self, mine: Words, data):
        if data.get("same") and self.rating_changed:
            self.add_error("same", "Untick “Nothing new”, or put the rating back to what it was")
        elif not mine.happened and not self.has_new_way_back and "happened" not in self.errors:
            why = "what the evidence shows" if self.shows_evidence else "why the rating changed"
            self.add_error("happened", f"Say what has happened, so that the board knows {why}")
        if not mine.rating and self.last and self.last.rating:
            self.add_error("rating", "Choose a rating: the plan’s key no longer has the earlier one")
        self.check_way_back(mine.rating, mine.way_back)
        self.check_evidence(mine.rating)

    def _clean_move(self, data):
        target = self.understood
        if target is None:
            self.add_error("new_date", "Write the new date, or clear the reason")
        elif self.was_moved_meanwhile and target == self.action.target:
            return
        else:
            self._check_move(target, data)

    def _check_move(self, target: Target, data):
        """Both mistakes at once; of a date that is asked to move already no reason is wanted."""
        if problem := self._problem_of(target):
            self.add_error("new_date", problem)
        waits = self.asks_for_moves and self.move_asked
        if not waits and not data.get("move_reason") and "move_reason" not in self.errors:
            self.add_error("move_reason", "Say why the date moves")
        if not {"new_date", "move_reason"} & self.errors.keys():
            self.new_target = target

    def _problem_of(self, target: Target) -> str:
        if self.was_moved_meanwhile:
            stands = f"to “{self.action.target_text}” " if self.action.target_text else ""
            return (
                f"The date was changed {stands}meanwhile. Save again to move it on to yours, or clear yours"
            )
        if self.asks_for_moves and self.move_asked:
            return f"{already_asked(self.move_asked)} Clear yours, or drop that one first"
        if target.kind != Kind.DAY:
            return f"No day was found in “{target.text}”. Write one, such as 30 April 2026"
        if target.due == self.action.target_due:
            return f"{long_date(target.due)} is the date it already has. Write the new one"
        if target.due < timezone.localdate():
            return f"{long_date(target.due)} has passed. Write a day that is still to come"
        return ""

    def save(self, *, on: date | None = None) -> bool:
        """Records all that was changed or, with the mistakes added to the form, nothing."""
        try:
            self._save(on)
        except ValidationError as error:
            self.add_error(None, error.messages)
        return not self.errors

    @transaction.atomic
    def _save(self, on):
        if self.words:
            update = record_update(
                self.action,
                by=self.user,
                rating=self.words.rating,
                happened=self.words.happened,
                way_back=self.words.way_back,
                on=on,
            )
            if pieces := self.chosen_pieces():
                show_evidence(update, pieces, by=self.user)
            self.asked = ask_where_needed(update, by=self.user)
        if self.new_target:
            reason = self.cleaned_data["move_reason"]
            ask_or_move(self.action, to=self.new_target.text, by=self.user, reason=reason, on=on)
        self._save_steps(on or timezone.localdate())

    def chosen_pieces(self) -> list[Evidence]:
        chosen = self.cleaned_data.get("evidence")
        return [self.pieces[chosen]] if chosen else []

    def _save_steps(self, day):
        steps = {step.pk: step for step in self.action.steps.all()}
        for pk, done in self.ticked.items():
            if done != bool(steps[pk].done_on):
                set_step_done(steps[pk], day if done else None, by=self.user)


class OnField(forms.DateField):
    """The day that something counts from: today or earlier."""

    default_error_messages = {
        "required": "Enter the day it counts from",
        "invalid": "Enter the day it counts from as a real day, such as 27/3/2026",
    }

    def __init__(self):
        hint = "Today, or the earlier day it counts from. An earlier day is marked as entered late."
        super().__init__(label="Counts from", help_text=hint, initial=timezone.localdate)

    def clean(self, value):
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise ValidationError("Choose today or an earlier day", code="future")
        return day


def refuse_outside_the_plan(form, plan, standing: date | None = None):
    """What is said of a day before the plan would rewrite its past, and of one after it never be seen.

    The day that an update counts from already, as an imported one may, is left to it.
    """
    last, on = plan.as_at(timezone.localdate()), form.cleaned_data.get("on")
    if on and on > last:
        form.add_error("on", f"The plan ended on {long_date(last)}. Give that day or an earlier one")
    elif on and plan.starts and on < plan.starts and on != standing:
        form.add_error("on", f"The plan starts on {long_date(plan.starts)}. Give that day or a later one")


class ActionUpdateForm(NewPieceForm, UpdateForm):
    """The update of one action on its own page, with the day that it counts from."""

    on = OnField()

    def _standing(self):
        return super()._standing() | {"on": self.action.plan.as_at(timezone.localdate())}

    def clean(self):
        data = super().clean()
        if self.action.withdrawn_on:
            self.add_error(None, "This action is withdrawn, so it takes no more updates")
        elif not self.is_touched:
            self.add_error(None, "Nothing is changed. Choose a rating, say what has happened or tick a step")
        refuse_outside_the_plan(self, self.action.plan)
        return data

    def save(self):
        return super().save(on=self.cleaned_data["on"])


class ReplaceUpdateForm(UnderstoodForm):
    """Puts a corrected update in the place of a mistaken one, which stays in the history."""

    on = OnField()
    reason = WordsField(2, label="What was wrong with the earlier update?", required=True)

    def __init__(self, *args, replaces: ProgressUpdate, **options):
        self.replaces = replaces
        said = {name: getattr(replaces, name) for name in ("rating", "happened", "way_back", "on")}
        super().__init__(*args, initial=said | (options.pop("initial", None) or {}), **options)
        for name in ("same", "new_date", "move_reason", "steps", "keep", "shown", "evidence"):
            self.fields.pop(name, None)
        self.fields["happened"].label = "What had happened?"

    def clean(self):
        data = super().clean()
        self.check_way_back(data.get("rating", ""), data.get("way_back", ""))
        newly = data.get("rating") == Meaning.COMPLETE != self.replaces.rating
        if newly and self.needs_sign_off and not self.replaces.evidence_links.exists():
            say = f"Leave this one and add an update that is {self.complete_word} and shows the evidence"
            self.add_error("rating", say)
        refuse_outside_the_plan(self, self.action.plan, standing=self.replaces.on)
        return data

    @transaction.atomic
    def _replace(self, said):
        """The evidence that the earlier update shows stands under the new one, too."""
        update = record_update(self.action, by=self.user, replaces=self.replaces, **said)
        show_evidence(update, self.replaces.evidence.all(), by=self.user)
        ask_where_needed(update, by=self.user)

    def save(self) -> bool:
        said = {name: self.cleaned_data[name] for name in ("rating", "happened", "way_back", "on", "reason")}
        try:
            self._replace(said)
        except ValidationError as error:
            self.add_error(None, error.messages)
        return not self.errors
