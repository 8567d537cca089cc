"""What a mail server on loopback takes in, and a board with something for everybody to do."""

from datetime import date
from email import message_from_bytes, policy
from io import StringIO

from django.core.management import call_command

from plans.models import Role
from plans.services.challenges import raise_challenge
from plans.services.meetings import add_meeting
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_update

LAST, NEXT = date(2030, 2, 26), date(2030, 3, 27)


class PostOffice:
    """Keeps what arrives; whoever is in `refused` gets nothing."""

    def __init__(self):
        self.messages, self.refused, self.sessions = [], set(), set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.sessions.add(session.peer)
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    @property
    def people(self):
        return sorted(message["To"] for message in self.messages)


class Waiting:
    """A board that meets on 27 March 2030 and met on 26 February, and a lead's holder."""

    def __init__(self, slug="teesmere", **fields):
        self.board = make_board(slug, **fields)
        self.head = make_member(self.board, Role.LEAD, "Lena Holt")
        self.lead = make_lead(self.board, holder=self.head)
        self.area = make_area(make_plan(self.board, starts=date(2030, 1, 1), ends=date(2030, 12, 31)))
        add_meeting(self.board, by=None, on=LAST)
        self.meeting = add_meeting(self.board, by=None, on=NEXT)

    def action(self, title, target="30 April 2030", updated=date(2030, 2, 20), rating="on_track", lead=None):
        action = make_action(self.area, title, target=target, leads=(lead or self.lead).name)
        if updated:
            make_update(action, rating, on=updated, by=self.head)
        return action

    def challenge(self, question="Why has the number of visits fallen?", **fields):
        fields = {"owner": self.lead, "due": date(2030, 3, 20), "on": date(2030, 3, 1)} | fields
        if "area" not in fields and "action" not in fields:
            fields["area"] = self.area
        return raise_challenge(self.board, by=None, question=question, **fields)


def send(today=""):
    """Runs the command; what it says."""
    out = StringIO()
    call_command("send_digests", today=today, stdout=out, stderr=out)
    return out.getvalue()


def parts_of(message):
    """The plain and the HTML words of an email; mail ends its lines with CR LF."""
    return tuple(
        message.get_body(preferencelist=(kind,)).get_content().replace("\r\n", "\n")
        for kind in ("plain", "html")
    )
