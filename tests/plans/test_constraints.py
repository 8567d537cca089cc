"""The database itself refuses what must never stand, however it is written."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from plans.models import (
    Action,
    ActionLead,
    ActionRecommendation,
    Area,
    ClockStop,
    ColumnMemory,
    Evidence,
    Holding,
    Import,
    Inspection,
    Lead,
    Membership,
    Nudge,
    Plan,
    ProgressUpdate,
    RatingKey,
    Recommendation,
    Step,
    TargetMove,
    UpdateEvidence,
    User,
)
from tests.factories import make_action, make_lead, make_member, make_step, make_user
from tests.plans.trials_of_answers import TRIALS as ANSWER_TRIALS
from tests.plans.trials_of_bundles import TRIALS as BUNDLE_TRIALS
from tests.plans.trials_of_meetings import TRIALS
from tests.plans.trials_of_moves import TRIALS as MOVE_TRIALS
from tests.plans.trials_of_packs import TRIALS as PACK_TRIALS
from tests.plans.trials_of_removals import TRIALS as REMOVAL_TRIALS
from tests.plans.trials_of_sign_offs import TRIALS as SIGN_OFF_TRIALS

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 5)


class Rows:
    """A board with one row of everything, to be broken in one place."""

    def __init__(self):
        self.action = make_action(reference="1", target="5 January 2026")
        self.plan, self.area, self.board = self.action.plan, self.action.area, self.action.plan.board
        self.step = make_step(self.action)
        self.user = make_member(self.board)
        self.lead = make_lead(self.board, holder=self.user)
        self.recommendation = Recommendation.objects.create(board=self.board, reference="R1")
        self.inspection = Inspection.objects.create(
            board=self.board, kind="ofsted", title="Visit", received_on=DAY
        )
        self.imported = Import.objects.create(board=self.board, filename="plan.xlsx", sha256="0" * 64, size=1)

    def update(self, **fields):
        now = {"on": DAY, "recorded_on": DAY, "recorded_at": timezone.now()}
        return ProgressUpdate.objects.create(action=self.action, **(now | fields))

    def move(self, **fields):
        now = {"on": DAY, "recorded_on": DAY, "recorded_at": timezone.now(), "reason": "Posts are open"}
        return TargetMove.objects.create(action=self.action, **(now | fields))

    def evidence(self, **fields):
        told = {"title": "Notes", "kind": "document", "dated": DAY, "link": "https://example.org/notes"}
        return Evidence.objects.create(board=self.board, **(told | fields))

    def change(self, row, **fields):
        type(row).objects.filter(pk=row.pk).update(**fields)


def second_action(rows, **fields):
    return Action.objects.create(plan=rows.plan, area=rows.area, title="Another", **fields)


def two_accountable(rows):
    other = Lead.objects.create(board=rows.board, name="Director", key="director")
    for lead in (rows.lead, other):
        ActionLead.objects.create(action=rows.action, lead=lead, accountable=True)


def show_evidence_twice(rows):
    update, evidence = rows.update(), rows.evidence()
    for _ in range(2):
        UpdateEvidence.objects.create(update=update, evidence=evidence)


def twice(model, **columns):
    """Creates two equal rows; a value may be a function of the rows."""

    def write(rows):
        fields = {name: value(rows) if callable(value) else value for name, value in columns.items()}
        for _ in range(2):
            model.objects.create(**fields)

    return write


BROKEN = {
    "user_email_any_case": lambda rows: User.objects.create(email=rows.user.email.upper(), name="Copy"),
    "one_role_per_person_and_board": lambda rows: Membership.objects.create(board=rows.board, user=rows.user),
    "membership_role_known": lambda rows: Membership.objects.create(
        board=rows.board, user=make_user(), role="owner"
    ),
    "lead_named_once_per_board": lambda rows: Lead.objects.create(
        board=rows.board, name="Copy", key=rows.lead.key
    ),
    "lead_has_a_name": lambda rows: rows.change(rows.lead, name=""),
    "lead_held_once_per_person": lambda rows: Holding.objects.create(lead=rows.lead, user=rows.user),
    "plan_title_once_per_board": lambda rows: Plan.objects.create(board=rows.board, title=rows.plan.title),
    "plan_ends_after_it_starts": lambda rows: rows.change(rows.plan, starts=DAY, ends=date(2026, 1, 4)),
    "plan_status_known": lambda rows: rows.change(rows.plan, status="paused"),
    "plan_quarters_known": lambda rows: rows.change(rows.plan, quarters_from=7),
    "rating_meaning_once_per_plan": lambda rows: RatingKey.objects.create(
        plan=rows.plan, code="complete", colour="grey", word="Again"
    ),
    "rating_word_once_per_plan": lambda rows: RatingKey.objects.create(
        plan=rows.plan, code="again", colour="grey", word=rows.plan.key.first().word
    ),
    "rating_colour_known": lambda rows: rows.change(rows.plan.key.first(), colour="pink"),
    "rating_has_a_word": lambda rows: rows.change(rows.plan.key.first(), word=""),
    "area_has_a_title": lambda rows: rows.change(rows.area, title=""),
    "area_is_not_its_own_parent": lambda rows: rows.change(rows.area, parent=rows.area),
    "action_target_paired": lambda rows: rows.change(rows.action, target_due=None),
    "action_has_words": lambda rows: rows.change(rows.action, title=""),
    "action_reference_once_per_plan": lambda rows: second_action(rows, reference="1"),
    "action_withdrawn_with_a_reason": lambda rows: rows.change(rows.action, withdrawn_on=DAY),
    "action_not_merged_into_itself": lambda rows: rows.change(
        rows.action, withdrawn_on=DAY, withdrawn_reason="Same", merged_into=rows.action
    ),
    "action_names_a_lead_once": twice(
        ActionLead, action=lambda rows: rows.action, lead=lambda rows: rows.lead
    ),
    "action_has_one_accountable_lead": two_accountable,
    "step_target_paired": lambda rows: rows.change(rows.step, target_kind="day"),
    "step_has_words": lambda rows: rows.change(rows.step, text=""),
    "recommendation_says_something": lambda rows: rows.change(rows.recommendation, reference=""),
    "recommendation_reference_once_per_inspection": twice(
        Recommendation,
        board=lambda rows: rows.board,
        inspection=lambda rows: rows.inspection,
        reference=lambda rows: "R7",
    ),
    "inspection_titled_once_per_board": lambda rows: Inspection.objects.create(
        board=rows.board, kind="peer", title="Visit", received_on=DAY
    ),
    "inspection_has_a_title": lambda rows: rows.change(rows.inspection, title=""),
    "inspection_kind_known": lambda rows: rows.change(rows.inspection, kind="rumour"),
    "clock_stopped_once_a_day": twice(
        ClockStop,
        inspection=lambda rows: rows.inspection,
        clock=lambda rows: "plan",
        on=lambda rows: DAY,
    ),
    "clock_known": lambda rows: ClockStop.objects.create(inspection=rows.inspection, clock="sundial", on=DAY),
    "action_answers_a_recommendation_once": twice(
        ActionRecommendation,
        action=lambda rows: rows.action,
        recommendation=lambda rows: rows.recommendation,
    ),
    "update_not_in_the_future": lambda rows: rows.update(on=date(2026, 1, 6)),
    "red_and_amber_need_a_way_back": lambda rows: rows.update(rating="off_track"),
    "update_replaced_with_a_reason": lambda rows: rows.update(replaces=rows.update()),
    "move_not_in_the_future": lambda rows: rows.move(on=date(2026, 1, 6)),
    "move_has_a_reason": lambda rows: rows.move(reason=""),
    "move_from_paired": lambda rows: rows.move(from_kind="day"),
    "move_to_paired": lambda rows: rows.move(to_due=DAY),
    "import_state_known": lambda rows: rows.change(rows.imported, state="lost"),
    "import_applied_at_a_time": lambda rows: rows.change(rows.imported, state="applied"),
    "import_undone_at_a_time": lambda rows: rows.change(
        rows.imported, state="undone", applied_at=timezone.now()
    ),
    "heading_remembered_once_per_board": twice(
        ColumnMemory, board=lambda rows: rows.board, heading="lead", field="leads"
    ),
    "evidence_is_a_file_or_a_link": lambda rows: rows.evidence(filename="notes.pdf"),
    "evidence_kind_known": lambda rows: rows.evidence(kind="rumour"),
    "update_shows_evidence_once": show_evidence_twice,
    "nudge_once_a_period": twice(
        Nudge, user=lambda rows: rows.user, board=lambda rows: rows.board, period=lambda rows: DAY
    ),
}
BROKEN |= TRIALS | ANSWER_TRIALS
BROKEN |= SIGN_OFF_TRIALS | PACK_TRIALS | MOVE_TRIALS | BUNDLE_TRIALS | REMOVAL_TRIALS


# A row that breaks two rules is refused by whichever the database tries first.
ALSO_BROKEN = {"import_state_known": "import_applied_at_a_time"}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    rows = Rows()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BROKEN[name](rows)
    names = (name, ALSO_BROKEN.get(name, name))
    assert any(each in str(refusal.value) for each in names) or is_unique(name)


def is_unique(name):
    """SQLite names the columns of a unique constraint in place of the constraint."""
    return isinstance(constraints()[name], models.UniqueConstraint)


def constraints():
    return {
        constraint.name: constraint
        for model in apps.get_app_config("plans").get_models()
        for constraint in model._meta.constraints
    }


def test_each_constraint_is_tried():
    assert sorted(BROKEN) == sorted(constraints())


def test_an_import_may_leave_the_way_back_and_the_reason_empty():
    rows = Rows()
    rows.update(rating="off_track", imported_by=rows.imported)
    rows.move(reason="", imported_by=rows.imported)
    assert (ProgressUpdate.objects.count(), TargetMove.objects.count()) == (1, 1)


def test_what_stands_beside_a_broken_row_is_fine():
    rows = Rows()
    rows.update(rating="off_track", way_back="Fill the posts")
    second_action(rows, reference="2")
    second_action(rows)
    second_action(rows)
    assert Action.objects.count() == 4
    assert (Area.objects.count(), Step.objects.count()) == (1, 1)
