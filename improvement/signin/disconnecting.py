"""Disconnecting the council's account, also where the council's sign-in is switched off."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.socialaccount import forms
from django.contrib import messages


class DisconnectForm(forms.DisconnectForm):
    def save(self):
        """As the library's own does, which wants the provider of the account first: there may be none now."""
        raise_if_reauthentication_required(self.request, app="allauth.socialaccount")
        self.cleaned_data["account"].delete()
        adapter = get_adapter(self.request)
        adapter.add_message(self.request, messages.INFO, "socialaccount/messages/account_disconnected.txt")
        adapter.send_notification_mail("socialaccount/email/account_disconnected", self.request.user)
