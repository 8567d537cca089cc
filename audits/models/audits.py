"""Planned and finished practice audits with their results, and the scales by which a board grades."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from audits.querysets import AuditQuerySet
from plans.models import Area, Board, Lead
from plans.models.ordering import Alphabetical


class GradeScale(models.Model):
    """A board's own scale; a board without one grades by the four words of inspections."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="grade_scales")
    name = models.CharField(max_length=100)

    history = HistoricalRecords()

    class Meta:
        ordering = [Alphabetical("name"), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "name"],
                name="grade_scale_named_once_per_board",
                violation_error_message="The board already has a scale of this name.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="grade_scale_has_a_name"),
        ]

    def __str__(self):
        return self.name


class Grade(models.Model):
    """One word of a scale; positions run from the worst (0) to the best."""

    scale = models.ForeignKey(GradeScale, models.CASCADE, related_name="grades")
    word = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    is_good = models.BooleanField("counts as good", default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "word"], name="grade_word_once_per_scale"),
            models.UniqueConstraint(fields=["scale", "position"], name="grade_place_once_per_scale"),
            models.CheckConstraint(condition=~Q(word=""), name="grade_has_a_word"),
        ]

    def __str__(self):
        return self.word


class AuditKind(models.TextChoices):
    INTERNAL = "internal", "Internal"
    EXTERNAL = "external", "External"
    LIVE = "live", "Live, beside staff"
    REPEAT = "repeat", "Repeat of an earlier one"


class AuditStatus(models.TextChoices):
    PLANNED = "planned", "Planned"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


class Grading(models.TextChoices):
    GRADES = "grades", "Grades"
    AGREEMENT = "agreement", "Agreed or disagreed with the decision audited"


