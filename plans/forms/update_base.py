"""What an update's form shows, and what the person changed in it."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.html import escape

from plans.dates import Target, describe_move, parse_target
from plans.forms.ids import read_id
from plans.forms.nobody_named import NAME_NOBODY, NobodyNamedMixin
from plans.forms.seen import Seen, fingerprint, same_words
from plans.forms.update_shown import Shown
from plans.forms.update_sign_off import AsksSignOff
from plans.models import Action, ProgressUpdate
from plans.rating import NEEDS_WAY_BACK, KeyEntry, Meaning
from plans.rating.key_words import good_word, short_key, weak_words, word_of, worst_first
from plans.templatetags.components import long_date, rating
from plans.widgets import ChipRadios
from plans.wording.phrases import shortened
from plans.wording.silence import NO_CHANGE

MINE, THEIRS, BOTH = "mine", "theirs", "both"
WAYS_OUT = [
    (MINE, "Mine, after theirs"),
    (THEIRS, "Leave theirs as it is"),
    (BOTH, "Both texts in one update"),
]
OWN_WAYS_OUT = [
    (MINE, "These words, after the earlier ones"),
    (THEIRS, "Leave the earlier words as they are"),
    (BOTH, "Both texts in one update"),
]
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Words:
    """What an update will say."""

    rating: str
    happened: str
    way_back: str

    def are_those_of(self, update: ProgressUpdate) -> bool:
        said = (update.rating, same_words(update.happened), same_words(update.way_back))
        return said == (self.rating, self.happened, self.way_back)


def joined(texts: list, rating_now: str) -> Words:
    """Several people's texts as one update, each kept once and in the order in which they came."""
    happened = dict.fromkeys(same_words(text.happened) for text in texts)
    ways_back = dict.fromkeys(same_words(text.way_back) for text in texts)
    return Words(rating_now, "\n\n".join(filter(None, happened)), "\n\n".join(filter(None, ways_back)))


class WordsField(forms.CharField):
    """A few sentences; line ends as the database keeps them."""

    def __init__(self, rows=None, **options):
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput
        super().__init__(**{"widget": widget, "required": False, "max_length": LONGEST} | options)

    def to_python(self, value):
        return same_words(super().to_python(value))


