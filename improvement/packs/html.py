"""A pack as a web page that stands alone: made from its content and digest, and from nothing else."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from improvement.packs.removed import removals_told
from plans.rating import KeyEntry
from plans.templatetags.components import long_date
from plans.wording.phrases import plural, shortened

# Two names, the council and the date share one line of the printed page.
LONGEST_HEAD = 30
STYLE = Path(__file__).parent / "paper.css"
BODY = re.compile(r"<body>\n(.*)\n</body>", re.DOTALL)


def web_page(content: Mapping, digest: str) -> bytes:
    """The whole document with its styles, for screen and paper: its PDF is made from the same bytes."""
    about = content["about"]
    return document(about, title_of(content), digest, _margins(about, digest), _body(content, digest))


def document(about: Mapping, title: str, digest: str, margins: str, body: SafeString) -> bytes:
    """A page that needs nothing else, with the styles of screen and paper."""
    style = mark_safe(STYLE.read_text() + margins)
    context = {"about": about, "title": title, "digest": digest, "style": style, "body": body}
    return render_to_string("improvement/pack/document.html", context).encode()


def body_of(page: bytes) -> SafeString:
    """What the stored page shows, to be shown inside the site's own frame."""
    return mark_safe(BODY.search(page.decode())[1])


def title_of(content: Mapping) -> str:
    about = content["about"]
    meeting = long_date(date.fromisoformat(about["meeting"]))
    return f"Pack {about['number']}, {meeting}: {about['plan']}, {about['council']}"


def short_digest(digest: str) -> str:
    """Its beginning, for people to compare: "7f3a 91c2"."""
    return f"{digest[:4]} {digest[4:8]}"


def headings(content: Mapping) -> dict[str, str]:
    """The title of each part, with its number; the parts in their order."""
    about = content["about"]
    actions = sum(len(part["actions"]) for part in content["plan"])
    measures = len(content["measures"]["judged"])
    since = long_date(date.fromisoformat(content["changes"]["since"]))
    last = about["last_meeting"]
    of = f" of {long_date(date.fromisoformat(last))}" if last else ""
    return {
        "exceptions": f"Exceptions: {plural(len(content['exceptions']), 'action')}",
        "changes": f"Changes since {since}",
        "measures": f"Measures: {measures}",
        "narratives": "What have we done, and so what?",
        "questions": f"Questions to ask: {len(content['questions']['open']) + content['questions']['more']}",
        "challenges": f"Open challenges: {len(content['challenges'])}",
        "decisions": f"Decisions{of}: {len(content['decisions'])}",
        "waiting": f"Waiting to be signed off or agreed: {len(content['waiting'])}",
        "plan": f"The plan in full: {plural(actions, 'action')}",
    }


def _body(content: Mapping, digest: str) -> SafeString:
    named = headings(content)
    context = {
        **content,
        "key": {entry["code"]: KeyEntry(**entry) for entry in content["key"]},
        "digest": digest,
        "headings": named,
        "removals": removals_told(content["about"], digest),
        "sections": [(f"pack-{name}", title) for name, title in named.items()],
    }
    return render_to_string("improvement/pack/body.html", context)


def _margins(about: Mapping, digest: str) -> str:
    """The running head and foot of its printed pages."""
    meeting, closed = (long_date(date.fromisoformat(about[name])) for name in ("meeting", "closed_on"))
    named = f"{shortened(about['plan'], LONGEST_HEAD)} · {shortened(about['board'], LONGEST_HEAD)}"
    right = f"{named}, {meeting} · Pack {about['number']}"
    foot = (
        f"Closed {closed}, {about['closed_time']}. Digest {short_digest(digest)}. This pack does not change."
    )
    return margins(about["council"], right, foot)


def margins(left: str, right: str, foot: str) -> str:
    """The style of a running head and foot."""
    return (
        f"@page {{ @top-left {{ content: {_css_string(shortened(left, LONGEST_HEAD))} }}"
        f" @top-right {{ content: {_css_string(right)} }}"
        f" @bottom-left {{ content: {_css_string(foot)} }} }}\n"
    )


def _css_string(words: str) -> str:
    """Words as a string of a style sheet, which nothing in them can end."""
    plain = "".join(
        letter if letter.isalnum() or letter in " .,:·" else f"\\{ord(letter):x} " for letter in words
    )
    return f'"{plain}"'