class Audit(models.Model):
    """An entry of the programme, and once it is done its results. It names no child, family or case."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="audits")
    title = models.CharField(max_length=200)
    theme = models.CharField(max_length=100, blank=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="audits")
    team = models.CharField(max_length=150, blank=True)
    kind = models.CharField(max_length=10, choices=AuditKind, default=AuditKind.INTERNAL)
    repeats = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeated_by")
    lead = models.ForeignKey(Lead, models.SET_NULL, null=True, blank=True, related_name="audits")
    auditor = models.CharField("carried out by", max_length=200, blank=True)
    # The programme: the words as written and the latest day that they mean.
    planned_text = models.CharField("planned for", max_length=100)
    planned_due = models.DateField("planned by", editable=False)
    frequency = models.CharField("how often", max_length=60, blank=True)
    sample_wanted = models.PositiveIntegerField(null=True, blank=True)
    grading = models.CharField(max_length=10, choices=Grading, default=Grading.GRADES)
    scale = models.ForeignKey(GradeScale, models.PROTECT, null=True, blank=True, related_name="audits")
    status = models.CharField(max_length=10, choices=AuditStatus, default=AuditStatus.PLANNED)
    cancelled_reason = models.TextField(blank=True)
    # The results. A second reader read some of the sample again and agreed with the grade of so many.
    done_on = models.DateField(null=True, blank=True)
    recorded_on = models.DateField("results recorded on", null=True, blank=True, editable=False)
    sample = models.PositiveIntegerField("cases looked at", null=True, blank=True)
    graded = models.PositiveIntegerField("cases with a grade", default=0, editable=False)
    read_twice = models.PositiveIntegerField("read by a second reader", default=0)
    agreed = models.PositiveIntegerField("second reader agreed", default=0)
    summary = models.TextField("what was found, in short", blank=True)
    learning = models.TextField("learning shared", blank=True)
    learning_on = models.DateField("learning shared on", null=True, blank=True)

    history = HistoricalRecords()
    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["planned_due", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="audit_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=AuditKind.values), name="audit_kind_known"),
            models.CheckConstraint(condition=Q(status__in=AuditStatus.values), name="audit_status_known"),
            models.CheckConstraint(condition=Q(grading__in=Grading.values), name="audit_grading_known"),
            models.CheckConstraint(
                condition=Q(kind=AuditKind.REPEAT, repeats__isnull=False)
                | (~Q(kind=AuditKind.REPEAT) & Q(repeats__isnull=True)),
                name="audit_repeat_names_the_earlier_one",
                violation_error_message="Choose the earlier audit that it repeats, or another kind.",
            ),
            models.CheckConstraint(
                condition=Q(repeats__isnull=True) | ~Q(repeats=F("id")),
                name="audit_repeats_another",
                violation_error_message="An audit does not repeat itself. Choose an earlier one.",
            ),
            models.CheckConstraint(
                condition=Q(grading=Grading.GRADES) | Q(scale__isnull=True),
                name="audit_scale_is_for_grades",
            ),
            models.CheckConstraint(
                condition=Q(sample_wanted__isnull=True) | Q(sample_wanted__gte=1),
                name="audit_sample_wanted_of_one_or_more",
                violation_error_message="A sample is 1 case or more.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=AuditStatus.DONE,
                    done_on__isnull=False,
                    recorded_on__isnull=False,
                    sample__isnull=False,
                    sample__gte=1,
                )
                | (
                    ~Q(status=AuditStatus.DONE)
                    & Q(done_on__isnull=True, recorded_on__isnull=True, sample__isnull=True)
                    & Q(graded=0, read_twice=0)
                ),
                name="audit_done_with_a_day_and_a_sample",
                violation_error_message="A finished audit has a day and a sample of 1 case or more.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__lte=F("recorded_on")),
                name="audit_not_done_in_the_future",
                violation_error_message="The day must not lie in the future.",
            ),
            models.CheckConstraint(
                condition=Q(sample__isnull=True) | Q(graded__lte=F("sample")),
                name="audit_graded_within_sample",
                violation_error_message="More cases have a grade than were looked at.",
            ),
            models.CheckConstraint(
                condition=Q(sample__isnull=True) | Q(read_twice__lte=F("sample")),
                name="audit_read_twice_within_sample",
                violation_error_message="More cases were read again than were looked at.",
            ),
            models.CheckConstraint(
                condition=Q(agreed__lte=F("read_twice")),
                name="audit_agreed_within_read_twice",
                violation_error_message="The second reader agreed with more cases than they read.",
            ),
            models.CheckConstraint(
                condition=Q(status=AuditStatus.CANCELLED) & ~Q(cancelled_reason="")
                | ~Q(status=AuditStatus.CANCELLED) & Q(cancelled_reason=""),
                name="audit_cancelled_with_a_reason",
                violation_error_message="Say why the audit is cancelled.",
            ),
            models.CheckConstraint(
                condition=Q(learning_on__isnull=True) | ~Q(learning=""),
                name="audit_learning_shared_in_words",
                violation_error_message="Write what was learnt, or leave the day empty.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_done(self):
        return self.status == AuditStatus.DONE

    @property
    def is_open(self):
        return self.status in (AuditStatus.PLANNED, AuditStatus.UNDER_WAY)


class AuditGrade(models.Model):
    """How many cases of an audit had this grade; the words are those of its scale on the day."""

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="grades")
    word = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    is_good = models.BooleanField("counts as good", default=False)
    count = models.PositiveIntegerField(default=0)
    # The audit's sample again, so that the database itself holds each count within it.
    sample = models.PositiveIntegerField()

    history = HistoricalRecords()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "word"], name="audit_grade_word_once"),
            models.UniqueConstraint(fields=["audit", "position"], name="audit_grade_place_once"),
            models.CheckConstraint(condition=~Q(word=""), name="audit_grade_has_a_word"),
            models.CheckConstraint(
                condition=Q(count__lte=F("sample")),
                name="audit_grade_within_sample",
                violation_error_message="More cases have this grade than were looked at.",
            ),
        ]

    def __str__(self):
        return f"{self.word}: {self.count}"
