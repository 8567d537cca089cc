"""Two people saving the same form at the very same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.urls import reverse

from plans.models import Area, ProgressUpdate, Role
from plans.services.boards import close_board, hold_open
from plans.services.people import set_role
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_user
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


class Statements(list):
    """What is asked of the database inside a transaction."""

    def __call__(self, execute, sql, *rest):
        if connection.in_atomic_block:
            self.append(sql)
        return execute(sql, *rest)


@pytest.mark.parametrize("page", ["action_edit", "lead_new", "area_new"])
def test_a_page_with_mistakes_is_made_when_others_need_not_wait(page):
    board = make_board()
    action = make_action(make_area(make_plan(board)), "Old words")
    about = [action.pk] if page == "action_edit" else []
    web = client_of(make_member(board, Role.ADMINISTRATOR))
    address = url(board, page, *about) + ("" if about else f"?plan={action.plan_id}")
    fields = fields_of(web.get(address), "token") | {"title": "", "name": ""}
    with connection.execute_wrapper(inside := Statements()):
        answer = web.post(address, fields)
    assert (answer.status_code, "There is a problem" in text_of(answer)) == (200, True)
    assert [sql for sql in inside if "plans_spenttoken" in sql]
    assert [sql for sql in inside if sql.startswith("SELECT") and "plans_keptform" in sql] == []


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


def form_of(page, board):
    """A page's address, and what is typed into its form."""
    action = board.plans.get().actions.get()
    if page == "plans:action_edit":
        return url(board, "action_edit", action.pk), "token", {"title": "New words"}
    args = [action.pk] if page == "action_update" else []
    typed = {f"a{action.pk}-rating": "on_track", f"a{action.pk}-happened": "We met."}
    button = "token" if page == "action_update" else "save"
    return reverse(page, args=[board.slug, *args]), button, typed


@pytest.mark.parametrize("page", ["plans:action_edit", "action_update", "my_updates"])
def test_a_board_closed_behind_the_gate_takes_nothing_more(page):
    """The gate lets the form in while the board is open; it then waits for whoever is closing it."""
    board, editor = make_board(), make_user("editor@example.org")
    set_role(board, editor, Role.EDITOR, by=None)
    lead = make_lead(board, holder=editor)
    action = make_action(make_area(make_plan(board)), "Old words", leads=lead.name)
    address, button, typed = form_of(page, board)
    web, gate = client_of(editor), Event()
    fields = fields_of(web.get(address), button) | typed
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            close_board(board, by=None, reason="The plan has ended", keep_years=6)
            sent = threads.submit(send_past, gate, web, address, fields)
            assert gate.wait(20)
        answer = sent.result()
    assert (answer.status_code, answer.url) == (302, address)
    shown = web.get(address)
    assert shown.status_code == 403
    assert "The board is closed" in text_of(shown)
    action.refresh_from_db()
    assert (action.title, action.history.count(), action.updates.count()) == ("Old words", 1, 0)


@pytest.mark.parametrize("page", ["action_update", "my_updates"])
def test_a_board_is_not_closed_while_an_update_is_being_saved(page):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    board, head = make_board(), make_user("head@example.org")
    set_role(board, head, Role.EDITOR, by=None)
    make_action(make_area(make_plan(board)), leads=make_lead(board, holder=head).name)
    address, button, typed = form_of(page, board)
    web, answers = client_of(head), []
    fields = fields_of(web.get(address), button) | typed

    def at_the_first_update(execute, sql, *args):
        if sql.startswith('INSERT INTO "plans_progressupdate"') and not answers:
            with ThreadPoolExecutor(1) as threads:
                answers.append(threads.submit(close, board).result())
        return execute(sql, *args)

    with connection.execute_wrapper(at_the_first_update):
        assert web.post(address, fields).status_code == 302
    assert (answers, close(board)) == (["waits"], "closed")


@pytest.mark.parametrize("page", ["action_update", "my_updates"])
def test_an_update_is_saved_while_a_form_of_the_board_is(page):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    board, head = make_board(), make_user("head@example.org")
    set_role(board, head, Role.EDITOR, by=None)
    action = make_action(make_area(make_plan(board)), leads=make_lead(board, holder=head).name)
    address, button, typed = form_of(page, board)
    web, editor, answers = client_of(head), client_of(make_member(board, Role.EDITOR)), []
    update = fields_of(web.get(address), button) | typed
    new_area = url(board, "area_new") + f"?plan={action.plan_id}"
    area = fields_of(editor.get(new_area), "token") | {"title": "Leadership"}

    def at_the_new_area(execute, sql, *args):
        if sql.startswith('INSERT INTO "plans_area"') and not answers:
            with ThreadPoolExecutor(1) as threads:
                answers.append(threads.submit(send_hastily, web, address, update).result())
        return execute(sql, *args)

    with connection.execute_wrapper(at_the_new_area):
        assert editor.post(new_area, area).status_code == 302
    assert answers == [302]
    assert (ProgressUpdate.objects.count(), Area.objects.filter(title="Leadership").count()) == (1, 1)


def send_hastily(client, address, fields):
    """Gives up rather than wait for long for what another transaction keeps."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        return client.post(address, fields).status_code
    finally:
        connection.close()


def test_a_board_is_held_open_in_a_transaction_and_while_it_is_there():
    board = make_board()
    with pytest.raises(TransactionManagementError):
        hold_open(board)
    with transaction.atomic():
        assert hold_open(board)
        board.delete()
        assert not hold_open(board)


def close(board):
    """Whether the board could be closed; "waits" while another transaction keeps it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
        close_board(board, by=None, reason="The plan has ended", keep_years=6)
        return "closed"
    except OperationalError:
        return "waits"
    finally:
        connection.close()
