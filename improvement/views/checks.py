from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from improvement.asking import Asking
from improvement.check_forms import AnswerForm, WithdrawAnswerForm
from improvement.checking import findings_of
from improvement.findings import Findings
from plans.access import Permission
from plans.models import Action, CheckAnswer, Recommendation
from plans.services.checks import answer_check, withdraw_answer
from plans.standing import shown_day
from plans.views.base import PlanMixin
from plans.views.editing import FormPage


class AnswerPage(FormPage):
    """Answers a question about `self.about`, an action or a recommendation as it stands today."""

    permission = Permission.VIEW
    title = "Answer a question"
    button = "Accept it"
    template_name = "improvement/check_answer.html"
    form_class = AnswerForm

    def enter(self):
        self.load()
        shown = shown_day(self.plan, timezone.localdate(), meetings=self.meetings)
        self.asking = Asking(self.access, self.plan, shown)
        if not self.may_answer():
            raise PermissionDenied
        self.open = self.find(shown)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"findings": self.open}

    def get_initial(self):
        chosen = self.request.GET.get("check", "")
        found = [finding.basis for finding in self.open if finding.check.name == chosen]
        return {"basis": found[0] if found else self.open[0].basis if len(self.open) == 1 else ""}

    def write(self, form):
        finding, reason = form.finding, form.cleaned_data["reason"]
        answer_check(
            self.about,
            by=self.request.user,
            check_name=finding.check.name,
            basis=finding.basis,
            question=finding.words,
            reason=reason,
            on=self.asking.shown.day,
        )
        return "Your answer stands until something changes. The board sees it."

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=self.about, caption=str(self.about), **kwargs)


class ActionAnswerView(AnswerPage):
    def load(self):
        actions = Action.objects.select_related("plan__board").filter(plan__board=self.board)
        self.about = get_object_or_404(actions, pk=self.kwargs["pk"])
        self.plan = self.about.plan

    def may_answer(self):
        return self.access.may(Permission.ANSWER_CHECKS) or self.access.may_update(self.about)

    def find(self, shown):
        if self.about.withdrawn_on:
            return []
        return findings_of(self.plan, shown, [self.about.pk], meetings=self.meetings).open

    def cancel_url(self):
        return f"{self.address('action', self.about.pk)}#questions"

    def breadcrumbs(self):
        return [(f"Action {self.about.reference}".strip(), self.address("action", self.about.pk))]


class RecommendationAnswerView(AnswerPage, PlanMixin):
    def load(self):
        told = Recommendation.objects.filter(board=self.board)
        self.about = get_object_or_404(told, pk=self.kwargs["pk"])
        PlanMixin.enter(self)

    def may_answer(self):
        return self.access.may(Permission.ANSWER_CHECKS) or self.access.may(Permission.EDIT_PLAN)

    def find(self, shown):
        if self.plan is None:
            return []
        findings: Findings = findings_of(self.plan, shown, meetings=self.meetings)
        return findings.of_recommendation(self.about.pk)

    def cancel_url(self):
        plan = f"?plan={self.plan.pk}" if self.plan else ""
        return f"{self.address('questions')}{plan}#recommendations"

    def breadcrumbs(self):
        return [("Questions", self.address("questions"))]


class WithdrawAnswerView(FormPage):
    permission = Permission.VIEW
    title = "Take the answer back"
    button = "Take it back"
    template_name = "improvement/check_withdraw.html"
    form_class = WithdrawAnswerForm

    def enter(self):
        here = Q(action__plan__board=self.board) | Q(recommendation__board=self.board)
        answers = CheckAnswer.objects.standing().filter(here)
        related = answers.select_related("action__plan", "recommendation", "by")
        self.answer = get_object_or_404(related, pk=self.kwargs["pk"])
        if not self.may_take_back():
            raise PermissionDenied

    def may_take_back(self):
        if self.access.may(Permission.ANSWER_CHECKS):
            return True
        action = self.answer.action
        return self.access.may_update(action) if action else self.access.may(Permission.EDIT_PLAN)

    def write(self, form):
        withdraw_answer(self.answer, by=self.request.user)
        return "The answer is taken back, so the question is asked again."

    def cancel_url(self):
        action = self.answer.action
        return f"{self.address('action', action.pk)}#questions" if action else self.address("questions")

    def get_context_data(self, **kwargs):
        about = self.answer.action or self.answer.recommendation
        return super().get_context_data(answer=self.answer, caption=str(about), **kwargs)
