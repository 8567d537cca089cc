"""The leads and recommendations that an import made go with it, unless something uses them."""

from datetime import date

import pytest
from django.urls import reverse

from plans.coverage import Cover, Coverage
from plans.history.leads import accountable_of
from plans.history.then import PlanThen
from plans.imports.undo_rows import gone_beside
from plans.models import Action, Recommendation
from plans.services.actions import set_recommendations
from plans.services.people import remove_lead, rename_lead, set_holders
from plans.services.recommendations import edit_recommendation, remove_recommendation
from plans.standing import AsAt
from tests.factories import make_action, make_area, make_challenge, make_plan, make_recommendation
from tests.importing import bring_in
from tests.pages import text_of
from tests.plans.undoing.taking_back import FIRST, NEXT, made, named, state, undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


def test_leads_and_recommendations_that_an_import_made_go_with_it(board):
    plan = bring_in(board, FIRST).plan
    before = (state(plan), made(board))
    imported = bring_in(board, NEXT)
    assert made(board) == ["Head A", "Head B", "Head C", "Ofsted 4", "Ofsted 5", "Ofsted 6"]
    assert undo(imported) == [(3, "reversed"), (4, "reversed")]
    assert (state(plan), made(board)) == before
    assert Recommendation.history.filter(text="Ofsted 6").first().history_type == "-"


@pytest.mark.parametrize(
    ("made", "stay", "words"),
    [
        ((2, 1), ["Lead: A", "Recommendation: 4 Meet", "Lead"], "1 lead"),
        ((2, 2), [], "2 leads and 2 recommendations"),
        ((0, 1), [], "1 recommendation"),
        ((1, 0), ["Lead: A"], ""),
    ],
)
def test_how_many_leads_and_recommendations_went(made, stay, words):
    undo = {"leads": [{}] * made[0], "recommendations": [{}] * made[1]}
    report = [{"title": "Lead: an action", "action": 1}, *({"title": title} for title in stay)]
    assert gone_beside(undo, report) == words
    assert gone_beside({}, report[:1]) == ""


def hold(board, editor):
    set_holders(board.leads.get(name="Head B"), [editor], by=editor)


def own_a_challenge(board, editor):
    make_challenge(Action.objects.get(title="Visit"), owner=board.leads.get(name="Head B"))


def lead_another(board, editor):
    make_action(make_area(make_plan(board)), "Elsewhere", leads="Head B")


def rename(board, editor):
    rename_lead(board.leads.get(name="Head B"), "Head of B", by=editor)


def answer_another(board, editor):
    set_recommendations(
        make_action(make_area(make_plan(board))), [board.recommendations.get(text="Ofsted 6")], by=editor
    )


def say_its_priority(board, editor):
    told = board.recommendations.get(text="Ofsted 6")
    edit_recommendation(told, by=editor, priority="High")


@pytest.mark.parametrize(
    ("use", "title", "reason"),
    [
        (hold, "Lead: Head B", "somebody holds it"),
        (own_a_challenge, "Lead: Head B", "the board’s challenges name it"),
        (lead_another, "Lead: Head B", "an action names it"),
        (rename, "Lead: Head of B", "somebody has edited it since"),
        (answer_another, "Recommendation: Ofsted 6", "an action answers it"),
        (say_its_priority, "Recommendation: Ofsted 6", "somebody has edited it since"),
    ],
)
def test_what_something_else_uses_by_now_stays_and_the_report_says_so(board, editor, use, title, reason):
    bring_in(board, FIRST)
    imported = bring_in(board, NEXT)
    use(board, editor)
    assert undo(imported)[2:] in (
        [(3, "kept", f"Kept, because {reason}.")],
        [(4, "kept", f"Kept, because {reason}.")],
    )
    assert imported.undo_report[-1]["title"] == title
    assert made(board) == sorted(["Head A", "Ofsted 4", title.partition(": ")[2]])


def test_what_a_later_import_replaced_stays_for_its_undo(board):
    plan = bring_in(board, named(("1", "Visit", "Head Z", "Red", "Ofsted 1"))).plan
    first = bring_in(board, FIRST)
    before = state(plan)
    second = bring_in(board, named(("1", "Visit", "Head B", "Red", "Ofsted 5")))
    kept = (3, "kept", "Kept, because undoing a later import would put it back.")
    assert undo(first)[1:] == [kept, kept]
    assert undo(second) == [(3, "reversed")]
    assert (state(plan), made(board)) == (before, ["Head A", "Head Z", "Ofsted 1", "Ofsted 4"])


def drop_lead(board, editor):
    remove_lead(board.leads.get(name="Head A"), by=editor)


def drop_recommendation(board, editor):
    remove_recommendation(board.recommendations.get(text="Ofsted 4"), by=editor, reason="Said twice")


