"""Monthly measures: what they count, their values, targets, agreed step changes and remarks."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from impact.querysets import MeasureQuerySet, ObservationQuerySet
from plans.models import Action, Area, Board, Challenge, Dated, Lead, not_future
from plans.models.ordering import Alphabetical
from plans.models.querysets import DatedQuerySet


class Unit(models.TextChoices):
    COUNT = "count", "Count"
    PERCENT = "percent", "%"
    RATE = "rate", "Rate per 10,000"
    DAYS = "days", "Days"
    AVERAGE = "average", "Average"


class Direction(models.TextChoices):
    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    NONE = "none", "No better direction"


class Frequency(models.TextChoices):
    MONTHLY = "monthly", "Monthly"
    QUARTERLY = "quarterly", "Quarterly"


class TwoOfThree(models.TextChoices):
    NHSR = "nhsr", "Two close to a limit"
    MDC2023 = "mdc2023", "Two close to a limit or outside it"


class Measure(models.Model):
    board = models.ForeignKey(Board, models.CASCADE, related_name="measures")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=10, choices=Unit, default=Unit.COUNT)
    decimals = models.PositiveSmallIntegerField("decimal places shown", default=0)
    direction = models.CharField(
        "which way is good", max_length=10, choices=Direction, default=Direction.NONE
    )
    # A count at a moment, such as children looked after: last month plus starts minus ends.
    is_stock = models.BooleanField("a count at one time", default=False)
    definition = models.TextField("what it counts", blank=True)
    owner = models.ForeignKey(Lead, models.SET_NULL, null=True, blank=True, related_name="measures")
    source = models.CharField(max_length=200, blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.MONTHLY)
    areas = models.ManyToManyField(Area, through="MeasureArea", related_name="measures")
    actions = models.ManyToManyField(Action, through="MeasureAction", related_name="measures")
    # The rule set, printed under every chart.
    screen = models.BooleanField("leave extreme month-to-month changes out of the limits", default=True)
    run_length = models.PositiveSmallIntegerField("months on one side of the mean", default=7)
    trend_length = models.PositiveSmallIntegerField("months rising or falling", default=7)
    two_of_three = models.CharField(
        "two of three months", max_length=10, choices=TwoOfThree, default=TwoOfThree.NHSR
    )
    fix_after = models.PositiveSmallIntegerField("limits from the first months", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField("no longer reported since", null=True, blank=True)

    history = HistoricalRecords()
    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["position", Alphabetical("name"), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "name"],
                condition=Q(closed_on__isnull=True),
                name="measure_name_once_per_board",
                violation_error_message="The board already has a measure of this name.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="measure_has_a_name"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="measure_unit_known"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="measure_direction_known"
            ),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="measure_decimals_few"),
            models.CheckConstraint(
                condition=Q(fix_after__isnull=True) | Q(fix_after__gte=12),
                name="limits_from_twelve_months_or_more",
                violation_error_message="Limits need at least 12 months, or leave this empty.",
            ),
            models.CheckConstraint(
                condition=Q(run_length__range=(5, 12), trend_length__range=(5, 12)),
                name="rule_lengths_usual",
                violation_error_message="A run or a trend is 5 to 12 months.",
            ),
        ]

    def __str__(self):
        return self.name


class MeasureArea(models.Model):
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="area_links")
    area = models.ForeignKey(Area, models.CASCADE, related_name="measure_links")

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "area"], name="measure_linked_once_to_an_area")
        ]

    def __str__(self):
        return f"{self.measure}: {self.area}"


class MeasureAction(models.Model):
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="action_links")
    action = models.ForeignKey(Action, models.CASCADE, related_name="measure_links")

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "action"], name="measure_linked_once_to_an_action")
        ]

    def __str__(self):
        return f"{self.measure}: {self.action}"


# Months are stored as their first day; services see to that.
EARLIEST = date(1990, 1, 1)


def known_month(name, field="month"):
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": EARLIEST}),
        name=name,
        violation_error_message="Give a month from January 1990 on.",
    )


class MeasureTarget(Dated):
    """A target and the month from which it counts; targets change, the earlier ones stay on show."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="targets")
    # None ends the target from this month on.
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    month = models.DateField("from the month")
    reason = models.TextField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["month", "id"]
        constraints = [
            not_future("measure_target_not_in_the_future"),
            known_month("measure_target_from_a_month"),
        ]

    def __str__(self):
        return f"{self.measure}: {self.value} from {self.month:%B %Y}"


class Observation(Dated):
    """A month's value; append-only: a changed value is a new row, and the old one stays in history."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="observations")
    month = models.DateField()
    # None takes a value back: "no data".
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["month", "id"]
        indexes = [models.Index(fields=["measure", "month", "-on", "-id"], name="observation_latest")]
        constraints = [
            not_future("observation_not_in_the_future"),
            known_month("observation_of_a_month"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False, denominator__gt=0),
                name="observation_parts_together",
                violation_error_message="Give both parts of the figure, and a whole of more than 0.",
            ),
            models.CheckConstraint(
                condition=Q(month__lte=F("on")),
                name="observation_month_has_begun",
                violation_error_message="The month has not begun yet.",
            ),
        ]

    def __str__(self):
        return f"{self.measure}, {self.month:%B %Y}: {self.value}"


class StepChange(Dated):
    """A rebase that the board agreed: limits start anew from this month."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="step_changes")
    month = models.DateField("from the month")
    reason = models.TextField()
    agreed_by = models.CharField(max_length=200)
    agreed_on = models.DateField("agreed on")

    # Who took it back, too: that moves the limits.
    history = HistoricalRecords()
    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["month", "id"]
        constraints = [
            not_future("step_change_not_in_the_future"),
            known_month("step_change_from_a_month"),
            models.UniqueConstraint(
                fields=["measure", "month"],
                condition=Q(withdrawn_at__isnull=True),
                name="step_change_once_a_month",
                violation_error_message="A step change already starts in this month.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(agreed_by=""),
                name="step_change_has_a_reason_and_agreement",
                violation_error_message="Say why the limits start anew, and who agreed it.",
            ),
        ]

    def __str__(self):
        return f"{self.measure}: step change from {self.month:%B %Y}"


class Note(Dated):
    """A remark on a month."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="notes")
    month = models.DateField()
    text = models.TextField()

    history = HistoricalRecords()
    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["month", "id"]
        constraints = [
            not_future("note_not_in_the_future"),
            known_month("note_on_a_month"),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]

    def __str__(self):
        return f"{self.measure}, {self.month:%B %Y}: {self.text}"


class MeasureChallenge(models.Model):
    """The measure that a challenge is about."""

    challenge = models.OneToOneField(Challenge, models.CASCADE, related_name="measure_link")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="challenge_links")

    def __str__(self):
        return f"{self.measure}: {self.challenge}"
