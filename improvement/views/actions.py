from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from improvement.action_audits import answered_by
from improvement.action_page import ActionPage
from improvement.asking import Asking
from improvement.challenges import on_page
from improvement.checking import findings_of
from improvement.trails import headings, trail
from plans.access import Permission
from plans.models import Action, ActionLead, Import
from plans.services.sign_off import why_not_decide
from plans.views.base import AsAtMixin, BoardMixin
from plans.wording.phrases import import_behind


class ActionView(AsAtMixin, BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/action.html"

    def enter(self):
        related = ("plan__board", "area__parent__parent", "merged_into")
        leads = Prefetch("action_leads", ActionLead.objects.select_related("lead"))
        actions = Action.objects.select_related(*related).prefetch_related("steps", leads)
        self.action = get_object_or_404(actions, plan__board=self.board, pk=self.kwargs["pk"])
        self.plan = self.action.plan

    def get_context_data(self, **kwargs):
        page = ActionPage(self.action, self.shown)
        context = {"page": page, "action": self.action, "plan": self.plan}
        context["breadcrumbs"] = trail(self.board, self.plan, headings(self.action.area), self.shown)
        context["challenges"] = on_page(self.board, self.shown, action=self.action)
        context["questions"], context["accepted"] = self.questions(page)
        context["answered"] = answered_by(self.action, self.shown)
        may_update = self.access.may_update(self.action) and not self.action.withdrawn_on
        context["may_update"] = may_update and not self.shown.is_past
        context["may_decide"] = self.may_decide(page)
        context["undone"] = self.undone()
        return super().get_context_data(**kwargs) | context

    def undone(self):
        """The import that made the action and was taken back, for who may look at it."""
        behind = import_behind(self.action.withdrawn_reason)
        if behind is None or not self.access.may(Permission.IMPORT):
            return None
        return Import.objects.filter(board=self.board, pk=behind).only("filename").first()

    def questions(self, page):
        """What there is to ask, and what was accepted; measures are judged once, for their own part."""
        if self.action.withdrawn_on or page.is_to_come:
            return [], []
        key = list(page.key.values())
        known = {"key": key, "meetings": self.meetings, "rows": page.measures, "stand": page.stand}
        findings = findings_of(self.plan, self.shown, [self.action.pk], **known)
        led = {self.action.pk} if self.access.may_update(self.action) else set()
        asking = Asking(self.access, self.plan, self.shown, led)
        accepted = [asking.question(finding, answer) for finding, answer in findings.answered]
        return asking.questions(findings.open), accepted

    def may_decide(self, page):
        """Whether the person may agree or refuse what waits: by role, and not on their own action."""
        waiting = page.sign_off.waiting
        if waiting is None or self.shown.is_past or not self.access.may(Permission.SIGN_OFF):
            return False
        return not why_not_decide(waiting, self.request.user)
