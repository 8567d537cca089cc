from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, Prefetch, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.views.generic import ListView, View
from django_tables2 import SingleTableMixin

from plans.access import Permission
from plans.filters import ActionFilter
from plans.models import Action, ActionLead, ProgressUpdate
from plans.services.progress import tick_steps
from plans.tables import ActionTable
from plans.views.base import AsAtMixin, BoardMixin, PlanMixin
from plans.views.downloads import table_download
from plans.wording.phrases import plural

EXPORTS = ("xlsx", "csv")


class ActionListView(AsAtMixin, PlanMixin, SingleTableMixin, ListView):
    permission = Permission.VIEW
    template_name = "plans/action_list.html"
    table_class = ActionTable
    paginate_by = 50
    export = ""

    def enter(self):
        super().enter()
        self.export = self.request.GET.get("_export", "")
        if self.export and (self.export not in EXPORTS or self.plan is None):
            raise Http404("No such download")
        if self.as_at_form.errors:
            self.export = ""

    def get_queryset(self):
        if self.plan is None:
            return Action.objects.none()
        self.filter = ActionFilter(self.request.GET, plan=self.plan, shown=self.shown)
        found = self.filter.qs if self.filter.is_valid() else self.filter.queryset.none()
        found = found.select_related("area").with_moves(self.shown.day).with_sign_off(self.shown.day)
        return with_last_words(found, self.shown.day) if self.export else with_accountable(found)

    def get_paginate_by(self, table_data):
        return self.paginate_by

    def paginate_queryset(self, queryset, page_size):
        """The table pages itself."""
        return None, None, queryset, False

    def get_table_kwargs(self):
        told = {"key": self.filter.key if self.plan else [], "shown": self.shown, "board": self.board}
        return told | {"needs_sign_off": bool(self.plan and self.plan.blue_needs_sign_off)}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.plan:
            found, narrowed = context["table"].paginator.count, self.filter.in_words()
            total = self.plan.actions.shown(self.shown).count() if narrowed else found
            context |= {"filter": self.filter, "found": found, "total": total, "narrowed": narrowed}
            context["withdrawn"] = "withdrawn" in self.request.GET
            self.tell(context["table"])
        return context | {"plan": self.plan, "plans": self.plans}

    def tell(self, table):
        """Gives the actions that are shown their words of the day."""
        rows = table.data if self.export else table.page.object_list
        self.filter.then.tell(row if self.export else row.record for row in rows)

    def render_to_response(self, context, **kwargs):
        if not self.export:
            return super().render_to_response(context, **kwargs)
        name = f"{slugify(self.plan.title)[:60] or 'plan'}-actions-{self.shown.day}"
        return table_download(context["table"], "Actions", name, self.export)


class StepsDoneView(BoardMixin, View):
    """Ticks and unticks steps: only those that differ from what the page showed."""

    permission = Permission.UPDATE
    http_method_names = ["post"]

    def enter(self):
        actions = Action.objects.filter(plan__board=self.board).select_related("plan__board")
        self.action = get_object_or_404(actions, pk=self.kwargs["pk"])
        if not self.access.may_update(self.action):
            raise PermissionDenied("update this action")

    def post(self, request, *args, **kwargs):
        ticked, shown = (set(request.POST.getlist(name)) for name in ("done", "was_done"))
        try:
            changed = tick_steps(self.action, done=ticked - shown, undone=shown - ticked, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request, f"{plural(changed, 'step')} saved." if changed else "No step was changed."
            )
        return redirect(reverse("action", args=[self.board.slug, self.action.pk]) + "#steps")


def with_accountable(actions):
    leads = ActionLead.objects.filter(accountable=True).select_related("lead")
    return actions.prefetch_related(Prefetch("action_leads", queryset=leads))


def with_last_words(actions, day):
    """Annotates `happened` and `way_back` of the latest update, for downloads."""
    latest = ProgressUpdate.objects.standing(day).filter(action=OuterRef("pk")).latest_first()
    return with_accountable(actions).annotate(
        happened=Subquery(latest.values("happened")[:1]), way_back=Subquery(latest.values("way_back")[:1])
    )
