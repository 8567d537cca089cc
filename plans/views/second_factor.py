"""A board may ask everybody for a second step at sign-in: who has none is led to set one up."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect

from plans.services.safety import keep_form
from plans.views.unsaved import sent_fields

ONWARD = "second_factor_for"
KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def lacks_second_factor(request, board):
    """Whether the board asks for more than this person has shown; asks the database only where it does."""
    return board.requires_second_factor and not has_second_factor(request)


def has_second_factor(request):
    return came_by_a_strict_provider(request) or is_mfa_enabled(request.user, KINDS)


def came_by_a_strict_provider(request):
    """Whether the council's own sign-in, which asks for a second step itself, opened this session."""
    if not provider_is_strict():
        return False
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "socialaccount" for record in records)


def provider_is_strict():
    return settings.SINGLE_SIGN_ON is not None and settings.SINGLE_SIGN_ON.has_second_factor


def keeps_second_factor(user):
    """Whether the account still has one, asked where no session says how the person came."""
    by_provider = provider_is_strict() and SocialAccount.objects.filter(user=user).exists()
    return by_provider or is_mfa_enabled(user, KINDS)


def lead_to_second_factor(request):
    """What was sent is kept; the page to come back to waits in the session."""
    kept = request.method == "POST" and keep_form(request.POST.get("who", ""), sent_fields(request))
    if kept:
        messages.warning(request, "What you wrote is kept for a day: you find it when you come back.")
    request.session[ONWARD] = kept.path if kept else request.get_full_path()
    return redirect("mfa_index")
