from django.views.generic import TemplateView

from plans.access import Permission
from plans.forms.history import HistoryFilter
from plans.history import board_changes
from plans.models import Action
from plans.views.base import BoardMixin


class HistoryView(BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "plans/history.html"
    wings = ()

    def get_context_data(self, **kwargs):
        actions = Action.objects.filter(plan__board=self.board).select_related("plan__board")
        chosen = HistoryFilter(self.request.GET, board=self.board, actions=actions, wings=self.wings)
        choice = chosen.chosen()
        page = board_changes(self.board, page=self.request.GET.get("page", 1), wings=self.wings, **choice)
        return super().get_context_data(filter=chosen, page=page, action=choice["action"], **kwargs)
