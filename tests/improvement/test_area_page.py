import pytest
from django.urls import reverse

from plans.models import Role
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_update
from tests.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    plan = make_plan(make_board(), level_names=["Priority", "Outcome"])
    area = make_area(plan, "Front door", description="Everything begins here.")
    inner = make_area(plan, "Decisions are right", parent=area, reference="1.1")
    make_update(make_action(area, "Agree procedures", target="5 January 2020"), "off_track")
    make_update(make_action(inner, "Audit decisions"), "on_track")
    make_action(make_area(plan, "Elsewhere"), "Meet the police")
    return area


def area_page(client, area, **query):
    return client.get(reverse("area", args=[area.plan.board.slug, area.pk]), query)


def test_a_heading_with_all_that_stands_under_it(signed_in, area):
    words = words_of(area_page(signed_in(make_member(area.plan.board)), area))
    assert "2 actions; 1 is overdue. Green 1 Red 1" in words
    assert "Everything begins here." in words
    assert "1.1 Decisions are right 1 action" in words
    assert ("Agree procedures" in words, "Audit decisions" in words, "Meet the police" in words) == (
        True,
        True,
        False,
    )


def test_its_numbers_agree_with_the_lists(signed_in, area):
    client = signed_in(make_member(area.plan.board))
    page = area_page(client, area).context["page"]
    for entry, number, url in page.counts:
        assert (entry.word, client.get(url).context["found"]) == (entry.word, number)
    assert client.get(page.all_url).context["found"] == page.total == 2
    assert client.get(page.overdue_url).context["found"] == page.overdue == 1


def test_its_table_sorts(signed_in, area):
    client = signed_in(make_member(area.plan.board))
    for sort, first in (("rating", "Agree procedures"), ("-rating", "Audit decisions")):
        table = area_page(client, area, sort=sort).context["table"]
        assert next(iter(table.rows)).record.title == first


@pytest.mark.parametrize(("role", "offered"), [(Role.EDITOR, True), (Role.MEMBER, False)])
def test_only_those_who_edit_are_offered_to(signed_in, area, role, offered):
    words = words_of(area_page(signed_in(make_member(area.plan.board, role)), area))
    assert ("Edit the heading" in words, "Reorder actions" in words) == (offered, offered)


def test_an_empty_heading_says_so(signed_in):
    area = make_area(make_plan(make_board()))
    words = words_of(area_page(signed_in(make_member(area.plan.board)), area))
    assert "No action stands under this heading." in words


def test_a_heading_of_another_board_is_not_found(signed_in, area):
    board = make_board()
    client = signed_in(make_member(board))
    assert client.get(reverse("area", args=[board.slug, area.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_queries(signed_in, django_assert_num_queries, rows):
    area = make_area(make_plan(make_board()))
    client = signed_in(make_member(area.plan.board))
    for number in range(rows):
        make_update(make_action(area, f"Action {number}", leads="PSW"))
    with django_assert_num_queries(16):
        area_page(client, area)
