from django import forms
from django.utils.text import slugify

from plans.forms.base import TidyForm
from plans.models import RatingKey
from plans.rating import COLOURS, KeyEntry, Meaning

MEANINGS = {
    Meaning.COMPLETE: "Complete",
    Meaning.ON_TRACK: "On track",
    Meaning.SLIPPAGE: "Some slippage",
    Meaning.OFF_TRACK: "Off track",
}


class RatingForm(TidyForm):
    """One rating of a plan's key. A rating without a word is left out."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)
    word = forms.CharField(
        max_length=40, required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"})
    )
    colour = forms.ChoiceField(choices=[(colour, colour.capitalize()) for colour in COLOURS])
    explanation = forms.CharField(
        label="What it means in this plan",
        max_length=250,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.error_prefix = f"{self.meaning}: "
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = f"{self[name].label}: {self.meaning}"

    @property
    def meaning(self):
        return MEANINGS.get(self["code"].value(), "A further rating")

    @property
    def is_standard(self):
        return self["code"].value() in MEANINGS

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("explanation") and not cleaned.get("word"):
            self.add_error(
                "word", "Enter the word of this rating. To leave the rating out, clear what it means, too"
            )
        return cleaned


class BaseKeyFormSet(forms.BaseFormSet):
    # What a service refuses concerns the whole key.
    fields = ()

    def add_error(self, field, error):
        self._non_form_errors.extend(error.messages if hasattr(error, "messages") else error)

    def __init__(self, *args, plan, newest, **kwargs):
        self.plan, self.newest = plan, str(newest or "")
        self.version = self.newest
        super().__init__(*args, **kwargs)

    def clean(self):
        self._check_unchanged()
        words = [form.cleaned_data.get("word", "").casefold() for form in self.forms if form.is_valid()]
        for form, word in zip((form for form in self.forms if form.is_valid()), words, strict=True):
            if word and words.count(word) > 1:
                form.add_error("word", "Two ratings have this word. Give each its own.")
        self._check_colours()
        if not any(words):
            raise forms.ValidationError("Keep at least one rating: enter a word for each one in use.")

    def _check_colours(self):
        """Small bars show colours alone: only further ratings share one, and only once none is left."""
        named: dict[str, list[RatingForm]] = {}
        for form in self.forms:
            if form.is_valid() and form.cleaned_data.get("word"):
                named.setdefault(form.cleaned_data["colour"], []).append(form)
        for colour, alike in named.items():
            if len(alike) > 1 and (any(form.is_standard for form in alike) or len(named) < len(COLOURS)):
                self._refuse_colour(colour, alike)

    def _refuse_colour(self, colour, alike):
        """Those that have long stood so are left in peace."""
        words = [form.cleaned_data["word"] for form in alike]
        chosen = [each for each in alike if "colour" in each.changed_data or not each.initial.get("word")]
        for form in chosen[-1:]:
            others = "” and “".join(word for word in words if word != form.cleaned_data["word"])
            form.add_error("colour", f"“{others}” is {colour}, too. Choose another colour.")

    def _check_unchanged(self):
        if self.data.get("version", self.newest) != self.newest:
            standing = ", ".join(
                f"{each.word} ({each.colour}): {each.explanation}" for each in self.plan.key.all()
            )
            raise forms.ValidationError(
                f"The key was changed while you were here. "
                f"It is now: {standing}. Save again to put yours in its place."
            )

    def entries(self):
        """The key as written, in its order."""
        taken = {form.cleaned_data["code"] for form in self.forms}
        entries = []
        for form in self.forms:
            data = form.cleaned_data
            if data.get("word"):
                code = data["code"] or free_code(data["word"], taken)
                taken.add(code)
                entries.append(KeyEntry(code, data["colour"], data["word"], data["explanation"]))
        return entries


KeyFormSet = forms.formset_factory(RatingForm, formset=BaseKeyFormSet, extra=0, max_num=20)
BLANKS = 2


def key_rows(plan):
    """What the key's page shows: the plan's ratings, meanings it has none for, and rows for further ones."""
    standing = [
        {"code": each.code, "word": each.word, "colour": each.colour, "explanation": each.explanation}
        for each in RatingKey.objects.filter(plan=plan)
    ]
    codes = {row["code"] for row in standing}
    missing = [{"code": code.value, "colour": "grey"} for code in MEANINGS if code not in codes]
    return standing + missing + [{"code": "", "colour": "grey"}] * BLANKS


def free_code(word, taken):
    code = stem = slugify(word)[:36] or "rating"
    number = 2
    while code in taken or code in set(MEANINGS):
        code, number = f"{stem}-{number}", number + 1
    return code
