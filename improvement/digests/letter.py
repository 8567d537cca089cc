"""The email itself: plain text and HTML, with whole addresses and nothing from elsewhere."""

import re

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from improvement.digests.content import Part, line
from plans.models import User
from plans.templatetags.components import long_date
from plans.wording.phrases import plural

BLANK_LINES = re.compile(r"\n{3,}")


def compose(user: User, parts: list[Part]) -> EmailMultiAlternatives:
    """One email of all that waits for a person, the soonest meeting first."""
    parts = sorted(parts, key=lambda part: (part.due.meeting is None, part.due.period))
    off = settings.SITE_URL + reverse("reminders")
    told = {"user": user, "parts": parts, "site": settings.SITE_URL, "off": off, "subject": subject(parts)}
    email = EmailMultiAlternatives(
        told["subject"],
        BLANK_LINES.sub("\n\n", render_to_string("improvement/digest.txt", told)),
        to=[user.email],
        headers={"List-Unsubscribe": f"<{off}>", "Auto-Submitted": "auto-generated"},
    )
    email.attach_alternative(render_to_string("improvement/digest.html", told), "text/html")
    return email


def subject(parts: list[Part]) -> str:
    """ "Teesmere: 5 things wait for you before the meeting on 12 May 2026"."""
    first = parts[0].due
    count = plural(sum(part.count for part in parts), "thing waits", "things wait")
    councils = {part.due.board.council for part in parts}
    if len(parts) == 1:
        return f"{line(first.board.council)}: {count} for you {first.until}"
    where = line(first.board.council) if len(councils) == 1 else "Your boards"
    next_one = f", the next meeting is on {long_date(first.meeting.on)}" if first.meeting else " this month"
    return f"{where}: {count} for you on {len(parts)} boards{next_one}"
