from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from impact.models import Narrative
from plans.models import KeptForm, Role
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_member,
    make_plan,
    make_update,
)
from tests.impact.factories import FALLING, make_measure, make_narrative
from tests.pages import fields_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area(make_plan(make_board(), "Recovery plan"), "Front door")


def page(client, name, place, *args, **query):
    return client.get(reverse(f"impact:{name}", args=[place.plan.board.slug, *args]), query)


def lead(signed_in, area, role=Role.LEAD):
    return signed_in(make_member(area.plan.board, role))


def new(client, area, query="", **changes):
    url = reverse("impact:narrative_new", args=[area.plan.board.slug]) + f"?area={area.pk}{query}"
    return client.post(url, fields_of(client.get(url), "token") | changes)


def test_the_board_page_says_which_areas_say_what_difference_was_made(signed_in, area):
    plan, board = area.plan, area.plan.board
    measure = make_measure(board, "Contacts on time")
    make_narrative(area, "**Children** wait less.", measures=[measure])
    silent = make_area(plan, "Permanency")
    make_update(make_action(silent), on=date(2026, 4, 1))
    words = words_of(page(signed_in(make_member(board)), "narrative_list", area))
    assert "1 of 2 areas says what difference was made; 1 with activity does not." in words
    assert "Front door January to March 2026 Children wait less. Shown by Contacts on time" in words
    assert "Permanency Last update 1 April 2026" in words
    assert ("Write it" in words, "Drafts" in words) == (False, False)


def test_a_plan_without_narratives(signed_in, area):
    words = words_of(page(lead(signed_in, area), "narrative_list", area))
    assert "No area says yet what difference was made." in words
    assert "Nothing is published yet." in words


def test_words_that_seem_to_name_a_child_are_asked_about_before_a_draft_is_kept(signed_in, area):
    client = lead(signed_in, area)
    response = new(client, area, done="Child A was seen weekly.", so_what="Quicker.")
    assert "Does this name somebody?" in words_of(response)
    assert Narrative.objects.count() == 0
    url = reverse("impact:narrative_new", args=[area.plan.board.slug]) + f"?area={area.pk}"
    client.post(url, fields_of(response, "token") | {"names_nobody": "Child A"})
    assert Narrative.objects.get().done == "Child A was seen weekly."


def test_the_evidence_to_choose_from_is_named_with_its_kind_and_day(signed_in, area):
    make_evidence(area.plan.board, "Minutes of the panel")
    url = reverse("impact:narrative_new", args=[area.plan.board.slug])
    form = lead(signed_in, area).get(url, {"area": area.pk})
    assert "Minutes of the panel (document, 5 January 2026)" in words_of(form)


def test_a_draft_is_written_and_kept_from_the_board(signed_in, area):
    member, client = make_member(area.plan.board), lead(signed_in, area)
    measure, evidence = make_measure(area.plan.board), make_evidence(area.plan.board)
    changes = {"done": "Two posts.", "so_what": "Quicker.", "measures": measure.pk, "evidence": evidence.pk}
    response = new(client, area, **changes)
    draft = Narrative.objects.get()
    assert response.headers["Location"] == reverse("impact:narrative", args=[area.plan.board.slug, draft.pk])
    assert (draft.status, draft.so_what) == ("draft", "Quicker.")
    assert (list(draft.measures.all()), list(draft.evidence.all())) == ([measure], [evidence])
    assert "Draft: the board does not see it yet" in words_of(client.get(response.headers["Location"]))
    assert signed_in(member).get(response.headers["Location"]).status_code == 404
    assert "Quicker." not in words_of(page(signed_in(member), "narrative_list", area))


