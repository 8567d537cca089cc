from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone

from plans.access import Permission
from plans.forms.challenges import AnswerForm, ChallengeForm, CloseChallengeForm, ReopenChallengeForm
from plans.models import Challenge
from plans.services.challenges import (
    answer_challenge,
    close_challenge,
    edit_challenge,
    raise_challenge,
    reopen_challenge,
)
from plans.views.editing import ActionPage, AreaPage, FormPage


class RaiseMixin:
    """A question about something; a subclass says about what, and who is to answer unless told."""

    permission = Permission.CHALLENGE
    title = "Challenge this"
    button = "Ask"
    form_class = ChallengeForm
    template_name = "plans/challenge_new.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Challenge(board=self.board), "board": self.board}

    def get_initial(self):
        tomorrow = timezone.localdate() + timedelta(days=1)
        coming = self.board.meetings.coming(tomorrow).first()
        return {"owner": self.answerable(), "due": coming and coming.on}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        self.challenge = self.ask(by=self.request.user, **fields)
        return f"{self.challenge.owner} is asked. It comes back at each meeting until it is closed."

    def get_success_url(self):
        return self.address("challenge", self.challenge.pk)


class ActionChallengeView(RaiseMixin, ActionPage):
    def answerable(self):
        link = self.action.action_leads.filter(accountable=True).first()
        return link and link.lead_id

    def ask(self, **fields):
        return raise_challenge(self.board, action=self.action, **fields)


class AreaChallengeView(RaiseMixin, AreaPage):
    def answerable(self):
        return None

    def ask(self, **fields):
        return raise_challenge(self.board, area=self.area, **fields)

    def cancel_url(self):
        return self.address("area", self.area.pk)


class ChallengePage(FormPage):
    """A form about one challenge, for those who may answer it or else for those who may close it."""

    permission = Permission.CHALLENGE

    def enter(self):
        challenges = Challenge.objects.select_related("board", "owner")
        self.challenge = get_object_or_404(challenges, board=self.board, pk=self.kwargs["pk"])
        if not self.allowed():
            raise PermissionDenied

    def allowed(self):
        return self.access.may_close(self.challenge)

    def cancel_url(self):
        return self.address("challenge", self.challenge.pk)

    def breadcrumbs(self):
        return [("Challenges", self.address("challenge_list")), ("Challenge", self.cancel_url())]

    def get_context_data(self, **kwargs):
        return super().get_context_data(caption=self.challenge.question, challenge=self.challenge, **kwargs)


class ChallengeEditView(ChallengePage):
    title = "Edit the challenge"
    form_class = ChallengeForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.challenge, "board": self.board}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        edit_challenge(self.challenge, by=self.request.user, **fields)
        return "The challenge is saved."


class ChallengeAnswerView(ChallengePage):
    permission = Permission.VIEW
    title = "Answer the challenge"
    button = "Answer"
    form_class = AnswerForm
    template_name = "plans/challenge_form.html"

    def allowed(self):
        return self.access.may_answer(self.challenge)

    def write(self, form):
        answer_challenge(self.challenge, by=self.request.user, text=form.cleaned_data["text"])
        return "Your answer is saved. The challenge comes back at the next meeting until it is closed."


class ChallengeCloseView(ChallengePage):
    title = "Close the challenge"
    form_class = CloseChallengeForm
    button = "Close"
    template_name = "plans/challenge_form.html"

    def get_form_kwargs(self):
        is_own = self.challenge.raised_by_id == self.request.user.pk
        return super().get_form_kwargs() | {"is_own": is_own}

    def write(self, form):
        close_challenge(self.challenge, by=self.request.user, **form.cleaned_data)
        return "The challenge is closed."


class ChallengeReopenView(ChallengePage):
    title = "Open the challenge again"
    button = "Open it again"
    form_class = ReopenChallengeForm

    def write(self, form):
        reopen_challenge(self.challenge, by=self.request.user, reason=form.cleaned_data["reason"])
        return "The challenge is open again. It comes back at each meeting until it is closed."
