"""Opening, filling and sending the pages of forms as a browser would."""

from django.urls import reverse

from tests.pages import fields_of


def url(board, name, *args, **query):
    words = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"plans:{name}", args=[board.slug, *args]) + (f"?{words}" if words else "")


def fill(client, address, **changes):
    """Opens a page, changes fields of its form and sends it as a browser would."""
    fields = fields_of(client.get(address), "token") | changes
    return client.post(address, {name: value for name, value in fields.items() if value is not None})


def errors_of(response):
    assert response.status_code == 200
    return response.context["form"].errors


def messages_of(response):
    return [str(message) for message in response.wsgi_request._messages]
