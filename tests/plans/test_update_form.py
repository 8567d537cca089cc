"""One action's update on its own page: on a lead's behalf, for an earlier day, in place of a mistaken one."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from plans.models import Action, KeptForm, ProgressUpdate, Role
from plans.services.actions import withdraw_action
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_lead,
    make_member,
    make_plan,
    make_step,
    make_update,
)
from tests.pages import fields_of, text_of

pytestmark = pytest.mark.django_db


class Page:
    """The page of one action's update, open to an editor of its board."""

    def __init__(self, signed_in):
        self.board = make_board("teesmere")
        self.head = make_member(self.board, Role.LEAD, "Head of Service")
        self.editor = make_member(self.board, Role.EDITOR, "Programme office")
        lead = make_lead(self.board, holder=self.head)
        plan = make_plan(self.board, starts=date(2030, 1, 1), ends=date(2030, 12, 31))
        self.action = make_action(
            make_area(plan), "Hold the panel", reference="4", target="30 April 2030", leads=lead.name
        )
        self.first = make_update(self.action, "slippage", on=date(2030, 2, 24), by=self.head)
        self.url = reverse("plans:action_update", args=["teesmere", self.action.pk])
        self.back = reverse("action", args=["teesmere", self.action.pk])
        self.sign_in = signed_in
        self.client = signed_in(self.editor)

    def fields(self, query="", page=None, **changes):
        page = page or self.client.get(self.url + query)
        return fields_of(page, "token") | {
            f"a{self.action.pk}-{name}": value for name, value in changes.items()
        }

    def send(self, query="", page=None, **changes):
        return self.client.post(self.url + query, self.fields(query, page, **changes))

    def said(self):
        updates = ProgressUpdate.objects.standing().filter(action=self.action).latest_first()
        return list(updates.values_list("rating", "happened", "way_back", "on"))


FIRST = (
    "slippage",
    "The team met and agreed the next step.",
    "Fill the two posts by June.",
    date(2030, 2, 24),
)


@pytest.fixture
def page(signed_in):
    with time_machine.travel("2030-03-23 10:31:00+00:00", tick=False):
        yield Page(signed_in)


def mistakes(response):
    return [words for errors in response.context["form"].errors.values() for words in errors]


def test_words_that_seem_to_name_a_child_are_asked_about_once(page):
    answer = page.send(happened="Child A moved in May.")
    assert mistakes(answer) == [
        "What has happened since 24 February 2030: “Child A” looks like one child, parent or family. "
        "Take it out, or tick that it names nobody."
    ]
    assert page.said() == [FIRST]
    assert page.send(page=answer, names_nobody="Child A").status_code == 302
    assert page.said()[0][1] == "Child A moved in May."


def test_an_editor_updates_on_a_lead_s_behalf(page):
    answer = page.send(rating="on_track", happened="Both posts are filled.")
    assert (answer.status_code, answer.url) == (302, page.back)
    assert page.said() == [("on_track", "Both posts are filled.", "", date(2030, 3, 23)), FIRST]
    assert page.action.updates.first().by == page.editor


def test_a_lead_updates_their_own_action_and_no_other(page):
    page.sign_in(page.head)
    assert page.send(happened="It met twice.").status_code == 302
    other = make_action(page.action.area)
    url = reverse("plans:action_update", args=["teesmere", other.pk])
    assert page.client.get(url).status_code == 403
    assert page.client.post(url, {"happened": "x"}).status_code == 403


def test_an_update_may_count_from_an_earlier_day_and_then_is_late(page):
    page.send(happened="It met.", on="1/3/2030")
    update = page.action.updates.first()
    assert (update.on, update.recorded_on, update.is_late) == (date(2030, 3, 1), date(2030, 3, 23), True)


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("24/3/2030", "Choose today or an earlier day"),
        ("32/3/2030", "Enter the day it counts from as a real day, such as 27/3/2026"),
    ],
)
def test_an_update_never_counts_from_a_day_to_come(page, day, problem):
    assert mistakes(page.send(happened="It met.", on=day)) == [problem]
    assert page.said() == [FIRST]


def test_sending_nothing_new_is_said(page):
    assert mistakes(page.send()) == [
        "Nothing is changed. Choose a rating, say what has happened or tick a step"
    ]


def test_steps_and_the_date_go_with_the_day_that_the_update_counts_from(page):
    step = make_step(page.action)
    page.send(
        steps=[str(step.pk)], on="20/3/2030", new_date="31 May 2030", move_reason="The panel sits in May"
    )
    step.refresh_from_db()
    [move] = page.action.moves.all()
    assert (step.done_on, move.on, move.to_due) == (date(2030, 3, 20), date(2030, 3, 20), date(2030, 5, 31))
    assert page.said() == [FIRST]


