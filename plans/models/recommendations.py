"""Inspections and reviews of a council, what they recommended, and which actions answer it."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from plans.clocks import CLOCKS
from plans.models.people import Board, User
from plans.models.plan import Action


class InspectionKind(models.TextChoices):
    OFSTED = "ofsted", "Ofsted inspection"
    JOINT = "joint", "Joint targeted area inspection"
    SEND = "send", "Area SEND inspection"
    MONITORING = "monitoring", "Ofsted monitoring visit"
    DFE = "dfe", "DfE adviser or commissioner"
    PEER = "peer", "Peer review"
    PRACTICE = "practice", "Serious case or safeguarding practice review"
    OTHER = "other", "Another review"


class Inspection(models.Model):
    board = models.ForeignKey(Board, models.CASCADE, related_name="inspections")
    kind = models.CharField(max_length=12, choices=InspectionKind)
    title = models.CharField(max_length=200)
    # The day from which its clocks run.
    received_on = models.DateField("final report received on")
    link = models.URLField("address of the report", max_length=1000, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "title"],
                name="inspection_titled_once_per_board",
                violation_error_message="The board already has an inspection of this title.",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="inspection_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=InspectionKind.values), name="inspection_kind_known"),
        ]

    def __str__(self):
        return self.title


class ClockStop(models.Model):
    """That what a clock waits for was done: it stops, or starts anew where it repeats."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="clock_stops")
    clock = models.CharField(max_length=20, choices=[(clock.code, clock.name) for clock in CLOCKS])
    on = models.DateField("done on")
    words = models.TextField("what was done", blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "clock", "on"],
                name="clock_stopped_once_a_day",
                violation_error_message="This is recorded for that day already.",
            ),
            models.CheckConstraint(
                condition=Q(clock__in=[clock.code for clock in CLOCKS]), name="clock_known"
            ),
        ]

    def __str__(self):
        return f"{self.inspection}: {self.get_clock_display()} on {self.on}"


class Recommendation(models.Model):
    """What an inspection or review recommended, which actions answer."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="recommendations")
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    reference = models.CharField(max_length=100, blank=True)
    paragraph = models.CharField(max_length=40, blank=True)
    text = models.TextField("recommendation", blank=True)
    priority = models.CharField(max_length=60, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reference="", text=""),
                name="recommendation_says_something",
                violation_error_message="Give its reference, its words, or both.",
            ),
            models.UniqueConstraint(
                fields=["inspection", "reference"],
                condition=Q(inspection__isnull=False) & ~Q(reference=""),
                name="recommendation_reference_once_per_inspection",
                violation_error_message="The inspection already has a recommendation with this reference.",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.text}".strip()


class ActionRecommendation(models.Model):
    action = models.ForeignKey(Action, models.CASCADE, related_name="action_recommendations")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="action_recommendations")

    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "recommendation"], name="action_answers_a_recommendation_once"
            )
        ]

    def __str__(self):
        return f"{self.recommendation}"
