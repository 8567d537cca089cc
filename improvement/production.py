"""What must be said before plans are kept for real: on the settings for trying out nothing starts."""

import re
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")
SHORTEST_KEY = 32
# Everybody can read this one.
TRIAL_KEY = "for-trying-out-on-one-machine-only"
# One that is kept: without a file SQLite forgets all at the end of the process.
DATABASE = re.compile(r"sqlite:///+[^/:].*|postgres(ql)?://.+")
SITE = re.compile(r"https://[^/?#\s]+.*")


def what_is_missing(environ: Mapping[str, str]) -> list[str]:
    """Sentences on what to set before anything starts; none where all is well."""
    missing = [name for name in REQUIRED if not environ.get(name, "").strip()]
    if missing:
        return [
            f"Set {', '.join(missing)} in the environment before starting the server. The README says how."
        ]
    told = []
    if len(environ["SECRET_KEY"]) < SHORTEST_KEY:
        told.append(f"Make SECRET_KEY at least {SHORTEST_KEY} characters long: openssl rand -hex 32")
    if TRIAL_KEY in _keys(environ):
        told.append("Make a SECRET_KEY of your own: everybody can read the one for trying out.")
    if {"*", "."} & {*listed(environ["ALLOWED_HOSTS"])}:
        told.append("Name the site’s own hosts in ALLOWED_HOSTS: with * links in emails could lead anywhere.")
    if not DATABASE.fullmatch(environ["DATABASE_URL"]):
        told.append("Begin DATABASE_URL with sqlite:/// or postgres:// and the address of your database.")
    if environ.get("EMAIL_HOST") and not SITE.fullmatch(environ.get("SITE_URL", "")):
        told.append("Set SITE_URL to the site’s own https:// address: links in emails lead there.")
    return told


def _keys(environ: Mapping[str, str]) -> list[str]:
    further = (environ.get(name, "") for name in ("SECRET_KEY_FALLBACKS", "MFA_KEY"))
    return [environ["SECRET_KEY"], *(key for keys in further for key in listed(keys))]


def listed(words: str) -> list[str]:
    """What stands between commas, without the spaces around."""
    return [each.strip() for each in words.split(",") if each.strip()]


def whole_number(environ: Mapping[str, str], name: str, usual: int, *, least: int = 1) -> int:
    """`usual` where nothing is set; raises ImproperlyConfigured for what is no such number."""
    words = environ.get(name, "").strip()
    if not words:
        return usual
    if not words.isascii() or not words.isdigit() or int(words) < least:
        raise ImproperlyConfigured(f"Write {name} as a whole number from {least} up, such as {usual}.")
    return int(words)