def test_an_update_meanwhile_is_put_beside_one_s_own(page):
    fields = page.fields(happened="The panel is set up.")
    make_update(page.action, "off_track", by=page.head, happened="The chair has left.")
    answer = page.client.post(page.url, fields)
    assert mistakes(answer) == ["Somebody else updated this. Choose which text stands"]
    assert "The chair has left." in text_of(answer)
    page.send(page=answer, keep="both", way_back="Find a chair.")
    assert page.said()[0] == (
        "off_track",
        "The chair has left.\n\nThe panel is set up.",
        "Fill the two posts by June.\n\nFind a chair.",
        date(2030, 3, 23),
    )


def test_a_second_press_is_harmless(page):
    fields = page.fields(happened="It met.")
    first, second = page.client.post(page.url, fields), page.client.post(page.url, fields)
    assert (first.url, second.url, len(page.said())) == (page.back, page.back, 2)


def test_what_is_sent_signed_out_is_offered_back(page):
    fields = page.fields(happened="It met.", on="1/3/2030")
    page.client.logout()
    page.client.post(page.url, fields)
    page.sign_in(page.editor)
    offered = page.client.get(page.url)
    assert "We kept what you wrote" in text_of(offered)
    page.send(page=offered)
    assert (page.said()[0][1], page.said()[0][3]) == ("It met.", date(2030, 3, 1))
    assert KeptForm.objects.count() == 0


def test_a_withdrawn_action_takes_no_update(page):
    fields = page.fields(happened="It met.")
    withdraw_action(Action.objects.get(pk=page.action.pk), by=page.editor, reason="Merged")
    assert page.client.get(page.url).url == page.back
    assert mistakes(page.client.post(page.url, fields)) == [
        "This action is withdrawn, so it takes no more updates"
    ]
    assert page.said() == [FIRST]


def test_a_mistaken_update_is_replaced_with_a_reason_and_stays_in_history(page):
    query = f"?replaces={page.first.pk}"
    shown = page.client.get(page.url + query)
    assert "The mistaken update, 24 February 2030" in text_of(shown)
    answer = page.send(
        query, rating="off_track", happened="The team did not meet.", reason="Typed on the wrong row"
    )
    assert answer.url == page.back
    assert page.said() == [("off_track", "The team did not meet.", FIRST[2], date(2030, 2, 24))]
    update = page.action.updates.first()
    assert (update.replaces, update.replacement_reason) == (page.first, "Typed on the wrong row")
    assert ProgressUpdate.objects.count() == 2


def test_replacing_needs_a_reason_and_a_way_back(page):
    answer = page.send(f"?replaces={page.first.pk}", rating="off_track", way_back="")
    assert mistakes(answer) == [
        "Answer “What was wrong with the earlier update?”",
        "Say what would make it green, or choose another rating",
    ]
    assert page.said() == [FIRST]


def test_an_update_is_replaced_once(page):
    query = f"?replaces={page.first.pk}"
    fields = page.fields(query, reason="Wrong row", happened="Mine")
    page.send(query, reason="Wrong row", happened="Theirs")
    answer = page.client.post(page.url + query, fields)
    assert mistakes(answer) == ["This update has already been replaced. Replace the newer one."]
    assert page.client.get(page.url + query).url == page.back
    assert [words for _, words, _, _ in page.said()] == ["Theirs"]


@pytest.mark.parametrize("wanted", ["x", "999999"])
def test_an_update_of_another_action_cannot_be_replaced_here(page, wanted):
    other = make_update(make_action(page.action.area))
    assert page.client.get(f"{page.url}?replaces={other.pk}").status_code == 404
    assert page.client.get(f"{page.url}?replaces={wanted}").status_code == 404


def test_a_plan_that_has_ended_takes_no_later_day(page):
    with time_machine.travel("2031-01-10 09:00:00+00:00"):
        page.sign_in(page.editor)
        answer = page.send(same="1", on="5/1/2031")
    assert "The plan ended on 31 December 2030. Give that day or an earlier one" in text_of(answer)
    assert page.said() == [FIRST]


def test_nothing_is_said_of_a_day_before_the_plan(page):
    answer = page.send(same="1", on="31/12/2029")
    assert mistakes(answer) == ["The plan starts on 1 January 2030. Give that day or a later one"]
    assert page.said() == [FIRST]


def test_a_correction_leaves_an_earlier_day_as_it_is(page):
    early = make_update(page.action, "on_track", on=date(2029, 12, 1), by=page.head)
    query = f"?replaces={early.pk}"
    told = {"rating": "off_track", "happened": "It is late.", "reason": "Wrong colour", "way_back": "A date."}
    answer = page.send(query, on="2/12/2029", **told)
    assert mistakes(answer) == ["The plan starts on 1 January 2030. Give that day or a later one"]
    page.send(query, **told)
    assert page.said() == [FIRST, ("off_track", "It is late.", "A date.", date(2029, 12, 1))]
