"""Inspections, what they recommended, which actions answer it, and how long the clocks still run."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from plans.clocks import PLAN_DUE, REVIEW_DUE
from plans.coverage import Answer, Cover, Coverage, cover_of, unanswered
from plans.models import Action, Recommendation, Role
from plans.services.actions import set_recommendations, withdraw_action
from plans.services.evidence import show_evidence
from plans.services.plans import edit_plan
from plans.services.recommendations import (
    add_inspection,
    add_recommendation,
    edit_recommendation,
    name_answer,
    remove_recommendation,
    stop_clock,
)
from plans.services.sign_off import agree_sign_off, ask_sign_off
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_inspection,
    make_member,
    make_plan,
    make_recommendation,
    make_update,
)
from tests.pages import fields_of, text_of
from tests.plans.editing import errors_of, url


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def editor(board):
    return make_member(board, Role.EDITOR)


@pytest.fixture
def web(signed_in, editor):
    return signed_in(editor)


def answer(rating, needs_sign_off=False, signed_off=False):
    action = Action(title="Meet weekly")
    action.rating = rating
    return Answer(action, None, needs_sign_off, signed_off)


@pytest.mark.parametrize(
    ("answers", "cover"),
    [
        ([], Cover.NONE),
        ([answer("")], Cover.OFF),
        ([answer("off_track"), answer("slippage")], Cover.OFF),
        ([answer("off_track"), answer("on_track")], Cover.RUNNING),
        ([answer("off_track"), answer("complete")], Cover.RUNNING),
        ([answer("on_track")], Cover.RUNNING),
        ([answer("complete")], Cover.DONE),
        ([answer("complete", needs_sign_off=True)], Cover.RUNNING),
        ([answer("complete", needs_sign_off=True, signed_off=True)], Cover.DONE),
        ([answer("complete"), answer("complete", True)], Cover.RUNNING),
    ],
)
def test_how_far_actions_answer_a_recommendation(answers, cover):
    assert cover_of(answers) is cover


@given(st.lists(st.sampled_from(["", "off_track", "slippage", "on_track", "complete"]), max_size=6))
def test_a_further_action_off_track_never_looks_better(ratings):
    order = [Cover.OFF, Cover.RUNNING, Cover.DONE]
    before = cover_of(map(answer, ratings))
    after = cover_of([*map(answer, ratings), answer("off_track")])
    assert before is Cover.NONE or order.index(after) <= order.index(before)


@pytest.mark.django_db
class TestServices:
    def test_a_report_still_to_come_starts_no_clock(self, board):
        with pytest.raises(ValidationError, match="today or earlier"):
            add_inspection(board, by=None, kind="ofsted", title="Next", received_on=date(2999, 1, 1))

    @pytest.mark.parametrize(
        ("clock", "on", "words"),
        [
            (REVIEW_DUE, date(2026, 2, 1), "does not set this clock"),
            (PLAN_DUE, date(2026, 1, 4), "on or after the one on which the final report came"),
            (PLAN_DUE, date(2999, 1, 1), "today or earlier"),
        ],
    )
    def test_a_clock_stops_on_a_day_that_can_be(self, board, clock, on, words):
        with pytest.raises(ValidationError, match=words):
            stop_clock(make_inspection(board), clock, on, by=None)

    def test_an_inspection_of_another_board_is_refused(self, board, editor):
        told = make_recommendation(board)
        with pytest.raises(ValidationError, match="of this board"):
            edit_recommendation(told, by=editor, inspection=make_inspection(make_board()))

    def test_what_is_answered_stays(self, board, editor):
        told = make_recommendation(board)
        name_answer(told, make_action(make_area(make_plan(board))), by=editor)
        with pytest.raises(ValidationError, match="1 action answer it"):
            remove_recommendation(told, by=editor, reason="Twice")
        assert Recommendation.objects.filter(pk=told.pk).exists()

    def test_another_boards_or_a_withdrawn_action_answers_nothing(self, board, editor):
        told = make_recommendation(board)
        gone = make_action(make_area(make_plan(board)))
        withdraw_action(gone, by=editor, reason="Not needed")
        for action in (make_action(), gone):
            with pytest.raises(ValidationError):
                name_answer(told, action, by=editor)
        assert told.actions.count() == 0


@pytest.mark.django_db
class TestCoverage:
    def test_actions_of_drafts_and_withdrawn_ones_do_not_count(self, board, editor):
        told = make_recommendation(board)
        drafted = make_action(make_area(make_plan(board, status="draft")))
        withdrawn = make_action(make_area(make_plan(board)))
        for action in (drafted, withdrawn):
            set_recommendations(action, [told], by=editor)
        withdraw_action(withdrawn, by=editor, reason="Not needed")
        [row] = Coverage(board, timezone.localdate()).rows
        assert (row.cover, row.answers) == (Cover.NONE, [])

    def test_where_sign_off_is_asked_for_complete_is_not_yet_done(self, board, editor):
        plan = make_plan(board)
        edit_plan(plan, by=editor, blue_needs_sign_off=True)
        action, told = make_action(make_area(plan)), make_recommendation(board)
        name_answer(told, action, by=editor)
        update = make_update(action, "complete", by=editor)
        [row] = Coverage(board, timezone.localdate()).rows
        assert (row.cover, row.words) == (Cover.RUNNING, "All complete, 0 of 1 signed off")
        show_evidence(update, [make_evidence(board)], by=editor)
        agree_sign_off(ask_sign_off(update, by=editor), by=make_member(board, Role.CHAIR))
        [row] = Coverage(board, timezone.localdate()).rows
        assert (row.cover, row.words) == (Cover.DONE, "All complete and signed off")

    def test_the_sentence_counts_what_matters(self, board, editor):
        area = make_area(make_plan(board))
        for rating in ("off_track", "on_track"):
            name_answer(make_recommendation(board), make_rated(area, rating), by=editor)
        make_recommendation(board)
        words = "3 recommendations: 1 with no action, 1 with none on track."
        assert Coverage(board, timezone.localdate()).sentence == words


def make_rated(area, rating):
    action = make_action(area)
    make_update(action, rating)
    return action


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("number", [1, 3])
    def test_the_same_queries_however_many(self, web, board, editor, number, django_assert_num_queries):
        area = make_area(make_plan(board))
        for _ in range(number):
            told = make_recommendation(board, inspection=make_inspection(board))
            for _ in range(number):
                name_answer(told, make_rated(area, "on_track"), by=editor)
        with django_assert_num_queries(10):
            web.get(url(board, "recommendation_list"))

    def test_an_inspection_with_its_clock(self, web, board):
        sent = {"kind": "ofsted", "title": "Visit of 2026", "received_on": "1/9/2026"}
        web.post(url(board, "inspection_new"), sent)
        inspection = board.inspections.get()
        words = text_of(web.get(url(board, "recommendation_list")))
        assert "Visit of 2026 Ofsted inspection 1 Sep 2026 Action plan sent: due 8 Dec 2026" in words
        page = web.get(url(board, "inspection_clock", inspection.pk))
        web.post(url(board, "inspection_clock", inspection.pk), fields_of(page, "on") | {"on": "2/9/2026"})
        assert inspection.clock_stops.get().on == date(2026, 9, 2)
        assert "done in time" in text_of(web.get(url(board, "recommendation_list")))

    @pytest.mark.parametrize("day", ["1/9/0026", "31/12/1999"])
    def test_a_report_of_another_age_is_a_slip_of_the_pen(self, web, board, day):
        sent = {"kind": "ofsted", "title": "Visit of 2026", "received_on": day}
        answer = web.post(url(board, "inspection_new"), sent)
        words = "Enter a day between 2000 and 2099, such as 27/3/2026"
        assert errors_of(answer) == {"received_on": [words]}

    def test_a_recommendation_needs_words_or_a_reference(self, web, board):
        answer = web.post(url(board, "recommendation_new"), {"priority": "High"})
        assert errors_of(answer) == {"text": ["Write the recommendation, or give its reference"]}

    def test_from_nothing_to_an_answer_and_back(self, web, board):
        action = make_action(make_area(make_plan(board)), "Read every file again")
        sent = {"reference": "4", "text": "Reduce delay", "paragraph": "17", "priority": "High"}
        web.post(url(board, "recommendation_new"), sent)
        told = board.recommendations.get()
        web.post(url(board, "recommendation_answer", told.pk), {"action": action.pk})
        words = text_of(web.get(url(board, "recommendation", told.pk)))
        assert "Recommendation 4 None on track" in words
        assert "Reduce delay Paragraph of the report 17 Priority High" in words
        assert "Read every file again" in words
        web.post(url(board, "recommendation_remove", told.pk), {"reason": "A mistake"})
        assert told.actions.get() == action

    @pytest.mark.parametrize("cover", ["none", "off"])
    def test_each_number_leads_to_its_list(self, web, board, editor, cover):
        name_answer(
            make_recommendation(board, "Answered"),
            make_rated(make_area(make_plan(board)), "off_track"),
            by=editor,
        )
        make_recommendation(board, "Forgotten")
        page = web.get(url(board, "recommendation_list"), {"cover": cover})
        expected = {"none": "Forgotten", "off": "Answered"}[cover]
        assert [str(row.record.recommendation) for row in page.context["table"].rows] == [expected]

    @pytest.mark.parametrize("column", ["recommendation", "inspection", "priority", "cover"])
    def test_each_column_sorts_both_ways(self, web, board, column):
        inspection = make_inspection(board)
        first = make_recommendation(board, "Adopt", inspection=inspection, priority="High")
        other = make_recommendation(board, "Bring", inspection=make_inspection(board), priority="Low")
        name_answer(other, make_rated(make_area(make_plan(board)), "on_track"), by=None)
        orders = []
        for sort in (column, f"-{column}"):
            page = web.get(url(board, "recommendation_list"), {"sort": sort})
            orders.append([row.record.recommendation for row in page.context["table"].rows])
        assert orders == [[first, other], [other, first]]

    def test_one_without_words_goes_by_its_reference(self, web, board, editor):
        told = add_recommendation(board, by=None, text="", reference="Review action 1")
        area = make_area(make_plan(board))
        for reference in ("7", "B7"):
            name_answer(told, make_action(area, "Meet", reference=reference), by=editor)
        page = web.get(url(board, "recommendation_list"))
        link = f'href="{url(board, "recommendation", told.pk)}">Review action 1</a>'
        assert link in page.content.decode()
        words = text_of(page)
        assert ("Not rated Action 7" in words, "Not rated B7" in words) == (True, True)

    def test_a_download_says_what_the_page_says(self, web, board):
        make_recommendation(board, "=Reduce delay", reference="4", paragraph="17")
        page = web.get(url(board, "recommendation_list"), {"_export": "csv"})
        header, row = page.content.decode("utf-8-sig").splitlines()[-2:]
        assert header == "Reference,Recommendation,Inspection,Paragraph,Priority,Actions,State"
        assert row == "4,'=Reduce delay,,17,,,No action"

    def test_without_any_the_page_says_how_they_come(self, web, board):
        words = text_of(web.get(url(board, "recommendation_list")))
        assert (
            "No recommendation is kept yet. They come in with a plan’s workbook, or are added here." in words
        )


@pytest.mark.django_db
def test_coverage_as_at_a_past_day(board, web, time_machine):
    time_machine.move_to("2026-11-22T12:00:00Z", tick=True)
    early = make_inspection(board, "ofsted", received_on=date(2026, 1, 5))
    late = make_inspection(board, "peer", received_on=date(2026, 10, 1))
    told = make_recommendation(board, "Meet weekly", inspection=early, reference="1")
    make_recommendation(board, "Listen more", inspection=late, reference="2")
    action = make_action(make_area(make_plan(board)))
    name_answer(told, action, by=make_member(board, Role.ADMINISTRATOR))
    make_update(action, "off_track", on=date(2026, 2, 1))
    make_update(action, "on_track", on=date(2026, 9, 1))
    list_url = url(board, "recommendation_list")
    now, then = (text_of(web.get(list_url + query)) for query in ("", "?as_at=2026-03-02"))
    assert "2 recommendations: 1 with no action." in now
    assert "1 recommendation: 1 with none on track." in then
    assert "30 working days left" in then
    assert "Listen more" not in then
    assert "Add a recommendation" not in then
    page = text_of(web.get(url(board, "recommendation", told.pk) + "?as_at=2026-03-02"))
    assert "None on track" in page


@pytest.mark.django_db
def test_how_many_have_no_action(board, django_assert_num_queries):
    told = make_recommendation(board)
    make_recommendation(board)
    action = make_action(make_area(make_plan(board)))
    with django_assert_num_queries(1):
        assert unanswered(board).count() == 2
    by = make_member(board, Role.ADMINISTRATOR)
    name_answer(told, action, by=by)
    assert unanswered(board).count() == 1
    withdraw_action(action, by=by, reason="Another does it.")
    assert unanswered(board).count() == 2
