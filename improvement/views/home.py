from collections import Counter
from functools import partial

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from improvement.waiting import boards_waiting
from plans.views.second_factor import has_second_factor


class HomeView(TemplateView):
    """One's only board, or all of one's boards with what waits on each."""

    template_name = "improvement/home.html"

    def get(self, request, *args, **kwargs):
        self.boards = boards_waiting(request.user, timezone.localdate(), partial(has_second_factor, request))
        if len(self.boards) == 1:
            return redirect("dashboard", self.boards[0].board.slug)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        names = Counter(str(each.board) for each in self.boards)
        told = {
            # A copy has its original's council and name.
            "alike": {name for name, number in names.items() if number > 1},
            "boards": [each for each in self.boards if not each.board.closed_on],
            "closed": [each.board for each in self.boards if each.board.closed_on],
        }
        return super().get_context_data(admin_url=reverse("admin:index"), **told, **kwargs)
