import logging
from functools import partial
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from requests import RequestException, Session

from improvement.signin.council import PROVIDER, CouncilProvider, check_nonce
from improvement.signin.notices import tell_of_change
from improvement.signin.own_sessions import end_other_sessions, note_browser
from improvement.signin.single_sign_on import Account, Answer, address_of, decide, is_guest, merge_claims
from plans.models import User
from plans.services.feeds import tokens_in_force

log = logging.getLogger("improvement.security")

PATIENCE = 10
TOKENS_GO_ON = "Programs go on reading your boards with these tokens. Withdraw any that others may know."
NOT_SENT = (
    "The email could not be sent. Try again in a few minutes; if it fails again, tell the site’s staff."
)
NO_EMAIL = "This site sends no email. Ask the site’s staff to set a password for you."
LETS_IN = frozenset({Answer.COME_IN, Answer.TIE})


class ClosedSignupAdapter(DefaultAccountAdapter):
    """People are invited by a board's administrator; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": (
            "Too many attempts to sign in have failed. Wait five minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def authentication_failed(self, request, **credentials):
        """Whose address was tried is not logged: it may be a password typed into the wrong field."""
        log.warning("sign-in failed")
        super().authentication_failed(request, **credentials)

    def post_login(self, request, user, **kwargs):
        log.info("signed in", extra={"user": user.pk})
        note_browser(request)
        return super().post_login(request, user, **kwargs)

    def get_reset_password_from_key_url(self, key):
        """As all links in emails: by the site's own address, whatever host the request named."""
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def send_mail(self, template_prefix, email, context):
        """Whether there is an account or not, whoever asked for an email hears that none goes out."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            log.warning("an email that somebody asked for was not sent")
            messages.error(self.request, NOT_SENT if settings.EMAIL_HOST else NO_EMAIL)
            raise ImmediateHttpResponse(redirect(self.request.get_full_path())) from error

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Called at every change of somebody's ways to sign in: what else they have open ends.

        Any email waits until the change stands, so that no transaction waits for the mail server.
        """
        end_other_sessions(user, self.request.session.session_key)
        transaction.on_commit(partial(tell_of_change, self.request, user, template_prefix))

    def get_password_change_redirect_url(self, request):
        """A new password ends sessions, and no token: who has one is led to where they are withdrawn."""
        if not tokens_in_force().filter(user=request.user).exists():
            return reverse("own_sessions")
        messages.info(request, TOKENS_GO_ON)
        return reverse("feed_tokens")

    def clean_password(self, password, user=None):
        """Who comes by the council's sign-in alone gets no second way in, which would outlive the first."""
        if user and not user.has_usable_password() and SocialAccount.objects.filter(user=user).exists():
            raise ValidationError("You need no password: sign in with your council’s account.")
        return super().clean_password(password, user)


class CouncilAccountAdapter(DefaultSocialAccountAdapter):
    """The council's single sign-on, as the environment describes it; invited people alone come in by it."""

    def list_apps(self, request, provider=None, client_id=None):
        said = settings.SINGLE_SIGN_ON
        if said is None or provider not in (None, PROVIDER, "openid_connect"):
            return []
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=PROVIDER,
                name=said.name,
                client_id=said.client_id,
                secret=said.client_secret,
                settings={"server_url": said.server_url, "oauth_pkce_enabled": True},
            )
        ]

    def get_provider(self, request, provider, client_id=None):
        try:
            app = self.get_app(request, provider=provider, client_id=client_id)
        except SocialApp.DoesNotExist as error:
            raise Http404 from error
        return CouncilProvider(request, app=app)

    def get_requests_session(self):
        return ProviderSession(self.request)

    @transaction.atomic
    def pre_social_login(self, request, sociallogin):
        claims = _claims(sociallogin)
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            answer = _answer_to_connecting(request, claims)
        else:
            answer = self._answer_to_signing_in(request, sociallogin, claims)
        if answer not in LETS_IN:
            refusal = {"answer": answer.name.lower(), "council": settings.SINGLE_SIGN_ON.name}
            raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", refusal, status=403))

    def _answer_to_signing_in(self, request, sociallogin, claims):
        if claims is None:
            return Answer.MIXED
        tenant = settings.SINGLE_SIGN_ON.tenant
        tied = _account(sociallogin.user) if sociallogin.is_existing else None
        invited = None if tied else _invited(address_of(claims, tenant))
        answer = decide(claims, tenant=tenant, tied=tied, invited=invited and _account(invited))
        if answer is Answer.TIE:
            sociallogin.connect(request, invited)
        return answer


class ProviderSession(Session):
    """A provider that does not answer is a failed sign-in, not a failure of this site."""

    def __init__(self, visit):
        super().__init__()
        self.visit = visit

    def request(self, *args, **kwargs):
        try:
            response = super().request(*args, **{"timeout": PATIENCE} | kwargs)
            response.raise_for_status()
        except RequestException as error:
            page = render(self.visit, "socialaccount/authentication_error.html", status=503)
            raise ImmediateHttpResponse(page) from error
        return response


def _claims(sociallogin):
    said = sociallogin.account.extra_data
    id_token = said.get("id_token", {})
    check_nonce(id_token, sociallogin.state)
    return merge_claims(id_token, said.get("userinfo", {}))


def _answer_to_connecting(request, claims):
    """Somebody who is signed in ties their own account: the directory must be the council's all the same."""
    if not request.user.is_authenticated:
        return Answer.SIGNED_OUT
    if claims is None:
        return Answer.MIXED
    if is_guest(claims, settings.SINGLE_SIGN_ON.tenant):
        return Answer.GUEST
    others = SocialAccount.objects.filter(user=request.user, provider=PROVIDER).exclude(uid=claims["sub"])
    return Answer.TIED_TO_ANOTHER if others.exists() else Answer.COME_IN


def _invited(address):
    """Two first sign-ins at the same moment wait for one another here."""
    return User.objects.select_for_update().filter(email__iexact=address).first() if address else None


def _account(user):
    return Account(
        is_active=user.is_active,
        is_tied=SocialAccount.objects.filter(user=user).exists(),
        has_password=user.has_usable_password(),
        has_second_factor=is_mfa_enabled(user),
    )
