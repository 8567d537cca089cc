"""Two requests at the very same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from plans.models import Role
from plans.services.people import set_holders
from tests.factories import make_member
from tests.improvement.rounds import FEBRUARY

pytestmark = pytest.mark.django_db(transaction=True)


def send_together(url, *requests):
    """Sends (client, fields) pairs at once, each on a thread and connection of its own."""
    return send_together_to(*((client, url, fields) for client, fields in requests))


def send_together_to(*requests):
    """Sends (client, address, fields) at once, each on a thread and connection of its own."""
    start = Barrier(len(requests))

    def send(client, url, fields):
        try:
            start.wait()
            return client.post(url, fields).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(requests)) as threads:
        return [answer.result() for answer in [threads.submit(send, *request) for request in requests]]


def client_of(user):
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_a_form_sent_twice_at_once_is_saved_once(scene):
    fields = scene.filled(a1={"happened": "One"}) | {"save": "all"}
    twice = [(client_of(scene.head), fields), (client_of(scene.head), fields)]
    assert send_together(scene.url, *twice) == [302, 302]
    assert scene.said(1) == [("on_track", "One", ""), FEBRUARY]


def test_of_two_people_at_once_one_is_saved_and_the_other_is_asked(scene):
    other = make_member(scene.board, Role.LEAD)
    set_holders(scene.lead, [scene.head, other], by=None)
    mine = scene.filled(a1={"happened": "One"}) | {"save": "all"}
    theirs = mine | {"token": "another-token", "who": "", f"a{scene.actions[0].pk}-happened": "Two"}
    answers = send_together(scene.url, (client_of(scene.head), mine), (client_of(other), theirs))
    assert sorted(answers) == [200, 302]
    assert len(scene.said(1)) == 2