class UnderstoodForm(NobodyNamedMixin, AsksSignOff, Shown, forms.Form):
    """By `seen` it tells what the person changed; `action` comes from `load_for_updates`."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    rating = forms.ChoiceField(label="Rating now", required=False, widget=ChipRadios)
    same = forms.BooleanField(required=False)
    happened = WordsField(3, help_text=f"Two or three sentences are enough. {NAME_NOBODY}")
    way_back = WordsField(2)
    new_date = WordsField(label="New date", max_length=500, help_text="Such as 30 April 2026 or end of May.")
    move_reason = WordsField(label="Reason", help_text="The board sees this.")
    evidence = forms.TypedChoiceField(label="Evidence that shows it", required=False, coerce=int)
    # Which steps there are is asked of the action, so that one removed meanwhile is no mistake.
    steps = forms.Field(required=False, widget=forms.SelectMultiple)
    keep = forms.ChoiceField(
        label="What should the board see as the latest?", required=False, choices=WAYS_OUT, widget=ChipRadios
    )

    def __init__(self, *args, action: Action, key: list[KeyEntry], user, pieces=(), initial=None, **options):
        """`pieces` are the board's pieces of evidence that an update may show."""
        self.action, self.key, self.user = action, worst_first(key), user
        self.pieces = {piece.pk: piece for piece in pieces}
        self.is_conflict = False
        options.setdefault("prefix", f"a{action.pk}")
        super().__init__(*args, initial=self._standing() | (initial or {}), **options)
        self._name_fields()

    def _standing(self) -> dict:
        return {
            "seen": self.seen_now.write(),
            "rating": self.standing_rating,
            "way_back": self.last.way_back if self.last else "",
            "steps": sorted(self.seen_now.steps),
        }

    def _name_fields(self):
        fields, last, key = self.fields, self.last, self.key
        fields["rating"].choices = [(entry.code, rating(entry=entry)) for entry in key]
        fields["rating"].help_text = escape(short_key(key))
        fields["way_back"].label = f"What would make it {good_word(key)}?"
        fields["way_back"].help_text = escape(f"Needed for {weak_words(key)}: what, by whom, by when.")
        fields["happened"].label = (
            f"What has happened since {long_date(last.on)}?" if last else "What has happened so far?"
        )
        fields["evidence"].choices = [("", "None"), *((pk, str(piece)) for pk, piece in self.pieces.items())]
        if not self.pieces:
            del fields["evidence"]
        if self.standing_rating and self.standing_rating != Meaning.COMPLETE:
            fields["same"].label = f"Nothing new: {word_of(key, last.rating)} is still right"
        else:
            del fields["same"]

    @property
    def last(self) -> ProgressUpdate | None:
        return next(iter(self.action.standing_updates), None)

    @property
    def last_told(self) -> ProgressUpdate | None:
        """The latest update that has words of its own."""
        told = (each for each in self.action.standing_updates if each.happened not in ("", NO_CHANGE))
        return next(told, None)

    @property
    def newest(self) -> int:
        return max((update.pk for update in self.action.standing_updates), default=0)

    @property
    def standing_rating(self) -> str:
        """The rating that stands, as far as the plan's key still knows it."""
        known = {entry.code for entry in self.key}
        return self.last.rating if self.last and self.last.rating in known else ""

    @property
    def action_name(self) -> str:
        reference, title = self.action.reference, self.action.title
        return f"Action {reference}" if reference else f"“{shortened(title, 50)}”"

    @property
    def save_words(self) -> str:
        reference = self.action.reference
        return f"Save action {reference}" if reference else "Save this action"

    @property
    def error_prefix(self) -> str:
        return f"{self.action_name}: "

    @cached_property
    def seen_now(self) -> Seen:
        done = [step.pk for step in self.action.steps.all() if step.done_on]
        words = self.last.way_back if self.last else ""
        return Seen.of(self.newest, self.standing_rating, words, self.action.target_text, done)

    @cached_property
    def base(self) -> Seen:
        """What the person had before them when they began to write."""
        return Seen.read(self._said("seen"))

    @property
    def seen_next(self) -> str:
        """What the form carries on: the words as first seen, the date and the steps as they are shown now."""
        if not self.is_bound:
            return self.base.write()
        base, now = self.base, self.seen_now
        return Seen(base.update, base.rating, base.way_back, now.target, now.steps).write()

    @property
    def shown_next(self) -> int:
        """The newest update that stands beside the person's own words."""
        return self.newest if self.is_conflict else self.base.update

    @cached_property
    def meanwhile(self) -> list[ProgressUpdate]:
        """What was recorded since the person began to write, the earliest first."""
        newer = [update for update in self.action.standing_updates if update.pk > self.base.update]
        return sorted(newer, key=lambda update: update.pk)

    @property
    def is_own_conflict(self) -> bool:
        """Whether all of that is the person's own, from another window."""
        return all(update.by == self.user for update in self.meanwhile)

    @property
    def is_touched(self) -> bool:
        return self.has_words or self.wants_move or bool(self.ticked)

    @property
    def has_words(self) -> bool:
        said = self._said("happened") or self.is_same or self.rating_changed or self.has_new_way_back
        return bool(said or self.shows_evidence)

    @property
    def shows_evidence(self) -> bool:
        """Whether evidence is chosen: it stands beside words, which are asked for."""
        return "evidence" in self.fields and bool(self._said("evidence"))

    def _said(self, name: str) -> str:
        return same_words(str(self[name].value() or ""))

    @property
    def is_same(self) -> bool:
        return "same" in self.fields and bool(self["same"].value())

    @property
    def rating_changed(self) -> bool:
        return (self._said("rating") or self.base.rating) != self.base.rating

    @property
    def has_new_way_back(self) -> bool:
        words = self._said("way_back")
        return bool(words) and fingerprint(words) != self.base.way_back

    @property
    def wants_move(self) -> bool:
        return bool(self._said("new_date") or self._said("move_reason"))

    @property
    def ticked(self) -> dict[int, bool]:
        """The steps whose tick the person changed: {step id: done?}."""
        chosen = {read_id(str(pk)) for pk in self["steps"].value() or ()}
        ours = {step.pk for step in self.action.steps.all()}
        return {pk: pk in chosen for pk in (chosen ^ self.base.steps) & ours}

    @property
    def step_rows(self) -> list[tuple]:
        """Each step with whether its box is ticked: as the person left it, else as it stands."""
        ticked = self.ticked
        return [(step, ticked.get(step.pk, bool(step.done_on))) for step in self.action.steps.all()]

    @property
    def understood(self) -> Target | None:
        """What the new date's words were read as."""
        words = self._said("new_date")
        return parse_target(words, self.action.plan.period) if words else None

    @property
    def understood_days(self) -> int | None:
        """By how many days later than now, as far as both dates have a day."""
        return describe_move(self.action.target, self.understood) if self.understood else None

    def check_way_back(self, rating: str, way_back: str) -> None:
        """Red and amber say what would make it green: beside the field, before the database says so."""
        if rating in NEEDS_WAY_BACK and not way_back and "way_back" not in self.errors:
            say = f"Say what would make it {good_word(self.key)}, or choose another rating"
            self.add_error("way_back", say)

    @property
    def was_moved_meanwhile(self) -> bool:
        return self.base.target != self.seen_now.target
