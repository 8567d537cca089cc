"""One settings file. Everything that differs between places comes from the environment."""

import os
import tempfile
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from improvement.production import TRIAL_KEY, listed, what_is_missing, whole_number
from improvement.signin.provider_settings import read_single_sign_on

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = os.environ.get("PRODUCTION") == "1"
if PRODUCTION and (missing := what_is_missing(os.environ)):
    raise ImproperlyConfigured(" ".join(missing))
DEBUG = os.environ.get("DEBUG") == "1" and not PRODUCTION
SECRET_KEY = os.environ.get("SECRET_KEY") or TRIAL_KEY
# Keys of before: what they signed or sealed still counts.
SECRET_KEY_FALLBACKS = listed(os.environ.get("SECRET_KEY_FALLBACKS", ""))
ALLOWED_HOSTS = listed(os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]"))
CSRF_TRUSTED_ORIGINS = listed(os.environ.get("TRUSTED_ORIGINS", ""))

INSTALLED_APPS = [
    "plans",
    "impact",
    "audits",
    "improvement",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_tables2",
    "simple_history",
]

MIDDLEWARE = [
    "improvement.logs.RequestLogMiddleware",
    "improvement.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "improvement.middleware.SizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "improvement.middleware.RoomMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "improvement.middleware.IdleMiddleware",
    "improvement.middleware.KeepPostsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

CSRF_FAILURE_VIEW = "improvement.views.refused.csrf_failure"

ROOT_URLCONF = "improvement.urls"

TEMPLATE_LOADERS = [
    "improvement.trimming.TrimmingLoader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "improvement.context.board",
                "improvement.context.demonstration",
            ],
            "builtins": ["plans.templatetags.components", "plans.templatetags.wording"],
        },
    },
]
FORM_RENDERER = "improvement.rendering.GovukRenderer"
DJANGO_TABLES2_TEMPLATE = "components/table.html"

# IMMEDIATE and WAL let several people write to SQLite at once; never together with ATOMIC_REQUESTS.
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{BASE_DIR / 'improvement.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
    # A file, since the threads of a live server cannot share one connection to memory.
    DATABASES["default"]["TEST"] = {
        "NAME": Path(tempfile.gettempdir()) / f"improvement-test-{os.getpid()}.sqlite3"
    }
# Opens backups and closes them; a file may be given instead.
BACKUP_KEY = os.environ.get("BACKUP_KEY", "")
# Where `move_database` moves everything; no argument, since everybody on the machine can read those.
NEW_DATABASE_URL = os.environ.get("NEW_DATABASE_URL", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "plans.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "improvement.signin.passwords.PlaceWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "improvement.signin.adapters.ClosedSignupAdapter"
ACCOUNT_FORMS = {
    "change_password": "improvement.signin.password_forms.ChangeForm",
    "reset_password_from_key": "improvement.signin.password_forms.ResetKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# The council's own single sign-on: None where the environment says nothing of it.
SINGLE_SIGN_ON = read_single_sign_on(os.environ)
SOCIALACCOUNT_ADAPTER = "improvement.signin.adapters.CouncilAccountAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_FORMS = {"disconnect": "improvement.signin.disconnecting.DisconnectForm"}
MFA_ADAPTER = "improvement.signin.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "improvement.signin.second_factor.PasskeyForm",
    "authenticate": "improvement.signin.second_factor.CodeForm",
    "reauthenticate": "improvement.signin.second_factor.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Improvement boards"
# Addresses are not confirmed by email: whoever has an account was invited.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Passkeys need TLS but on one's own machine, where the address must be localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# Secrets of second steps are sealed under the first of these; any may open them.
MFA_KEYS = [*listed(os.environ.get("MFA_KEY", "")), SECRET_KEY, *SECRET_KEY_FALLBACKS]
# Whether pages for the site's staff ask for a second step; the environment may say "0" or "1".
STAFF_SECOND_FACTOR = os.environ.get("STAFF_SECOND_FACTOR", "1" if PRODUCTION else "0") == "1"
# Links in invitations and to a new password, each good for one use.
# Django's own notes no address elsewhere than in the account, so that one which was changed opens nothing.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
SESSION_ENGINE = "improvement.signin.sessions"
SESSION_IDLE_MINUTES = whole_number(os.environ, "SESSION_IDLE_MINUTES", 60)
SESSION_COOKIE_AGE = SESSION_IDLE_MINUTES * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Then also who has never paused signs in again.
SESSION_LONGEST_HOURS = whole_number(os.environ, "SESSION_LONGEST_HOURS", 12)
MESSAGE_STORAGE = "improvement.messages.MessageStorage"
MESSAGES_COOKIE_NAME = "__Host-messages" if PRODUCTION else "messages"
# The limits on sign-in count here, so that all processes share one count.
# Above so many entries live ones are deleted as well, and with them limits that are in force.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
# The demonstration's users are named on the sign-in page; never set where real plans are kept.
DEMONSTRATION = os.environ.get("DEMONSTRATION") == "1" and not PRODUCTION

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "improvement.staticfiles.PackageFileFinder",
]
PACKAGE_STATIC = [("plotly", "package_data", ["plotly.min.js"], "vendor/plotly")]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # Browsers hold a form to this even where the answer leads on to another site.
        "form-action": [SELF, *(SINGLE_SIGN_ON.origins if SINGLE_SIGN_ON else ())],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION:
    # Browsers then take these from this very host alone, not from a neighbour in its domain.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SECURE_SSL_REDIRECT = PRODUCTION
# The proxy and a monitor ask on the machine itself, without TLS; feeds refuse who shows a token without it.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^boards/[^/]+/feed/."]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
# Preloading is for who owns the whole domain to decide, not for one service in it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if os.environ.get("BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
elif PRODUCTION:
    EMAIL_BACKEND = "improvement.no_mail.NoMail"
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_PORT = whole_number(os.environ, "EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_TLS") == "1"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "improvement@localhost")
# Whom people write to about the site, on its accessibility statement; else it names their administrators.
CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "")
# Where the links in emails lead.
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")

IMPORT_MAX_BYTES = whole_number(os.environ, "IMPORT_MAX_BYTES", 20_000_000)
EVIDENCE_MAX_BYTES = whole_number(os.environ, "EVIDENCE_MAX_BYTES", 10_000_000)
IMPORT_MAX_ROWS = whole_number(os.environ, "IMPORT_MAX_ROWS", 20_000)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# The whole of a form's text; uploaded files are not counted.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
# The largest file with a form around it; the proxy's own limit stands above it.
REQUEST_MAX_BYTES = max(IMPORT_MAX_BYTES, EVIDENCE_MAX_BYTES) + DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "improvement.uploads.RoomyFileHandler",
]

# With less room on the disk /healthz says that all is not well.
HEALTH_FREE_BYTES = whole_number(os.environ, "HEALTH_FREE_BYTES", 500_000_000, least=0)

if PRODUCTION:
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "improvement.logs.JsonFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            # Every request has its own line; here only those that failed.
            "django.request": {"level": "ERROR"},
            "improvement": {"level": "INFO"},
            # What the server says of requests in its workers, so that it quotes none.
            "gunicorn.error": {"handlers": ["stderr"], "propagate": False},
        },
    }

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
