"""Questions where people work: on the form of an update, in my updates and on the action."""

import pytest
import time_machine
from django.urls import reverse

from tests.improvement.asking import QUESTION, Scene
from tests.pages import fields_of, text_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2030-06-15 09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene():
    return Scene()


def test_the_lead_sees_them_while_updating(signed_in, scene):
    client = signed_in(scene.head)
    page = client.get(reverse("plans:action_update", args=["teesmere", scene.late.pk]))
    assert f"The board may ask Ask first {QUESTION}" in words_of(page)
    page = client.get(reverse("my_updates", args=["teesmere"]))
    row = text_of(page, f"a{scene.late.pk}")
    assert "1 question" in row
    assert QUESTION in row


def test_what_an_update_raises_is_said_once_it_is_saved(signed_in, scene):
    client, url = signed_in(scene.head), reverse("plans:action_update", args=["teesmere", scene.late.pk])
    fields = fields_of(client.get(url), f"a{scene.late.pk}-happened")
    page = client.post(url, fields | {f"a{scene.late.pk}-happened": "The audit is delayed."}, follow=True)
    said = "Action 1 now raises a question. The last update says “delayed”: is Green still right?"
    assert f"Action 1 is saved. {said} Change the rating or the words." in words_of(page)
    assert f'<a class="govuk-link" href="{url}">Change the rating or the words</a>' in page.content.decode()
    fields = fields_of(client.get(url), f"a{scene.late.pk}-happened")
    page = client.post(url, fields | {f"a{scene.late.pk}-happened": "All posts are filled."}, follow=True)
    assert "now raises a question" not in words_of(page)


def test_so_it_is_in_the_round_of_updates(signed_in, scene):
    other, url = scene.add("2"), reverse("my_updates", args=["teesmere"])
    client = signed_in(scene.head)
    fields = fields_of(client.get(url), "save")
    for action, words in ((scene.late, "Done as planned."), (other, "A backlog of 12 reports.")):
        fields[f"a{action.pk}-happened"] = words
    page = client.post(url, fields | {"save": "all"}, follow=True)
    said = "Action 2 now raises a question. The last update says “backlog”: is Green still right?"
    assert f"2 updates saved. {said}" in words_of(page)
    assert words_of(page).count("now raises a question") == 1


def test_worse_with_a_way_back_alone_is_saved_and_asked_about(signed_in, scene):
    other, url = scene.add("2"), reverse("my_updates", args=["teesmere"])
    client = signed_in(scene.head)
    changes = {"rating": "off_track", "way_back": "Fill the two posts by August."}
    fields = fields_of(client.get(url), "save") | {f"a{other.pk}-{name}": to for name, to in changes.items()}
    page = client.post(url, fields | {"save": "all"}, follow=True)
    said = (
        "Action 2 now raises a question. Green before, Red now, and no update says why. Say why it is worse."
    )
    assert f"Action 2 is saved. {said}" in words_of(page)
    fields = fields_of(client.get(url), "save") | {f"a{other.pk}-same": "on"}
    client.post(url, fields | {"save": "all"}, follow=True)
    assert "no update says why" in text_of(client.get(url), f"a{other.pk}")
    fields = fields_of(client.get(url), "save") | {f"a{other.pk}-happened": "Two posts fell empty."}
    page = client.post(url, fields | {"save": "all"}, follow=True)
    assert "no update says why" not in words_of(page)


def test_the_action_page_shows_open_and_accepted(signed_in, scene):
    client = signed_in(scene.chair)
    url = reverse("action", args=["teesmere", scene.late.pk])
    assert f"Questions it raises Ask first {QUESTION} Accept it with a reason" in words_of(client.get(url))
    scene.answer(client)
    said = (
        f"Questions it raises Accepted {QUESTION} Accepted because: The board knows. Cleo Lark, 15 June 2030."
    )
    assert said in words_of(client.get(url))


@pytest.mark.parametrize("rows", [1, 3])
def test_my_updates_take_a_fixed_number_of_queries(signed_in, scene, django_assert_num_queries, rows):
    client, url = signed_in(scene.head), reverse("my_updates", args=["teesmere"])
    for n in range(rows):
        scene.add(f"1{n}", target="1 June 2030")
    with django_assert_num_queries(14):
        page = client.get(url)
    assert [row.asked_words for row in page.context["round"].rows] == ["1 question"] * (rows + 1)
