"""The council's own sign-in (OpenID Connect) as the environment describes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

ENTRA = "https://login.microsoftonline.com/{tenant}/v2.0"
NAMES = ("OIDC_TENANT", "OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class SingleSignOn:
    """`tenant` is the one directory whose people may come, "" where the server is no Entra.

    `origins` are where the sign-in page's button may lead; `has_second_factor` says that the provider asks
    everybody for one.
    """

    server_url: str
    tenant: str
    client_id: str
    client_secret: str
    name: str
    origins: tuple[str, ...]
    has_second_factor: bool


def read_single_sign_on(environ: Mapping[str, str]) -> SingleSignOn | None:
    """None where nothing is set; raises ImproperlyConfigured where only part of it is, or it is unsafe."""
    tenant, server, client_id, secret = (environ.get(name, "").strip() for name in NAMES)
    if not any((tenant, server, client_id, secret)):
        return None
    if not (client_id and secret and (tenant or server)):
        raise ImproperlyConfigured(
            "Set OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_TENANT (or OIDC_SERVER_URL) together, or none."
        )
    tenant = _one_tenant(tenant)
    server = _safe(server or ENTRA.format(tenant=tenant))
    further = environ.get("OIDC_ORIGINS", "").split(",")
    return SingleSignOn(
        server_url=server,
        tenant=tenant,
        client_id=client_id,
        client_secret=secret,
        name=environ.get("OIDC_NAME", "").strip() or "your council’s account",
        origins=(_origin(server), *(_safe(each.strip()) for each in further if each.strip())),
        has_second_factor=environ.get("OIDC_SECOND_FACTOR") == "1",
    )


def _one_tenant(tenant: str) -> str:
    """“common” or a domain's name would let in people of other directories."""
    if not tenant:
        return ""
    try:
        return str(UUID(tenant))
    except ValueError:
        raise ImproperlyConfigured(
            "OIDC_TENANT must be your directory's own id, such as 11111111-2222-3333-4444-555555555555."
        ) from None


def _safe(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return url.rstrip("/")
    raise ImproperlyConfigured(f"{url} must begin with https://, or anybody on the way could sign in.")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
