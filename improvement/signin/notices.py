"""Emails to a person whose ways to sign in were changed, by themselves or by somebody else."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from improvement.signin.browsers import name_browser
from plans.models import User

log = logging.getLogger("improvement.security")

LAST_CODE = "last recovery code"
# By the names of the library's own emails, whose words are not used.
CHANGES = {
    "account/email/password_changed": "Your password was changed",
    "account/email/password_reset": "A new password was set for your account",
    "account/email/password_set": "A password was set for your account",
    "mfa/email/totp_activated": "An authenticator app was added to your account",
    "mfa/email/totp_deactivated": "The authenticator app was removed from your account",
    "mfa/email/webauthn_added": "A passkey was added to your account",
    "mfa/email/webauthn_removed": "A passkey was removed from your account",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account",
    "socialaccount/email/account_connected": "The council’s sign-in was connected with your account",
    "socialaccount/email/account_disconnected": "The council’s sign-in was disconnected from your account",
    LAST_CODE: "The last recovery code of your account was used",
}


def tell_of_change(request: HttpRequest, user: User, change: str) -> None:
    """`change` is a key of CHANGES. Where the site sends no email nobody is told."""
    if not settings.EMAIL_HOST:
        return
    what = CHANGES.get(change, "Your ways to sign in were changed")
    context = {
        "what": what,
        "person": user,
        "browser": name_browser(request.headers.get("User-Agent", "")),
        "address": settings.SITE_URL + reverse("account_reset_password"),
    }
    words = render_to_string("improvement/sign_in_changed.txt", context)
    try:
        send_mail(f"{what} on Improvement boards", words, None, [user.email])
    except OSError:
        log.warning("the notice of a changed way to sign in was not sent")
