from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from plans.access import Permission
from plans.dates import describe_move
from plans.forms.base import TidyForm
from plans.forms.ids import read_id
from plans.forms.moves import MoveAnswerForm, MovesAnswerForm, says_what_stands
from plans.forms.targets import understood_target
from plans.ledger import days_words
from plans.models import MoveRequest, TargetMove
from plans.services.moves import (
    agree_move,
    decide_moves,
    decided_words,
    drop_move_request,
    is_chair,
    refuse_move,
    standing_words,
)
from plans.views.editing import ActionPage, FormPage
from plans.wording.phrases import moved_words, plural


class MoveRequestPage(ActionPage):
    """Something done with a move that waits; once it is settled the action's page says how."""

    def enter(self):
        requests = MoveRequest.objects.select_related(
            "action__plan__board", "action__area", "step", "by", "decided_by"
        )
        self.asked = get_object_or_404(requests, pk=self.kwargs["pk"], action__plan__board=self.board)
        self.action, self.plan = self.asked.action, self.asked.action.plan

    def get(self, request, *args, **kwargs):
        if not self.asked.is_waiting:
            messages.error(request, decided_words(self.asked))
            return redirect(self.cancel_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        dated = self.asked.step or self.action
        moves = TargetMove.objects.standing().filter(action=self.action, step=self.asked.step)
        earlier = [move.days or 0 for move in moves]
        told = {
            "asked": self.asked,
            "dated": dated,
            "later": days_words(describe_move(dated.target, self.asked.after) or 0),
            "earlier": moved_words(len(earlier), sum(earlier)) if earlier else "",
        }
        return super().get_context_data(**told, **kwargs)


class SentAgainMixin:
    """An answer sent again with something else in it, as after Back: the first stands, and is told."""

    def said_again(self):
        moves, sent = self.answered(), self.request.POST
        if all(says_what_stands(asked, sent) for asked in moves):
            return super().said_again()
        return f"What you sent now was not saved. {standing_words(moves)}"


class MoveRequestView(SentAgainMixin, MoveRequestPage):
    permission = Permission.AGREE_MOVES
    title = "Agree or refuse the move"
    button = "Save the answer"
    template_name = "plans/move_request.html"
    form_class = MoveAnswerForm

    def get_form_kwargs(self):
        chairs = is_chair(self.board, self.request.user)
        told = {"board": self.board, "as_chair": chairs, "asked_on": self.asked.on}
        return super().get_form_kwargs() | told

    def answered(self):
        """As it stands now: another press may have answered it since the page was entered."""
        self.enter()
        return [self.asked]

    def write(self, form):
        data, by = form.cleaned_data, self.request.user
        if data["answer"] == form.AGREE:
            move = agree_move(self.asked, by=by, reason=data["reason"], meeting=data["meeting"])
            dated = move.step or move.action
            return f"The date has moved. {understood_target(move.after, dated._meta.verbose_name)}"
        refuse_move(self.asked, by=by, reason=data["reason"], meeting=data["meeting"])
        return "The move is refused. The date stays as it is, and who asked sees why."


class MoveRequestDropView(MoveRequestPage):
    permission = Permission.VIEW
    title = "Drop the move that you asked for"
    button = "Drop it"
    template_name = "plans/move_request.html"
    form_class = TidyForm

    def enter(self):
        super().enter()
        if self.asked.by_id != self.request.user.pk:
            raise PermissionDenied("drop what somebody else asked for")

    def write(self, form):
        drop_move_request(self.asked, by=self.request.user)
        return "The move is no longer asked for. The date stays as it is."


class MovesAnswerView(SentAgainMixin, FormPage):
    """Several moves answered at once, such as those that an import asked for."""

    permission = Permission.AGREE_MOVES
    title = "Answer several moves of dates"
    button = "Save the answer"
    template_name = "plans/moves_answer.html"
    form_class = MovesAnswerForm

    def enter(self):
        waiting = MoveRequest.objects.decidable().filter(action__plan__board=self.board)
        others = waiting.exclude(by=self.request.user).order_by("on", "id")
        self.waiting = others.select_related("action__plan", "step", "by")
        self.ticks_all = "all" in self.request.GET

    def get_initial(self):
        return {"moves": [asked.pk for asked in self.waiting]} if self.ticks_all else {}

    def cancel_url(self):
        return self.address("sign_off_list")

    def breadcrumbs(self):
        return [("Waiting for a decision", self.cancel_url())]

    def get_form_kwargs(self):
        chairs = is_chair(self.board, self.request.user)
        first = min((asked.on for asked in self.waiting), default=None)
        told = {"board": self.board, "as_chair": chairs, "asked_on": first, "waiting": self.waiting}
        return super().get_form_kwargs() | told

    def answered(self):
        sent = [read_id(pk) for pk in self.request.POST.getlist("moves")]
        moves = MoveRequest.objects.filter(action__plan__board=self.board, pk__in=filter(None, sent))
        return list(moves.select_related("decided_by"))

    def write(self, form):
        data = form.cleaned_data
        moves, agrees = list(data["moves"]), data["answer"] == form.AGREE
        decide_moves(
            moves, by=self.request.user, agree=agrees, reason=data["reason"], meeting=data["meeting"]
        )
        count = plural(len(moves), "move of a date", "moves of dates")
        return f"{count} {'agreed: the dates have moved' if agrees else 'refused: the dates stay'}."
