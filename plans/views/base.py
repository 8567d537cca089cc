from copy import copy

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property

from plans.access import BoardClosed, Permission, enter
from plans.forms.as_at import AsAtForm
from plans.forms.ids import read_id
from plans.standing import shown_day
from plans.views.second_factor import lacks_second_factor, lead_to_second_factor
from plans.views.unsaved import sent_with

READING = ("GET", "HEAD", "OPTIONS")


class BoardMixin:
    """Passes the gate before anything else; then `self.access`, `self.board` and `request.access` stand."""

    permission: Permission
    # A page with nothing to read on it but a form.
    only_writes = False
    plan = None

    def dispatch(self, request, *args, **kwargs):
        is_refused = not self.pass_gate(request, kwargs["board"])
        if missing := self.second_step_missing():
            return missing
        if is_refused:
            return self.refuse_closed(request)
        self.enter()
        return super().dispatch(request, *args, **kwargs)

    def pass_gate(self, request, slug):
        """False where only the board's being closed stands in the way."""
        writes, is_open = self.only_writes or request.method not in READING, True
        try:
            access = enter(request.user, slug, self.permission, writes=writes)
        except BoardClosed as closed:
            access, is_open = closed.access, False
        self.access = request.access = access
        self.board = access.board
        return is_open

    def refuse_closed(self, request):
        """Gives back what somebody was typing while the board was closed."""
        return render(request, "plans/closed.html", {"board": self.board} | sent_with(request), status=403)

    def second_step_missing(self):
        """The answer to whoever has not shown the second step that the board asks for; None lets them in."""
        lacks = lacks_second_factor(self.request, self.board)
        return lead_to_second_factor(self.request) if lacks else None

    def enter(self):
        """What a view looks up once the gate is passed."""

    @cached_property
    def meetings(self):
        """The board's meetings that were not cancelled, the first first."""
        return list(self.board.meetings.standing())

    @cached_property
    def as_at_form(self):
        return AsAtForm(self.request.GET, plan=self.plan, today=timezone.localdate(), meetings=self.meetings)

    @cached_property
    def shown(self):
        """The day shown: the one asked for (`?as_at=2026-03-30`), else today or the plan's end."""
        chosen = self.as_at_form.chosen
        return shown_day(self.plan, timezone.localdate(), chosen=chosen, meetings=self.meetings)

    def get_context_data(self, **kwargs):
        """The board itself, where a template view would pass on its slug from the address."""
        return super().get_context_data(**kwargs | {"board": self.board})


class AsAtMixin:
    """A page that can be seen as at a day (`?as_at=2026-03-30`); stands before BoardMixin.

    On a past day nothing can be edited, so the templates are told that the person may do nothing.
    """

    def get(self, request, *args, **kwargs):
        """A day typed, in the form or in the address, goes into the address as every link writes it."""
        query = request.GET.copy()
        chosen = self.as_at_form.chosen
        written = [chosen.isoformat()] if chosen else []
        if self.as_at_form.is_valid() and ("day" in query or query.getlist("as_at") != written):
            for name in ("as_at", "day"):
                query.pop(name, None)
            query.setlist("as_at", written)
            return redirect(f"{request.path}?{query.urlencode()}")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        form, self.request.shown = self.as_at_form, self.shown
        form.offer(self.shown)
        context = super().get_context_data(**kwargs) | {"shown": self.shown, "as_at_form": form}
        context |= {"form": form} if form.errors else {}
        return context | ({"may": {}} if self.shown.is_past else {})

    @property
    def address_of_now(self):
        query = self.request.GET.copy()
        for name in ("as_at", "day", "_export"):
            query.pop(name, None)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    @property
    def kept_in_the_address(self):
        """What else the address says, for the form that asks for another day."""
        lists = self.request.GET.lists()
        left = ("as_at", "day", "page", "_export")
        return [(name, value) for name, values in lists if name not in left for value in values]


class PlanMixin(BoardMixin):
    """One plan at a time: the one in the address (`?plan=7`), else the one that ran on the day asked for,
    else the board's newest live one, else None.

    `self.plans` are all of the board's that are shown, in this order.
    """

    def enter(self):
        self.plans = list(self.board.plans.newest_first(self.day_asked))
        chosen = self.choose(self.request.GET.get("plan", ""))
        # A copy: a past day gives the plan its title of then.
        self.plan = copy(chosen) if chosen else None

    def choose(self, wanted):
        if not wanted:
            return first(self.plans)
        pk = read_id(wanted)
        if found := first(plan for plan in self.plans if plan.pk == pk):
            return found
        raise Http404("No such plan")

    @cached_property
    def day_asked(self):
        """The day that the address asks for; None on a page of today."""
        return AsAtForm(self.request.GET, plan=None, today=timezone.localdate(), meetings=[]).chosen


def first(plans):
    return next(iter(plans), None)
