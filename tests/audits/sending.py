"""A form of the audits wing, filled in and sent as a browser does."""

from django.urls import reverse

from plans.models import Role
from tests.factories import make_member
from tests.pages import fields_of


def send(signed_in, board, page, /, *args, by=None, query="", **changed):
    """Fills a form as a browser does, and sends it."""
    client = signed_in(by or make_member(board, Role.EDITOR))
    address = reverse(f"audits:{page}", args=[board.slug, *args]) + query
    return client.post(address, fields_of(client.get(address), "token") | changed, follow=True)
