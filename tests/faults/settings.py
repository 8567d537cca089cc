"""The settings of production, for servers that tests start without TLS and end as they please."""

from improvement.settings import *  # noqa: F403
from improvement.settings import DATABASES, MIDDLEWARE, STORAGES

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sessionid", "csrftoken"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = ["tests.faults.dying.DyingMiddleware", *MIDDLEWARE]
# Each request opens the database anew, so that one that goes away is away at once.
DATABASES["default"]["CONN_MAX_AGE"] = 0
HEALTH_FREE_BYTES = 1
