"""Tokens with which a program reads in a person's name: made, found again by their digest, withdrawn."""

import hashlib
import logging
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from plans.models import FeedToken, User
from plans.models.ordering import Alphabetical

log = logging.getLogger("plans.feeds")
# By this whoever scans for secrets knows one.
PREFIX = "feed_"
LONGEST_TOKEN = 100
LASTS: Collection[int] = (30, 90, 365)
MOST_IN_FORCE = 20
USE_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def make_token(user: User, name: str, *, days: int, second_step: bool) -> tuple[FeedToken, str]:
    """A token and its words, which are kept nowhere: show them once. Raises ValidationError.

    `second_step` says whether it is made in a session that boards with a second step let in.
    """
    # Two presses of the button wait for one another here.
    User.objects.select_for_update().get(pk=user.pk)
    _check(user, name, days)
    words, now = PREFIX + secrets.token_urlsafe(32), timezone.now()
    token = FeedToken(user=user, name=name, digest=digest_of(words), second_step=second_step)
    token.made_at, token.ends_at = now, now + timedelta(days)
    token.full_clean()
    token.save()
    return token, words


def _check(user: User, name: str, days: int) -> None:
    if days not in LASTS:
        raise ValidationError({"days": "Choose one of the times in the list."})
    standing = user.feed_tokens.filter(in_force(timezone.now()))
    if standing.filter(name=name).exists():
        raise ValidationError(
            {"name": "You have a token of this name. Withdraw that one or change the name."}
        )
    if standing.count() >= MOST_IN_FORCE:
        raise ValidationError(f"You have {MOST_IN_FORCE} tokens. Withdraw one that is not needed first.")


def tell_of_token(token: FeedToken, address: str) -> None:
    """Somebody else at the person's desk may have made it: they hear of it where the site sends email.

    `address` is that of the page where it can be withdrawn.
    """
    if not settings.EMAIL_HOST:
        return
    words = render_to_string("plans/feed_token.txt", {"token": token, "address": address})
    try:
        send_mail("A data feed token was made in your name", words, None, [token.user.email])
    except OSError:
        log.warning("the notice of a new data feed token was not sent")


def digest_of(words: str) -> str:
    """A token has 256 random bits, so a plain digest can't be turned back."""
    return hashlib.sha256(words.encode()).hexdigest()


def in_force(now: datetime) -> Q:
    """Tokens that let somebody in: neither withdrawn nor ended, of a person with an open account."""
    return Q(withdrawn_at__isnull=True, ends_at__gt=now, user__is_active=True)


def find_token(words: str, email: str | None = None) -> FeedToken | None:
    """The token in force with these words, and where an email address is given, of that person."""
    if not words.startswith(PREFIX) or len(words) > LONGEST_TOKEN:
        return None
    tokens = FeedToken.objects.filter(in_force(timezone.now()), digest=digest_of(words))
    if email is not None:
        tokens = tokens.filter(user__email__iexact=email)
    return tokens.select_related("user").first()


def note_use(token: FeedToken) -> None:
    """A program that reads many data sets at once costs one write."""
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        FeedToken.objects.filter(pk=token.pk).update(last_used_at=now)


def withdraw_token(token: FeedToken) -> None:
    """From now on it lets nobody in; it stays in its person's list."""
    FeedToken.objects.filter(pk=token.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())


def tokens_in_force() -> QuerySet[FeedToken]:
    return FeedToken.objects.filter(in_force(timezone.now())).order_by(Alphabetical("name"), "pk")
