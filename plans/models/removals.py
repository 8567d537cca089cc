"""What was taken out for good: words and files that should never have been kept, and whole boards."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plans.models.packs import Pack
from plans.models.people import User


class RedactionKind(models.TextChoices):
    TEXT = "text", "Words"
    FILE = "file", "File"


class Redaction(models.Model):
    """Words or a file taken out everywhere. What was taken out is kept nowhere, not even as a digest."""

    kind = models.CharField(max_length=10, choices=RedactionKind)
    # What stands in its place: "removed on 22 November 2026".
    marker = models.CharField(max_length=60)
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # Rows changed by the board's id ("" where no board's) and place: {"7": {"areas: title": 3}}.
    places = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RedactionKind.values), name="redaction_kind_known"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="redaction_has_a_reason",
                violation_error_message="Say why it is taken out.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.marker}"


class RedactedFile(models.Model):
    """A file that a redaction changed, with its SHA-256 before and after (none where it is gone)."""

    redaction = models.ForeignKey(Redaction, models.CASCADE, related_name="files")
    # In words that name neither its title nor its file: "Pack 3, PDF", "Workbook of import 7".
    what = models.CharField(max_length=150)
    pack = models.ForeignKey(Pack, models.SET_NULL, null=True, blank=True, related_name="redactions")
    old_sha256 = models.CharField(max_length=64)
    new_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["redaction", "id"]

    def __str__(self):
        return self.what


class BoardRemoval(models.Model):
    """All that is kept of a board once its retention period has ended: that it was, and how much it held."""

    council = models.CharField(max_length=150)
    name = models.CharField(max_length=150)
    slug = models.SlugField()
    closed_on = models.DateField()
    keep_years = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    # Rows by table: {"actions": 200}.
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-removed_at", "-id"]

    def __str__(self):
        return f"{self.council}: {self.name}"
