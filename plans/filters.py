import re
from functools import reduce
from operator import or_

from django import forms
from django.db.models import Q
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet, ModelChoiceFilter

from plans.history.then import PlanThen
from plans.models import Action, ActionLead, Lead, Plan
from plans.rating import UNRATED, Meaning
from plans.standing import DUE_SOON_DAYS, AsAt, inside
from plans.wording.phrases import shortened

UNRATED_CHOICE = "none"
WORDS_SEARCHED = (
    "reference",
    "title",
    "activity",
    "outcome",
    "objective",
    "success_criteria",
    "what_it_means",
    "leads_text",
    "target_text",
    "links",
)
# Each word asks ten columns, and a database's patience with one question ends.
MOST_WORDS = 12
# With more headings than this, the list of areas to choose from holds the top ones only.
MOST_AREAS = 80
LONGEST_AREA = 70


def holding(field: str, words: str) -> Q:
    """The field holds the words in whatever case; SQLite's LIKE knows those of A to Z alone."""
    lookup, value = ("icontains", words) if words.isascii() else ("iregex", re.escape(words))
    return Q(**{f"{field}__{lookup}": value})


class WordsFilter(CharFilter):
    """What holds the words that are looked for."""

    def filter(self, queryset, value):
        return queryset.filter(holding(self.field_name, value)) if value else queryset


class TickFilter(Filter):
    """A tick box: `name=1` in the address, or nothing."""

    field_class = forms.BooleanField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, widget=forms.CheckboxInput({"value": "1"}), **kwargs)


