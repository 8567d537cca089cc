import json
from threading import Thread

import pytest
from django.db import connection, transaction

from improvement.backups.writing import backup_lines
from tests.factories import make_action, make_area, make_board, make_plan, make_update

pytestmark = pytest.mark.django_db(transaction=True)


def write(area):
    """An action and its update in one transaction, on a connection of its own."""
    with transaction.atomic():
        make_update(make_action(area, "Answer every call"))
    connection.close()


def in_a_thread(work, *args):
    thread = Thread(target=work, args=args)
    thread.start()
    thread.join(15)
    assert not thread.is_alive(), "the writer had to wait for the backup"


def counted(lines):
    models = json.loads(lines[-1])["models"]
    return models["plans.Action"]["rows"], models["plans.ProgressUpdate"]["rows"]


def test_a_backup_tells_of_one_moment_and_lets_others_write():
    area = make_area(make_plan(make_board()))
    in_a_thread(write, area)
    slow = backup_lines()
    lines = [next(slow), next(slow)]
    in_a_thread(write, area)
    for line in slow:
        lines.append(line)
        if len(lines) % 40 == 0:
            in_a_thread(write, area)
    assert counted(lines) == (1, 1)
    later = counted(list(backup_lines()))
    assert later[0] == later[1] > 2


def test_a_backup_leaves_the_connection_to_writers_as_it_was():
    area = make_area(make_plan(make_board()))
    list(backup_lines())
    write(area)
    assert counted(list(backup_lines())) == (1, 1)
