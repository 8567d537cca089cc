"""Every page of the demonstration that a person can go to opens."""

import re

import pytest
from django.urls import resolve

from plans.models import Role, User

pytestmark = pytest.mark.django_db

LINK = re.compile(r'href="(/boards/teesmere/[^"#]*)')
# Downloads, and what a pack's maker has yet to make.
NOT_PAGES = ("_csv", "_xlsx", "_json", "_download", "pack_file", "evidence_file")


def reachable(client, start):
    """One page of each kind and each past day, from link to link; each with its status."""
    seen, waiting, found = set(), [start], {}
    while waiting:
        url = waiting.pop()
        page = client.get(url, follow=True)
        found[url] = page.status_code
        if "text/html" not in page.headers["Content-Type"]:
            continue
        for link in LINK.findall(page.content.decode()):
            path, _, query = link.partition("?")
            kind = (resolve(path).view_name, "as_at" in query)
            if kind not in seen and not kind[0].endswith(NOT_PAGES):
                seen.add(kind)
                waiting.append(link.replace("&amp;", "&"))
    return found


@pytest.mark.parametrize("role", Role.values)
def test_every_page_opens(demonstration, signed_in, role):
    person = User.objects.get(email=f"{role}@example.org")
    found = reachable(signed_in(person), "/boards/teesmere/")
    assert len(found) > 30
    assert {url: status for url, status in found.items() if status != 200} == {}
