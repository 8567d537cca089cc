from django.db import models
from django.db.models import F, Q

from plans.dates import Kind, Target
from plans.models.imports import Import
from plans.models.meetings import Meeting
from plans.models.people import User
from plans.models.plan import Action, Step
from plans.models.querysets import DatedQuerySet, ProgressUpdateQuerySet
from plans.rating import NEEDS_WAY_BACK


class Dated(models.Model):
    """The two times: the day something counts from, and when the server recorded it."""

    on = models.DateField("counts from")
    recorded_on = models.DateField(editable=False)
    recorded_at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    imported_by = models.ForeignKey(Import, models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    # Taking back an import withdraws what it added: kept, counted nowhere.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_late(self):
        return self.on < self.recorded_on


def not_future(name):
    return models.CheckConstraint(
        condition=Q(on__lte=F("recorded_on")),
        name=name,
        violation_error_message="The day must not lie in the future.",
    )


class ProgressUpdate(Dated):
    action = models.ForeignKey(Action, models.CASCADE, related_name="updates")
    # A code of the plan's key; empty when not rated.
    rating = models.CharField(max_length=40, blank=True)
    happened = models.TextField("what has happened", blank=True)
    way_back = models.TextField("what would make it green", blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replacement")
    replacement_reason = models.TextField(blank=True)

    objects = ProgressUpdateQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["action", "-on", "-id"], name="update_latest")]
        constraints = [
            not_future("update_not_in_the_future"),
            models.CheckConstraint(
                condition=~Q(rating__in=sorted(NEEDS_WAY_BACK))
                | ~Q(way_back="")
                | Q(imported_by__isnull=False),
                name="red_and_amber_need_a_way_back",
                violation_error_message="Say what would make it green, or choose another rating.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replacement_reason=""),
                name="update_replaced_with_a_reason",
                violation_error_message="Say why the earlier update is replaced.",
            ),
        ]

    def __str__(self):
        return f"{self.action}: {self.rating or 'not rated'} on {self.on}"


class TargetMove(Dated):
    action = models.ForeignKey(Action, models.CASCADE, related_name="moves")
    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="moves")
    from_text = models.TextField(blank=True)
    from_kind = models.CharField(max_length=10, default=Kind.NONE)
    from_due = models.DateField(null=True, blank=True)
    from_assumed = models.BooleanField(default=False)
    to_text = models.TextField(blank=True)
    to_kind = models.CharField(max_length=10, default=Kind.NONE)
    to_due = models.DateField(null=True, blank=True)
    to_assumed = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    # The meeting at which it was agreed, where it was at one.
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="moves")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["action", "on", "id"], name="move_order")]
        constraints = [
            not_future("move_not_in_the_future"),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(imported_by__isnull=False),
                name="move_has_a_reason",
                violation_error_message="Give the reason for moving the date.",
            ),
            models.CheckConstraint(
                condition=Q(from_kind=Kind.DAY, from_due__isnull=False)
                | (~Q(from_kind=Kind.DAY) & Q(from_due__isnull=True)),
                name="move_from_paired",
            ),
            models.CheckConstraint(
                condition=Q(to_kind=Kind.DAY, to_due__isnull=False)
                | (~Q(to_kind=Kind.DAY) & Q(to_due__isnull=True)),
                name="move_to_paired",
            ),
        ]

    def __str__(self):
        return f"{self.action}: {self.from_text} to {self.to_text}"

    @property
    def before(self):
        return Target(self.from_text, Kind(self.from_kind), self.from_due, self.from_assumed)

    @property
    def after(self):
        return Target(self.to_text, Kind(self.to_kind), self.to_due, self.to_assumed)

    @property
    def asked(self):
        """The request that it was made from, or None. For many rows select `request` too."""
        return getattr(self, "request", None)

    @property
    def chairs_words(self):
        """What was said in agreeing; "" where nobody asked."""
        return self.asked.decision_reason if self.asked else ""

    @property
    def days(self):
        """Days later; negative is earlier; None when a side has no day."""
        if self.from_due is None or self.to_due is None:
            return None
        return (self.to_due - self.from_due).days
