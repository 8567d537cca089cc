"""A table's cells as a download shows them.

django-tables2's `as_values` works out for each cell anew how to call its column, which for thousands of rows
takes most of the time; here each column is looked up once.
"""

from django.utils.encoding import force_str
from django_tables2 import Column
from django_tables2.utils import signature


def table_values(table):
    """The header, then each row: the same as the table's own `as_values`."""
    columns = [column for column in table.columns.iterall() if not column.column.exclude_from_export]
    yield [force_str(column.header, strings_only=True) for column in columns]
    readers = [_reader(table, column) for column in columns]
    for row in table.rows:
        yield [force_str(read(row), strings_only=True) for read in readers]


def _reader(table, column):
    own = getattr(table, f"value_{column.name}", None)
    if own is None and _is_plain(table, column):
        return _resolved(column, lambda record, value: value)
    if own is not None and signature(own) == (("record",), None):
        return _resolved(column, lambda record, value: own(record))
    return lambda row: row.get_cell_value(column.name)


def _resolved(column, words):
    accessor, empty = column.accessor, column.column.empty_values

    def read(row):
        try:
            value = accessor.resolve(row.record)
        except Exception:  # as the table itself: a column need not stand for an attribute
            value = None
        return None if value in empty else words(row.record, value)

    return read


def _is_plain(table, column):
    """Whether a cell is what its accessor gives."""
    kind = type(column.column)
    made = hasattr(table, f"render_{column.name}") or (kind.value, kind.render) != (
        Column.value,
        Column.render,
    )
    return not made and not _has_choices(table, column)


def _has_choices(table, column):
    field = column.accessor.get_field(getattr(table.data, "model", None))
    return bool(getattr(field, "choices", None))
