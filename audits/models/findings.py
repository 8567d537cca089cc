"""What an audit found by theme, and the actions that answer it."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from audits.models.audits import Audit
from audits.querysets import FindingQuerySet
from plans.models import Action, Meeting


class FindingKind(models.TextChoices):
    STRENGTH = "strength", "Strength"
    NEED = "need", "Needs work"


class Finding(models.Model):
    audit = models.ForeignKey(Audit, models.CASCADE, related_name="findings")
    theme = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=10, choices=FindingKind, default=FindingKind.NEED)
    text = models.TextField("finding")
    # The meeting at which the board heard of it, where it was told at one.
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="findings")
    position = models.PositiveSmallIntegerField(default=0)
    actions = models.ManyToManyField(Action, through="FindingAction", related_name="findings")

    history = HistoricalRecords()
    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="finding_says_something",
                violation_error_message="Write what was found.",
            ),
            models.CheckConstraint(condition=Q(kind__in=FindingKind.values), name="finding_kind_known"),
        ]

    def __str__(self):
        return self.text

    @property
    def is_need(self):
        return self.kind == FindingKind.NEED


class FindingAction(models.Model):
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="action_links")
    action = models.ForeignKey(Action, models.CASCADE, related_name="finding_links")

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "action"],
                name="finding_linked_once_to_an_action",
                violation_error_message="The finding is linked to this action already.",
            )
        ]

    def __str__(self):
        return f"{self.finding}: {self.action}"
