from django.core.paginator import Paginator
from django.http import Http404
from django.utils.text import slugify
from django.views.generic import TemplateView

from improvement.asking import Asking
from improvement.checking import findings_of
from improvement.question_list import HEADERS, QuestionList
from plans.access import Permission
from plans.history.answers import answers_on
from plans.history.then import PlanThen
from plans.spreadsheets.writing import Table, write_csv, write_xlsx
from plans.views.base import AsAtMixin, PlanMixin
from plans.views.downloads import TYPES, file_response

PER_PAGE = 50


class QuestionsView(AsAtMixin, PlanMixin, TemplateView):
    """What the board should ask: ratings that argue back, and what was accepted."""

    permission = Permission.VIEW
    template_name = "improvement/questions.html"

    def enter(self):
        super().enter()
        self.export = self.request.GET.get("_export", "")
        if self.export and (self.export not in TYPES or self.plan is None):
            raise Http404("No such download")

    def get_context_data(self, **kwargs):
        context = {"plan": self.plan, "plans": self.plans}
        if self.plan is not None:
            self.plan.board = self.board
            asked = self.asked()
            page = Paginator(asked.of_actions, PER_PAGE).get_page(self.request.GET.get("page", 1))
            context |= {"asked": asked, "page": page}
            context["groups"] = [] if self.export else asked.action_groups(page.object_list)
        return super().get_context_data(**kwargs) | context

    def asked(self):
        then = PlanThen(self.plan, self.shown)
        answers = answers_on(self.board, self.shown.past_day)
        known = {"key": list(then.key.values()), "meetings": self.meetings, "answers": answers}
        asking = Asking(self.access, self.plan, self.shown)
        return QuestionList(
            then, findings_of(self.plan, self.shown, **known), asking, self.request.GET, answers
        )

    def render_to_response(self, context, **kwargs):
        if not self.export:
            return super().render_to_response(context, **kwargs)
        table = Table("Questions", HEADERS, list(context["asked"].rows()))
        content = write_xlsx([table]) if self.export == "xlsx" else write_csv(table)
        name = slugify(f"{self.plan.title} questions {self.shown.day:%Y-%m-%d}")
        return file_response(content, name, self.export)
