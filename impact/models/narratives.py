"""What have we done, and so what: of an area over a period."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from impact.models.measures import Measure
from impact.querysets import NarrativeQuerySet
from plans.models import Area, Evidence, Import, User


class NarrativeStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


class Narrative(models.Model):
    """What have we done, and so what: of one area over one period. Published, it is followed, not edited."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="narratives")
    starts = models.DateField("period from")
    ends = models.DateField("period to")
    done = models.TextField("what have we done?", blank=True)
    so_what = models.TextField("so what?", blank=True)
    status = models.CharField(max_length=10, choices=NarrativeStatus, default=NarrativeStatus.DRAFT)
    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    imported_by = models.ForeignKey(Import, models.PROTECT, null=True, blank=True, related_name="narratives")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    measures = models.ManyToManyField(Measure, through="NarrativeMeasure", related_name="narratives")
    evidence = models.ManyToManyField(Evidence, through="NarrativeEvidence", related_name="narratives")

    history = HistoricalRecords()
    objects = NarrativeQuerySet.as_manager()

    class Meta:
        ordering = ["-ends", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lte=F("ends")),
                name="narrative_period_in_order",
                violation_error_message="The period must end on or after the day it starts.",
            ),
            models.CheckConstraint(
                condition=~Q(done="") | ~Q(so_what=""),
                name="narrative_says_something",
                violation_error_message="Write what was done, or what difference it made.",
            ),
            models.CheckConstraint(
                condition=Q(status="published", published_on__isnull=False)
                | Q(status="draft", published_on__isnull=True),
                name="narrative_published_on_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.area}, {self.starts:%B %Y} to {self.ends:%B %Y}"


class NarrativeMeasure(models.Model):
    narrative = models.ForeignKey(Narrative, models.CASCADE, related_name="measure_links")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="narrative_links")

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["narrative", "measure"], name="narrative_shown_once_by_a_measure")
        ]

    def __str__(self):
        return f"{self.measure}"


class NarrativeEvidence(models.Model):
    narrative = models.ForeignKey(Narrative, models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="narrative_links")

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["narrative", "evidence"], name="narrative_shown_once_by_evidence")
        ]

    def __str__(self):
        return f"{self.evidence}"
