import pytest

from plans.models import Lead, Role
from plans.services.actions import withdraw_action
from plans.services.people import set_holders
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan
from tests.pages import fields_of, text_of
from tests.plans.editing import errors_of, fill, messages_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board()


@pytest.fixture
def admin(board):
    return make_member(board, Role.ADMINISTRATOR, "Ada Finch")


@pytest.fixture
def web(signed_in, admin):
    return signed_in(admin)


def test_the_list_says_who_holds_each_and_how_many_actions_count(web, board, admin):
    area = make_area(make_plan(board))
    make_action(area, leads="Head of QA\nDirector")
    make_action(area, leads="Director")
    withdraw_action(make_action(area, leads="Head of QA"), by=admin, reason="Not needed")
    lead = Lead.objects.get(name="Director")
    set_holders(lead, [make_member(board, name="Sam Hill"), make_member(board, name="Tess Orr")], by=admin)
    words = text_of(web.get(url(board, "lead_list")))
    assert words.endswith("Director Sam Hill, Tess Orr 2 Head of QA Nobody 1")


def test_without_leads_the_list_says_what_to_do(web, board):
    words = text_of(web.get(url(board, "lead_list")))
    assert "The board has no leads yet. They appear here once actions name them, or add one." in words


@pytest.mark.parametrize("leads", [1, 3])
def test_the_list_takes_the_same_queries_however_many_leads(web, board, leads, django_assert_num_queries):
    for number in range(leads):
        make_lead(board, f"Lead {number}", holder=make_member(board))
    with django_assert_num_queries(5):
        web.get(url(board, "lead_list"))


def test_a_lead_is_added_and_held_by_several(web, board):
    one, two = make_member(board), make_member(board)
    response = fill(web, url(board, "lead_new"), name="Head of QA", holders=[one.pk, two.pk])
    assert messages_of(response) == ["“Head of QA” is added."]
    assert set(Lead.objects.get().holders.all()) == {one, two}


def test_a_lead_is_renamed_and_handed_over_and_its_actions_stay(web, board):
    old, new = make_member(board), make_member(board)
    lead = make_lead(board, "Head of QA", holder=old)
    action = make_action(make_area(make_plan(board)), leads="Head of QA")
    address = url(board, "lead_edit", lead.pk)
    fill(web, address, name="Head of Quality", holders=[new.pk])
    assert (str(action.leads.get()), list(lead.holders.all())) == ("Head of Quality", [new])
    fill(web, address, holders=None)
    assert list(lead.holders.all()) == []
    assert action.history.count() == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("director", "The board already has the lead “Director”. Choose another name."),
        ("", "Enter the name"),
    ],
)
def test_a_name_that_can_not_be(web, board, name, words):
    make_lead(board, "Director")
    lead = make_lead(board, "Head of QA")
    assert errors_of(fill(web, url(board, "lead_edit", lead.pk), name=name)) == {"name": [words]}
    lead.refresh_from_db()
    assert lead.name == "Head of QA"


def test_only_people_of_the_board_can_hold_a_lead(web, board):
    outsider = make_member(make_board(), name="Ola Berg")
    lead = make_lead(board, "Head of QA")
    response = fill(web, url(board, "lead_edit", lead.pk), holders=[outsider.pk])
    assert list(errors_of(response)) == ["holders"]
    assert list(lead.holders.all()) == []


def test_a_lead_handed_over_meanwhile_is_shown_first(web, board, admin):
    one, two = make_member(board, name="Sam Hill"), make_member(board, name="Tess Orr")
    lead = make_lead(board, "Head of QA")
    address = url(board, "lead_edit", lead.pk)
    fields = fields_of(web.get(address), "token") | {"holders": [one.pk]}
    set_holders(lead, [two], by=admin)
    response = web.post(address, fields)
    assert errors_of(response)["holders"] == [
        "Somebody handed this lead over while you were here: it is held by Tess Orr now. "
        "Save again to hand it to those ticked."
    ]
    assert list(lead.holders.all()) == [two]
    web.post(address, fields_of(response, "token"))
    assert list(lead.holders.all()) == [one]


def test_a_lead_that_leads_nothing_is_removed_with_who_holds_it(web, board):
    lead = make_lead(board, "Head of QA", holder=make_member(board))
    response = fill(web, url(board, "lead_remove", lead.pk))
    assert messages_of(response) == ["“Head of QA” is removed. Its history stays."]
    assert not board.leads.exists()
    assert Lead.history.filter(id=lead.pk, history_type="-").count() == 1


def test_a_lead_that_something_names_stays(web, board, admin):
    action = make_action(make_area(make_plan(board)), leads="Head of QA")
    lead = Lead.objects.get()
    address = url(board, "lead_remove", lead.pk)
    assert errors_of(fill(web, address)) == {
        "__all__": ["“Head of QA” leads 1 action. Name others there first."]
    }
    withdraw_action(action, by=admin, reason="Not needed")
    words = "“Head of QA” is named by 1 withdrawn action, so it stays."
    assert errors_of(fill(web, address)) == {"__all__": [words]}
    assert list(board.leads.all()) == [lead]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEAD, Role.CHAIR, Role.EDITOR])
def test_only_administrators_manage_leads(signed_in, board, role):
    lead = make_lead(board)
    web = signed_in(make_member(board, role))
    for address in (url(board, "lead_list"), url(board, "lead_new"), url(board, "lead_edit", lead.pk)):
        assert web.get(address).status_code == 403


def test_another_boards_leads_are_not_found(web, board):
    lead = make_lead(make_board())
    assert web.get(url(board, "lead_edit", lead.pk)).status_code == 404
