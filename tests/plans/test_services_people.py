import pytest
from django.core.exceptions import ValidationError

from plans.models import Board, Holding, Lead, Membership, Role, User
from plans.services.people import (
    add_lead,
    create_board,
    edit_lead,
    find_or_create_leads,
    invite_member,
    remove_member,
    rename_lead,
    set_holders,
    set_role,
)
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_user

pytestmark = pytest.mark.django_db


def test_a_board_is_made_with_its_history():
    by = make_user()
    board = create_board("Teesmere", "Improvement board", "teesmere", by=by)
    assert Board.objects.get() == board
    assert board.history.get().history_user == by


def test_a_person_has_one_role_and_its_changes_are_kept():
    board, user = make_board(), make_user()
    set_role(board, user, Role.MEMBER, by=None)
    member = set_role(board, user, Role.EDITOR, by=None)
    assert Membership.objects.get() == member
    assert [row.role for row in member.history.order_by("history_id")] == ["member", "editor"]


def test_the_last_administrator_keeps_the_role_and_the_board():
    board = make_board()
    member = Membership.objects.get(user=make_member(board, Role.ADMINISTRATOR))
    with pytest.raises(ValidationError, match="A board needs an administrator"):
        set_role(board, member.user, Role.MEMBER, by=None)
    with pytest.raises(ValidationError, match="A board needs an administrator"):
        remove_member(member, by=make_user())
    make_member(board, Role.ADMINISTRATOR)
    remove_member(member, by=make_user())
    assert not Membership.objects.filter(pk=member.pk).exists()


def test_who_leaves_the_board_gives_up_its_leads_and_no_others():
    board, other, user = make_board(), make_board(), make_user()
    here, there = make_lead(board, holder=user), make_lead(other, holder=user)
    remove_member(Membership.objects.get(board=board, user=user), by=make_user())
    assert list(Lead.objects.filter(holders=user)) == [there]
    assert here in Lead.objects.all()
    assert list(Membership.objects.values_list("board", flat=True)) == [other.pk]
    assert Holding.history.get(history_type="-").history_change_reason == "Left the board"


def test_somebody_new_gets_an_account_without_a_password():
    board, by = make_board(), make_user()
    member = invite_member(board, "Priya@Example.org ", Role.LEAD, by=by, name="Priya Shah")
    assert (member.user.email, member.user.name, member.role) == ("priya@example.org", "Priya Shah", "lead")
    assert not member.user.has_usable_password()
    assert member.history.get().history_user == by


def test_somebody_known_is_put_on_the_board_as_they_are():
    user = make_user("Sam Hill")
    member = invite_member(make_board(), user.email.upper(), Role.MEMBER, by=None, name="Another name")
    assert member.user == user
    assert list(User.objects.values_list("name", flat=True)) == ["Sam Hill"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [({}, "is on the board already"), ({"is_active": False}, "This account is closed")],
)
def test_an_invitation_that_can_not_be(fields, words):
    board = make_board()
    user = make_member(board)
    User.objects.filter(pk=user.pk).update(**fields)
    with pytest.raises(ValidationError, match=words):
        invite_member(board, user.email, Role.EDITOR, by=None)
    assert Membership.objects.get().role == "member"


def test_another_spelling_is_the_same_lead():
    board = make_board()
    leads = find_or_create_leads(board, ["Head of QA", "head of  qa", "Director"], by=None)
    assert [lead.name for lead in leads] == ["Head of QA", "Director"]
    assert find_or_create_leads(board, ["DIRECTOR"], by=None) == [leads[1]]


def test_renaming_and_handing_over_leave_the_actions():
    board = make_board()
    holder, heir = make_member(board), make_member(board)
    lead = make_lead(board, "Head of Service", holder=holder)
    action = make_action(make_area(make_plan(board)), leads="Head of Service")
    edit_lead(lead, name="Service director", holders=[heir], by=make_user())
    assert [str(link) for link in action.action_leads.all()] == ["Service director"]
    assert list(lead.holders.all()) == [heir]
    assert action.history.count() == 1


def test_a_taken_name_is_refused_in_any_spelling():
    board = make_board()
    lead, _ = make_lead(board, "Head of Service"), make_lead(board, "Director of Care")
    with pytest.raises(ValidationError, match="already has the lead “Director of Care”"):
        rename_lead(lead, "director of  care", by=make_user())
    with pytest.raises(ValidationError, match="already has a lead of this name"):
        add_lead(board, "HEAD OF SERVICE", [], by=make_user())
    assert sorted(Lead.objects.values_list("name", flat=True)) == ["Director of Care", "Head of Service"]


def test_a_lead_may_rename_its_own_spelling():
    lead = make_lead(make_board(), "head of service")
    rename_lead(lead, "Head of Service", by=make_user())
    lead.refresh_from_db()
    assert lead.name == "Head of Service"


def test_a_lead_is_held_by_several_or_nobody_but_only_by_people_of_the_board():
    board = make_board()
    one, two, outsider = make_member(board), make_member(board), make_user("Ola Berg")
    lead = add_lead(board, "Head of Service", [one, two], by=make_user())
    assert set(lead.holders.all()) == {one, two}
    with pytest.raises(ValidationError, match="Add Ola Berg to the board first"):
        set_holders(lead, [outsider], by=None)
    set_holders(lead, [], by=None)
    assert list(lead.holders.all()) == []
    assert sorted(Holding.history.values_list("history_type", flat=True)) == ["+", "+", "-", "-"]
