"""Forms of the programme: an audit, its results, the learning shared, and a board's own scale."""

from django import forms

from audits.models import Audit, AuditKind, AuditStatus, Grading
from audits.services.audits import words_of
from plans.forms.areas import AreaField
from plans.forms.base import EditForm, TidyForm
from plans.forms.evidence import PastDayField
from plans.forms.fields import LinesField, day_messages
from plans.forms.nobody_named import NAME_NOBODY, NobodyNamedMixin
from plans.models import Area
from plans.models.ordering import Alphabetical

SHORT = {"class": "govuk-input--width-5"}
MIDDLE = {"class": "govuk-input--width-20"}
OWN_SCALE = "scale-"


class AuditForm(NobodyNamedMixin, EditForm):
    graded_by = forms.ChoiceField(label="How are cases graded?", widget=forms.RadioSelect)
    field_order = (
        *("title", "theme", "kind", "repeats", "planned_text", "frequency", "area", "team"),
        *("lead", "auditor", "sample_wanted", "graded_by", "status"),
    )

    class Meta:
        model = Audit
        fields = [
            *("title", "theme", "kind", "repeats", "planned_text", "frequency", "area", "team"),
            *("lead", "auditor", "sample_wanted", "status"),
        ]
        labels = {
            "title": "What is audited",
            "kind": "Kind",
            "repeats": "Which audit does it repeat?",
            "planned_text": "Planned for",
            "frequency": "How often",
            "lead": "Lead",
            "auditor": "Carried out by",
            "sample_wanted": "Sample wanted",
            "status": "Status",
        }
        help_texts = {
            "title": f"Such as: quality of child protection plans. {NAME_NOBODY}",
            "theme": "Audits of one theme can be compared.",
            "planned_text": "A month or a day: March 2026, 27/3/2026.",
            "frequency": "Such as quarterly or every 6 weeks. Leave it empty for an audit made once.",
            "lead": "Whoever holds this lead may enter its results and findings.",
            "auditor": "Roles or an organisation, such as: peer reviewers from the region.",
            "sample_wanted": "How many cases are to be looked at.",
        }
        error_messages = {
            "title": {"required": "Say what is audited"},
            "planned_text": {"required": "Write a month or a day, such as March 2026"},
        }
        widgets = {
            "kind": forms.RadioSelect,
            "planned_text": forms.TextInput(attrs=MIDDLE),
            "frequency": forms.TextInput(attrs=MIDDLE),
            "sample_wanted": forms.NumberInput(attrs=SHORT),
            "status": forms.RadioSelect,
        }

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        others = board.audits.standing().exclude(pk=self.instance.pk)
        self.fields["repeats"].queryset = others.order_by("-planned_due", Alphabetical("title"), "pk")
        self.fields["repeats"].empty_label = "None"
        self.fields["lead"].queryset = board.leads.all()
        self.fields["lead"].empty_label = "Nobody yet"
        self._offer_areas(board)
        self._offer_scales(board)
        if self.instance.pk and self.instance.is_open:
            self.fields["status"].choices = AuditStatus.choices[:2]
        else:
            del self.fields["status"]

    def _offer_areas(self, board):
        plans = board.plans.newest_first().filter(status__in=["live", "draft"])
        areas = Area.objects.current().filter(plan__in=plans) | Area.objects.filter(pk=self.instance.area_id)
        self.fields["area"] = AreaField(
            areas, label="Area of the plan", required=False, empty_label="No one area"
        )

    def _offer_scales(self, board):
        self.scales = {f"{OWN_SCALE}{scale.pk}": scale for scale in board.grade_scales.all()}
        self.fields["graded_by"].choices = [
            (Grading.GRADES, "Inadequate, requires improvement, good, outstanding"),
            *((name, scale.name) for name, scale in self.scales.items()),
            (Grading.AGREEMENT, Grading.AGREEMENT.label),
        ]
        audit = self.instance
        given = f"{OWN_SCALE}{audit.scale_id}" if audit.scale_id else audit.grading
        self.initial.setdefault("graded_by", given)

    def clean(self):
        cleaned = super().clean()
        is_repeat = cleaned.get("kind") == AuditKind.REPEAT
        if is_repeat and "repeats" in cleaned and not cleaned["repeats"]:
            self.add_error("repeats", "Choose the audit that it repeats, or another kind")
        if cleaned.get("repeats") and "kind" in cleaned and not is_repeat:
            self.add_error("repeats", "Choose “None” here, or “Repeat of an earlier one” as the kind")
        return cleaned

    @property
    def said(self):
        """The columns for the services."""
        names = [name for name in self._meta.fields if name in self.fields]
        graded_by = self.cleaned_data["graded_by"]
        scale = self.scales.get(graded_by)
        return {
            **{name: self.cleaned_data[name] for name in names},
            "grading": Grading.GRADES if scale else graded_by,
            "scale": scale,
        }


