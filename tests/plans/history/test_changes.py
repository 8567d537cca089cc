from datetime import date

import pytest
from django.utils import timezone

from plans.history import PER_PAGE, board_changes, changes_of
from plans.history.words import in_words
from plans.models import Import, Meeting, ProgressUpdate, Role, Step, TargetMove
from plans.rating import DEFAULT_KEY
from plans.services.actions import (
    edit_action,
    find_or_create_recommendation,
    set_recommendations,
    withdraw_action,
)
from plans.services.areas import move_area, remove_area
from plans.services.history import create_all, save
from plans.services.moves import agree_move, ask_or_move, drop_move_request, refuse_move
from plans.services.people import remove_member, rename_lead, set_holders, set_role
from plans.services.plans import edit_plan, set_key
from plans.services.progress import move_target, record_update
from plans.services.steps import arrange_steps, remove_step
from plans.wording.phrases import taken_back
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
from tests.pages import text_of
from tests.plans.editing import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def ada(board):
    return make_member(board, Role.ADMINISTRATOR, "Ada Finch")


@pytest.fixture
def plan(board):
    return make_plan(board, "Recovery plan", level_names=["Improvement area", "Outcome"])


def told(changes, *, by="Ada Finch"):
    """What was changed by one person, without when."""
    return [
        (change.what, change.field, change.before, change.after, change.reason)
        for change in changes
        if change.who == by
    ]


def all_of(board, **choice):
    return board_changes(board, **choice).object_list


def test_each_field_of_an_action_is_told_in_plain_words(board, plan, ada):
    here, there = make_area(plan, "Front door"), make_area(plan, "Edge of care")
    action = make_action(here, "Answer contacts", reference="7")
    edit_action(
        action,
        by=ada,
        reason="Clearer",
        area=there,
        what_it_means="Seen sooner",
        leads_text="Director",
        notes=[["Cost", "None"]],
    )
    assert told(changes_of(action)) == [
        ("Action 7 Answer contacts", "Area", "Front door", "Edge of care", "Clearer"),
        ("Action 7 Answer contacts", "What this means for children", "", "Seen sooner", "Clearer"),
        ("Action 7 Answer contacts", "Leads as written", "", "Director", "Clearer"),
        ("Action 7 Answer contacts", "Notes", "", "Cost: None", "Clearer"),
    ]
    assert changes_of(action)[0].url == f"/boards/{board.slug}/actions/{action.pk}/"


def test_what_is_added_and_removed_is_one_change_each(board, plan, ada):
    area = make_area(plan, "Front door")
    action = make_action(area, "Answer contacts")
    step = make_step(action, "1", "Agree")
    remove_step(step, by=ada)
    action.delete()
    remove_area(area, by=ada)
    changes = all_of(board)
    assert told(changes) == [
        ("Area Front door", "Removed", "", "", ""),
        ("Step 1 of action Answer contacts", "Removed", "", "", ""),
    ]
    assert ("Area Front door", "Added", "", "", "") in told(changes, by="The site")
    plan_page = f"{url(board, 'plan')}?plan={plan.pk}"
    assert {change.url for change in changes if change.what == "Area Front door"} == {plan_page}


def test_choices_dates_and_order_are_told_by_their_words(board, plan, ada):
    edit_plan(plan, by=ada, status="closed", ends=date(2020, 3, 30), quarters_from=4)
    one, two = make_step(action := make_action(make_area(plan)), "1"), make_step(action, "2")
    arrange_steps(action, [two, one], {}, by=ada)
    changes = told(all_of(board))
    assert changes[:2] == [
        (f"Step 1 of action {action.title}", "Place", "1", "2", "Reordered"),
        (f"Step 2 of action {action.title}", "Place", "2", "1", "Reordered"),
    ]
    assert changes[2:] == [
        ("Plan Recovery plan", "Ends", "", "30 March 2020", ""),
        ("Plan Recovery plan", "Status", "Live", "Closed", ""),
        ("Plan Recovery plan", "Quarters count from", "January", "April", ""),
    ]


