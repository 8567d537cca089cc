"""A request of 100 MB: refused in a sentence before it is read, while others are served."""

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.held import held
from tests.faults.scene import filled, make_scene, update_url, url
from tests.faults.serving import Person
from tests.pages import text_of

BIG = 100_000_000
# What a worker may gain at most while somebody sends so much.
ROOM = 30_000_000
TOO_MUCH = "That is too much at once What you sent is bigger than 25 MB, so none of it was read"
UNKNOWN = "We cannot tell how much that is"


def memory_of(pid, name="VmHWM"):
    """The most that a process has had in memory, in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


class Long:
    """So many bytes to send, without having them all."""

    def __init__(self, head, size):
        self.head, self.left = head, size - len(head)

    def __len__(self):
        return len(self.head) + self.left

    def read(self, most=-1):
        taken, self.head = self.head[:most], self.head[most:]
        more = min(most - len(taken), self.left)
        self.left -= more
        return taken + b"x" * more


def chunks(long):
    while piece := long.read(65_536):
        yield piece


def field():
    return Long(b"who=me&happened=", BIG), {"Content-Type": "application/x-www-form-urlencoded"}


def upload():
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'
    return Long(head, BIG), {"Content-Type": "multipart/form-data; boundary=edge"}


def without_length(make):
    body, headers = make()
    return chunks(body), headers


CASES = {
    "a field": (field, 413, TOO_MUCH),
    "an upload": (upload, 413, TOO_MUCH),
    "a field without length": (lambda: without_length(field), 411, UNKNOWN),
    "an upload without length": (lambda: without_length(upload), 411, UNKNOWN),
}


@pytest.fixture
def scene(scratch):
    return make_scene()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_is_refused_and_others_are_served(scene, serve, case):
    make, status, words = case
    server = serve(threads=2)
    person, other, path = Person(server, scene.head), Person(server, scene.editor), update_url(scene)
    assert person.get(path).status_code == other.get(path).status_code == 200
    worker, before = server.worker, held()
    had = memory_of(worker)
    body, headers = make()
    with ThreadPoolExecutor(1) as thread:
        sent = thread.submit(person.post, path, body, headers=headers)
        others = [other.get(url(scene.board, "dashboard")).status_code for _ in range(3)]
        answer = sent.result()
    assert (answer.status_code, text_of(answer)[: len(words)]) == (status, words)
    assert "Content-Security-Policy" in answer.headers
    assert (others, held(), server.worker) == ([200] * 3, before, worker)
    gained = memory_of(worker) - had
    print(f"{BIG / 1e6:.0f} MB sent, the worker took {gained / 1e6:.1f} MB more memory at most")
    assert gained < ROOM


def test_it_is_refused_before_it_is_sent(scene, serve):
    """Who only announces so much gets the answer at once."""
    server = serve()
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(
            f"POST {update_url(scene)} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {BIG}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n".encode()
        )
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_form_of_much_text_is_refused_in_a_sentence(scene, serve):
    """Under what a file may have, above what a form may: Django refuses it unread."""
    server = serve()
    person, path = Person(server, scene.head), update_url(scene)
    fields, before = filled(person, path, scene.action.pk, happened="x" * 6_000_000), held()
    answer = person.post(path, fields)
    assert (answer.status_code, held()) == (400, before)
    assert "if you sent a large form or file, send it in smaller parts" in text_of(answer)
