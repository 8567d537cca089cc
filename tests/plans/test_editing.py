from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import Action, Area, Plan, RatingKey, Role
from plans.rating import DEFAULT_KEY
from plans.services.plans import edit_plan, set_key
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_step, make_update
from tests.pages import fields_of, text_of
from tests.plans.editing import errors_of, fill, messages_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def editor(board):
    return make_member(board, Role.EDITOR, "Edith Moor")


@pytest.fixture
def web(signed_in, editor):
    return signed_in(editor)


@pytest.fixture
def plan(board):
    return make_plan(board, "Recovery plan", level_names=["Improvement area", "Outcome"])


def test_a_whole_plan_is_added_by_hand(web, board):
    response = fill(
        web,
        url(board, "plan_new"),
        title="Recovery plan",
        starts="6/1/2020",
        ends="30/3/2020",
        status="live",
        level_names="Improvement area\nOutcome\n",
    )
    plan = Plan.objects.get()
    assert response.url == url(board, "area_new", plan=plan.pk)
    assert (plan.title, plan.starts, plan.ends) == ("Recovery plan", date(2020, 1, 6), date(2020, 3, 30))
    assert plan.level_names == ["Improvement area", "Outcome"]

    response = fill(web, response.url, reference="A", title="Front door")
    area = Area.objects.get()
    fill(web, url(board, "area_new", plan=plan.pk, inside=area.pk), title="Contacts are\ndealt with on time")
    outcome = Area.objects.get(parent=area)
    assert (str(area), outcome.title, outcome.level) == (
        "A Front door",
        "Contacts are\ndealt with on time",
        1,
    )

    response = fill(
        web,
        url(board, "action_new", plan=plan.pk, area=outcome.pk),
        reference="1",
        title="Answer each contact within a day",
        leads_text="Head of Service for Assessment and Director of Care",
        target_text="Mid Feb",
        steps_text="1. Agree who answers\n2. Tell the teams",
    )
    action = Action.objects.get()
    assert response.url == reverse("action", args=[board.slug, action.pk])
    assert messages_of(response) == [
        "The action is added. “Mid Feb” is read as 15 February 2020 (the year is assumed). "
        "Accountable: Head of Service for Assessment. Also leading: Director of Care."
    ]
    assert (action.area, action.reference, action.target_due) == (outcome, "1", date(2020, 2, 15))
    assert list(action.steps.values_list("number", "text")) == [
        ("1", "Agree who answers"),
        ("2", "Tell the teams"),
    ]


def test_an_editor_edits_the_plan_an_administrator_its_levels(web, board, plan, signed_in):
    fill(web, url(board, "plan_edit", plan.pk), title="New title", quarters_from="4")
    plan.refresh_from_db()
    assert (plan.title, plan.quarters_from) == ("New title", 4)
    for name in ("plan_levels", "plan_key"):
        assert web.get(url(board, name, plan.pk)).status_code == 403
    web = signed_in(make_member(board, Role.ADMINISTRATOR))
    fill(web, url(board, "plan_levels", plan.pk), level_names="Theme\nAim\nPromise")
    plan.refresh_from_db()
    assert plan.level_names == ["Theme", "Aim", "Promise"]


def test_new_dates_say_how_many_targets_they_read_anew(web, board, plan):
    edit_plan(plan, by=None, starts=date(2020, 1, 6), ends=date(2020, 3, 30))
    make_action(make_area(plan), target="Mid Feb")
    response = fill(web, url(board, "plan_edit", plan.pk), starts="6/1/2021", ends="30/3/2021")
    assert messages_of(response) == [
        "1 target date was read anew by the plan’s new dates.",
        "The plan is saved.",
    ]
    assert Action.objects.get().target_due == date(2021, 2, 15)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"title": ""}, {"title": ["Enter the title"]}),
        (
            {"starts": "30/3/2020", "ends": "6/1/2020"},
            {"ends": ["The plan must end on or after the day it starts. Change one of the two."]},
        ),
        ({"starts": "soon"}, {"starts": ["Enter the day on which the plan starts, such as 27/3/2026"]}),
        (
            {"title": "Other plan"},
            {"title": ["The board already has a plan with this title. Choose another title."]},
        ),
    ],
)
def test_a_plan_that_can_not_be(web, board, plan, changes, errors):
    make_plan(board, "Other plan")
    assert errors_of(fill(web, url(board, "plan_edit", plan.pk), **changes)) == errors
    plan.refresh_from_db()
    assert plan.title == "Recovery plan"


