"""New ids for the rows of a copy, in their order and nobody else's."""

from django.db import connection
from django.db.models import Max, Model


def new_ids(model: type[Model], count: int) -> list[int]:
    """Ids that no row has, has had or will have, ascending."""
    if not count:
        return []
    find = _from_sequence if connection.vendor == "postgresql" else _behind_the_last
    return find(model, count)


def _from_sequence(model: type[Model], count: int) -> list[int]:
    """Each only once, also while others write."""
    table, column = connection.ops.quote_name(model._meta.db_table), model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, column, count],
        )
        return sorted(number for (number,) in cursor.fetchall())


def _behind_the_last(model: type[Model], count: int) -> list[int]:
    """SQLite lets one write at a time; the last id given is remembered for rows that never stand."""
    table = model._meta.db_table
    stored = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        first = max(stored, found[0] if found else 0) + 1
        if found is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [table])
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [first + count - 1, table])
    return list(range(first, first + count))
