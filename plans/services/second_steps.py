"""The secrets of second steps at sign-in, sealed under the site's key."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from plans.sealing import SealError, seal, unseal

SECRETS = ("secret", "seed")


@transaction.atomic
def reseal_second_steps() -> tuple[int, int]:
    """Seals every secret under the newest key; gives how many were sealed and how many no key opens."""
    rows = Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN)
    outcomes = [_reseal(row) for row in rows]
    return outcomes.count(True), outcomes.count(False)


def _reseal(row: Authenticator) -> bool:
    try:
        texts = {name: unseal(row.data[name], settings.MFA_KEYS) for name in SECRETS if name in row.data}
    except SealError:
        return False
    row.data |= {name: seal(text, settings.MFA_KEYS) for name, text in texts.items()}
    row.save(update_fields=["data"])
    return True
