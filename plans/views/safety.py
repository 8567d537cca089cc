from functools import cached_property

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import redirect

from plans.forms.ids import read_id
from plans.services.safety import (
    forget_kept_form,
    keep_form,
    kept_forms_of,
    lead_to,
    new_token,
    read_signature,
    sign_person,
    spend_token,
)
from plans.views.unsaved import sent_fields


class KeptFormMixin:
    """A form of which nothing typed is lost where the session ends; says on its page what was kept of it."""

    def turned_back(self, request):
        """The answer to what is not to be acted on; None for what is."""
        if forget := request.POST.get("forget", ""):
            forget_kept_form(request.user, read_id(forget) or 0)
            messages.info(request, "What was kept is thrown away.")
        elif not self._is_anothers(request):
            return None
        return redirect(request.get_full_path())

    def _is_anothers(self, request):
        signed = request.POST.get("who", "")
        said = read_signature(signed)
        if said is None or said[0] == request.user.pk:
            return False
        kept = keep_form(signed, sent_fields(request))
        then = "What they wrote is kept for them" if kept else "What they wrote is too long to be kept"
        messages.warning(request, f"Somebody else had opened this page. {then}; nothing was saved.")
        return True

    def forget_kept(self):
        kept = read_id(self.request.POST.get("kept", ""))
        if kept is not None:
            forget_kept_form(self.request.user, kept)

    @cached_property
    def kept(self):
        """What was sent to this very page without a session, the newest; and what a sent form came from."""
        here = self.request.get_full_path()
        return next((kept for kept in self.all_kept if kept.path == here), None)

    @cached_property
    def all_kept(self):
        return kept_forms_of(self.request.user, self.request.path)

    @property
    def kept_fields(self):
        """The kept form as if it were sent now, or None."""
        if self.kept is None:
            return None
        fields = QueryDict(mutable=True)
        for name, values in self.kept.fields.items():
            fields.setlist(name, values)
        return fields

    def get_context_data(self, **context):
        here = self.request.get_full_path()
        return super().get_context_data(
            who=sign_person(self.request.user, here),
            kept=self.kept,
            offers_kept=self.kept is not None and self.request.method != "POST",
            kept_elsewhere=[kept for kept in self.all_kept if kept.path != here],
            **context,
        )


class SafeFormMixin(KeptFormMixin):
    """A form that is sent once and never lost; `send()` saves it and gives the page or a redirect.

    Others wait while it does: what can be read before goes into `prepare()`, what is told after it into
    `finish()`.
    """

    def post(self, request, *args, **kwargs):
        if back := self.turned_back(request):
            return back
        self.prepare()
        return self.finish(self._send_once(request, request.get_full_path()))

    def prepare(self):
        """Reads what needs no lock."""

    def form_invalid(self, form):
        """Its page is made in `finish`."""
        self.refused = form

    def finish(self, response):
        """The answer, from what `send` gave; None for a form that was refused."""
        return response or self.render_to_response(self.get_context_data(form=self.refused))

    @transaction.atomic
    def _send_once(self, request, here):
        token = request.POST.get("token") or new_token()
        earlier = spend_token(token)
        if earlier and earlier.url:
            messages.info(request, self.said_again())
            return redirect(earlier.url)
        response = self.send()
        if isinstance(response, HttpResponseRedirect):
            self.forget_kept()
            lead_to(token, response.url)
        return response

    def said_again(self):
        """What is told of a form that was sent before, perhaps with something else in it."""
        return "You had sent this already: it was saved once."

    def get_context_data(self, **context):
        return super().get_context_data(token=new_token(), **context)
