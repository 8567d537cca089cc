"""Challenges as they are listed and counted, on the list and elsewhere."""

import csv
from datetime import date

import pytest
from django.urls import reverse

from impact.services.challenges import challenge_measure
from improvement.challenges import count_open
from plans.models import Plan
from plans.services.challenges import answer_challenge, close_challenge
from tests.factories import (
    make_board,
    make_challenge,
    make_lead,
    make_meeting,
)
from tests.impact.measuring import make_measure
from tests.improvement.test_dashboard import Links
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db

BEFORE, APRIL = date(2026, 3, 1), date(2026, 4, 14)


def listed(client, board, **query):
    return client.get(reverse("challenge_list", args=[board.slug]), query)


class TestTheList:
    @pytest.fixture
    def several(self, board, action, lead, member):
        """By name: one open, one overdue, one answered, one closed; asked of two leads."""
        other = make_lead(board, "Director")
        found = {
            "open": make_challenge(action, "Open?", by=member, owner=other, due=APRIL),
            "overdue": make_challenge(action, "Overdue?", on=BEFORE, due=date(2026, 3, 10), owner=lead),
            "answered": make_challenge(action, "Answered?", on=BEFORE, due=date(2026, 3, 12), owner=lead),
            "closed": make_challenge(action, "Closed?", on=BEFORE, due=APRIL, owner=other),
        }
        answer_challenge(found["answered"], by=None, text="Yes.")
        close_challenge(found["closed"], by=None, outcome="changed", words="A step was added.")
        return found

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ({}, ["overdue", "answered", "open"]),
            ({"state": "overdue"}, ["overdue"]),
            ({"state": "answered"}, ["answered"]),
            ({"state": "closed"}, ["closed"]),
            ({"state": "all"}, ["overdue", "answered", "open", "closed"]),
            ({"whose": "asked"}, ["overdue", "answered"]),
            ({"whose": "raised"}, []),
            ({"state": "nonsense"}, []),
        ],
    )
    def test_it_is_narrowed(self, signed_in, board, several, holder, query, names):
        table = listed(signed_in(holder), board, **query).context["table"]
        found = [row.record for row in table.rows]
        assert sorted(found, key=lambda row: row.pk) == sorted(
            (several[name] for name in names), key=lambda row: row.pk
        )

    def test_it_says_how_many_are_open_and_overdue(self, signed_in, board, several, member):
        client = signed_in(member)
        assert "3 challenges are open, 1 overdue." in words_of(listed(client, board))
        dashboard = client.get(reverse("dashboard", args=[board.slug]))
        assert "3 challenges open, 1 overdue." in words_of(dashboard)

    def test_a_past_days_list_is_what_its_dashboard_counts(self, signed_in, board, action, several, member):
        late = make_challenge(action, "Late?", on=BEFORE, due=date(2026, 3, 3))
        answer_challenge(late, by=None, text="Two posts are filled.", on=date(2026, 3, 5))
        close_challenge(several["overdue"], by=None, outcome="changed", words="Yes.", on=date(2026, 3, 14))
        client = signed_in(member)
        home = reverse("dashboard", args=[board.slug])
        page = client.get(home, {"as_at": "2026-03-13"})
        assert "4 challenges open, 2 overdue." in words_of(page)
        links = {words: url for url, words in Links(page.content.decode()).found}
        opened, overdue = (client.get(links[words]) for words in ("4 challenges open", "2 overdue"))
        assert "As at Friday 13 March 2026" in words_of(opened)
        assert "4 challenges were open, 2 overdue." in words_of(opened)
        found = [{row.record.question for row in page.context["table"].rows} for page in (opened, overdue)]
        assert found == [{"Overdue?", "Answered?", "Closed?", "Late?"}, {"Overdue?", "Answered?"}]

    def test_an_ended_plans_dashboard_leads_to_the_list_of_its_end(self, signed_in, board, several, member):
        Plan.objects.update(starts=date(2026, 1, 5), ends=date(2026, 3, 13), status="closed")
        client, home = signed_in(member), reverse("dashboard", args=[board.slug])
        links = {words: url for url, words in Links(client.get(home).content.decode()).found}
        assert "3 challenges were open, 2 overdue." in words_of(client.get(links["3 challenges open"]))
        assert links["2 overdue"].endswith("?state=overdue&as_at=2026-03-13")

    def test_a_past_days_download_tells_nothing_later(self, signed_in, board, several, member):
        close_challenge(several["overdue"], by=None, outcome="changed", words="All done.")
        client = signed_in(member)
        states = [
            (row["Challenge"], row["Last answer"], row["State"], row["What came of it"], row["Closed"])
            for row in csv.DictReader(
                listed(client, board, state="all", as_at="2026-03-02", _export="csv")
                .content.decode("utf-8-sig")
                .splitlines()
            )
        ]
        assert sorted(states) == [
            ("Answered?", "", "Waits for an answer", "", ""),
            ("Closed?", "", "Waits for an answer", "", ""),
            ("Overdue?", "", "Waits for an answer", "", ""),
        ]

    @pytest.mark.parametrize("column", ["question", "owner", "due", "raised_on"])
    def test_each_column_sorts_both_ways(self, signed_in, board, several, member, column):
        client = signed_in(member)
        up, down = (
            [row.record.pk for row in listed(client, board, sort=sort).context["table"].rows]
            for sort in (column, f"-{column}")
        )
        assert sorted(up) == sorted(down)
        assert up != down

    def test_the_download_has_answers_and_outcomes(self, signed_in, board, several, member):
        response = listed(signed_in(member), board, state="all", _export="csv")
        lines = response.content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("Challenge,About,To answer,Answer due,Raised,Raised by,Last answered")
        assert any("Answered?" in line and "Yes." in line for line in lines)
        assert any("Closed?" in line and "A step was added." in line for line in lines)
        assert listed(signed_in(member), board, _export="pdf").status_code == 404

    @pytest.mark.parametrize("rows", [1, 3])
    def test_a_fixed_number_of_queries(
        self, signed_in, board, action, member, rows, django_assert_num_queries
    ):
        for number in range(rows):
            one = make_challenge(action, f"Question {number}?", by=member)
            answer_challenge(one, by=member, text="Yes.")
        client = signed_in(member)
        with django_assert_num_queries(8):
            listed(client, board)


