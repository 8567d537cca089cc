"""People at work, each a thread with a session: they read pages, open their updates and save one."""

import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Thread
from urllib.parse import urlencode
from uuid import uuid4

from lxml import html

PATIENCE = 120
SPREAD = 50
OTHERS = b"Somebody else updated this"
LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Person:
    """Who visits: the session's key, and the addresses of a board's pages, those of its plans by turns."""

    number: int
    session: str
    dashboards: tuple[str, ...]
    lists: tuple[str, ...]
    updates: tuple[str, ...]
    plans: tuple[str, ...]


@dataclass
class Told:
    """What came of all visits: seconds by page, what went wrong, and the words of every update saved."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter = field(default_factory=Counter)
    saved: list[str] = field(default_factory=list)
    # Where somebody else who leads the same action was quicker: the page asks which text stands.
    asked_again: int = 0
    took: float = 0.0


@dataclass(frozen=True)
class Bounds:
    """How long people go on, how often at most, and how long each reads before the next page."""

    seconds: float = 90
    rounds: int = 1_000
    pause: float = 0.0


def visit(people: list[Person], port: int, cookie: str, bounds: Bounds) -> Told:
    """All at once until the time is over; each finishes what they have begun."""
    told = Told()
    begun = time.monotonic()
    visitors = [_Visitor(person, port, cookie, told, bounds, begun + bounds.seconds) for person in people]
    threads = [Thread(target=visitor.work) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.took = time.monotonic() - begun
    return told


class _Visitor:
    def __init__(self, person: Person, port: int, cookie: str, told: Told, bounds: Bounds, ends: float):
        self.person, self.port, self.told, self.bounds, self.ends = person, port, told, bounds, ends
        self.cookies = {cookie: person.session}

    def work(self) -> None:
        # People do not all begin in the same moment.
        time.sleep(self.bounds.pause * (self.person.number % SPREAD) / SPREAD)
        for number in count(self.person.number):
            if time.monotonic() >= self.ends or number - self.person.number >= self.bounds.rounds:
                return
            try:
                self._round(number)
            except (OSError, HTTPException) as error:
                self.told.wrong[f"no answer: {type(error).__name__}"] += 1
            except Unexpected as error:
                self.told.wrong[str(error)] += 1

    def _round(self, number: int) -> None:
        """The pages of one plan of the board, the next one's in the next round."""
        person, turn = self.person, number % len(self.person.plans)
        self._open("dashboard", person.dashboards[turn])
        self._open("action list", person.lists[turn])
        page = self._open("my updates", person.updates[turn])
        self._save(person.updates[turn], page, number)
        if number % 4 == 0:
            self._open("plan page", person.plans[turn])

    def _open(self, name: str, url: str) -> bytes:
        status, _, body = self._ask(name, "GET", url)
        if status != 200:
            raise Unexpected(f"{name}: {status}")
        return body

    def _save(self, url: str, page: bytes, number: int) -> None:
        """Changes one of the page's actions and sends the form with all its fields, as a browser does."""
        words, fields = fill_form(page, number)
        status, place, body = self._ask("save an update", "POST", url, urlencode(fields))
        if status == 200 and OTHERS in body:
            self.told.asked_again += 1
            return
        if status != 302:
            raise Unexpected(f"save an update: {status} {_mistakes(body)}")
        self.told.saved.append(words)
        self._open("my updates", place)

    def _ask(self, name: str, method: str, url: str, sent: str | None = None) -> tuple[int, str, bytes]:
        """As a proxy hands it on: with the headers that it sets, and a new connection each time."""
        headers = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": f"192.0.2.{self.person.number % 250 + 1}",
            "Referer": f"https://127.0.0.1:{self.port}{url}",
            "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()),
        }
        if sent:
            headers["Content-Type"] = FORM
        connected = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        begun = time.monotonic()
        try:
            connected.request(method, url, sent, headers)
            response = connected.getresponse()
            body = response.read()
        finally:
            connected.close()
        self.told.seconds.setdefault(name, []).append(time.monotonic() - begun)
        self._keep(response.headers.get_all("Set-Cookie") or ())
        time.sleep(self.bounds.pause)
        return response.status, response.headers.get("Location", ""), body

    def _keep(self, told: list[str]) -> None:
        for cookie in told:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value


def fill_form(page: bytes, number: int) -> tuple[str, list[tuple[str, str]]]:
    """The words of an update of one of the page's actions, and all that a browser would then send."""
    form = next(form for form in html.fromstring(page.decode()).forms if "token" in form.fields)
    rows = [name.removesuffix("-seen") for name in form.fields if name.endswith("-seen")]
    row = rows[number % len(rows)]
    # In letters: a long number would be taken for somebody's.
    words = f"Two more teams have begun. Mark {uuid4().hex[:12].translate(LETTERS)}."
    changed = {f"{row}-happened": words, f"{row}-rating": "on_track", "save": row.removeprefix("a")}
    left = [(name, value) for name, value in form.form_values() if name not in changed]
    return words, [*left, *changed.items()]


def _mistakes(body: bytes) -> str:
    """What the page says is wrong with the form."""
    found = html.fromstring(body.decode()).find_class("govuk-error-summary") if body else []
    return " ".join(" ".join(each.text_content() for each in found).split())


class Unexpected(Exception):
    """An answer that no page of these gives."""
