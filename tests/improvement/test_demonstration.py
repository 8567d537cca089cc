from datetime import date

import pytest
from django.core.management import CommandError, call_command

from improvement.demonstration import PASSWORD
from plans.models import Action, Board, Import, ImportState, Membership, Plan, Role, User

TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.django_db


def ratings(title, as_at):
    rated = Action.objects.filter(plan__title=title).current().with_rating(as_at)
    codes = [action.rating for action in rated]
    return {code: codes.count(code) for code in sorted(set(codes))}


def test_both_plans_came_in_through_the_importer(demonstration):
    imports = Import.objects.order_by("id").values_list("plan__title", "state", "undo__plan__created_plan")
    assert list(imports) == [
        ("Recovery plan", ImportState.APPLIED, True),
        ("Improvement plan", ImportState.APPLIED, True),
    ]


def test_the_closed_plan_keeps_its_dates(demonstration):
    plan = Plan.objects.get(title="Recovery plan")
    assert (plan.status, plan.starts, plan.ends) == ("closed", date(2020, 1, 6), date(2020, 3, 30))
    assert plan.actions.count() == 24
    assert ratings("Recovery plan", date(2020, 3, 30)) == {
        "complete": 1,
        "off_track": 4,
        "on_track": 15,
        "slippage": 4,
    }


def test_the_live_plan_is_met_in_mid_course(demonstration):
    plan = Plan.objects.get(title="Improvement plan")
    actions = plan.actions.with_rating(TODAY)
    assert plan.actions.count() == 39
    assert plan.areas.current().top().count() == 4
    assert actions.overdue(TODAY).count() > 0
    assert actions.due_within(TODAY, 30).count() > 0
    assert actions.filter(updated_on__isnull=True).count() == 4


def test_every_role_has_somebody_who_can_sign_in(demonstration, client):
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    assert User.objects.filter(is_staff=True).count() == 1
    for email in ("administrator", "editor", "chair", "lead", "member"):
        assert client.login(email=f"{email}@example.org", password=PASSWORD)


def test_a_second_start_changes_nothing(demonstration):
    before = Action.history.count()
    call_command("load_demonstration", "--if-empty")
    assert Action.history.count() == before
    with pytest.raises(CommandError):
        call_command("load_demonstration")


def test_the_sign_in_page_names_people_only_in_the_demonstration(demonstration, client, settings):
    assert "administrator@example.org" not in client.get("/account/login/").content.decode()
    settings.DEMONSTRATION = True
    page = client.get("/account/login/").content.decode()
    assert all(user.email in page for user in User.objects.all())
    assert PASSWORD in page


def test_boards_are_two_councils(demonstration):
    assert list(Board.objects.values_list("slug", flat=True).order_by("slug")) == ["harrowdale", "teesmere"]
