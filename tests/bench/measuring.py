"""Times of a call, its queries, and caches emptied before it."""

import gc
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import _lru_cache_wrapper
from statistics import median
from time import perf_counter, process_time

from django.core.cache import cache
from django.db import connection

RUNS = 5
# Slow calls are repeated fewer times, so that a whole run stays within minutes.
ENOUGH_SECONDS = 6


@dataclass
class Figure:
    """Seconds, queries and bytes of one thing done at one size."""

    size: int
    name: str
    seconds: float
    first: float | None = None
    queries: int | None = None
    bytes: int | None = None
    # Of this process: others on the machine do not count, nor does a server of a database.
    cpu: float | None = None
    times_floor: float | None = None
    note: str = ""

    def as_json(self) -> dict:
        return {name: value for name, value in asdict(self).items() if value not in (None, "")}


def empty_caches() -> None:
    """Django's cache and what the project's own functions remember."""
    cache.clear()
    for found in gc.get_objects():
        if type(found) is _lru_cache_wrapper and _is_ours(found):
            found.cache_clear()


def _is_ours(function) -> bool:
    return (getattr(function, "__module__", None) or "").startswith(("plans.", "improvement."))


def timed(call: Callable) -> tuple[float, object]:
    """Seconds and what came of it; rubbish of earlier calls is not on its account."""
    gc.collect()
    start = perf_counter()
    found = call()
    return perf_counter() - start, found


def count_queries(call: Callable) -> tuple[int, object]:
    # Django's own log of queries holds no more than nine thousand.
    number = 0

    def counted(execute, *query):
        nonlocal number
        number += 1
        return execute(*query)

    with connection.execute_wrapper(counted):
        found = call()
    return number, found


def repeated(call: Callable) -> list[float]:
    """The seconds of up to five runs."""
    seconds: list[float] = []
    while len(seconds) < RUNS and sum(seconds) < ENOUGH_SECONDS:
        seconds.append(timed(call)[0])
    return seconds


def measure_page(size: int, name: str, call: Callable, note: str = "") -> Figure:
    """The first answer with empty caches and a new connection, then the median of those that follow.

    `cpu` is what these took of the processor.
    """
    empty_caches()
    connection.close()
    first, (queries, response) = timed(lambda: count_queries(call))
    cpu: list[float] = []
    seconds = [first] if first >= ENOUGH_SECONDS else repeated(lambda: cpu.append(_cpu_of(call)))
    figure = Figure(size, name, median(seconds), first, queries, len(response.content), note=note)
    figure.cpu = median(cpu) if cpu else None
    return figure


def _cpu_of(call: Callable) -> float:
    began = process_time()
    call()
    return process_time() - began


def refresh_statistics() -> None:
    """What PostgreSQL does by itself within minutes; SQLite never does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
