"""Undoing an import while somebody else begins to use what it made."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from plans.models import Holding, Lead
from plans.services.people import set_holders
from tests.importing import bring_in
from tests.plans.undoing.taking_back import FIRST, undo

pytestmark = pytest.mark.django_db(transaction=True)


def hold(lead, user):
    """Whether the lead could be given to the person; "waits" while another transaction keeps it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
        set_holders(lead, [user], by=user)
        return "held"
    except OperationalError:
        return "waits"
    finally:
        connection.close()


def test_nobody_is_given_a_lead_that_is_about_to_go(board, editor):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    imported, answers = bring_in(board, FIRST), []
    lead = Lead.objects.get()

    def at_the_first_delete(execute, sql, *args):
        if sql.startswith("DELETE") and not answers:
            with ThreadPoolExecutor(1) as threads:
                answers.append(threads.submit(hold, lead, editor).result())
        return execute(sql, *args)

    with connection.execute_wrapper(at_the_first_delete):
        undo(imported)
    assert (answers, Lead.objects.count(), Holding.objects.count()) == (["waits"], 0, 0)
    assert not Holding.history.exists()