def test_people_leads_keys_and_headings_are_told(board, plan, ada):
    sam = make_member(board, name="Sam Hill")
    first, second = make_area(plan, "First"), make_area(plan, "Second")
    lead = make_lead(board, "Head of QA")
    set_role(board, sam, Role.EDITOR, by=ada)
    rename_lead(lead, "Head of Quality", by=ada)
    set_holders(lead, [sam], by=ada)
    set_key(plan, DEFAULT_KEY[:3], by=ada)
    move_area(second, parent=first, after=None, by=ada)
    remove_member(board.memberships.get(user=sam), by=ada)
    assert told(all_of(board)) == [
        ("Sam Hill on the board", "Removed", "", "", ""),
        ("Lead Head of Quality, held by Sam Hill", "Removed", "", "", "Left the board"),
        ("Area Second", "Inside", "", "First", "Moved"),
        (f"Rating {DEFAULT_KEY[3].word} of Recovery plan", "Removed", "", "", ""),
        ("Lead Head of Quality, held by Sam Hill", "Added", "", "", ""),
        ("Lead Head of Quality", "Name", "Head of QA", "Head of Quality", ""),
        ("Sam Hill on the board", "Role", "Member", "Editor", ""),
    ]


def test_an_update_and_a_move_are_told_once(plan, ada):
    action = make_action(make_area(plan), target="1 March 2026")
    record_update(
        action, by=ada, rating="slippage", happened="Met.", way_back="Fill posts", on=date(2026, 1, 5)
    )
    move_target(action, to="1 April 2026", by=ada, reason="Posts are open", agreed_by="The board")
    word = plan.key.get(code="slippage").word
    assert told(changes_of(action)) == [
        (
            f"Action {action.title}",
            "Target date",
            "1 March 2026",
            "1 April 2026",
            "Posts are open. Agreed by The board.",
        ),
        (
            f"Action {action.title}",
            "Update",
            "",
            f"{word}\nMet.\nWhat would make it green: Fill posts\nCounts from 5 January 2026.",
            "",
        ),
    ]


def test_a_move_that_was_asked_for_is_told_and_so_is_the_answer(board, plan, ada):
    edit_plan(plan, by=None, moves_need_agreement=True)
    chair = make_member(board, Role.CHAIR, "Cleo Lark")
    held = Meeting.objects.create(board=board, on=date(2026, 1, 13))
    action = make_action(make_area(plan), "Meet", target="1 March 2026")
    step = make_step(action, target="1 February 2026")
    refuse_move(
        ask_or_move(step, to="1 May 2026", by=ada, reason="Snow"), by=chair, reason="Too late", meeting=held
    )
    drop_move_request(ask_or_move(action, to="1 June 2026", by=ada, reason="Typed wrong"), by=ada)
    agree_move(
        ask_or_move(action, to="1 April 2026", by=ada, reason="Posts are open"), by=chair, meeting=held
    )
    asked, gone = "Move of the date asked for", "Move of the date no longer asked for"
    today = in_words(timezone.localdate())
    agreed = f"Posts are open. Asked on {today} by Ada Finch, agreed on {today} by Cleo Lark"
    agreed += " at the meeting of 13 January 2026."
    moved = ("Action Meet", "Target date", "1 March 2026", "1 April 2026", agreed)
    assert told(changes_of(action)) == [
        ("Action Meet", asked, "", "1 April 2026", "Posts are open"),
        ("Action Meet", gone, "", "", ""),
        ("Action Meet", asked, "", "1 June 2026", "Typed wrong"),
        ("A step of action Meet", asked, "", "1 May 2026", "Snow"),
    ]
    at = "At the meeting of 13 January 2026."
    assert told(all_of(board, kind="move", person=chair.pk), by="Cleo Lark") == [
        ("Action Meet", "Move of the date agreed", "", "", at),
        moved,
        ("A step of action Meet", "Move of the date refused", "", "", f"Too late. {at}"),
    ]


