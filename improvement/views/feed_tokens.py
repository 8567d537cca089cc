"""A person's own tokens for data feeds."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from plans.forms.base import TidyForm
from plans.forms.feeds import FeedTokenForm
from plans.models import Board
from plans.services.feeds import make_token, tell_of_token, withdraw_token
from plans.views.editing import show_refusal
from plans.views.safety import SafeFormMixin
from plans.views.second_factor import has_second_factor, keeps_second_factor

HEADS = ("What reads with it", "Made", "Last used", "Ends", "Second step", "Withdraw")


# Whoever finds a desk left alone gets no token from it: making one asks again who it is.
@method_decorator([never_cache, reauthentication_required(allow_get=True)], name="dispatch")
class FeedTokensView(SafeFormMixin, FormView):
    """Makes tokens and lists them; the words of a new one are on the answer to its making alone."""

    template_name = "improvement/feed_tokens.html"
    form_class = FeedTokenForm

    def send(self):
        return FormView.post(self, self.request)

    def form_valid(self, form):
        user, has_step = self.request.user, has_second_factor(self.request)
        try:
            token, words = make_token(user, **form.cleaned_data, second_step=has_step)
        except ValidationError as error:
            show_refusal(form, error)
            return self.form_invalid(form)
        tell_of_token(token, settings.SITE_URL + reverse("feed_tokens"))
        context = {"made": token, "words": words, "boards": self.boards()}
        return render(self.request, "improvement/feed_token_made.html", context)

    def boards(self):
        return Board.objects.filter(memberships__user=self.request.user)

    def get_context_data(self, **kwargs):
        context = {"tokens": self.request.user.feed_tokens.all(), "heads": HEADS, "now": timezone.now()}
        context |= {"boards": self.boards(), "has_step": has_second_factor(self.request)}
        context |= {"keeps_step": keeps_second_factor(self.request.user)}
        return super().get_context_data(**context, **kwargs)


class FeedTokenWithdraw(SafeFormMixin, FormView):
    template_name = "improvement/feed_token_withdraw.html"
    form_class = TidyForm

    def send(self):
        token = self.found()
        withdraw_token(token)
        messages.success(self.request, f"“{token.name}” reads nothing any more.")
        return redirect("feed_tokens")

    def found(self):
        return get_object_or_404(self.request.user.feed_tokens, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(feed_token=self.found(), **kwargs)
