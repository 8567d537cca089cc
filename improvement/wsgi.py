"""Production. Refuses to start on the settings that let a newcomer try the software."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")
missing = [name for name in REQUIRED if not os.environ.get(name)]
if missing:
    raise ImproperlyConfigured(
        f"Set {', '.join(missing)} in the environment before starting the server. The README says how."
    )

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "improvement.settings")
os.environ["PRODUCTION"] = "1"
application = get_wsgi_application()
