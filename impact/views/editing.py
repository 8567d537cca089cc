from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone

from impact.access import may_enter
from impact.forms import (
    CloseMeasureForm,
    MeasureForm,
    MeasureLinksForm,
    MeasureRulesForm,
    MeasureTargetForm,
    NoteForm,
    StepChangeForm,
)
from impact.models import Measure, Note, StepChange
from impact.months import month_of, month_words, months_after
from impact.services.measures import (
    agree_step_change,
    close_measure,
    create_measure,
    edit_measure,
    reopen_measure,
    set_actions,
    set_areas,
    set_target,
    withdraw_step_change,
)
from impact.services.observations import add_note, withdraw_note
from plans.access import Permission
from plans.forms.base import TidyForm
from plans.views.editing import FormPage


class MeasureNewView(FormPage):
    title = "Add a measure"
    button = "Add the measure"
    form_class = MeasureForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Measure(board=self.board), "board": self.board}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        self.measure = create_measure(self.board, by=self.request.user, **fields)
        return f"“{self.measure}” is added. Now say which areas and actions it is about."

    def cancel_url(self):
        return self.address("impact:measure_list")

    def get_success_url(self):
        return self.address("impact:measure_links", self.measure.pk)

    def breadcrumbs(self):
        return [("Measures", self.cancel_url())]


class MeasurePage(FormPage):
    """A form about one measure."""

    def enter(self):
        measures = Measure.objects.filter(board=self.board).select_related("owner", "board")
        self.measure = get_object_or_404(measures, pk=self.kwargs["pk"])

    def cancel_url(self):
        return self.address("measure", self.measure.pk)

    def breadcrumbs(self):
        return [("Measures", self.address("impact:measure_list")), (self.measure.name, self.cancel_url())]

    def get_context_data(self, **kwargs):
        return super().get_context_data(caption=self.measure.name, measure=self.measure, **kwargs)


class MeasureEditView(MeasurePage):
    title = "Edit the measure"
    form_class = MeasureForm
    template_name = "impact/measure_form.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.measure, "board": self.board}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        edit_measure(self.measure, by=self.request.user, **fields)
        return "The measure is saved."


class MeasureRulesView(MeasureEditView):
    title = "How the measure is judged"
    form_class = MeasureRulesForm
    template_name = "plans/form.html"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("board")
        return kwargs


class MeasureLinksView(MeasurePage):
    title = "Areas and actions"
    form_class = MeasureLinksForm

    def get_form_kwargs(self):
        plans = self.board.plans.newest_first().filter(status__in=["live", "draft"])
        return super().get_form_kwargs() | {"measure": self.measure, "plans": plans}

    def write(self, form):
        set_areas(self.measure, form.cleaned_data["areas"], by=self.request.user)
        set_actions(self.measure, form.cleaned_data["actions"], by=self.request.user)
        return "Its areas and actions are saved."


class MeasureTargetView(MeasurePage):
    title = "Set a target"
    form_class = MeasureTargetForm

    def get_initial(self):
        return {"month": months_after(month_of(timezone.localdate()), 1)}

    def write(self, form):
        made = set_target(self.measure, by=self.request.user, **form.cleaned_data)
        if made is None:
            return "That is its target already, so nothing was changed."
        return f"The target counts from {month_words(made.month)}."


class MeasureStepChangeView(MeasurePage):
    title = "Agree a step change"
    button = "Record the step change"
    form_class = StepChangeForm
    template_name = "impact/step_change_form.html"

    def write(self, form):
        step = agree_step_change(self.measure, by=self.request.user, **form.cleaned_data)
        return f"Limits start anew from {month_words(step.month)}."


class MeasureNoteView(MeasurePage):
    """A remark, by whoever may enter the measure's values."""

    permission = Permission.VIEW
    title = "Add a remark"
    button = "Add the remark"
    form_class = NoteForm

    def enter(self):
        super().enter()
        if not may_enter(self.access, self.measure):
            raise PermissionDenied("remark on this measure")

    def get_initial(self):
        return {"month": month_of(timezone.localdate())}

    def write(self, form):
        note = add_note(self.measure, by=self.request.user, **form.cleaned_data)
        return f"The remark on {month_words(note.month)} is added."

    def get_success_url(self):
        return f"{self.cancel_url()}#months"


class MeasureCloseView(MeasurePage):
    title = "Stop reporting the measure"
    button = "Stop reporting it"
    form_class = CloseMeasureForm
    template_name = "impact/measure_close.html"

    def write(self, form):
        close_measure(self.measure, by=self.request.user, reason=form.cleaned_data["reason"])
        return f"“{self.measure}” is no longer reported. Its months are kept."

    def get_success_url(self):
        return self.address("impact:measure_list")


class MeasureReopenView(MeasurePage):
    title = "Report the measure again"
    button = "Report it again"
    form_class = TidyForm

    def write(self, form):
        reopen_measure(self.measure, by=self.request.user)
        return f"“{self.measure}” is reported again."


class StepChangeRemoveView(MeasurePage):
    title = "Take back the step change"
    button = "Take it back"
    form_class = TidyForm
    template_name = "impact/step_change_remove.html"

    def enter(self):
        steps = StepChange.objects.standing().select_related("measure__board", "measure__owner")
        self.step = get_object_or_404(steps, pk=self.kwargs["pk"], measure__board=self.board)
        self.measure = self.step.measure

    def write(self, form):
        withdraw_step_change(self.step, by=self.request.user)
        return f"The step change of {month_words(self.step.month)} is taken back."


class NoteRemoveView(MeasurePage):
    permission = Permission.VIEW
    title = "Take back the remark"
    button = "Take it back"
    form_class = TidyForm
    template_name = "impact/note_remove.html"

    def enter(self):
        notes = Note.objects.standing().select_related("measure__board", "measure__owner")
        self.note = get_object_or_404(notes, pk=self.kwargs["pk"], measure__board=self.board)
        self.measure = self.note.measure
        if not may_enter(self.access, self.measure):
            raise PermissionDenied("take this remark back")

    def write(self, form):
        withdraw_note(self.note, by=self.request.user)
        return "The remark is taken back."
