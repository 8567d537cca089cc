import pytest
from django.urls import reverse

from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_member,
    make_plan,
    make_update,
)
from tests.impact.factories import FALLING, RISING, STEADY, make_measure, make_narrative
from tests.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(make_board())


def breaks(client, plan):
    return client.get(reverse("breaks", args=[plan.board.slug]), {"plan": plan.pk})


def test_each_kind_of_break_is_named(signed_in, plan):
    front, back = make_area(plan, "Front door"), make_area(plan, "Permanency")
    done = make_action(front, "Fill the posts")
    make_update(done, "complete")
    make_measure(plan.board, "Contacts on time", values=STEADY, actions=[done])
    make_measure(plan.board, "Visits in time", values=FALLING, areas=[back])
    make_narrative(back, "We cannot tell yet.")
    words = words_of(breaks(signed_in(make_member(plan.board)), plan))
    assert "4 breaks between what was done and the difference it made." in words
    assert (
        "Marked done, and the measure has not moved: 1 Fill the posts Blue "
        "Contacts on time No significant change" in words
    )
    assert "In concern, and no action: 1 Visits in time Concern (low)" in words
    assert (
        "“So what?” with nothing behind it: 1 Permanency January to March 2026 We cannot tell yet." in words
    )
    assert "Marked done, and no “So what?”: 1 Fill the posts Blue" in words


def test_a_whole_chain_has_no_break(signed_in, plan):
    area = make_area(plan)
    done, doing = make_action(area), make_action(area)
    make_update(done, "complete")
    measure = make_measure(plan.board, values=RISING, actions=[done])
    make_measure(plan.board, values=FALLING, actions=[doing])
    make_narrative(area, measures=[measure])
    words = words_of(breaks(signed_in(make_member(plan.board)), plan))
    assert "No break was found between what was done and the difference it made." in words


def test_another_plans_measures_are_not_missed_here(signed_in, plan):
    other = make_area(make_plan(plan.board, "Later plan"))
    make_area(plan)
    make_measure(plan.board, values=FALLING, areas=[other])
    assert "No break was found" in words_of(breaks(signed_in(make_member(plan.board)), plan))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_queries(signed_in, django_assert_num_queries, plan, rows):
    for number in range(rows):
        area = make_area(plan, f"Area {number}")
        done = make_action(area)
        make_update(done, "complete")
        make_measure(plan.board, values=STEADY, actions=[done])
        make_measure(plan.board, values=FALLING)
        make_narrative(area, evidence=[make_evidence(plan.board)])
    client = signed_in(make_member(plan.board))
    with django_assert_num_queries(16):
        breaks(client, plan)
