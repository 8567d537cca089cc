from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.views.generic import TemplateView

from improvement.asking import Asking, new_to, raised_words
from improvement.check_facts import challenges_to_answer
from improvement.checking import findings_of
from improvement.update_words import heading, raised, result
from improvement.updates import ALL, Rounds
from plans.access import Permission
from plans.forms.mistakes import mistakes
from plans.models import PlanStatus
from plans.services.boards import hold_open
from plans.services.updates import count_unfinished
from plans.standing import shown_day
from plans.views.base import PlanMixin
from plans.views.safety import SafeFormMixin
from plans.views.updates import ActionUpdateView


class CheckedUpdateView(ActionUpdateView):
    """One action's update beside what there is to ask about it, and what the update raises once saved."""

    template_name = "improvement/action_update.html"

    def questions(self):
        self.plan.board = self.board
        shown = shown_day(self.plan, timezone.localdate(), meetings=self.meetings)
        pk = self.kwargs["pk"]
        findings = findings_of(self.plan, shown, [pk], meetings=self.meetings)
        return Asking(self.access, self.plan, shown, {pk}).questions(findings.open)

    def prepare(self):
        self.asked = {question.finding.basis for question in self.questions()}

    def saved_words(self, form):
        raised = raised_words(form.action_name, new_to(self.asked, self.questions()))
        return format_html("{} {}", super().saved_words(form), raised)

    def get_context_data(self, **kwargs):
        return super().get_context_data(questions=self.questions(), **kwargs)


class MyUpdatesView(PlanMixin, SafeFormMixin, TemplateView):
    permission = Permission.UPDATE
    template_name = "improvement/my_updates.html"
    sent = None

    def get(self, request, *args, **kwargs):
        shown = self.rounds.load(self.page, self.kept_fields) if self.takes_updates else None
        return self.render(shown)

    def prepare(self):
        if self.takes_updates:
            self.facts = self.rounds.prepare(self.request.POST)

    def send(self):
        here = redirect(self.request.get_full_path())
        if not hold_open(self.board):
            return here
        if not self.takes_updates:
            messages.error(self.request, "This plan takes no updates now, so nothing was saved.")
            return here
        self.sent = self.rounds.send(self.request.POST, self.request.POST.get("save", ALL), self.facts)
        return here if self.sent.is_settled else None

    def finish(self, response):
        sent = self.sent
        if sent is None:
            return response
        if sent.is_settled:
            self.rounds.tell(sent)
        else:
            sent = self.rounds.load_again(sent, self.request.POST, self.page)
        if words := result(sent):
            messages.success(self.request, format_html("{} {}", words, raised(sent)))
        elif sent.is_settled:
            messages.info(self.request, "Nothing is changed, so nothing was saved.")
        return response or self.render(sent)

    @property
    def takes_updates(self):
        today = timezone.localdate()
        return self.plan and self.plan.status != PlanStatus.CLOSED and self.plan.as_at(today) == today

    @property
    def live_beside(self):
        """The board's other live plans, each with how many actions the person leads there unfinished."""
        others = [each for each in self.plans if each.status == PlanStatus.LIVE and each != self.plan]
        counts = count_unfinished(others, self.request.user) if others else {}
        return [(each, counts[each.pk]) for each in others if counts[each.pk]]

    @cached_property
    def rounds(self):
        return Rounds(self.access, self.plan)

    @property
    def page(self):
        return self.request.GET.get("page", 1)

    def challenges(self, shown):
        """Those that wait for the person's answer, each with how late it is, the first due first."""
        asked = shown.challenges if shown else challenges_to_answer(self.request.user, self.board)
        today = timezone.localdate()
        return [(each, each.late(today)) for each in sorted(asked, key=lambda each: (each.due, each.pk))]

    def render(self, shown):
        wrong = shown.wrong if shown else []
        return self.render_to_response(
            self.get_context_data(
                plan=self.plan,
                live_beside=self.live_beside,
                round=shown,
                takes_updates=self.takes_updates,
                challenges=self.challenges(shown),
                key=self.rounds.key if self.plan else [],
                wrong=mistakes([row.form for row in wrong]),
                wrong_heading=heading(shown) if wrong else "",
            )
        )
