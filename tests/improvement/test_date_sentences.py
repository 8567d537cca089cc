"""What every form says of a day that is left out or is none: a sentence that reads well."""

from copy import deepcopy

from django import forms
from django.urls import get_resolver

from improvement.rendering import GovukBoundField

OURS = {"audits", "impact", "improvement", "plans"}
SUCH = ", such as 27/3/2026"
# By form and field: what is asked for, and how it goes on where what was typed is no day.
REQUIRED = {
    "BundleForm.day": ("Answer “As at which day?”", f"Enter the day{SUCH}"),
    "ClockStopForm.on": ("Answer “On which day?”", f"Enter the day on which it was done{SUCH}"),
    "StepChangeForm.agreed_on": (
        "Give the day it was agreed",
        f"Enter the day it was agreed as a real day{SUCH}",
    ),
    **{
        name: (f"Enter {day}", f"Enter {day}{SUCH}")
        for name, day in {
            "ChallengeForm.due": "the day by which it is to be answered",
            "InspectionForm.received_on": "the day on which the final report came",
            "NarrativeForm.ends": "the last day of the period",
            "NarrativeForm.starts": "the first day of the period",
            "ResultsForm.done_on": "the day the audit was done",
            "ReviewForm.on": "the day it was reviewed",
            "RhythmForm.first": "the day of the first meeting",
        }.items()
    },
    **{
        name: (f"Enter {day}", f"Enter {day} as a real day{SUCH}")
        for name, day in {
            "ActionUpdateForm.on": "the day it counts from",
            "ClosePlanForm.ends": "the last day of the plan",
            "EvidenceDetailsForm.dated": "the date of the evidence",
            "EvidenceForm.dated": "the date of the evidence",
            "GalleryForm.due": "the new date",
            "MeetingForm.on": "the date",
            "ReplaceUpdateForm.on": "the day it counts from",
        }.items()
    },
}
MAY_BE_EMPTY = {
    "ActionUpdateForm.piece_dated": f"Enter the date of the evidence as a real day{SUCH}",
    "AsAtForm.day": "Choose a meeting, or type a real day, such as 30 March 2020",
    "DestinationForm.on": f"Enter the day that the workbook speaks of{SUCH}.",
    "LearningForm.on": f"Enter the day it was shared with staff{SUCH}",
    "NewPieceForm.piece_dated": f"Enter the date of the evidence as a real day{SUCH}",
    "NewPlanForm.ends": f"Enter the last day of the plan{SUCH}",
    "NewPlanForm.starts": f"Enter the day on which the plan starts{SUCH}",
    "PlanForm.ends": f"Enter the last day of the plan{SUCH}",
    "PlanForm.starts": f"Enter the day on which the plan starts{SUCH}",
    "ProductForm.next_due": f"Enter the day of the next review{SUCH}",
    "ReviewForm.due_next": f"Enter the day of the next review{SUCH}",
    "StepForm.done_on": f"Enter the day on which the step was done{SUCH}",
}


def messages_of(name, field):
    """What stands beside it where it is left empty (nothing where it may be), and where it is no day."""
    bound = GovukBoundField(forms.Form(), deepcopy(field), name)
    messages = bound.field.error_messages
    return messages["required"] if field.required else "", messages["invalid"]


def subclasses(kind):
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def date_fields():
    """Of every form that a page has: the addresses bring them in."""
    assert get_resolver().url_patterns
    return {
        f"{form.__name__}.{name}": messages_of(name, field)
        for form in subclasses(forms.BaseForm)
        if form.__module__.split(".")[0] in OURS
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DateField)
    }


def test_each_field_of_a_day_asks_in_a_sentence_that_was_read():
    """A new one is composed of its label; read it, give the field its own words or add it here."""
    assert date_fields() == REQUIRED | {name: ("", words) for name, words in MAY_BE_EMPTY.items()}