def test_a_plan_starts_no_later_than_its_first_update_that_counts(web, board, plan):
    action = make_action(make_area(plan))
    taken_back = make_update(action, on=date(2026, 6, 2))
    action.updates.filter(pk=taken_back.pk).update(withdrawn_at=timezone.now())
    make_update(action, on=date(2026, 6, 9))
    make_update(action, on=date(2026, 7, 9))
    address = url(board, "plan_edit", plan.pk)
    problem = "The plan’s first update counts from 9 June 2026. Give that day or an earlier one"
    assert errors_of(fill(web, address, starts="10/6/2026")) == {"starts": [problem]}
    fill(web, address, starts="9/6/2026")
    plan.refresh_from_db()
    assert plan.starts == date(2026, 6, 9)


def test_a_start_after_an_imported_update_may_stay_or_move_back(web, board, plan):
    edit_plan(plan, by=None, starts=date(2026, 7, 1))
    make_update(make_action(make_area(plan)), on=date(2026, 6, 9))
    address = url(board, "plan_edit", plan.pk)
    fill(web, address, title="New title")
    fill(web, address, starts="15/6/2026")
    plan.refresh_from_db()
    assert (plan.title, plan.starts) == ("New title", date(2026, 6, 15))


def test_a_plan_is_closed(web, board, plan):
    fill(web, url(board, "plan_close", plan.pk), ends="30/3/2020")
    plan.refresh_from_db()
    assert (plan.status, plan.ends) == ("closed", date(2020, 3, 30))


def test_the_key_takes_the_plans_own_words_and_further_ratings(signed_in, board, plan):
    client = signed_in(make_member(board, Role.ADMINISTRATOR))
    address = url(board, "plan_key", plan.pk)
    response = fill(
        client,
        address,
        **{
            "key-0-word": "Green",
            "key-0-colour": "green",
            "key-1-word": "Amber",
            "key-1-colour": "amber",
            "key-2-word": "",
            "key-2-explanation": "",
            "key-4-word": "Carried over",
            "key-4-colour": "purple",
            "key-4-explanation": "Goes on in the next plan",
        },
    )
    assert messages_of(response) == ["The rating key is saved."]
    assert list(plan.key.values_list("code", "word", "colour")) == [
        ("complete", "Green", "green"),
        ("on_track", "Amber", "amber"),
        ("off_track", DEFAULT_KEY[3].word, "red"),
        ("carried-over", "Carried over", "purple"),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key-1-word": "blue"}, "Two ratings have this word. Give each its own."),
        (
            {"key-1-word": ""},
            "Enter the word of this rating. To leave the rating out, clear what it means, too",
        ),
        (
            {"key-4-word": "Carried over", "key-4-colour": "red"},
            "“Red” is red, too. Choose another colour.",
        ),
        (
            {"key-4-word": "Carried over", "key-5-word": "Not started"},
            "“Carried over” is grey, too. Choose another colour.",
        ),
        ({"key-1-colour": "amber"}, "is amber, too. Choose another colour."),
        (
            {f"key-{n}-{name}": "" for n in range(4) for name in ("word", "explanation")},
            "Keep at least one rating: enter a word for each one in use.",
        ),
        ({"key-1-word": "", "key-1-explanation": ""}, "has been given to actions, so it can't be left out."),
    ],
)
def test_a_key_that_can_not_be(signed_in, board, plan, changes, words):
    make_update(make_action(make_area(plan)), "on_track")
    client = signed_in(make_member(board, Role.ADMINISTRATOR))
    response = fill(client, url(board, "plan_key", plan.pk), **changes)
    assert words in text_of(response)
    assert [rating.entry for rating in plan.key.all()] == list(DEFAULT_KEY)


