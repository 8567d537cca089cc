"""What must be said before plans are kept for real: on the settings for trying out nothing starts."""

from collections.abc import Mapping

REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")
SHORTEST_KEY = 32


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
    if "*" in environ["ALLOWED_HOSTS"].split(","):
        told.append("Name the site’s own hosts in ALLOWED_HOSTS: with * links in emails could lead anywhere.")
    return told
