"""The application as served in production, read whole before workers are forked from it."""

from importlib import import_module

from improvement.wsgi import application

import_module("improvement.urls")

__all__ = ["application"]