def test_further_ratings_share_a_colour_once_none_is_left(signed_in, board, plan):
    client = signed_in(make_member(board, Role.ADMINISTRATOR))
    address = url(board, "plan_key", plan.pk)
    further = {"key-4-word": "Carried over", "key-4-colour": "purple", "key-5-word": "Not started"}
    fill(client, address, **further)
    fill(client, address, **{"key-6-word": "Paused", "key-6-colour": "grey"})
    fill(client, address, **{"key-6-explanation": "Waits for the inspection"})
    assert list(plan.key.values_list("word", "colour", "explanation"))[4:] == [
        ("Carried over", "purple", ""),
        ("Not started", "grey", ""),
        ("Paused", "grey", "Waits for the inspection"),
    ]


def test_a_key_changed_meanwhile_is_shown_before_it_is_replaced(signed_in, board, plan):
    client = signed_in(make_member(board, Role.ADMINISTRATOR))
    address = url(board, "plan_key", plan.pk)
    fields = fields_of(client.get(address), "token") | {"key-0-word": "Finished"}
    set_key(plan, (*DEFAULT_KEY[:3], replace(DEFAULT_KEY[3], word="Stuck")), by=None)
    response = client.post(address, fields)
    assert "The key was changed while you were here. It is now:" in text_of(response)
    assert "Stuck (red)" in text_of(response)
    client.post(address, fields_of(response, "token"))
    assert RatingKey.objects.get(plan=plan, code="complete").word == "Finished"


def test_a_heading_is_edited_moved_and_removed(web, board, plan):
    first, second = make_area(plan, "First"), make_area(plan, "Second")
    fill(
        web,
        url(board, "area_edit", second.pk),
        reference="B",
        title="Edge of care",
        description="For all.",
    )
    fill(web, url(board, "area_move", second.pk), position="1")
    assert [str(area) for area in plan.areas.all()] == ["B Edge of care", "First"]
    fill(web, url(board, "area_move", first.pk), parent=second.pk, position="1")
    first.refresh_from_db()
    assert (first.parent, first.level) == (second, 1)
    response = fill(web, url(board, "area_remove", first.pk))
    assert messages_of(response) == ["“First” is removed."]
    assert list(plan.areas.all()) == [second]


def test_a_heading_with_actions_is_not_removed(web, board, plan):
    area = make_area(plan)
    make_action(area)
    response = fill(web, url(board, "area_remove", area.pk))
    assert "This area holds actions, also withdrawn ones. Move them to another first." in text_of(response)
    assert plan.areas.get() == area


PAGES_OF = {
    "plan": ["plan_edit", "plan_close", "plan_levels", "plan_key"],
    "area": ["area_edit", "area_move", "area_remove", "action_reorder"],
    "action": [
        "action_edit",
        "action_target",
        "action_withdraw",
        "action_restore",
        "step_new",
        "step_reorder",
    ],
    "step": ["step_edit", "step_target", "step_remove"],
}


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in PAGES_OF for name in PAGES_OF[kind]])
def test_another_boards_rows_are_not_found_and_a_member_may_not_edit(signed_in, board, plan, kind, name):
    step = make_step(make_action(make_area(plan)))
    rows = {"plan": plan, "area": step.action.area, "action": step.action, "step": step}
    elsewhere = make_board()
    client = signed_in(make_member(elsewhere, Role.ADMINISTRATOR))
    assert client.get(url(elsewhere, name, rows[kind].pk)).status_code == 404
    assert client.get(url(board, name, rows[kind].pk)).status_code == 404
    client = signed_in(make_member(board))
    assert client.post(url(board, name, rows[kind].pk)).status_code == 403
    client = signed_in(make_member(board, Role.ADMINISTRATOR))
    assert client.get(url(board, name, rows[kind].pk)).status_code == 200


@pytest.mark.parametrize("name", PAGES_OF["area"])
def test_a_heading_that_was_taken_back_has_no_pages(web, plan, name):
    area = make_area(plan, withdrawn_on=date(2020, 2, 3))
    assert web.get(url(plan.board, name, area.pk)).status_code == 404


@pytest.mark.parametrize("name", ["area_new", "action_new"])
@pytest.mark.parametrize("query", [{"plan": "x"}, {"plan": 999}, {"plan": "1" * 5_000}])
def test_something_new_needs_its_plan(web, board, plan, name, query):
    assert web.get(url(board, name, **query)).status_code == 404
    assert web.get(url(board, name)).context["plan"] == plan
    plan.delete()
    assert web.get(url(board, name)).status_code == 404
