"""Sends a pack by email, one message an address, to members who never sign in too."""

import json
import re
import smtplib
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from improvement.packs.html import short_digest, title_of
from plans.models import Pack, PackKind, PackSending, PackState, User
from plans.templatetags.components import long_date

BETWEEN = re.compile(r"[\s,;]+")
TYPES = {
    PackKind.PDF: "application/pdf",
    PackKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BODY = """{headline}

This is pack {number} for the meeting of {board}, {council}, on {meeting}.
The plan: {plan}. It was closed on {closed} at {time} and does not change. Digest {digest}.

Attached are the pack as a PDF to read and print, and as an Excel workbook. The first page is the summary.
"""


class NotSent(Exception):
    """Sending stopped; `sent` are the addresses that had it by then. The text says what to do."""

    def __init__(self, words: str, sent: list[str]):
        super().__init__(words)
        self.sent = sent


def read_addresses(words: str) -> list[str]:
    """Addresses as people type them, one after another. Raises ValidationError that names each bad one."""
    found = [part for part in BETWEEN.split(words) if part]
    wrong = [part for part in found if not _is_address(part)]
    if wrong:
        raise ValidationError(
            [f"“{part}” is not an email address. Write it like name@example.org." for part in wrong]
        )
    return list({part.casefold(): part for part in found}.values())


def _is_address(words: str) -> bool:
    try:
        validate_email(words)
    except ValidationError:
        return False
    return True


def send_pack(pack: Pack, addresses: Iterable[str], *, by: User | None) -> list[str]:
    """Sends a ready pack to each address and records each that the mail server took.

    Raises ValidationError for a pack without its files, NotSent where the mail server fails.
    """
    if pack.state != PackState.READY:
        raise ValidationError("The files of this pack are not ready yet. Send it when they are.")
    content = json.loads(pack.content)
    files = {file.kind: bytes(file.content) for file in pack.files.filter(kind__in=TYPES)}
    connection, sent = get_connection(), []
    try:
        connection.open()
        for address in addresses:
            _message(pack, content, files, address, connection).send()
            PackSending.objects.create(pack=pack, email=address, by=by)
            sent.append(address)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(_why(error, sent), sent) from error
    finally:
        connection.close()
    return sent


def _why(error: Exception, sent: list[str]) -> str:
    had = f"It was sent to {', '.join(sent)} and to nobody else" if sent else "It was sent to nobody"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        refused = ", ".join(error.recipients)
        return f"The mail server refused the address {refused}. {had}. Check the address and send again."
    return f"The mail server did not take the email. {had}. Try again later, or ask the site's staff."


def _message(pack: Pack, content: dict, files: dict, address: str, connection) -> EmailMessage:
    about = content["about"]
    body = BODY.format(
        headline=content["summary"]["headline"],
        number=pack.number,
        board=about["board"],
        council=about["council"],
        plan=about["plan"],
        meeting=long_date(date.fromisoformat(about["meeting"])),
        closed=long_date(date.fromisoformat(about["closed_on"])),
        time=about["closed_time"],
        digest=short_digest(pack.digest),
    )
    subject = " ".join(title_of(content).split())
    message = EmailMessage(subject, body, to=[address], connection=connection)
    for kind, made in files.items():
        message.attach(file_name(content, kind), made, TYPES[PackKind(kind)])
    return message


def file_name(content: dict, kind: str) -> str:
    """Such as "pack-3-2020-03-30.pdf"."""
    about = content["about"]
    return f"pack-{about['number']}-{about['meeting']}.{kind}"
