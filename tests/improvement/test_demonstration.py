from datetime import date

import pytest
from django.core.management import CommandError, call_command

from impact.judging import judge_all
from impact.models import Measure, Narrative, StepChange
from impact.rows import CONCERN, IMPROVING, UNJUDGED, USUAL, panel_of
from impact.services.narrative_board import NarrativeBoard
from improvement.chain_page import Chain
from improvement.demonstration import PASSWORD
from plans.models import Action, Board, EvidenceFile, Import, ImportState, Membership, Plan, Role, User
from plans.standing import AsAt

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
        ("Recovery plan", ImportState.APPLIED, None),
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
    actions = plan.actions.with_rating(TODAY).with_target(TODAY)
    assert plan.actions.count() == 40
    assert plan.areas.current().top().count() == 4
    assert actions.overdue(TODAY).count() > 0
    assert actions.due_within(TODAY, 30).count() > 0
    assert actions.filter(updated_on__isnull=True).count() == 5


def test_the_figures_and_narratives_of_2020_came_in_with_their_sheets(demonstration):
    imported = Import.objects.order_by("id")[1]
    assert imported.summary["measures"]["values_new"] == 72
    assert Narrative.objects.filter(imported_by=imported, published_on=date(2020, 3, 30)).count() == 12
    looked_after = Measure.objects.get(name="Children looked after", closed_on=date(2020, 3, 31))
    newest = looked_after.observations.order_by("month").last()
    assert (newest.value, newest.month, newest.imported_by) == (624, date(2020, 3, 1), imported)


def test_the_chain_breaks_once_in_each_way(demonstration):
    plan = Plan.objects.get(title="Improvement plan")
    chain = Chain(plan, AsAt(TODAY))
    assert [str(found.action)[:28] for found in chain.done_unmoved] == ["Shorten the supervision form"]
    assert [row.name for row in chain.concern_without_action] == ["Referrals that come back within a year"]
    assert [str(told.area) for told in chain.unsupported] == ["Improvement Area Three: Systems"]
    assert [str(found.action)[:19] for found in chain.done_without_so_what] == ["Put our vision into"]


def test_some_areas_say_what_difference_was_made(demonstration):
    board = NarrativeBoard(Plan.objects.get(title="Improvement plan"), AsAt(TODAY))
    said = [[str(story.area) for story in stories] for stories in (board.silent, board.old)]
    assert said == [["Improvement Area Four: Partners"], ["Improvement Area Three: Systems"]]
    assert (len(board.told), len(board.drafts)) == (3, 1)


def test_every_kind_of_verdict_is_there(demonstration):
    judged = judge_all(Measure.objects.current())
    groups = {row.group for row in panel_of(judged).rows}
    assert groups >= {CONCERN, IMPROVING, USUAL, UNJUDGED}
    assert StepChange.objects.count() == 2


def test_a_small_file_stands_under_an_update(demonstration):
    file = EvidenceFile.objects.get()
    assert file.evidence.updates.get().action.title.startswith("Shorten the supervision form")
    assert bytes(file.content).decode().count("\n") == 16


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
