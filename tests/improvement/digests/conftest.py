import socket
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller

from tests.improvement.digests.post import PostOffice


@pytest.fixture
def post(settings):
    """A mail server on loopback, by which Django sends."""
    office = PostOffice()
    with taken_port() as port:
        pass
    controller = Controller(office, hostname="127.0.0.1", port=port, ready_timeout=60)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.SITE_URL = "https://plans.example.org"
    yield office
    controller.stop()


@contextmanager
def taken_port():
    """A port at which nobody else can listen meanwhile, and nobody does."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]