def test_the_next_starts_where_the_last_ended_with_its_words_beside(signed_in, area):
    client = lead(signed_in, area)
    measure = make_measure(area.plan.board, "Contacts on time")
    make_narrative(area, "Quicker.", measures=[measure])
    response = page(client, "narrative_new", area, area=area.pk)
    assert "Said last: January to March 2026 So what? Quicker." in words_of(response)
    fields = fields_of(response, "token")
    assert (fields["starts"], fields["ends"], fields["so_what"]) == ("01/04/2026", "30/06/2026", "")
    again = page(client, "narrative_new", area, area=area.pk, **{"from": "previous"})
    fields = fields_of(again, "token")
    assert (fields["so_what"], fields["measures"]) == ("Quicker.", str(measure.pk))


def test_without_an_area_it_is_asked_for(signed_in, area):
    words = words_of(page(lead(signed_in, area), "narrative_new", area))
    assert "Of which area? Front door (Recovery plan)" in words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Write what was done, or what difference it made."),
        ({"done": "x", "ends": "1/1/2020"}, "The period must end on or after the day it starts."),
        ({"done": "x", "starts": "1/1/2099", "ends": "2/1/2099"}, "This period has not begun yet."),
        ({"done": "x", "ends": "soon"}, "Enter the last day of the period, such as 27/3/2026"),
    ],
)
def test_a_mistake_is_named_and_the_words_stay(signed_in, area, changes, words):
    response = new(lead(signed_in, area), area, **changes)
    assert words in words_of(response)
    assert not Narrative.objects.exists()


def test_sent_twice_it_is_saved_once(signed_in, area):
    client = lead(signed_in, area)
    url = reverse("impact:narrative_new", args=[area.plan.board.slug]) + f"?area={area.pk}"
    fields = fields_of(client.get(url), "token") | {"so_what": "Quicker."}
    first, second = client.post(url, fields), client.post(url, fields)
    assert first.headers["Location"] == second.headers["Location"]
    assert Narrative.objects.count() == 1


def test_what_was_sent_after_the_session_ended_is_offered_again(signed_in, area):
    user = make_member(area.plan.board, Role.LEAD)
    client = signed_in(user)
    url = reverse("impact:narrative_new", args=[area.plan.board.slug]) + f"?area={area.pk}"
    fields = fields_of(client.get(url), "token") | {"so_what": "Quicker by a week."}
    client.logout()
    client.post(url, fields)
    assert KeptForm.objects.get().user == user
    assert fields_of(signed_in(user).get(url), "token")["so_what"] == "Quicker by a week."


def test_two_people_editing_a_draft_see_each_others_words(signed_in, area):
    draft = make_narrative(area, "Mine.", published=False)
    one, other = (make_member(area.plan.board, Role.LEAD, name) for name in ("Jo Long", "Omar Reid"))
    url = reverse("impact:narrative_edit", args=[area.plan.board.slug, draft.pk])
    opened = fields_of(signed_in(one).get(url), "token")
    theirs = fields_of(signed_in(other).get(url), "token") | {"so_what": "Theirs."}
    signed_in(other).post(url, theirs)
    words = words_of(signed_in(one).post(url, opened | {"so_what": "Ours."}))
    assert "Omar Reid changed this while you were writing" in words
    assert Narrative.objects.get().so_what == "Theirs."


def test_an_editor_publishes_and_then_it_stands(signed_in, area):
    draft = make_narrative(area, published=False)
    client = lead(signed_in, area, Role.EDITOR)
    url = reverse("impact:narrative_publish", args=[area.plan.board.slug, draft.pk])
    assert "No measure and no evidence stands behind it." in words_of(client.get(url))
    client.post(url, fields_of(client.get(url), "token"))
    draft.refresh_from_db()
    assert (draft.status, draft.published_on) == ("published", timezone.localdate())
    edit = reverse("impact:narrative_edit", args=[area.plan.board.slug, draft.pk])
    assert client.get(edit).status_code == 302
    data = {"starts": "1/1/2026", "ends": "31/3/2026", "so_what": "Rewritten."}
    assert "A published narrative is not edited" in words_of(client.post(edit, data))
    draft.refresh_from_db()
    assert draft.so_what == "Children wait less."


