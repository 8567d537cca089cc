"""What feeds tell of the demonstration: the same in both forms, and the same as its pages."""

import csv
import io
from collections import Counter
from datetime import date

import pytest
from django.urls import reverse

from improvement.feeds.catalogue import CATALOGUE
from improvement.feeds.fields import Kind
from plans.models import Board, Role
from tests.improvement.feeds.reading import Reader, as_csv

pytestmark = pytest.mark.django_db
each_data_set = pytest.mark.parametrize("data_set", CATALOGUE, ids=lambda data_set: data_set.name)
KINDS = {
    Kind.ID: (int,),
    Kind.TEXT: (str,),
    Kind.WHOLE: (int,),
    Kind.NUMBER: (int, float),
    Kind.DAY: (str,),
    Kind.TIME: (str,),
    Kind.MOMENT: (str,),
    Kind.YES_NO: (bool,),
}
PAST = "2026-10-28"


@pytest.fixture
def teesmere(demonstration):
    return Board.objects.get(slug="teesmere")


@pytest.fixture
def reader(teesmere):
    return Reader(teesmere.memberships.filter(role=Role.MEMBER).first().user)


@each_data_set
@pytest.mark.parametrize("day", ["", PAST])
def test_both_forms_tell_the_same_as_declared(reader, teesmere, data_set, day):
    if day and not data_set.takes_as_at:
        assert reader.get(teesmere, data_set.name, as_at=day).status_code == 400
        return
    query = {"as_at": day} if day else {}
    told = reader.told(teesmere, data_set.name, **query)
    names = [field.name for field in data_set.fields]
    assert [field["name"] for field in told["fields"]] == names
    assert told["rows"] != []
    assert [list(row) for row in told["rows"]] == [names] * len(told["rows"])
    header, rows = reader.csv(teesmere, data_set.name, **query)
    assert header == names
    assert rows == [[as_csv(value) for value in row.values()] for row in told["rows"]]


@each_data_set
def test_values_are_of_their_kinds_and_ids_stand_once(reader, teesmere, data_set):
    rows = reader.rows(teesmere, data_set.name)
    for field in data_set.fields:
        values = [row[field.name] for row in rows if row[field.name] is not None]
        assert {type(value) for value in values} <= {*KINDS[field.kind]}, field.name
        if field.kind is Kind.DAY:
            assert values == [date.fromisoformat(value).isoformat() for value in values]
    ids = [row["id"] for row in rows if "id" in row]
    assert len(ids) == len(set(ids))


def test_what_stands_above_the_rows(reader, teesmere):
    told = reader.told(teesmere, "plans", as_at=PAST)
    about = {"slug": "teesmere", "council": teesmere.council, "name": teesmere.name, "closed_on": None}
    assert (told["board"], told["dataset"], told["as_at"]) == (about, "plans", PAST)
    assert told["made_at"] == "2026-11-22T12:00:00+00:00"
    assert reader.told(teesmere, "plans")["as_at"] == "2026-11-22"


@pytest.mark.parametrize("day", ["", "2026-09-30", PAST])
def test_counts_are_those_of_the_dashboard(reader, teesmere, signed_in, day):
    query = {"as_at": day} if day else {}
    actions = reader.rows(teesmere, "actions", **query)
    web = signed_in(teesmere.memberships.first().user)
    for plan in reader.rows(teesmere, "plans", **query):
        asked = {"plan": plan["id"]} | days_before(plan["ends"], query)
        page = web.get(reverse("dashboard", args=["teesmere"]), asked).context["dashboard"]
        own = [action for action in actions if action["plan_id"] == plan["id"]]
        ratings = Counter(action["rating"] for action in own)
        shown = {each.entry.code if each.entry else "": each.number for each in page.ratings}
        assert Counter(shown) == ratings
        assert sum(action["overdue"] for action in own) == page.overdue.number


@pytest.mark.parametrize("day", ["", PAST])
def test_actions_are_those_of_the_pages_download(reader, teesmere, signed_in, day):
    query = {"as_at": day} if day else {}
    web = signed_in(teesmere.memberships.first().user)
    actions = reader.rows(teesmere, "actions", **query)
    for plan in reader.rows(teesmere, "plans", **query):
        asked = {"plan": plan["id"], "_export": "csv"} | days_before(plan["ends"], query)
        answer = web.get(reverse("plans:action_list", args=["teesmere"]), asked)
        page = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
        own = [action for action in actions if action["plan_id"] == plan["id"]]
        assert own != []
        assert sorted(map(of_page, page)) == sorted(map(of_feed, own))


def days_before(end, query):
    """Pages show a plan that has ended as at its end and refuse later days."""
    return query if end is None or query.get("as_at", "") <= end else {}


def of_page(row):
    days = [row["Due"], row["First due"], row["Updated"]]
    days = ["-".join(reversed(day.split("/"))) for day in days]
    return (
        row["Action"],
        row["Rating"],
        row["Accountable"],
        row["What has happened"],
        row["Date moved"],
        *days,
    )


def of_feed(row):
    days = [row[name] or "" for name in ("due", "first_due", "updated_on")]
    words = [as_csv(row[name]) for name in ("title", "rating_word", "accountable_lead", "what_happened")]
    return (*words, str(row["times_moved"]), *days)
