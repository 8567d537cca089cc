from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView
from django_tables2 import RequestConfig

from plans.access import Permission
from plans.coverage import COVER_WORDS, Cover, Coverage, Covered
from plans.forms.actions import ReasonForm
from plans.forms.recommendations import AnswerForm, ClockStopForm, InspectionForm, RecommendationForm
from plans.models import Inspection, Recommendation
from plans.recommendation_tables import KINDS, RecommendationTable
from plans.services.recommendations import (
    add_inspection,
    add_recommendation,
    edit_inspection,
    edit_recommendation,
    name_answer,
    remove_recommendation,
    stop_clock,
)
from plans.templatetags.components import long_date
from plans.views.base import AsAtMixin, BoardMixin
from plans.views.downloads import TYPES, table_download
from plans.views.editing import FormPage


class RecommendationListView(AsAtMixin, BoardMixin, TemplateView):
    """Coverage: which recommendations have no action, none on track, all complete; and the clocks."""

    permission = Permission.VIEW
    template_name = "plans/recommendation_list.html"

    def enter(self):
        self.export = self.request.GET.get("_export", "")
        if self.export and self.export not in TYPES:
            raise Http404("No such download")

    def get_context_data(self, **kwargs):
        coverage = Coverage(self.board, self.shown.day)
        chosen = self.request.GET.get("cover", "")
        rows = coverage.with_cover(Cover(chosen)) if chosen in set(Cover) else coverage.rows
        table = RecommendationTable(rows, board=self.board, shown=self.shown)
        paging = False if self.export else {"per_page": 50}
        table = RequestConfig(self.request, paginate=paging).configure(table)
        counts = [(cover, words, len(coverage.with_cover(cover))) for cover, words in COVER_WORDS.items()]
        context = {"coverage": coverage, "table": table, "chosen": chosen, "counts": counts}
        return super().get_context_data(**kwargs) | context

    def render_to_response(self, context, **kwargs):
        if not self.export:
            return super().render_to_response(context, **kwargs)
        return table_download(context["table"], "Recommendations", "recommendations", self.export)


class RecommendationView(AsAtMixin, BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "plans/recommendation.html"

    def enter(self):
        self.coverage = Coverage(self.board, self.shown.day)
        rows = (row for row in self.coverage.rows if row.recommendation.pk == self.kwargs["pk"])
        self.row = next(rows, None) or self.of_later()
        self.recommendation = self.row.recommendation

    def of_later(self):
        """One that was not known yet on the day shown."""
        told = Recommendation.objects.filter(board=self.board).select_related("inspection")
        return Covered(get_object_or_404(told, pk=self.kwargs["pk"]), [])

    def get_context_data(self, **kwargs):
        told, row = self.recommendation, self.row
        context = {"recommendation": told, "row": row, "kind": KINDS[row.cover], "facts": self.facts()}
        then = self.coverage.then
        context |= {"note": self.coverage.note, "is_gone": then is not None and told.pk in then.gone}
        context["breadcrumbs"] = [
            (
                "Recommendations",
                reverse("plans:recommendation_list", args=[self.board.slug]) + self.shown.start,
            )
        ]
        return super().get_context_data(**kwargs) | context

    def facts(self):
        told = self.recommendation
        facts = [("Paragraph of the report", told.paragraph), ("Priority", told.priority)]
        if told.inspection:
            facts.append(("Report received", long_date(told.inspection.received_on)))
        return [fact for fact in facts if fact[1]]


class CoveragePage(FormPage):
    """A form whose page goes back to the coverage of the board's recommendations."""

    def cancel_url(self):
        return self.address("plans:recommendation_list")

    def breadcrumbs(self):
        return [("Recommendations", self.cancel_url())]


class InspectionNewView(CoveragePage):
    title = "Add an inspection or review"
    button = "Add it"
    form_class = InspectionForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Inspection(board=self.board)}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        inspection = add_inspection(self.board, by=self.request.user, **fields)
        return f"“{inspection}” is added. Now add what it recommended."


class InspectionPage(CoveragePage):
    def enter(self):
        self.inspection = get_object_or_404(self.board.inspections.all(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(caption=str(self.inspection), **kwargs)


class InspectionEditView(InspectionPage):
    title = "Edit the inspection"
    form_class = InspectionForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.inspection}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        edit_inspection(self.inspection, by=self.request.user, **fields)
        return "The inspection is saved."


class InspectionClockView(InspectionPage):
    """Records that a plan was sent or a review held: the clock stops, or starts anew."""

    title = "Record what was done"
    button = "Record it"
    form_class = ClockStopForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kind": self.inspection.kind}

    def write(self, form):
        stop = stop_clock(self.inspection, by=self.request.user, **form.cleaned_data)
        return f"{stop.get_clock_display()}: recorded."


class RecommendationNewView(CoveragePage):
    title = "Add a recommendation"
    button = "Add the recommendation"
    form_class = RecommendationForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Recommendation(board=self.board)}

    def get_initial(self):
        return {"inspection": self.board.inspections.first()}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        add_recommendation(self.board, by=self.request.user, **fields)
        return "The recommendation is added. Name it in the actions that answer it."


class RecommendationPage(CoveragePage):
    def enter(self):
        recommendations = self.board.recommendations.all()
        self.recommendation = get_object_or_404(recommendations, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(caption=str(self.recommendation), **kwargs)

    def cancel_url(self):
        return self.address("plans:recommendation", self.recommendation.pk)

    def breadcrumbs(self):
        return [("Recommendations", self.address("plans:recommendation_list"))]


class RecommendationEditView(RecommendationPage):
    title = "Edit the recommendation"
    form_class = RecommendationForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.recommendation}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        edit_recommendation(self.recommendation, by=self.request.user, **fields)
        return "The recommendation is saved."


class RecommendationAnswerView(RecommendationPage):
    title = "Name an action that answers it"
    button = "Name the action"
    form_class = AnswerForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"recommendation": self.recommendation}

    def write(self, form):
        action = form.cleaned_data["action"]
        name_answer(self.recommendation, action, by=self.request.user)
        return f"“{action}” answers it now."


class RecommendationRemoveView(RecommendationPage):
    title = "Remove the recommendation"
    button = "Remove"
    form_class = ReasonForm
    template_name = "plans/remove.html"

    def write(self, form):
        remove_recommendation(self.recommendation, by=self.request.user, **form.cleaned_data)
        return "The recommendation is removed."

    def get_success_url(self):
        return self.address("plans:recommendation_list")
