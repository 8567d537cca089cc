"""The accessibility statement says whom to write to, where the site has somebody."""

import pytest

from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = "/accessibility/"


def test_it_names_the_council_s_address(client, settings):
    settings.CONTACT_EMAIL = "plans@teesmere.example"
    page = client.get(PAGE)
    assert "Write to plans@teesmere.example, or tell your board’s administrator: which page" in text_of(page)
    assert 'href="mailto:plans@teesmere.example"' in page.content.decode()


def test_without_one_it_names_the_board_s_administrator(client, settings):
    settings.CONTACT_EMAIL = ""
    assert "Tell your board’s administrator which page it was" in text_of(client.get(PAGE))
