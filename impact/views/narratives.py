from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from impact.judging import judge_all
from impact.models import Narrative
from impact.narrative_forms import NarrativeForm, SupportForm
from impact.periods import first_period, next_period
from impact.rows import panel_of
from impact.services.narrative_board import NarrativeBoard, with_support
from impact.services.narratives import (
    discard_narrative,
    draft_narrative,
    edit_narrative,
    publish_narrative,
    support_narrative,
)
from plans.access import Permission
from plans.forms.base import TidyForm
from plans.models import Area
from plans.views.base import AsAtMixin, BoardMixin, PlanMixin
from plans.views.editing import FormPage


class NarrativeListView(AsAtMixin, PlanMixin, TemplateView):
    """A plan's areas: who says what difference was made, who does not, and who said it too long ago."""

    permission = Permission.VIEW
    template_name = "impact/narrative_list.html"

    def get_context_data(self, **kwargs):
        context = {"plan": self.plan, "plans": self.plans}
        if self.plan is not None:
            context["stories"] = NarrativeBoard(self.plan, self.shown)
        return super().get_context_data(**kwargs) | context


class AreaNarrativesView(AsAtMixin, BoardMixin, TemplateView):
    """One area's published narratives as a sequence."""

    permission = Permission.VIEW
    template_name = "impact/area_narratives.html"

    def enter(self):
        areas = Area.objects.current().select_related("plan").filter(plan__board=self.board)
        self.area = get_object_or_404(areas, pk=self.kwargs["pk"])
        self.plan = self.area.plan

    def get_context_data(self, **kwargs):
        narratives = with_support(self.area.narratives.published(self.shown.past_day))
        context = {"area": self.area, "plan": self.area.plan, "narratives": narratives}
        context["breadcrumbs"] = trail(self.board, self.area, self.shown.query)
        return super().get_context_data(**kwargs) | context


def trail(board, area, query=""):
    return [("Impact", f"{reverse('impact:narrative_list', args=[board.slug])}?plan={area.plan_id}{query}")]


class NarrativeView(AsAtMixin, BoardMixin, TemplateView):
    """One narrative with what supports it; a draft is seen by those who may write."""

    permission = Permission.VIEW
    template_name = "impact/narrative.html"

    def enter(self):
        narratives = Narrative.objects.filter(area__plan__board=self.board).select_related("area__plan", "by")
        if not self.access.may(Permission.UPDATE):
            narratives = narratives.published()
        self.narrative = get_object_or_404(with_support(narratives), pk=self.kwargs["pk"])
        self.plan = self.narrative.area.plan

    def get_context_data(self, **kwargs):
        narrative = self.narrative
        known = self.shown.past_day
        rows = panel_of(judge_all(narrative.measures.all(), until=known, known=known))
        context = {"narrative": narrative, "area": narrative.area, "plan": narrative.area.plan}
        context |= {
            "panel": rows,
            "breadcrumbs": trail(self.board, narrative.area, self.shown.query),
        } | self.beside()
        return super().get_context_data(**kwargs) | context

    def beside(self):
        """The narratives right before and right after this one in the area's sequence."""
        if self.narrative.status == "draft":
            return {}
        published = self.narrative.area.narratives.published(self.shown.past_day)
        others = list(published.order_by("ends", "id"))
        places = {other.pk: n for n, other in enumerate(others)}
        n = places.get(self.narrative.pk)
        if n is None:
            return {}
        return {"earlier": others[n - 1] if n else None, "later": (others[n + 1 :] or [None])[0]}


class NarrativeWriting(FormPage):
    """Writing a draft, with what was said last beside it."""

    permission = Permission.UPDATE
    template_name = "impact/narrative_form.html"
    form_class = NarrativeForm
    button = "Save the draft"
    narrative = None

    @cached_property
    def previous(self):
        if self.area is None:
            return None
        return with_support(self.area.narratives.published()).first()

    def get_form_kwargs(self):
        instance = self.narrative or Narrative(area=self.area)
        return super().get_form_kwargs() | {"instance": instance, "board": self.board}

    def breadcrumbs(self):
        return trail(self.board, self.area) if self.area else []

    def get_context_data(self, **kwargs):
        context = {"area": self.area, "previous": self.previous, "caption": self.area or ""}
        return super().get_context_data(**kwargs) | context

    def get_success_url(self):
        return self.address("impact:narrative", self.narrative.pk)


