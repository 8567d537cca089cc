from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from plans.dates import Period
from plans.models.people import Board, Lead
from plans.models.querysets import ActionQuerySet, AreaQuerySet, PlanQuerySet
from plans.models.targets import TargetColumns, target_constraint
from plans.rating import COLOURS, KeyEntry
from plans.spreadsheets.citations import without_citations
from plans.wording.numbering import numbered


class PlanStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    LIVE = "live", "Live"
    CLOSED = "closed", "Closed"
    # Made by an import that was taken back: kept for its history, shown nowhere.
    WITHDRAWN = "withdrawn", "Taken back"


# The one heading of a plan whose actions stand under none.
WHOLE_PLAN = "The whole plan"


def default_levels():
    return ["Improvement area"]


class Plan(models.Model):
    board = models.ForeignKey(Board, models.CASCADE, related_name="plans")
    title = models.CharField(max_length=250)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=PlanStatus, default=PlanStatus.LIVE)
    # The plan's own names of its levels, outermost first: ["Improvement area", "Outcome", "Objective"].
    level_names = models.JSONField(default=default_levels)
    # The council's own columns in their order: [{"header": "Task num", "field": "reference"}, ...].
    columns = models.JSONField(default=list, blank=True)
    quarters_from = models.PositiveSmallIntegerField(
        "quarters count from", choices=[(1, "January"), (4, "April")], default=1
    )
    blue_needs_sign_off = models.BooleanField("complete needs a sign-off", default=False)
    moves_need_agreement = models.BooleanField("moving a date needs the chair’s agreement", default=False)

    history = HistoricalRecords()
    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = [F("starts").desc(nulls_last=True), "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "title"],
                condition=~Q(status="withdrawn"),
                name="plan_title_once_per_board",
                violation_error_message="The board already has a plan with this title.",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(starts__lte=F("ends")),
                name="plan_ends_after_it_starts",
                violation_error_message="The plan must end on or after the day it starts.",
            ),
            models.CheckConstraint(condition=Q(status__in=PlanStatus.values), name="plan_status_known"),
            models.CheckConstraint(condition=Q(quarters_from__in=[1, 4]), name="plan_quarters_known"),
        ]

    def __str__(self):
        return self.title

    def as_at(self, today):
        """The day whose state pages show: today, or the plan's end once it has ended."""
        return self.ends if self.ends and self.ends < today else today

    def gives_way_to(self, starts):
        """Whether a new live plan that starts then stands before this one, as `newest_first` orders them."""
        if self.status != PlanStatus.LIVE or self.starts is None:
            return True
        return starts is not None and starts >= self.starts

    def since_its_start(self, meetings):
        """Those of the board's meetings that do not come before its first day."""
        return [each for each in meetings if self.starts is None or each.on >= self.starts]

    @property
    def period(self):
        return Period(self.starts, self.ends, self.quarters_from)


class RatingKey(models.Model):
    """One rating of a plan's own key: what it means there, its colour and its word."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="key")
    code = models.SlugField(max_length=40)
    colour = models.CharField(max_length=10, choices=[(colour, colour.capitalize()) for colour in COLOURS])
    word = models.CharField(max_length=40)
    explanation = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="rating_meaning_once_per_plan",
                violation_error_message="The key already has a rating with this meaning.",
            ),
            models.UniqueConstraint(
                fields=["plan", "word"],
                name="rating_word_once_per_plan",
                violation_error_message="The key already has a rating with this word.",
            ),
            models.CheckConstraint(condition=Q(colour__in=COLOURS), name="rating_colour_known"),
            models.CheckConstraint(condition=~Q(word=""), name="rating_has_a_word"),
        ]

    def __str__(self):
        return self.word

    @property
    def entry(self):
        return KeyEntry(self.code, self.colour, self.word, self.explanation)


class Area(models.Model):
    """A heading of the plan: an improvement area, or an outcome or objective inside one."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="areas")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # The index of this heading's name in the plan's level names.
    level = models.PositiveSmallIntegerField(default=0)
    reference = models.CharField(max_length=40, blank=True)
    title = models.TextField()
    description = models.TextField(blank=True)
    # Depth first over the whole plan, so that ordering by it gives the plan's own order.
    position = models.PositiveIntegerField(default=0)
    # Made by an import that was taken back: its withdrawn actions still stand under it.
    withdrawn_on = models.DateField(null=True, blank=True, editable=False)

    history = HistoricalRecords()
    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="area_has_a_title"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="area_is_not_its_own_parent"),
        ]

    def __str__(self):
        return numbered(self.reference, self.title)

    @property
    def level_name(self):
        return self.plan.level_names[min(self.level, len(self.plan.level_names) - 1)]


class Action(TargetColumns):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="actions")
    area = models.ForeignKey(Area, models.PROTECT, related_name="actions")
    reference = models.CharField(max_length=40, blank=True)
    title = models.TextField("action")
    activity = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    objective = models.TextField(blank=True)
    success_criteria = models.TextField(blank=True)
    what_it_means = models.TextField("what this means for children", blank=True)
    leads_text = models.TextField("leads as written", blank=True)
    links = models.TextField(blank=True)
    # What the workbook said in columns that have no field: [["Heading", "words"], ...].
    notes = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    # The day from which it is part of the plan; none for one that was there from the plan's beginning.
    added_on = models.DateField(null=True, blank=True, editable=False)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    leads = models.ManyToManyField(Lead, through="ActionLead", related_name="actions")
    recommendations = models.ManyToManyField(
        "Recommendation", through="ActionRecommendation", related_name="actions"
    )

    history = HistoricalRecords()
    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["area__position", "position", "id"]
        indexes = [models.Index(fields=["plan", "target_due"], name="action_due")]
        constraints = [
            target_constraint("action_target_paired"),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="action_has_words",
                violation_error_message="Say what the action is.",
            ),
            models.UniqueConstraint(
                fields=["plan", "reference"],
                condition=~Q(reference="") & Q(withdrawn_on__isnull=True),
                name="action_reference_once_per_plan",
                violation_error_message="Another action of this plan already has this reference.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_reason="", merged_into__isnull=True)
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")),
                name="action_withdrawn_with_a_reason",
                violation_error_message="Give the reason for withdrawing the action.",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="action_not_merged_into_itself",
                violation_error_message="Choose another action to merge into.",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {without_citations(self.title)}".strip()


class ActionLead(models.Model):
    """Who leads an action; its history is kept in the action's leads as written."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="action_leads")
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="action_leads")
    accountable = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["action", "lead"], name="action_names_a_lead_once"),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(accountable=True),
                name="action_has_one_accountable_lead",
                violation_error_message="One lead is accountable for an action.",
            ),
        ]

    def __str__(self):
        return f"{self.lead}"


class Step(TargetColumns):
    action = models.ForeignKey(Action, models.CASCADE, related_name="steps")
    number = models.CharField(max_length=10)
    text = models.TextField()
    done_on = models.DateField("done on", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            target_constraint("step_target_paired"),
            models.CheckConstraint(condition=~Q(text=""), name="step_has_words"),
        ]

    def __str__(self):
        return f"{self.number}. {self.text}"
