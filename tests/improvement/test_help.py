"""The help tells a member where everything on a board is, and whom to tell when somebody was named."""

import re

import pytest

from tests.pages import text_of

pytestmark = pytest.mark.django_db


def test_every_part_of_a_board_has_its_line(client):
    page = client.get("/help/").content.decode()
    parts = re.search(r"<h2>Questions, meetings and papers</h2>\s*<ul>(.*?)</ul>", page, re.DOTALL)[1]
    assert re.findall(r"<li>\s*<b>([^<]*)</b>", parts) == [
        "Questions",
        "Challenges",
        "Meetings",
        "Packs",
        "Data feeds",
        "Closed boards",
    ]


def test_it_says_whom_to_tell_when_somebody_was_named(client):
    words = text_of(client.get("/help/"))
    assert words.endswith(
        "Was somebody named by mistake? Tell your data protection officer and your board’s administrator at "
        "once, without writing the name again. The site’s staff can take it out everywhere: from texts, the "
        "history, files, stored workbooks and packs."
    )
