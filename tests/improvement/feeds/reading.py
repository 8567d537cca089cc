"""Reads feeds as programs do: with a token and without a session."""

import csv
import io
import json
from base64 import b64encode

from django.test import Client
from django.urls import reverse

from plans.services.feeds import make_token

HARMLESS = tuple("=+-@＝＋－＠")


def token_of(user, name="Power BI", *, days=90, second_step=False):
    return make_token(user, name, days=days, second_step=second_step)[1]


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def basic(email, token):
    return {"Authorization": f"Basic {b64encode(f'{email}:{token}'.encode()).decode()}"}


def address(board, data_set="actions", form="json", **query):
    return reverse("feed_data", args=[board.slug, data_set, form], query=query or None)


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


class Reader:
    """One person's program."""

    def __init__(self, user):
        self.web, self.headers = Client(), bearer(token_of(user, f"Reader of {user.pk}"))

    def get(self, board, data_set="actions", form="json", **query):
        return self.web.get(address(board, data_set, form, **query), headers=self.headers)

    def told(self, board, data_set="actions", **query):
        """The whole answer as JSON."""
        response = self.get(board, data_set, **query)
        assert response.status_code == 200, body_of(response)
        return json.loads(body_of(response))

    def rows(self, board, data_set="actions", **query):
        return self.told(board, data_set, **query)["rows"]

    def csv(self, board, data_set="actions", **query):
        """The header and the rows."""
        content = body_of(self.get(board, data_set, "csv", **query))
        assert content.startswith(b"\xef\xbb\xbf")
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        return header, rows


def as_csv(value):
    """What a value of the JSON is in a cell."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value)
    return f"'{text}" if isinstance(value, str) and text.lstrip(" \n").startswith(HARMLESS) else text
