"""What somebody new is sent: a link that works once and for some days, to choose a password."""

import smtplib

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from plans.models import Membership, User

DAY = 24 * 60 * 60


def needs_invitation(user: User) -> bool:
    """Whether there is no way yet in which this person can sign in."""
    if user.has_usable_password():
        return False
    ways = (SocialAccount.objects.filter(user=user), Authenticator.objects.filter(user=user))
    return not any(way.exists() for way in ways)


def password_path(user: User) -> str:
    """The address, without the site's, where this person alone may choose a password, once."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return path.replace("UID-KEY", key)


def send_invitation(member: Membership, *, by: User) -> None:
    """Raises ValidationError where the mail server does not take it."""
    told = {
        "member": member,
        "by": by,
        "link": settings.SITE_URL + password_path(member.user),
        "days": settings.PASSWORD_RESET_TIMEOUT // DAY,
        "sign_in": settings.SITE_URL + reverse("account_login"),
        "again": settings.SITE_URL + reverse("account_reset_password"),
        "council": settings.SINGLE_SIGN_ON and settings.SINGLE_SIGN_ON.name,
    }
    subject = " ".join(f"{member.board.council}: you are invited to the {member.board.name}".split())
    try:
        send_mail(subject, render_to_string("plans/invitation.txt", told), None, [member.user.email])
    except (OSError, smtplib.SMTPException) as error:
        words = "The invitation could not be sent, so nobody was added. Try again in a few minutes."
        raise ValidationError(words) from error
