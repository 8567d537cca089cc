"""Nothing sent twice counts twice, and nothing sent after a session has ended is lost."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone

from plans.models import KeptForm, SpentToken, User

SALT = "plans.kept-form"
SIGNED_FOR = timedelta(days=7)
KEPT_FOR = timedelta(days=1)
TOKENS_KEPT_FOR = timedelta(days=30)
MOST_KEPT = 5
MOST_CHARACTERS = 1_000_000
LONGEST_TOKEN = 64
LONGEST_URL = 500
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "token", "who"})


def new_token() -> str:
    """A form's one-time token, for its hidden field."""
    return secrets.token_urlsafe(24)


@transaction.atomic(savepoint=False)
def spend_token(token: str, url: str = "") -> SpentToken | None:
    """Spends a form's token: None for the first press, else the row that the first press left.

    `url` is where the first press leads. Call it inside the transaction that does the work, so that a
    second press waits for the first and a failed first press spends nothing.
    """
    purge()
    spent, first = SpentToken.objects.get_or_create(token=_storable(token), defaults={"url": _short(url)})
    return None if first else spent


def lead_to(token: str, url: str) -> None:
    """Says where a spent token's first press led, once that is known."""
    SpentToken.objects.filter(token=_storable(token)).update(url=_short(url))


def _storable(token: str) -> str:
    """What anybody may have written as a token, as PostgreSQL takes it too."""
    return token.replace("\0", "")[:LONGEST_TOKEN]


def _short(url: str) -> str:
    """The address, without its query string where it would be too long for its column."""
    return url if len(url) <= LONGEST_URL else url.partition("?")[0][:LONGEST_URL]


def sign_person(user: User, path: str) -> str:
    """What a form carries to say whose it is and which page it is on; proves nothing else."""
    return signing.dumps({"user": user.pk, "path": path}, salt=SALT)


def read_signature(signed: str) -> tuple[int, str] | None:
    """The (user id, path) that `sign_person` signed within the last week, else None."""
    try:
        said = signing.loads(signed, salt=SALT, max_age=SIGNED_FOR)
    except signing.BadSignature:
        return None
    return said["user"], said["path"]


@transaction.atomic
def keep_form(signed: str, fields: Mapping[str, Sequence[str]]) -> KeptForm | None:
    """Keeps what was sent for the person that `signed` names, for a day; does nothing else.

    `fields` maps names to lists of values. None where the signature is false or old, or the form too big.
    """
    said = read_signature(signed)
    kept = {
        name.replace("\0", ""): [value.replace("\0", "") for value in values]
        for name, values in fields.items()
        if name not in NOT_KEPT
    }
    size = sum(len(value) for values in kept.values() for value in values)
    if said is None or size > MOST_CHARACTERS or len(said[1]) > LONGEST_URL:
        return None
    user = User.objects.filter(pk=said[0], is_active=True).first()
    return user and _keep(user, said[1], kept)


def _keep(user: User, path: str, fields: dict) -> KeptForm:
    """The same words sent again are kept once; beyond the most, the oldest make room."""
    purge()
    for earlier in user.kept_forms.filter(path=path):
        if earlier.fields == fields:
            earlier.delete()
    form = KeptForm.objects.create(user=user, path=path, fields=fields)
    stays = list(user.kept_forms.values_list("pk", flat=True)[:MOST_KEPT])
    user.kept_forms.exclude(pk__in=stays).delete()
    return form


def kept_forms_of(user: User, address: str) -> list[KeptForm]:
    """What is kept for this person of the page at `address`, whatever its query string; the newest first."""
    since = timezone.now() - KEPT_FOR
    kept = user.kept_forms.filter(path__startswith=address, kept_at__gte=since)
    return [form for form in kept if form.path.partition("?")[0] == address]


def forget_kept_form(user: User, pk: int) -> None:
    """Throws away a kept form of this person; another's stays untouched."""
    user.kept_forms.filter(pk=pk).delete()


def purge(now: datetime | None = None) -> None:
    """Removes kept forms after a day and spent tokens after a month."""
    now = now or timezone.now()
    KeptForm.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
    SpentToken.objects.filter(spent_at__lt=now - TOKENS_KEPT_FOR).delete()
