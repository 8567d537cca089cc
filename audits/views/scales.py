from django.urls import reverse
from django.views.generic import ListView

from plans.access import Permission
from plans.views.base import BoardMixin


class ScaleListView(BoardMixin, ListView):
    permission = Permission.MANAGE_AUDITS
    template_name = "audits/scale_list.html"
    context_object_name = "scales"

    def get_queryset(self):
        return self.board.grade_scales.prefetch_related("grades", "audits")

    def get_context_data(self, **kwargs):
        crumbs = [("Audits", reverse("audits:board", args=[self.board.slug]))]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)
