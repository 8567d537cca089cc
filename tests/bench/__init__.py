"""Measures imports and pages as plans grow: `make bench`. No part of the suite."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "improvement.settings")
django.setup()