class ResultsForm(NobodyNamedMixin, EditForm):
    """The results of an audit; a field for each grade of its scale."""

    done_on = PastDayField(label="Done on", error_messages=day_messages("the day the audit was done"))

    class Meta:
        model = Audit
        fields = ["done_on", "sample", "read_twice", "agreed", "summary"]
        labels = {
            "sample": "Cases looked at",
            "read_twice": "Read again by a second reader",
            "agreed": "Of these, second reader agreed with",
            "summary": "What was found, in short",
        }
        help_texts = {
            "read_twice": "How many of the cases. 0 where none was moderated.",
            "summary": f"Findings that need an action come next, one by one. {NAME_NOBODY}",
        }
        error_messages = {
            "sample": {"required": "Give the number of cases looked at"},
        }
        widgets = {name: forms.NumberInput(attrs=SHORT) for name in ("sample", "read_twice", "agreed")} | {
            "summary": forms.Textarea(attrs={"rows": 4})
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sample"].required = True
        self.fields["sample"].min_value = 1
        self.words = words_of(self.instance)
        counts = {row.word: row.count for row in self.instance.grades.all()} if self.instance.pk else {}
        for n, grade in enumerate(self.words):
            self.fields[f"grade_{n}"] = forms.IntegerField(
                label=grade.word,
                min_value=0,
                required=False,
                initial=counts.get(grade.word),
                widget=forms.NumberInput(attrs=SHORT),
            )
        self.order_fields(["done_on", "sample", *self.grade_names, "read_twice", "agreed", "summary"])

    @property
    def grade_names(self):
        return [f"grade_{n}" for n in range(len(self.words))]

    @property
    def grade_fields(self):
        return [self[name] for name in self.grade_names]

    def clean(self):
        cleaned = super().clean()
        counts, sample = self.counts, cleaned.get("sample")
        if sample is not None and sum(counts) > sample:
            many = f"The grades add up to {sum(counts)}, but {sample} cases were looked at"
            self.add_error("sample", f"{many}. Change one of them")
        if self.clashes:
            self.add_error(None, "Look at the number of cases of each grade too before you save again.")
        return cleaned

    @property
    def counts(self):
        return [self.cleaned_data.get(name) or 0 for name in self.grade_names]

    @property
    def said(self):
        data = {name: self.cleaned_data[name] for name in self._meta.fields}
        for name in ("read_twice", "agreed"):
            data[name] = data[name] or 0
        return data | {"counts": self.counts}


class LearningForm(NobodyNamedMixin, TidyForm):
    text = forms.CharField(
        label="What was learnt",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"In words that staff can use. {NAME_NOBODY}",
        error_messages={"required": "Write what was learnt"},
    )
    on = PastDayField(
        label="Shared with staff on",
        required=False,
        help_text="Leave this empty until it is shared. For example, 27/3/2026",
        error_messages=day_messages("the day it was shared with staff"),
    )


class CancelAuditForm(NobodyNamedMixin, TidyForm):
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, for the board to see"},
    )


class ScaleForm(TidyForm):
    name = forms.CharField(label="Name", max_length=100, help_text="Such as: practice standards.")
    words = LinesField(
        label="Grades",
        help_text="Each on its own line, the worst first.",
        error_messages={"required": "Write two grades or more, each on its own line"},
    )
    good = forms.IntegerField(
        label="How many of them count as good?",
        min_value=1,
        widget=forms.NumberInput(attrs=SHORT),
        help_text="Counted from the best: of the four inspection grades it is 2.",
    )
