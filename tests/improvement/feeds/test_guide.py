"""docs/data-feed.md describes the feed as it is."""

from pathlib import Path

import pytest
from django.core.management import call_command

from improvement.feeds.catalogue import CATALOGUE
from improvement.feeds.describing import guide_lines
from improvement.feeds.fields import Kind

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "data-feed.md"


def test_the_guide_ends_with_the_data_sets_as_declared(capsys):
    call_command("describe_feed")
    printed = capsys.readouterr().out
    assert printed.splitlines() == "\n".join(guide_lines()).splitlines()
    assert GUIDE.read_text().partition("## Data sets\n")[2].strip() == printed.strip()


@pytest.mark.parametrize("data_set", CATALOGUE, ids=lambda data_set: data_set.name)
def test_each_field_has_a_name_of_its_own_and_a_sentence(data_set):
    names = [field.name for field in data_set.fields]
    assert len(names) == len(set(names))
    assert [name for name in names if not name.isidentifier() or name != name.lower()] == []
    assert [field.words for field in data_set.fields if not field.words.endswith(".")] == []
    assert [field.name for field in data_set.fields if "|" in field.words] == []


def test_what_ends_in_id_is_one():
    told = [field for data_set in CATALOGUE for field in data_set.fields]
    assert [f.name for f in told if (f.name == "id" or f.name.endswith("_id")) != (f.kind is Kind.ID)] == []
