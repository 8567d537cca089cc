"""A council at work: the same pages at one board and at all, then many people at once on a real server."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from statistics import quantiles
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from plans.models import Plan, ProgressUpdate
from tests.bench.council import Council, fill_council_board
from tests.bench.filling import Ground
from tests.bench.measuring import Figure, count_queries, measure_page, refresh_statistics, timed
from tests.bench.pages import BACKEND, get_page
from tests.bench.serving import Server
from tests.bench.visiting import FORM, Bounds, Person, Told, fill_form, visit
from tests.bench.weighing import BUDGET, weigh


@dataclass
class Load:
    """All that a run found; people read each page for `pause` seconds."""

    council: Council
    boards: list[Ground]
    pause: float = 0
    told: Told | None = None
    queries: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    strangers: int = 0
    weight: dict[str, int] = field(default_factory=dict)
    cpu_seconds: float = 0.0
    megabytes: list[int] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """No error, and every update that was saved is there, once."""
        return not (self.told.wrong or self.lost or self.twice or self.strangers or self.complaints)


def fill_and_grow(council: Council, show: Callable[[Figure], None]) -> Load:
    """Fills the council and shows the times of the first board's pages, while it is alone and among all."""
    boards: list[Ground] = []
    seconds = 0.0
    for number in range(council.boards):
        took, board = timed(partial(fill_council_board, council, number))
        seconds += took
        boards.append(board)
        if len(boards) in {1, council.boards}:
            refresh_statistics()
            for figure in _pages_of(boards[0], len(boards)):
                show(figure)
    show(Figure(council.boards, "filling the council", seconds))
    return Load(council, boards)


def _pages_of(ground: Ground, boards: int) -> Iterator[Figure]:
    client = _client_of(ground)
    for name, url in pages_of(ground, ground.plan):
        yield measure_page(boards, name, partial(get_page, client, url, {}))


def pages_of(ground: Ground, plan: Plan) -> list[tuple[str, str]]:
    """The name and the address of each page that people read here."""
    args = [ground.board.slug]
    action = plan.actions.first()
    return [
        ("dashboard", f"{reverse('dashboard', args=args)}?plan={plan.pk}"),
        ("action list", f"{reverse('plans:action_list', args=args)}?plan={plan.pk}"),
        ("my updates", f"{reverse('my_updates', args=args)}?plan={plan.pk}"),
        ("plan page", f"{reverse('plans:plan', args=args)}?plan={plan.pk}"),
        ("action page", reverse("action", args=[*args, action.pk])),
        ("measures", reverse("impact:measure_list", args=args)),
        ("home", reverse("home")),
    ]


def work(filled: Load, server: Server, bounds: Bounds) -> Load:
    """People at work on a real server, and what is in the database afterwards; printed and returned."""
    load = Load(filled.council, filled.boards, bounds.pause)
    before = ProgressUpdate.objects.count()
    load.weight = _weight(server, load.boards[0])
    visitors = [_visitor(number, *seat) for number, seat in enumerate(_seats(load))]
    began = server.cpu_seconds
    load.told = visit(visitors, server.port, server.cookie, bounds)
    load.cpu_seconds = server.cpu_seconds - began
    load.megabytes, load.complaints = server.megabytes, server.complaints
    _look_for_the_saved(load, before)
    load.queries = dict(_queries(load.boards[0]))
    print(*lines(load), sep="\n", flush=True)
    return load


def _seats(load: Load) -> list[tuple]:
    seats = [(board, person) for board in load.boards for person in board.people]
    return seats[: load.council.people]


def _visitor(number: int, board: Ground, user) -> Person:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend=BACKEND)
    pages = [dict(pages_of(board, plan)) for plan in board.board.plans.all()]
    return Person(
        number,
        client.session.session_key,
        *(
            tuple(each[name] for each in pages)
            for name in ("dashboard", "action list", "my updates", "plan page")
        ),
    )


def _look_for_the_saved(load: Load, before: int) -> None:
    """Every update that was said to be saved is there once, and no other was added."""
    found = Counter(
        ProgressUpdate.objects.order_by("-pk").values_list("happened", flat=True)[: _many(before)]
    )
    load.lost = [words for words in load.told.saved if not found[words]]
    load.twice = [words for words in load.told.saved if found[words] > 1]
    load.strangers = _many(before) - len(load.told.saved)


def _many(before: int) -> int:
    return ProgressUpdate.objects.count() - before


def _queries(ground: Ground) -> Iterator[tuple[str, int]]:
    client = _client_of(ground)
    for name, url in pages_of(ground, ground.plan):
        queries, page = count_queries(partial(get_page, client, url, {}))
        yield name, queries
        if name == "my updates":
            sent = urlencode(fill_form(page.content, 0)[1])
            yield "save an update", count_queries(partial(client.post, url, sent, content_type=FORM))[0]


def _weight(server: Server, ground: Ground) -> dict[str, int]:
    session = _client_of(ground).session.session_key
    return weigh(server, dict(pages_of(ground, ground.plan))["dashboard"], session)


def _client_of(ground: Ground) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(ground.person, backend=BACKEND)
    return client


def lines(load: Load) -> Iterator[str]:
    """What the run found, in words and as a table."""
    told, weight = load.told, load.weight
    yield load.council.words
    people = f"{load.council.people} people at once read each page for {load.pause:g} s"
    yield f"{people}; {told.took:.0f} s in all"
    yield "page             requests a second   p50 s   p95 s   p99 s   max s queries"
    for page, seconds in told.seconds.items():
        yield _line(page, seconds, told.took, load.queries.get(page))
    yield _line("all", [each for page in told.seconds.values() for each in page], told.took, None)
    yield f"errors: {sum(told.wrong.values())} {dict(told.wrong) or ''}, logged {len(load.complaints)}"
    yield (
        f"updates: {len(told.saved)} saved, {len(load.lost)} lost, {len(load.twice)} twice, "
        f"{load.strangers} by nobody, {told.asked_again} asked which text stands"
    )
    yield (
        f"workers: {load.cpu_seconds:.0f} s of processor time, at most {load.megabytes} MB; "
        f"load average {', '.join(f'{each:.1f}' for each in os.getloadavg())}"
    )
    yield (
        f"a dashboard: {weight['html']:,} bytes of HTML ({weight['html.gz']:,} as gzip), "
        f"{weight['css']:,} of CSS, {weight['js']:,} of script, "
        f"{weight['requests']} requests, {weight['elsewhere']} to other hosts; at most {BUDGET}"
    )


def _line(page: str, seconds: list[float], took: float, queries: int | None) -> str:
    cuts = quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else seconds * 99
    numbers = (f"{each:7.3f}" for each in (cuts[49], cuts[94], cuts[98], max(seconds)))
    return f"{page:16} {len(seconds):8,} {len(seconds) / took:8.1f} {' '.join(numbers)} {queries or '':>7}"