@pytest.mark.parametrize(
    ("drop", "reason"),
    [
        (drop_lead, "A lead that it had is no longer on the board. Name its leads by hand."),
        (
            drop_recommendation,
            "A recommendation that it answered is no longer on the board. Name it by hand.",
        ),
    ],
)
def test_what_is_no_longer_on_the_board_is_not_put_back_without_a_word(board, editor, drop, reason):
    plan = bring_in(board, FIRST).plan
    imported = bring_in(board, named(("1", "Visit", "Head B", "Amber", "Ofsted 5")))
    drop(board, editor)
    _, outcome, parts, *reasons = undo(imported)[0]
    assert (outcome, reasons) == ("refused", [reason])
    assert ("leads" in parts, "recommendations" in parts) == (drop is not drop_lead, drop is drop_lead)
    action = plan.actions.get()
    assert (action.leads_text == "Head B", str(action.recommendations.get()) == "Ofsted 5") == (
        drop is drop_lead,
        drop is drop_recommendation,
    )


def test_a_past_day_still_names_the_leads_that_went(board, time_machine):
    bring_in(board, FIRST)
    imported = bring_in(board, NEXT)
    time_machine.move_to("2026-06-20T09:00:00+01:00", tick=True)
    undo(imported)
    action = Action.objects.get(title="Meet")
    then = PlanThen(action.plan, AsAt(date(2026, 6, 17), is_past=True))
    then.tell([action])
    assert accountable_of(action) == "Head C"
    assert list(then.without_lead(action.plan.actions.standing_on(date(2026, 6, 17)))) == []


def covered(board, day):
    """What the board recommended on the day, each with the actions that answered it."""
    rows = Coverage(board, day).rows
    return [
        (str(row.recommendation), sorted(str(answer.action) for answer in row.answers), row.cover)
        for row in rows
    ]


def test_a_past_day_still_counts_the_recommendations_that_went(board, editor, signed_in, time_machine):
    plan = bring_in(board, FIRST).plan
    time_machine.move_to("2026-06-16T09:00:00+01:00", tick=True)
    imported = bring_in(board, NEXT)
    time_machine.move_to("2026-06-20T09:00:00+01:00", tick=True)
    before = covered(board, date(2026, 6, 17))
    assert before == [
        ("Ofsted 4", [], Cover.NONE),
        ("Ofsted 5", ["1 Visit"], Cover.OFF),
        ("Ofsted 6", ["2 Meet"], Cover.OFF),
    ]
    gone = board.recommendations.get(text="Ofsted 6")
    action = Action.objects.get(title="Meet")
    undo(imported)
    time_machine.move_to("2026-06-21T09:00:00+01:00", tick=True)
    assert covered(board, date(2026, 6, 17)) == before
    assert [told for told, *_ in covered(board, date(2026, 6, 20))] == ["Ofsted 4"]
    assert covered(board, date(2026, 6, 15)) == covered(board, date(2026, 6, 21))
    web, day = signed_in(editor), {"as_at": "2026-06-17"}
    page = web.get(reverse("plans:recommendation", args=[board.slug, gone.pk]), day)
    assert "2 Meet" in text_of(page)
    assert f"recommendation-{gone.pk}" not in page.content.decode()
    assert web.get(reverse("plans:recommendation", args=[board.slug, gone.pk])).status_code == 404
    dashboard = web.get(reverse("dashboard", args=[board.slug]), day)
    assert "1 recommendation has no action" in text_of(dashboard)
    for name, args in (("plans:plan", []), ("action", [action.pk])):
        assert "Ofsted 6" in text_of(web.get(reverse(name, args=[board.slug, *args]), day))
    questions = text_of(web.get(reverse("questions", args=[board.slug]), day))
    assert ("Ofsted 4" in questions, "Ofsted 6" in questions) == (True, True)
    assert plan.actions.current().count() == 1


def test_what_a_plan_taken_back_alone_answered_goes_from_past_days_with_it(board, time_machine):
    imported = bring_in(board, FIRST)
    time_machine.move_to("2026-06-20T09:00:00+01:00", tick=True)
    undo(imported)
    time_machine.move_to("2026-06-21T09:00:00+01:00", tick=True)
    assert covered(board, date(2026, 6, 17)) == []


def test_what_came_and_went_after_a_day_was_not_there_on_it(board, editor, time_machine):
    told = make_recommendation(board, "Listen more")
    time_machine.move_to("2026-06-20T09:00:00+01:00", tick=True)
    remove_recommendation(told, by=editor, reason="Said twice")
    time_machine.move_to("2026-06-21T09:00:00+01:00", tick=True)
    assert [covered(board, date(2026, 6, day)) for day in (14, 20, 21)] == [[], [], []]
    assert covered(board, date(2026, 6, 19)) == [("Listen more", [], Cover.NONE)]


def test_words_and_answers_of_a_past_day_are_those_of_then(board, editor, time_machine):
    told, action = make_recommendation(board, "Listen"), make_action(make_area(make_plan(board)), "Ask")
    time_machine.move_to("2026-06-18T09:00:00+01:00", tick=True)
    set_recommendations(action, [told], by=editor)
    time_machine.move_to("2026-06-20T09:00:00+01:00", tick=True)
    edit_recommendation(told, by=editor, text="Listen more")
    set_recommendations(action, [], by=editor)
    time_machine.move_to("2026-06-21T09:00:00+01:00", tick=True)
    assert covered(board, date(2026, 6, 17)) == [("Listen", [], Cover.NONE)]
    assert covered(board, date(2026, 6, 19)) == [("Listen", ["Ask"], Cover.OFF)]
    assert covered(board, date(2026, 6, 20)) == [("Listen more", [], Cover.NONE)]
