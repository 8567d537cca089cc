"""What a page says once after a form was sent, under a cookie's name that no other host can write."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    cookie_name = settings.MESSAGES_COOKIE_NAME


class MessageStorage(FallbackStorage):
    """In a cookie where it is short, else in the session."""

    storage_classes = (HostCookieStorage, SessionStorage)
