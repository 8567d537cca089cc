from collections.abc import Iterable
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

OWN = frozenset({"plans", "impact", "audits"})


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """App and name of each migration of the software; read once, since it changes with a restart alone."""
    return frozenset(MigrationLoader(None).graph.nodes)


def applied_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationRecorder(connection).applied_migrations())


def unapplied_migrations() -> frozenset[tuple[str, str]]:
    return known_migrations() - applied_migrations()


def is_up_to_date() -> bool:
    """Neither older than the software nor made by a later one; other packages may forget old migrations."""
    known, applied = known_migrations(), applied_migrations()
    return known <= applied and not any(app in OWN for app, _ in applied - known)


def apart_from(theirs: Iterable[Iterable[str]]) -> str:
    """How a database with these migrations differs from this one, in words; "" where it does not."""
    there, here = {(app, name) for app, name in theirs}, applied_migrations()
    apart = [f"{app} {name} is applied only there" for app, name in sorted(there - here)]
    apart += [f"{app} {name} is applied only here" for app, name in sorted(here - there)]
    more = f", and {len(apart) - 3} more" if len(apart) > 3 else ""
    return ", ".join(apart[:3]) + more