class NarrativeNewView(NarrativeWriting):
    """`?area=7` says of which area; `&from=previous` begins with the words of the one before."""

    title = "Write what was done, and so what"

    def enter(self):
        areas = Area.objects.current().select_related("plan").filter(plan__board=self.board)
        wanted = self.request.GET.get("area", "")
        self.areas = areas
        self.area = (
            get_object_or_404(areas, pk=int(wanted) if wanted.isdecimal() else None) if wanted else None
        )

    def send(self):
        return super().send() if self.area else redirect(self.request.get_full_path())

    def get_initial(self):
        if self.area is None:
            return {}
        previous = self.previous
        starts, ends = first_period(timezone.localdate())
        if previous:
            starts, ends = next_period(previous.starts, previous.ends)
        initial = {"starts": starts, "ends": ends}
        if previous and self.request.GET.get("from") == "previous":
            initial |= {name: getattr(previous, name) for name in ("done", "so_what")}
            initial |= {name: getattr(previous, name).all() for name in ("measures", "evidence")}
        elif not previous:
            initial["measures"] = self.area.measures.current()
        return initial

    def get_context_data(self, **kwargs):
        areas = self.areas.filter(plan__in=self.board.plans.newest_first()) if self.area is None else []
        return super().get_context_data(areas=areas, **kwargs)

    def write(self, form):
        self.narrative = draft_narrative(self.area, by=self.request.user, **form.said)
        return "The draft is saved. The board sees it once it is published."

    def cancel_url(self):
        return trail(self.board, self.area)[0][1] if self.area else self.address("impact:narrative_list")


class DraftMixin:
    """A draft of the board; what is published has its own page, and is not edited."""

    def enter(self):
        rows = Narrative.objects.standing().select_related("area__plan").filter(area__plan__board=self.board)
        self.narrative = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.area = self.narrative.area

    def cancel_url(self):
        return self.address("impact:narrative", self.narrative.pk)

    def get(self, request, *args, **kwargs):
        if self.narrative.status != "draft":
            return redirect(self.cancel_url())
        return super().get(request, *args, **kwargs)


class NarrativeEditView(DraftMixin, NarrativeWriting):
    title = "Edit the draft"

    def get_initial(self):
        return {name: getattr(self.narrative, name).all() for name in ("measures", "evidence")}

    def write(self, form):
        edit_narrative(self.narrative, by=self.request.user, **form.said)
        return "The draft is saved."


class NarrativePublishView(DraftMixin, FormPage):
    permission = Permission.EDIT_PLAN
    title = "Publish the narrative"
    button = "Publish"
    template_name = "impact/narrative_publish.html"
    form_class = TidyForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(narrative=self.narrative, caption=self.area, **kwargs)

    def write(self, form):
        publish_narrative(self.narrative, by=self.request.user)
        return "It is published: the board sees it. What comes next is a narrative of its own."


class NarrativeDiscardView(DraftMixin, FormPage):
    permission = Permission.UPDATE
    title = "Throw the draft away"
    button = "Throw it away"
    template_name = "plans/remove.html"
    form_class = TidyForm

    def write(self, form):
        discard_narrative(self.narrative, by=self.request.user)
        return "The draft is thrown away."

    def get_success_url(self):
        return trail(self.board, self.area)[0][1]


class NarrativeSupportView(FormPage):
    """Adds measures and evidence to a narrative, published ones too: words stay, what shows them may grow."""

    title = "Add what shows it"
    button = "Add"
    form_class = SupportForm

    def enter(self):
        rows = Narrative.objects.standing().select_related("area__plan").filter(area__plan__board=self.board)
        self.narrative = get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"narrative": self.narrative, "board": self.board}

    def cancel_url(self):
        return self.address("impact:narrative", self.narrative.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(caption=str(self.narrative.area), **kwargs)

    def write(self, form):
        support_narrative(self.narrative, by=self.request.user, **form.cleaned_data)
        return "Added. The words stay as they were published."