class ActionFilter(FilterSet):
    """The actions of one plan by what the dashboard counts; each number there leads to a list here."""

    q = CharFilter(label="Words", method="by_words")
    area = ChoiceFilter(label="Area", method="by_area", empty_label="Every area")
    rating = ChoiceFilter(label="Rating", method="by_rating", empty_label="Every rating")
    signed = ChoiceFilter(
        label="Sign-off",
        method="by_sign_off",
        empty_label="Whether or not",
        choices=[
            ("yes", "Signed off"),
            ("waits", "Waits for sign-off"),
            ("no", "Complete, and nobody has asked"),
        ],
    )
    lead = ModelChoiceFilter(label="Lead", field_name="leads", queryset=None, empty_label="Every lead")
    due = ChoiceFilter(
        label="Due",
        method="by_due",
        empty_label="Any time",
        choices=[
            ("overdue", "Overdue"),
            ("30", f"In the next {DUE_SOON_DAYS} days"),
            ("none", "No date"),
        ],
    )
    moved = ChoiceFilter(
        label="Date moved",
        method="by_moves",
        empty_label="Whether or not",
        choices=[("1", "Ever"), ("month", "Lately"), ("2", "Twice or more")],
    )
    changed = ChoiceFilter(
        label="Rating",
        method="by_change",
        empty_label="Whether or not changed",
        choices=[("up", "Better"), ("down", "Worse"), ("first", "Rated for the first time")],
    )
    nolead = TickFilter(label="Nobody leads it", method="by_no_lead")
    quiet = TickFilter(label="Not updated lately", method="by_quiet")
    withdrawn = TickFilter(label="Withdrawn actions instead", method="by_withdrawn")

    class Meta:
        model = Action
        fields = []

    def __init__(self, data, *, plan: Plan, shown: AsAt):
        self.plan, self.shown = plan, shown
        self.then = PlanThen(plan, shown)
        self.areas, self.key = self.then.areas, list(self.then.key.values())
        super().__init__(data, queryset=rated_actions(plan, shown))
        if not plan.blue_needs_sign_off:
            del self.filters["signed"]
        self._name_the_day_compared_with()
        self.filters["area"].extra["choices"] = self._area_choices()
        self.filters["rating"].extra["choices"] = [
            *((rating.code, rating.word) for rating in self.key),
            (UNRATED_CHOICE, "Not rated"),
        ]
        named = ActionLead.objects.filter(action__in=plan.actions.shown(shown))
        self.filters["lead"].queryset = Lead.objects.filter(pk__in=named.values("lead"))

    @property
    def form(self):
        form = super().form
        form.fields["lead"].label_from_instance = self.name_of
        return form

    def name_of(self, lead: Lead) -> str:
        return self.then.names.of(lead.pk, lead.name)

    def _name_the_day_compared_with(self):
        lately = self.shown.lately_words
        self.filters["moved"].extra["choices"] = [
            ("1", "Ever"),
            ("month", lately[0].upper() + lately[1:]),
            ("2", "Twice or more"),
        ]
        self.filters[
            "changed"
        ].label = f"Rating compared with {self.shown.compared_words.removeprefix('on ')}"
        self.filters["quiet"].label = f"Not updated {self.shown.quiet_words}"

    def _area_choices(self):
        chosen = self.data.get("area", "")
        few = len(self.areas) <= MOST_AREAS
        return [
            (str(area.pk), f"{'– ' * area.level}{shortened(str(area), LONGEST_AREA)}")
            for area in self.areas
            if few or area.parent_id is None or str(area.pk) == chosen
        ]

    def by_words(self, actions, name, value):
        for word in value.split()[:MOST_WORDS]:
            actions = actions.filter(reduce(or_, (holding(field, word) for field in WORDS_SEARCHED)))
        return actions

    def by_area(self, actions, name, value):
        parents = {area.pk: area.parent_id for area in self.areas}
        return self.then.under(actions, inside(parents, int(value)))

    def by_rating(self, actions, name, value):
        return actions.filter(rating=UNRATED if value == UNRATED_CHOICE else value)

    def by_sign_off(self, actions, name, value):
        complete = actions.filter(rating=Meaning.COMPLETE).with_sign_off(self.shown.day)
        if value == "yes":
            return complete.filter(signed_off_on__isnull=False)
        return complete.filter(signed_off_on__isnull=True, sign_off_waiting=value == "waits")

    def by_due(self, actions, name, value):
        if value == "overdue":
            return actions.overdue(self.shown.day)
        return (
            actions.without_date() if value == "none" else actions.due_within(self.shown.day, DUE_SOON_DAYS)
        )

    def by_moves(self, actions, name, value):
        if value == "month":
            return actions.moved(since=self.shown.before, as_at=self.shown.day)
        return actions.moved(as_at=self.shown.day, times=int(value))

    def by_change(self, actions, name, value):
        return actions.with_rating_before(self.shown.before).changed(value)

    def by_no_lead(self, actions, name, value):
        return self.then.without_lead(actions) if value else actions

    def by_quiet(self, actions, name, value):
        return actions.not_updated(self.shown) if value else actions

    def by_withdrawn(self, actions, name, value):
        return actions.gone(self.shown) if value else actions.shown(self.shown)

    def in_words(self) -> list[str]:
        """What the list is narrowed to, for the sentence above it."""
        if not self.is_bound or not self.form.is_valid():
            return []
        chosen = self.form.cleaned_data
        return [words for name in chosen if (words := self._words_of(name, chosen[name]))]

    def _words_of(self, name, value):
        if not value:
            return ""
        if phrase := PHRASES.get((name, value)):
            shown = self.shown
            return phrase.format(
                than=shown.compared_words, lately=shown.lately_words, quiet=shown.quiet_words
            )
        field = self.form.fields[name]
        is_choice = isinstance(field, forms.ChoiceField) and isinstance(value, str)
        label = dict(field.choices).get(value, value) if is_choice else value
        label = self.name_of(value) if isinstance(value, Lead) else label
        return SENTENCES[name].format(str(label).lstrip("– "))


SENTENCES = {
    "q": "with the words “{}”",
    "area": "in “{}”",
    "rating": "rated {}",
    "lead": "led by {}",
    "nolead": "led by nobody yet",
    "withdrawn": "withdrawn or merged",
}
PHRASES = {
    ("signed", "yes"): "signed off",
    ("signed", "waits"): "waiting for sign-off",
    ("signed", "no"): "complete, with no sign-off asked for",
    ("rating", UNRATED_CHOICE): "not rated",
    ("due", "overdue"): "overdue",
    ("due", "30"): f"due in the next {DUE_SOON_DAYS} days",
    ("due", "none"): "with no date",
    ("moved", "1"): "with a date that has moved",
    ("moved", "2"): "with a date that has moved twice or more",
    ("moved", "month"): "with a date that moved {lately}",
    ("changed", "up"): "rated better than {than}",
    ("changed", "down"): "rated worse than {than}",
    ("changed", "first"): "rated for the first time {lately}",
    ("quiet", True): "not updated {quiet}",
}


def rated_actions(plan, shown: AsAt):
    """All actions of the plan with the rating that stood on the day shown."""
    return plan.actions.with_rating(shown.day).with_target(shown.day)
