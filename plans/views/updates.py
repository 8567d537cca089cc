from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from plans.access import Permission
from plans.forms.ids import read_id
from plans.forms.updates import ActionUpdateForm, ReplaceUpdateForm
from plans.models import Action, ProgressUpdate
from plans.services.boards import hold_open
from plans.services.evidence import recent_evidence
from plans.services.updates import load_for_updates, lock_actions
from plans.views.base import BoardMixin
from plans.views.safety import SafeFormMixin


class ActionUpdateView(BoardMixin, SafeFormMixin, TemplateView):
    """One action's update, by a lead or on a lead's behalf; `?replaces=7` mends that mistaken update."""

    permission = Permission.UPDATE
    template_name = "plans/action_update.html"
    # The form as it was sent.
    sent = None

    def enter(self):
        actions = Action.objects.filter(plan__board=self.board).select_related("plan")
        action = get_object_or_404(actions, pk=self.kwargs["pk"])
        if not self.access.may_update(action):
            raise PermissionDenied
        self.plan = action.plan

    @cached_property
    def action(self):
        return load_for_updates(Action.objects.filter(pk=self.kwargs["pk"]), self.plan)[0]

    @cached_property
    def replaces(self):
        wanted = self.request.GET.get("replaces", "")
        if not wanted:
            return None
        updates = ProgressUpdate.objects.filter(action=self.action, withdrawn_at__isnull=True)
        return get_object_or_404(updates, pk=read_id(wanted))

    def make_form(self, data=None, **options):
        key = [row.entry for row in self.plan.key.all()]
        options |= {"action": self.action, "key": key, "user": self.request.user}
        options["pieces"] = recent_evidence(self.board)
        if self.replaces:
            return ReplaceUpdateForm(data, replaces=self.replaces, **options)
        return ActionUpdateForm(data, **options)

    def get(self, request, *args, **kwargs):
        if problem := self.problem():
            messages.error(request, problem)
            return redirect(self.action_url)
        form = self.make_form()
        if self.kept:
            sent = self.make_form(self.kept_fields)
            form = self.make_form(initial={name: sent[name].value() for name in sent.fields})
        return self.render(form)

    def problem(self):
        """Why there is nothing to write here, or ""."""
        if self.action.withdrawn_on:
            return "This action is withdrawn, so it takes no more updates."
        if self.replaces and ProgressUpdate.objects.filter(replaces=self.replaces).exists():
            return "This update has been replaced already. Replace the newer one."
        return ""

    def send(self):
        if not hold_open(self.board):
            return redirect(self.request.get_full_path())
        lock_actions([self.kwargs["pk"]])
        self.sent = form = self.make_form(self.request.POST, files=self.request.FILES)
        return redirect(self.action_url) if form.is_valid() and form.save() else None

    def finish(self, response):
        if self.sent is None:
            return response
        if response is None:
            return self.render(self.sent)
        messages.success(self.request, self.saved_words(self.sent))
        return response

    def saved_words(self, form):
        if getattr(form, "saves_nothing", False):
            return f"{form.action_name} says this already, so nothing is changed."
        asked = " Its sign-off is asked for." if getattr(form, "asked", None) else ""
        return f"{form.action_name} is saved.{asked}"

    @property
    def action_url(self):
        return reverse("action", args=[self.board.slug, self.kwargs["pk"]])

    def render(self, form):
        entries = {entry.code: entry for entry in form.key}
        shown = self.replaces or form.last
        return self.render_to_response(
            self.get_context_data(
                form=form,
                action=self.action,
                plan=self.plan,
                replaces=self.replaces,
                entry=entries.get(shown.rating) if shown else None,
                breadcrumbs=[(form.action_name, self.action_url)],
            )
        )
