"""What an inspector is given: all that stands behind a plan, an area or a recommendation, as files in one."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plans.models.packs import PackState
from plans.models.people import Board, User
from plans.models.plan import Area, Plan
from plans.models.recommendations import Recommendation


class BundleQuerySet(models.QuerySet):
    def empty(self):
        """Takes out what they say and their files; who asked for what stays."""
        return self.update(content="", archive=b"", emptied_at=timezone.now())


class Bundle(models.Model):
    """`content`: all that it says as canonical JSON, the source of its files; gone once it is emptied."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="bundles")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, blank=True, related_name="bundles")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="bundles")
    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, null=True, blank=True, related_name="bundles"
    )
    # What it is about, in the words of then.
    title = models.CharField(max_length=250)
    as_at = models.DateField()
    with_files = models.BooleanField("with the files of the evidence", default=False)
    content = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=PackState, default=PackState.MAKING)
    trouble = models.TextField(blank=True)
    archive = models.BinaryField(default=bytes, editable=False)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(plan__isnull=False, area__isnull=True, recommendation__isnull=True)
                | Q(plan__isnull=True, area__isnull=False, recommendation__isnull=True)
                | Q(plan__isnull=True, area__isnull=True, recommendation__isnull=False),
                name="bundle_is_about_one_thing",
                violation_error_message="Choose one plan, area or recommendation.",
            ),
            models.CheckConstraint(condition=Q(state__in=PackState.values), name="bundle_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PackState.READY) | ~Q(sha256=""), name="bundle_ready_with_its_digest"
            ),
        ]

    def __str__(self):
        return f"{self.title}, as at {self.as_at}"
