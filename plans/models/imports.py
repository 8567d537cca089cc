from django.db import models
from django.db.models import Q

from plans.models.people import Board, User
from plans.models.plan import Plan


class ImportState(models.TextChoices):
    CHECKED = "checked", "Waiting to be applied"
    APPLIED = "applied", "Applied"
    UNDONE = "undone", "Undone"
    CANCELLED = "cancelled", "Cancelled"


class Import(models.Model):
    """One workbook brought in: what was understood, what was done, and how to take it back."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="imports")
    # The plan it goes into; none until a new plan is made by applying.
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, blank=True, related_name="imports")
    plan_title = models.CharField(max_length=250, blank=True)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.CHECKED)
    # What the administrator decided: columns {heading: field}, rows left out, moves' reasons and so on.
    choices = models.JSONField(default=dict, blank=True)
    # Counts for lists and messages, by sheet reader.
    summary = models.JSONField(default=dict, blank=True)
    not_understood = models.JSONField(default=list, blank=True)
    # What taking it back needs, by sheet reader, and what came of it row by row.
    undo = models.JSONField(default=dict, blank=True)
    undo_report = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["checked", "cancelled"], applied_at__isnull=True)
                | Q(state__in=["applied", "undone"], applied_at__isnull=False),
                name="import_applied_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False)
                | (~Q(state="undone") & Q(undone_at__isnull=True)),
                name="import_undone_at_a_time",
            ),
        ]

    def __str__(self):
        return f"Import {self.pk}: {self.filename}"


class Workbook(models.Model):
    """The file itself, in the database so that it is kept or lost with its import."""

    imported_by = models.OneToOneField(Import, models.CASCADE, related_name="workbook")
    content = models.BinaryField()

    def __str__(self):
        return f"Workbook of {self.imported_by}"


class ColumnMemory(models.Model):
    """What a board takes a column heading for, offered at its next import."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="column_memory")
    # The heading with case, spaces and punctuation folded.
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "heading"], name="heading_remembered_once_per_board")
        ]

    def __str__(self):
        return f"{self.heading}: {self.field}"
