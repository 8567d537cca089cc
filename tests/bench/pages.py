"""Pages through Django's test client as a signed-in person, without a browser."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plans.tables import ActionTable
from tests.bench.filling import Ground
from tests.bench.measuring import Figure, measure_page, timed

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def measure_pages(ground: Ground) -> Iterator[Figure]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(ground.person, backend=BACKEND)
    for name, url, query in _pages(ground):
        yield measure_page(ground.actions, name, partial(get_page, client, url, query))
    actions = reverse("plans:action_list", args=[ground.board.slug])
    sort = _slowest_order(client, actions)
    call = partial(get_page, client, actions, {"sort": sort})
    yield measure_page(ground.actions, "action list, slowest order", call, note=sort)


def _pages(ground: Ground) -> Iterator[tuple[str, str, dict]]:
    """Each page's name, address and query."""
    slug = ground.board.slug
    actions = reverse("plans:action_list", args=[slug])
    lead = ground.board.leads.first()
    yield "dashboard", reverse("dashboard", args=[slug]), {}
    yield "action list", actions, {}
    yield "action list, overdue and off track", actions, {"due": "overdue", "rating": "off_track"}
    yield "action list, rating went down", actions, {"changed": "down"}
    yield "questions", reverse("questions", args=[slug]), {}
    yield "changes", reverse("changes", args=[slug]), {}
    yield "slippage", reverse("slippage", args=[slug]), {}
    yield "meeting page", reverse("meeting", args=[slug, ground.meeting.pk]), {}
    yield "action list, a lead's", actions, {"lead": lead.pk}
    yield "action list, words", actions, {"q": "audit school"}
    yield "action page", reverse("action", args=[slug, ground.plan.actions.first().pk]), {}
    yield "area page", reverse("area", args=[slug, ground.plan.areas.first().pk]), {}
    yield "plan page", reverse("plans:plan", args=[slug]), {}
    yield from _past_pages(ground, actions)
    yield "my updates, 20 actions", reverse("my_updates", args=[slug]), {}
    yield "history", reverse("plans:history", args=[slug]), {}
    yield "home", reverse("home"), {}
    yield "action list as .xlsx", actions, {"_export": "xlsx"}
    yield "action list as .csv", actions, {"_export": "csv"}
    yield "plan as .xlsx", reverse("plans:plan_download", args=[slug, ground.plan.pk]), {}


def _past_pages(ground: Ground, actions: str) -> Iterator[tuple[str, str, dict]]:
    """As at a day ten months ago, before half of the updates and moves."""
    slug = ground.board.slug
    day = {"as_at": (timezone.localdate() - timedelta(days=300)).isoformat()}
    area = reverse("area", args=[slug, ground.plan.areas.first().pk])
    yield "dashboard, a past day", reverse("dashboard", args=[slug]), day
    yield "action list, a past day", actions, day
    yield "action list, overdue on a past day", actions, day | {"due": "overdue"}
    yield "area page, a past day", area, day
    yield "plan page, a past day", reverse("plans:plan", args=[slug]), day
    yield "action list as .csv, a past day", actions, day | {"_export": "csv"}


def get_page(client: Client, url: str, query: dict):
    """The page, which has to be one."""
    response = client.get(url, query, follow=True)
    if response.status_code != 200:
        raise RuntimeError(f"{url} answered {response.status_code}")
    return response


def _slowest_order(client: Client, url: str) -> str:
    """The table's column, either way, whose first page takes longest."""
    columns = [name for name, column in ActionTable.base_columns.items() if column.orderable is not False]
    orders = [f"{way}{name}" for name in columns for way in ("", "-")]
    return max(orders, key=lambda order: timed(partial(get_page, client, url, {"sort": order}))[0])
