from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from plans.models.people import Board, User
from plans.models.progress import ProgressUpdate


class EvidenceKind(models.TextChoices):
    AUDIT = "audit", "Audit"
    DATA = "data", "Data"
    FEEDBACK = "feedback", "Feedback"
    DOCUMENT = "document", "Document"
    VOICE = "voice", "Voice of children"


class Evidence(models.Model):
    """What shows that something was done or made a difference: a file or a link."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    dated = models.DateField("date of the evidence")
    note = models.TextField(blank=True)
    link = models.URLField(max_length=1000, blank=True)
    filename = models.CharField(max_length=255, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    updates = models.ManyToManyField(ProgressUpdate, through="UpdateEvidence", related_name="evidence")

    history = HistoricalRecords()

    class Meta:
        ordering = ["-dated", "-id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=(~Q(link="") & Q(filename="")) | (Q(link="") & ~Q(filename="")),
                name="evidence_is_a_file_or_a_link",
                violation_error_message="Give a file or a link, one of the two.",
            ),
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_known"),
        ]

    def __str__(self):
        return self.title


class EvidenceFile(models.Model):
    """The file itself, in the database so that one backup holds all."""

    evidence = models.OneToOneField(Evidence, models.CASCADE, related_name="file")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    def __str__(self):
        return f"File of {self.evidence}"


class UpdateEvidence(models.Model):
    update = models.ForeignKey(ProgressUpdate, models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="update_links")

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["update", "evidence"], name="update_shows_evidence_once")
        ]

    def __str__(self):
        return f"{self.evidence}"