def test_the_owner_is_told_on_their_boards(signed_in, board, challenge, holder):
    other = make_board("elsewhere")
    make_lead(other, holder=holder)
    words = words_of(signed_in(holder).get(reverse("home")))
    assert "1 challenge to answer" in words
    answer_challenge(challenge, by=holder, text="The manager.")
    assert "to answer" not in words_of(signed_in(holder).get(reverse("home")))


def test_on_a_past_day_only_what_was_asked_by_then_is_shown(signed_in, board, action, challenge, member):
    client = signed_in(member)
    address = reverse("action", args=[board.slug, action.pk])
    assert "Who checks?" in text_of(client.get(address))
    then = client.get(address, {"as_at": "2026-03-01"})
    assert "Who checks?" not in words_of(then)
    assert "Challenge this" not in words_of(then)
    asked = make_challenge(action, "Who pays?", on=BEFORE)
    links = {
        words: url
        for url, words in Links(client.get(address, {"as_at": "2026-03-02"}).content.decode()).found
    }
    assert links["Who pays?"] == f"{reverse('challenge', args=[board.slug, asked.pk])}?as_at=2026-03-02"


def test_a_measures_challenge_is_named_on_the_list(signed_in, board, lead, member):
    measure = make_measure(board, name="Contacts decided on time", owner=lead)
    challenge_measure(measure, by=member, question="Why no change?", owner=lead, due=APRIL)
    assert "Measure: Contacts decided on time" in words_of(listed(signed_in(member), board))


def test_what_was_answered_by_a_day_is_not_overdue_on_it_whatever_came_later(board, action):
    challenge = make_challenge(action, on=BEFORE, due=date(2026, 3, 3))
    for day in (date(2026, 3, 5), date(2026, 3, 16)):
        answer_challenge(challenge, by=None, text="Two posts are filled.", on=day)
    assert count_open(board, date(2026, 3, 4)) == {"open": 1, "overdue": 1}
    assert count_open(board, date(2026, 3, 10)) == {"open": 1, "overdue": 0}
    assert count_open(board, date(2026, 2, 28)) == {"open": 0, "overdue": 0}


def test_the_list_offers_other_days_as_its_siblings_do(signed_in, board, member):
    make_meeting(board, BEFORE)
    page = text_of(listed(signed_in(member), board))
    assert ("Show another date or meeting" in page, "1 March 2026" in page) == (True, True)
