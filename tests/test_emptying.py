"""How the tables are emptied after a test of transactions, on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from plans.models import Board
from tests.factories import make_board

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")


def flush():
    call_command("flush", interactive=False, reset_sequences=False, inhibit_post_migrate=True)


def leave_open(written, done):
    """Writes a board in a transaction that ends when it is told to."""
    try:
        with transaction.atomic():
            make_board()
            written.set()
            done.wait(60)
    finally:
        written.set()
        connection.close()


def test_a_transaction_that_is_left_open_is_waited_for():
    written, done = Event(), Event()
    with ThreadPoolExecutor(1) as threads:
        left = threads.submit(leave_open, written, done)
        written.wait()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '300ms'")
            with pytest.raises(CommandError):
                flush()
        finally:
            done.set()
            connection.close()
        left.result()
    assert Board.objects.count() == 1
    flush()
    assert Board.objects.count() == 0


def test_numbers_start_anew_where_that_is_asked():
    statements = connection.ops.sql_flush(no_style(), ["plans_board"], reset_sequences=True)
    assert statements == ['TRUNCATE "plans_board" RESTART IDENTITY;']


def test_no_tables_take_no_statement():
    assert connection.ops.sql_flush(no_style(), []) == []
