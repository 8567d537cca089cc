"""The application as served in production, read whole before workers are forked from it."""

from importlib import import_module

try:
    from improvement.wsgi import application

    import_module("improvement.urls")
except ImportError as error:
    # Whoever reads ahead passes over an ImportError, and each server would read anew.
    raise RuntimeError("The application cannot be read.") from error

__all__ = ["application"]
