"""What the data sets say of themselves: the index that programs read, and the pages of the guide."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from improvement.feeds.catalogue import CATALOGUE
from improvement.feeds.fields import DataSet
from improvement.feeds.reading import Reading
from improvement.feeds.writing import board_told, fields_told


def index_of(reading: Reading) -> dict:
    """Each data set with its addresses and fields."""
    return {"board": board_told(reading), "datasets": [_told(reading, each) for each in CATALOGUE]}


def _told(reading: Reading, data_set: DataSet) -> dict:
    slug = reading.board.slug
    addresses = {form: address_of(slug, data_set, form) for form in ("csv", "json")}
    about = {"name": data_set.name, "title": data_set.title, "about": data_set.words}
    return {**about, **addresses, "as_at": data_set.takes_as_at, "fields": fields_told(data_set)}


def address_of(slug: str, data_set: DataSet, form: str) -> str:
    return settings.SITE_URL + reverse("feed_data", args=[slug, data_set.name, form])


def guide_lines() -> Iterator[str]:
    """The part of docs/data-feed.md that lists every data set and its fields, as Markdown."""
    for data_set in CATALOGUE:
        yield f"### {data_set.name}\n"
        when = " Takes `as_at`." if data_set.takes_as_at else " As it stands now only."
        yield f"{data_set.words}{when}\n"
        yield "| field | kind | what it is |"
        yield "|---|---|---|"
        yield from (f"| `{field.name}` | {field.kind} | {field.words} |" for field in data_set.fields)
        yield ""
