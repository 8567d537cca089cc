from django import forms

from plans.forms.base import EditForm, TidyForm
from plans.forms.nobody_named import NobodyNamedMixin
from plans.models import Area


class AreaField(forms.ModelChoiceField):
    """An area of the plan, set in by its level."""

    def label_from_instance(self, area):
        return "\u2003" * area.level + str(area)


class AreaForm(NobodyNamedMixin, EditForm):
    not_asked_about = frozenset(("reference",))

    class Meta:
        model = Area
        fields = ["reference", "title", "description"]
        labels = {"title": "Title"}
        help_texts = {"reference": "Its number or letter in the plan, if it has one."}
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "reference": forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        }


class NewAreaForm(AreaForm):
    parent = AreaField(
        queryset=Area.objects.none(),
        required=False,
        label="Inside",
        empty_label="Nothing: it stands at the top",
    )
    field_order = ["parent", "reference", "title", "description"]

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents = holders(plan)
        if not parents.exists():
            del self.fields["parent"]


class MoveAreaForm(TidyForm):
    parent = AreaField(
        queryset=Area.objects.none(),
        required=False,
        label="Inside",
        empty_label="Nothing: it stands at the top",
    )
    position = forms.IntegerField(
        label="Place there",
        min_value=1,
        help_text="1 is the first place there.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"min_value": "Enter 1 for the first place, 2 for the second, and so on"},
    )

    def __init__(self, *args, area, **kwargs):
        super().__init__(*args, **kwargs)
        self.area = area
        siblings = list(area.plan.areas.current().filter(parent=area.parent_id).values_list("pk", flat=True))
        self.initial |= {"parent": area.parent_id, "position": siblings.index(area.pk) + 1}
        self.fields["parent"].queryset = holders(area.plan).exclude(pk=area.pk)

    @property
    def after(self):
        """The area it comes to stand behind; None puts it first."""
        parent = self.cleaned_data["parent"]
        siblings = list(self.area.plan.areas.current().filter(parent=parent).exclude(pk=self.area.pk))
        before = siblings[: self.cleaned_data["position"] - 1]
        return before[-1] if before else None


def holders(plan):
    """The areas that may hold others: those above the plan's last level."""
    return plan.areas.current().filter(level__lt=len(plan.level_names) - 1)