def test_a_replaced_update_gives_its_reason(plan, ada):
    action = make_action(make_area(plan))
    wrong = make_update(action, "complete", on=timezone.localdate())
    record_update(action, by=ada, rating="", happened="Wrong row", replaces=wrong, reason="Mistaken")
    assert told(changes_of(action)) == [
        (f"Action {action.title}", "Update", "", "Not rated\nWrong row", "Mistaken")
    ]


def test_what_an_import_did_names_it(board, plan, ada):
    imported = Import.objects.create(
        board=board, filename="plan.xlsx", sha256="0" * 64, size=1, by=ada, undone_by=ada
    )
    action = make_action(make_area(plan))
    create_all(
        [Step(action=action, number="1", text="Agree")], by=ada, reason=f"import {imported.pk}: New row"
    )
    update = make_update(action, by=ada, imported_by=imported)
    ProgressUpdate.objects.filter(pk=update.pk).update(withdrawn_at=timezone.now())
    word = plan.key.get(code="on_track").word
    assert [(change.field, change.after, change.reason, change.import_id) for change in changes_of(action)][
        :3
    ] == [
        (f"Update taken back with import {imported.pk}", "", "", imported.pk),
        (
            "Update",
            f"{word}\nThe team met and agreed the next step.",
            "",
            imported.pk,
        ),
        ("Added", "", "New row", imported.pk),
    ]


def test_a_move_by_an_import_is_told_once_and_a_correction_by_one_too(board, plan, ada):
    imported = Import.objects.create(board=board, filename="plan.xlsx", sha256="0" * 64, size=1, by=ada)
    area = make_area(plan)
    moved, mended = (make_action(area, target="1 March 2026") for _ in range(2))
    move_target(moved, to="1 April 2026", by=ada, reason="", imported_by=imported)
    moved.history.filter(history_type="~").update(history_change_reason=f"import {imported.pk}")
    edit_action(mended, by=ada, reason=f"import {imported.pk}", target_text="1st March 2026")
    expected = ("Target date", "1 March 2026", imported.pk)
    told_of = [
        [(change.field, change.before, change.import_id) for change in changes_of(action) if change.before]
        for action in (moved, mended)
    ]
    assert told_of == [[expected], [expected]]


def test_an_action_taken_back_with_its_import_is_told_once(board, plan, ada):
    imported = Import.objects.create(
        board=board, filename="plan.xlsx", sha256="0" * 64, size=1, by=ada, undone_by=ada
    )
    action = make_action(make_area(plan), "Answer contacts", target="1 March 2026")
    move_target(action, to="1 April 2026", by=ada, reason="", imported_by=imported)
    make_update(action, by=ada, imported_by=imported)
    for model in (ProgressUpdate, TargetMove):
        model.objects.update(withdrawn_at=timezone.now())
    action.withdrawn_on, action.withdrawn_reason = timezone.localdate(), taken_back(imported.pk)
    save(action, by=ada, reason=f"import {imported.pk} taken back")
    words = f"Taken back with import {imported.pk}"
    assert [change[1:] for change in told(changes_of(action)) if change[1].startswith("Taken")] == [
        (words, "", "", "")
    ]
    assert not [change for change in told(changes_of(action)) if "date taken" in change[1]]


def test_the_order_of_headings_is_no_change(board, plan, ada):
    first, second = make_area(plan, "First"), make_area(plan, "Second")
    move_area(first, parent=None, after=second, by=ada)
    assert told(all_of(board)) == []


def test_a_withdrawn_action_gives_its_reason_once(board, plan, ada):
    action = make_action(make_area(plan), "Answer contacts")
    withdraw_action(action, by=ada, reason="Not needed")
    today = timezone.localdate()
    assert told(changes_of(action)) == [
        ("Action Answer contacts", "Withdrawn on", "", f"{today.day} {today:%B %Y}", "Not needed")
    ]


