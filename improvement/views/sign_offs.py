from django.utils import timezone
from django.views.generic import TemplateView

from improvement.request_queue import Queue
from plans.access import Permission
from plans.views.base import BoardMixin


class SignOffListView(BoardMixin, TemplateView):
    """Every member sees what waits; who may decide gets there in one click."""

    permission = Permission.VIEW
    template_name = "improvement/sign_off_list.html"

    def get_context_data(self, **kwargs):
        queue = Queue(self.access, timezone.localdate())
        return super().get_context_data(queue=queue, **kwargs)
