from django.views.generic import ListView
from django_tables2 import SingleTableMixin

from improvement.evidence_list import EvidenceFilter, EvidenceTable, with_uses
from plans.access import Permission
from plans.views.base import BoardMixin


class EvidenceListView(BoardMixin, SingleTableMixin, ListView):
    permission = Permission.VIEW
    template_name = "improvement/evidence_list.html"
    table_class = EvidenceTable
    paginate_by = 50

    def get_queryset(self):
        self.filter = EvidenceFilter(self.request.GET, queryset=with_uses(self.board))
        return self.filter.qs

    def paginate_queryset(self, queryset, page_size):
        """The table pages itself."""
        return None, None, queryset, False

    def get_table_kwargs(self):
        hidden = [] if self.access.may(Permission.EDIT_PLAN) else ["change"]
        return {"board": self.board, "exclude": hidden}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"filter": self.filter, "found": context["table"].paginator.count}
