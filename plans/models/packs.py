"""The report that a board saw at a meeting, frozen for good; and the emails that remind people."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plans.models.meetings import Meeting
from plans.models.people import Board, User
from plans.models.plan import Plan


class PackState(models.TextChoices):
    MAKING = "making", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"


class Pack(models.Model):
    """`content`: all that the pack says as canonical JSON, the source of its files; `digest`: its SHA-256."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="packs")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="packs")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="packs")
    number = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField()
    # A pack never changes: papers issued again are another pack in the place of this one.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replacement")
    replacement_reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=PackState, default=PackState.MAKING)
    # When the making of its files began last, and what went wrong.
    started_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)

    class Meta:
        ordering = ["-closed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="pack_numbered_once"),
            # Papers issued again follow one another: only the first of them replaces nothing.
            models.UniqueConstraint(
                fields=["meeting", "plan"],
                condition=Q(replaces__isnull=True),
                name="pack_closed_once_a_meeting",
                violation_error_message="The papers of this plan are closed for this meeting already.",
            ),
            models.CheckConstraint(condition=Q(state__in=PackState.values), name="pack_state_known"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, replacement_reason="")
                | (Q(replaces__isnull=False) & ~Q(replacement_reason="")),
                name="pack_replaced_with_a_reason",
                violation_error_message="Say why the papers are issued again.",
            ),
        ]

    def __str__(self):
        return f"Pack {self.number}"


class PackKind(models.TextChoices):
    HTML = "html", "Web page"
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Excel workbook"


class PackFile(models.Model):
    pack = models.ForeignKey(Pack, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10, choices=PackKind)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["pack", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "kind"], name="pack_has_a_file_once"),
            models.CheckConstraint(condition=Q(kind__in=PackKind.values), name="pack_file_kind_known"),
        ]

    def __str__(self):
        return f"{self.pack} as {self.get_kind_display()}"


class PackSending(models.Model):
    """A pack sent by email, to members who never sign in too."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="sendings")
    email = models.EmailField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sent_at", "id"]

    def __str__(self):
        return f"{self.pack} to {self.email}"


class Nudge(models.Model):
    """One email to one person about a board; `period` is the day of the meeting or the first of the month."""

    user = models.ForeignKey(User, models.CASCADE, related_name="nudges")
    board = models.ForeignKey(Board, models.CASCADE, related_name="nudges")
    period = models.DateField()
    # Claimed before it is sent, so that two runs at once send it once.
    claimed_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["period", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "board", "period"], name="nudge_once_a_period")
        ]

    def __str__(self):
        return f"{self.user}, {self.board}, {self.period}"
