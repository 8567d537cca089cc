"""Measures imports and pages as plans grow: `make bench`. No part of the suite."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "improvement.settings")
# The server takes this process's key, and in production none that everybody knows.
os.environ.setdefault("SECRET_KEY", "thirty-two characters or more, of the bench alone")
django.setup()