@pytest.mark.parametrize(
    ("role", "publishes", "writes"),
    [(Role.LEAD, False, True), (Role.EDITOR, True, True)],
)
def test_each_role_is_offered_what_it_may_do(signed_in, area, role, publishes, writes):
    draft = make_narrative(area, published=False)
    words = words_of(page(lead(signed_in, area, role), "narrative", area, draft.pk))
    assert ("Publish" in words, "Edit the draft" in words) == (publishes, writes)


def test_an_areas_narratives_read_as_a_sequence(signed_in, area):
    first = make_narrative(area, "At first slower.")
    second = make_narrative(area, "Then quicker.", starts=date(2026, 4, 1), ends=date(2026, 6, 30))
    make_narrative(area, "Not yet said.", published=False)
    client = signed_in(make_member(area.plan.board))
    words = words_of(page(client, "area_narratives", area, area.pk))
    assert words.index("April to June 2026") < words.index("Then quicker.") < words.index("At first slower.")
    assert "Not yet said." not in words
    assert "After: April to June 2026" in words_of(page(client, "narrative", area, first.pk))
    assert "Before: January to March 2026" in words_of(page(client, "narrative", area, second.pk))


def test_what_shows_it_may_be_added_later(signed_in, area):
    narrative, measure = make_narrative(area), make_measure(area.plan.board, "Contacts on time")
    client = lead(signed_in, area, Role.EDITOR)
    url = reverse("impact:narrative_support", args=[area.plan.board.slug, narrative.pk])
    fields = fields_of(client.get(url), "token")
    assert "Choose a measure or a piece of evidence" in words_of(client.post(url, fields))
    client.post(url, fields_of(client.get(url), "token") | {"measures": measure.pk})
    assert list(narrative.measures.all()) == [measure]


def test_its_measures_carry_their_verdict(signed_in, area):
    measure = make_measure(area.plan.board, "Contacts on time", values=FALLING)
    narrative = make_narrative(area, measures=[measure])
    words = words_of(page(signed_in(make_member(area.plan.board)), "narrative", area, narrative.pk))
    assert "Contacts on time 52% Jul 2026 Concern (low)" in words


HARMFUL = (
    "<script>alert(1)</script>\n\n[here](javascript:alert(1))\n\n<img src=x onerror=alert(1)>\n\n"
    "<a href='https://www.example.org'>there</a>"
)


@pytest.mark.parametrize("name", ["narrative", "area_narratives", "narrative_list", "narrative_new"])
def test_harmful_words_come_out_as_words(signed_in, area, name):
    narrative = make_narrative(area, HARMFUL, done=HARMFUL)
    args = {"narrative": [narrative.pk], "area_narratives": [area.pk]}.get(name, [])
    query = {"area": area.pk} if name == "narrative_new" else {}
    response = page(lead(signed_in, area), name, area, *args, **query)
    html = response.content.decode()
    for harm in ("<script>alert", "<img src=x", "<a href='", 'href="javascript'):
        assert harm not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("narrative_list", 10), ("area_narratives", 8), ("narrative", 11)]
)
def test_a_fixed_number_of_queries(signed_in, django_assert_num_queries, area, rows, name, queries):
    board = area.plan.board
    for number in range(rows):
        inner = area if name == "area_narratives" else make_area(area.plan, f"Area {number}")
        measures = [make_measure(board, values=[50, 51]) for _ in range(rows)]
        narrative = make_narrative(inner, measures=measures, evidence=[make_evidence(board)])
        make_update(make_action(make_area(area.plan, f"Silent {number}")))
    args = {"narrative": [narrative.pk], "area_narratives": [area.pk]}.get(name, [])
    client = signed_in(make_member(board))
    with django_assert_num_queries(queries):
        assert page(client, name, area, *args).status_code == 200
