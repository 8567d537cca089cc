"""A board's meetings, who was there and what they decided, and what members challenge."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from plans.models.ordering import Alphabetical
from plans.models.people import Board, Lead, User
from plans.models.plan import Action, Area
from plans.models.querysets import ChallengeQuerySet, MeetingQuerySet


class MeetingKind(models.TextChoices):
    INTERNAL = "internal", "Internal"
    PARTNERS = "partners", "With partners"


class Meeting(models.Model):
    board = models.ForeignKey(Board, models.CASCADE, related_name="meetings")
    on = models.DateField("date")
    starts_at = models.TimeField("starts at", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=MeetingKind, default=MeetingKind.INTERNAL)
    place = models.CharField(max_length=200, blank=True)
    cancelled_on = models.DateField(null=True, blank=True, editable=False)
    cancelled_reason = models.TextField(blank=True, editable=False)

    history = HistoricalRecords()
    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "on"],
                condition=Q(cancelled_on__isnull=True),
                name="meeting_once_a_day",
                violation_error_message="The board already has a meeting on this day.",
            ),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_known"),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True, cancelled_reason="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancelled_reason="")),
                name="meeting_cancelled_with_a_reason",
                violation_error_message="Say why the meeting is cancelled.",
            ),
        ]

    def __str__(self):
        return f"Meeting of {self.on.day} {self.on:%B %Y}"


class Presence(models.TextChoices):
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Apologies"
    DEPUTY = "deputy", "Sent a deputy"
    ABSENT = "absent", "Absent"


class Attendance(models.Model):
    """One person at one meeting: somebody of the board, or a guest by role or name."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    guest = models.CharField(max_length=200, blank=True)
    presence = models.CharField(max_length=10, choices=Presence)

    history = HistoricalRecords()

    class Meta:
        ordering = [Alphabetical("user__name").asc(nulls_last=True), Alphabetical("guest"), "id"]
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(user__isnull=False),
                name="attendance_once_per_person",
                violation_error_message="This person is on the list already.",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, guest="") | (Q(user__isnull=True) & ~Q(guest="")),
                name="attendance_of_a_person_or_a_guest",
                violation_error_message="Name one person or one guest.",
            ),
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="presence_known"),
        ]

    def __str__(self):
        return f"{self.user or self.guest}: {self.get_presence_display().lower()}"


class ChallengeOutcome(models.TextChoices):
    ANSWERED = "answered", "Answered: nothing more is needed"
    CHANGED = "changed", "The plan was changed"
    DECIDED = "decided", "A decision was made"
    DROPPED = "dropped", "Withdrawn by who raised it"


class Challenge(models.Model):
    """A member's question on an action, an area or a measure, which comes back until it is closed.

    A wing ties its own rows to a challenge: one with neither action nor area is about such a row.
    """

    board = models.ForeignKey(Board, models.CASCADE, related_name="challenges")
    action = models.ForeignKey(Action, models.CASCADE, null=True, blank=True, related_name="challenges")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="challenges")
    question = models.TextField()
    raised_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    raised_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    # The meeting at which it was raised, where it was at one.
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="challenges")
    owner = models.ForeignKey(Lead, models.PROTECT, related_name="challenges")
    due = models.DateField("answer due")
    outcome = models.CharField(max_length=10, choices=ChallengeOutcome, blank=True)
    outcome_words = models.TextField("what came of it", blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoricalRecords()
    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__isnull=True) | Q(area__isnull=True),
                name="challenge_is_on_one_thing",
                violation_error_message="A challenge is on one action, area or measure.",
            ),
            models.CheckConstraint(
                condition=~Q(question=""),
                name="challenge_asks_something",
                violation_error_message="Write the question.",
            ),
            models.CheckConstraint(
                condition=Q(due__gte=models.F("raised_on")),
                name="challenge_due_after_it_is_raised",
                violation_error_message="The answer must be due on or after the day the question is asked.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_words="", closed_on__isnull=True, closed_by__isnull=True)
                | (~Q(outcome="") & ~Q(outcome_words="") & Q(closed_on__gte=models.F("raised_on"))),
                name="challenge_closed_with_an_outcome",
                violation_error_message="Say what came of it to close it.",
            ),
        ]

    def __str__(self):
        return self.question

    @property
    def is_open(self):
        return self.closed_on is None


class ChallengeAnswer(models.Model):
    """Append-only: an answer to a challenge; the latest stands."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="answers")
    text = models.TextField("answer")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="challenge_answer_says_something")]

    def __str__(self):
        return self.text
