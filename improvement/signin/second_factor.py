"""Second factors in the site's own words."""

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.conf import settings
from django.core.exceptions import ValidationError

from improvement.signin.notices import LAST_CODE, tell_of_change
from plans.sealing import SealError, seal, unseal


class KeyLost(ValidationError):
    """The site's key was changed; a form says so, and a page shows nothing where the codes would be."""

    silent_variable_failure = True

    def __init__(self):
        super().__init__(
            "Your second step can no longer be checked here. Ask the site’s staff to take it away."
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is wrong or too old. Enter the one that your app shows now.",
        "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first.",
    }

    def encrypt(self, text):
        return seal(text, settings.MFA_KEYS)

    def decrypt(self, encrypted_text):
        try:
            return unseal(encrypted_text, settings.MFA_KEYS)
        except SealError as error:
            raise KeyLost from error

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {number + 1}"


class PasskeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name of the passkey"
        self.fields["name"].help_text = "For example, the device that it is on."
        self.fields["passwordless"].label = "Let me sign in with this passkey alone"
        self.fields["passwordless"].help_text = "The device then asks for your finger, face or PIN."
        self.fields["credential"].error_messages["required"] = (
            "Your device gave no passkey. Press “Add the passkey” and follow what it says."
        )


class LastCodeMixin:
    """Who has used up their recovery codes hears of it: somebody else may have been at it."""

    def save(self):
        super().save()
        if self.authenticator.type != Authenticator.Type.RECOVERY_CODES:
            return
        self.authenticator.refresh_from_db()
        if not self.authenticator.wrap().get_unused_codes():
            tell_of_change(context.request, self.user, LAST_CODE)


class CodeForm(LastCodeMixin, AuthenticateForm):
    pass


class CodeAgainForm(LastCodeMixin, ReauthenticateForm):
    pass
