"""Production. Refuses to start on the settings that let a newcomer try the software."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "improvement.settings")
os.environ["PRODUCTION"] = "1"
application = get_wsgi_application()
