from django.shortcuts import get_object_or_404

from plans.access import Permission, enter
from plans.forms.ids import read_id


class BoardMixin:
    """Passes the gate before anything else; then `self.access`, `self.board` and `request.access` stand."""

    permission: Permission

    def dispatch(self, request, *args, **kwargs):
        self.access = request.access = enter(request.user, kwargs["board"], self.permission)
        self.board = self.access.board
        self.enter()
        return super().dispatch(request, *args, **kwargs)

    def enter(self):
        """What a view looks up once the gate is passed."""

    def get_context_data(self, **kwargs):
        """The board itself, where a template view would pass on its slug from the address."""
        return super().get_context_data(**kwargs | {"board": self.board})


class PlanMixin(BoardMixin):
    """One plan at a time: the one in the address (`?plan=7`), else the board's newest live one, else None."""

    def enter(self):
        plans = self.board.plans.newest_first()
        wanted = self.request.GET.get("plan", "")
        if wanted:
            self.plan = get_object_or_404(plans, pk=read_id(wanted))
        else:
            self.plan = plans.first()
