"""Two people saving the same form at the very same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from plans.models import Role
from plans.services.boards import close_board
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan
from tests.improvement.test_my_updates_at_once import client_of, send_together, send_together_to
from tests.pages import fields_of, text_of
from tests.plans.editing import url

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_is_saved_and_the_other_is_shown_both():
    board = make_board()
    action = make_action(make_area(make_plan(board)), "Old words")
    address = url(board, "action_edit", action.pk)
    people = [client_of(make_member(board, Role.EDITOR)) for _ in range(2)]
    forms = [fields_of(person.get(address), "token") for person in people]
    sent = [(people[n], forms[n] | {"title": f"Words {n}"}) for n in range(2)]
    answers = send_together(address, *sent)
    assert sorted(answers) == [200, 302]
    action.refresh_from_db()
    assert action.title == f"Words {answers.index(302)}"
    assert action.history.count() == 2


def test_an_edit_and_an_update_that_moves_the_date_both_stand():
    board = make_board()
    head = make_member(board, Role.LEAD)
    lead = make_lead(board, holder=head)
    action = make_action(make_area(make_plan(board)), "Old words", target="30 April 2030", leads=lead.name)
    editor, head = client_of(make_member(board, Role.EDITOR)), client_of(head)
    for n, day in enumerate(("31 May 2030", "30 June 2030", "31 July 2030")):
        edit = fields_of(editor.get(url(board, "action_edit", action.pk)), "token")
        update = fields_of(head.get(url(board, "action_update", action.pk)), "token")
        prefix = f"a{action.pk}-"
        update |= {f"{prefix}new_date": day, f"{prefix}move_reason": "Two posts are open"}
        answers = send_together_to(
            (editor, url(board, "action_edit", action.pk), edit | {"title": f"Words {n}"}),
            (head, url(board, "action_update", action.pk), update),
        )
        action.refresh_from_db()
        assert (answers, action.title, action.target_text) == ([302, 302], f"Words {n}", day)


def send_past(gate, client, address, fields):
    """Sends a form from a thread of its own; `gate` is set once the form's person was looked up."""

    def looked(execute, sql, *args):
        result = execute(sql, *args)
        if "plans_membership" in sql:
            gate.set()
        return result

    try:
        with connection.execute_wrapper(looked):
            return client.post(address, fields)
    finally:
        gate.set()
        connection.close()


def test_a_board_closed_behind_the_gate_takes_nothing_more():
    """The gate lets the form in while the board is open; it then waits for whoever is closing it."""
    board = make_board()
    action = make_action(make_area(make_plan(board)), "Old words")
    address, gate = url(board, "action_edit", action.pk), Event()
    editor = client_of(make_member(board, Role.EDITOR))
    fields = fields_of(editor.get(address), "token") | {"title": "New words"}
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            close_board(board, by=None, reason="The plan has ended", keep_years=6)
            sent = threads.submit(send_past, gate, editor, address, fields)
            assert gate.wait(20)
        answer = sent.result()
    assert (answer.status_code, answer.url) == (302, address)
    shown = editor.get(address)
    assert shown.status_code == 403
    assert "The board is closed" in text_of(shown)
    action.refresh_from_db()
    assert (action.title, action.history.count()) == ("Old words", 1)
