"""One page that shows every component and form control, for whoever writes pages and for the tests."""

from dataclasses import dataclass
from datetime import date

import django_tables2 as tables
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django_tables2 import RequestConfig

from impact.icons import ASSURANCE_ICONS, VARIATION_ICONS, no_icon
from plans.templatetags.components import flag, rating, short_date
from plans.widgets import ChipRadios


@dataclass(frozen=True)
class Entry:
    colour: str
    word: str
    explanation: str


KEY = (
    Entry("red", "Off track", "the date will be missed"),
    Entry("amber", "Some slippage", "late, and there is a way back"),
    Entry("green", "On track", "will be done by its date"),
    Entry("blue", "Complete", "done, with evidence"),
    Entry("purple", "Carried over", "moved into the next plan"),
    Entry("grey", "Paused", "waits for somebody else"),
)
RED, AMBER, GREEN, BLUE = KEY[:4]
ROWS = [
    {"title": f"{number} A longer title of an action that has to wrap on narrow screens", "rating": entry,
     "due": date(2026, 3, number), "days": number * 9}
    for number, entry in enumerate((RED, AMBER, GREEN, BLUE, None), start=1)
]  # fmt: skip


class GalleryTable(tables.Table):
    caption = "A sortable table"
    title = tables.Column("Action", linkify=lambda: "#table")
    rating = tables.Column("Rating", empty_values=(), orderable=False)
    due = tables.Column("Due")
    days = tables.Column(
        "Days",
        attrs={
            "td": {"class": "govuk-table__cell--numeric"},
            "th": {"class": "govuk-table__header--numeric"},
        },
    )
    state = tables.Column("State", empty_values=(), orderable=False)

    def render_rating(self, record):
        return rating(entry=record["rating"])

    def render_due(self, value):
        return short_date(value)

    def render_state(self, record):
        return flag(words=f"{record['days']} days overdue", kind="late")


class GalleryForm(forms.Form):
    title = forms.CharField(help_text="A few plain words")
    rating = forms.ChoiceField(label="Rating now", widget=ChipRadios)
    happened = forms.CharField(label="What has happened since February?", widget=forms.Textarea({"rows": 3}))
    due = forms.DateField(label="New date")
    kind = forms.ChoiceField(
        label="Kind of evidence",
        help_text="One of these",
        choices=[("audit", "Audit"), ("data", "Data")],
        widget=forms.RadioSelect,
    )
    area = forms.ChoiceField(choices=[("", "Choose an area"), ("1", "Front door"), ("2", "Permanency")])
    leads = forms.MultipleChoiceField(
        choices=[("1", "Head of Service for Assessment"), ("2", "Executive Director")],
        widget=forms.CheckboxSelectMultiple,
    )
    workbook = forms.FileField(help_text="An .xlsx file of at most 20 MB")
    agreed = forms.BooleanField(label="The chair agreed to the new date", help_text="The board sees this")
    note = forms.CharField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rating"].choices = [(entry.colour, rating(entry=entry)) for entry in KEY[:4]]

    def clean(self):
        raise forms.ValidationError("Give a reason for the move, or leave the date as it is")


def gallery_context(request: HttpRequest) -> dict:
    """What components/gallery.html shows: invented values in every state, and a form full of mistakes."""
    table = GalleryTable(ROWS * 12)
    RequestConfig(request, paginate={"per_page": 5}).configure(table)
    return {
        "key": KEY,
        "red": RED,
        "amber": AMBER,
        "green": GREEN,
        "counts": [
            (entry, number) for entry, number in zip((*KEY, None), (1, 2, 9, 1, 0, 1, 1), strict=True)
        ],
        "few": [(RED, 1), (GREEN, 2)],
        "linked": [(RED, 4, "#red"), (AMBER, 0, "#amber"), (GREEN, 15, "#green")],
        "day": date(2020, 3, 30),
        "icons": [
            *VARIATION_ICONS.values(),
            *ASSURANCE_ICONS.values(),
            no_icon("Too few points (3)", "3 of the 13 months that a verdict needs"),
        ],
        "rows": [
            ("Counts", "Contacts decided within a day"),
            ("Owner", "Head of Service", "#owner", "Change"),
        ],
        "parents": [("Recovery plan", "#plan"), ("Front door", "#area")],
        "page": Paginator(range(100), 10).page(5),
        "table": table,
        "form": GalleryForm({"title": ""}, prefix="wrong"),
        "blank": GalleryForm(),
    }
