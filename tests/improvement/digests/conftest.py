import socket

import pytest
from aiosmtpd.controller import Controller

from tests.improvement.digests.post import PostOffice


@pytest.fixture
def post(settings):
    """A mail server on loopback, by which Django sends."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.SITE_URL = "https://plans.example.org"
    yield office
    controller.stop()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
