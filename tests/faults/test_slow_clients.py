"""Clients that are slow on purpose or on a bad line, without the proxy that would keep them off."""

import socket
from contextlib import ExitStack

import pytest

from tests.faults.scene import make_scene, update_url, url
from tests.faults.serving import Person, until
from tests.pages import fields_of

THREADS = 4
HOST = "Host: 127.0.0.1\r\n"


@pytest.fixture
def scene(scratch):
    return make_scene()


@pytest.fixture
def server(serve):
    """With the command line of docs/running.md, but for one worker."""
    return serve(threads=THREADS)


@pytest.fixture
def lines(server):
    """Opens connections that say this much and no more."""
    with ExitStack() as stack:

        def call(words, count):
            opened = []
            for _ in range(count):
                line = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=30))
                line.sendall(words.encode())
                opened.append(line)
            return opened

        yield call


def is_served(person, scene):
    page = person.get(update_url(scene))
    fields = fields_of(page, "token") | {f"a{scene.action.pk}-happened": "The panel met."}
    return [page.status_code, person.post(update_url(scene), fields).status_code] == [200, 302]


SLOW = {
    "headers": "GET / HTTP/1.1\r\nHost: 127",
    "a body": f"POST /account/login/ HTTP/1.1\r\n{HOST}Content-Length: 1000\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin=",
}


@pytest.mark.parametrize("words", SLOW.values(), ids=SLOW)
def test_others_are_served_while_a_thread_is_left(scene, server, lines, words):
    person = Person(server, scene.head)
    lines(words, THREADS - 1)
    assert is_served(person, scene)


def test_those_who_say_nothing_take_no_thread(scene, server, lines):
    """For longer than five seconds: then they are put aside until they do."""
    person = Person(server, scene.head)
    lines("", THREADS)
    assert is_served(person, scene)


def test_those_who_do_not_read_their_answers(scene, server, lines):
    """An answer fits into what the system keeps for a line, so that no thread waits for a reader."""
    person = Person(server, scene.head)
    path = url(scene.board, "dashboard")
    cookie = f"Cookie: sessionid={person.browser.cookies['sessionid']}\r\n"
    lines(f"GET {path} HTTP/1.1\r\n{HOST}{cookie}\r\n", THREADS * 2)
    assert is_served(person, scene)


def test_a_thread_comes_back_when_its_slow_client_goes(scene, server, lines):
    person = Person(server, scene.head)
    opened = lines(SLOW["headers"], THREADS)
    for line in opened:
        line.close()
    assert until(lambda: is_served(person, scene))
