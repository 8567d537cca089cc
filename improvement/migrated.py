from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """App and name of each migration of the software; read once, since it changes with a restart alone."""
    return frozenset(MigrationLoader(None).graph.nodes)


def applied_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationRecorder(connection).applied_migrations())


def unapplied_migrations() -> frozenset[tuple[str, str]]:
    return known_migrations() - applied_migrations()