def test_an_action_shows_its_own_changes_alone_and_up_to_a_limit(board, plan, ada):
    area = make_area(plan)
    action, other = make_action(area), make_action(area)
    recommendation = find_or_create_recommendation(board, "R1", "", by=ada)
    set_recommendations(action, [recommendation], by=ada)
    withdraw_action(other, by=ada, reason="Not needed")
    assert told(changes_of(action)) == [(f"Recommendation R1 of action {action.title}", "Added", "", "", "")]
    edit_action(action, by=ada, title="New")
    assert [change.field for change in changes_of(action, limit=1)] == ["Action"]


def test_another_boards_changes_are_not_told(board, plan, ada):
    elsewhere = make_action()
    edit_action(elsewhere, by=ada, title="Elsewhere")
    make_update(elsewhere, by=ada)
    assert told(all_of(board)) == []


def test_changes_by_kind_person_and_action(board, plan, ada):
    sam = make_member(board, Role.EDITOR, "Sam Hill")
    action = make_action(make_area(plan), "Old")
    edit_action(action, by=ada, title="New")
    edit_action(action, by=sam, title="Newer")
    make_update(action, by=sam)
    edit_plan(plan, by=sam, title="New plan")
    assert [change.after for change in all_of(board, kind="plan", person=sam.pk)] == ["New plan"]
    assert [change.field for change in all_of(board, person=sam.pk)] == ["Title", "Update", "Action"]
    assert [change.after for change in all_of(board, kind="action", action=action)] == [
        "Newer",
        "New",
        "",
    ]
    assert all_of(board, kind="lead", action=action) == []


def test_the_newest_come_first_a_page_at_a_time(board, plan, ada):
    action = make_action(make_area(plan))
    steps = [Step(action=action, number=str(n), text="Agree", position=n) for n in range(PER_PAGE + 5)]
    create_all(steps, by=ada)
    first, second = board_changes(board, kind="step"), board_changes(board, kind="step", page=2)
    assert [len(page.object_list) for page in (first, second)] == [PER_PAGE, 5]
    assert (first.object_list[0].what, second.object_list[-1].what) == (
        f"Step {PER_PAGE + 4} of action {action.title}",
        f"Step 0 of action {action.title}",
    )
    assert board_changes(board, kind="step", page=9).number == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_however_many_rows(
    signed_in, board, plan, ada, rows, django_assert_num_queries
):
    action = make_action(make_area(plan))
    for number in range(rows):
        edit_action(action, by=ada, title=f"Title {number}", leads_text=f"Lead {number}")
        make_update(action, by=ada)
        make_step(action, str(number))
    web = signed_in(ada)
    with django_assert_num_queries(20):
        response = web.get(url(board, "history"))
    assert f"Title {rows - 1}" in text_of(response)


def test_the_page_shows_filters_and_links(signed_in, board, plan, ada):
    action = make_action(make_area(plan), "Answer contacts", reference="7")
    edit_action(action, by=ada, outcome="Answered", reason="import 3")
    web = signed_in(make_member(board))
    response = web.get(url(board, "history", action=action.pk, kind="action", person=ada.pk))
    words = text_of(response)
    assert "Action 7 Answer contactsHistory" in words
    assert "Ada Finch Action 7 Answer contacts Outcome Empty Answered Import 3" in words
    assert response.context["filter"].chosen() == {"kind": "action", "person": ada.pk, "action": action}


@pytest.mark.parametrize("query", [{"kind": "x"}, {"person": "x"}, {"action": 999}, {"page": "x"}])
def test_a_choice_that_can_not_be_is_as_none(signed_in, board, ada, query):
    assert signed_in(ada).get(url(board, "history", **query)).status_code == 200


def test_nothing_of_a_kind_is_said(signed_in, board, ada):
    words = text_of(signed_in(ada).get(url(board, "history", kind="move")))
    assert "Nothing of this kind has changed yet." in words
