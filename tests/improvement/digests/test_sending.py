"""Once a person and period, whatever happens to the run."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from improvement.digests.sending import send_digests
from plans.models import Nudge, Role
from plans.services.people import set_holders
from tests.factories import make_lead, make_member
from tests.improvement.digests.conftest import taken_port
from tests.improvement.digests.post import NEXT, Waiting, send

TODAY = date(2030, 3, 23)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2030-03-23 10:31:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def board(db):
    found = Waiting()
    found.action("Meet partners weekly")
    others = [make_member(found.board, Role.LEAD) for _ in range(2)]
    set_holders(found.lead, [found.head, *others], by=None)
    return found


def everybody(board):
    return sorted(user.email for user in board.lead.holders.all())


def test_a_second_run_sends_nothing_and_the_next_period_sends_again(post, board):
    assert send() == "3 reminders sent.\n"
    assert send() == "0 reminders sent.\n"
    assert post.people == everybody(board)
    assert set(Nudge.objects.filter(sent_at__isnull=False).values_list("period")) == {(NEXT,)}
    assert send("2030-04-20") == "3 reminders sent.\n"


def test_all_go_by_one_connection(post, board):
    send()
    assert (len(post.messages), len(post.sessions)) == (3, 1)


def test_what_fails_for_one_is_told_and_tried_again(post, board, capsys):
    post.refused = {board.head.email}
    with pytest.raises(CommandError) as told:
        call_command("send_digests")
    assert str(told.value) == "1 reminder could not be sent. Run this again to try again."
    said = capsys.readouterr()
    assert said.out == "2 reminders sent.\n"
    assert said.err.startswith(f"{board.head.email}: ")
    assert "No such person" in said.err
    assert board.head.email not in post.people
    post.refused = set()
    assert send() == "1 reminder sent.\n"
    assert post.people == everybody(board)


def test_without_a_mail_server_nothing_is_claimed(post, board, settings):
    refused = pytest.raises(CommandError, match="The mail server can't be reached")
    with taken_port() as settings.EMAIL_PORT, refused:
        call_command("send_digests")
    assert not Nudge.objects.exists()


@pytest.mark.parametrize(("minutes", "sent"), [(59, 2), (61, 3)])
def test_a_claim_of_a_run_that_died_ends_after_an_hour(post, board, clock, minutes, sent):
    Nudge.objects.create(user=board.head, board=board.board, period=NEXT)
    clock.shift(timedelta(minutes=minutes))
    assert send_digests(TODAY).sent == sent


def test_what_comes_up_on_another_board_is_sent_without_repeating_the_first(post, board):
    send()
    other = Waiting("other")
    make_lead(other.board, holder=board.head)
    other.action("Fill the two posts")
    send()
    told = [message for message in post.messages if message["To"] == board.head.email]
    bodies = [message.get_body(preferencelist=("plain",)).get_content() for message in told]
    assert ["Meet partners weekly" in body for body in bodies] == [True, False]


@pytest.mark.parametrize("lacking", [{"EMAIL_HOST": ""}, {"SITE_URL": "http://127.0.0.1:8000"}])
def test_real_plans_are_not_reminded_of_by_halves(post, board, settings, lacking):
    settings.PRODUCTION = True
    for name, value in lacking.items():
        setattr(settings, name, value)
    with pytest.raises(CommandError, match="Set EMAIL_HOST, and SITE_URL"):
        call_command("send_digests")
    assert not Nudge.objects.exists()


@pytest.mark.parametrize("day", ["23 March", "2030-02-30"])
def test_a_day_that_is_none(board, day):
    with pytest.raises(CommandError, match="is no day"):
        call_command("send_digests", today=day)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_once(post, board):
    start = Barrier(2)

    def run():
        try:
            start.wait()
            return send_digests(TODAY).sent
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        runs = [threads.submit(run) for _ in range(2)]
    assert sum(each.result() for each in runs) == 3
    assert post.people == everybody(board)
