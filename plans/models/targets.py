from django.db import models
from django.db.models import Q

from plans.dates import Kind, Target


class TargetColumns(models.Model):
    """A target as columns: the words as written and, beside them, what they were read as."""

    target_text = models.TextField("target date", blank=True)
    target_kind = models.CharField(
        max_length=10, choices=[(kind.value, kind.value) for kind in Kind], default=Kind.NONE, editable=False
    )
    target_due = models.DateField(null=True, blank=True, editable=False)
    target_assumed = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    @property
    def target(self):
        return Target(self.target_text, Kind(self.target_kind), self.target_due, self.target_assumed)

    @target.setter
    def target(self, target):
        self.target_text, self.target_kind = target.text, target.kind.value
        self.target_due, self.target_assumed = target.due, target.assumed


def target_constraint(name):
    return models.CheckConstraint(
        condition=Q(target_kind=Kind.DAY, target_due__isnull=False)
        | (~Q(target_kind=Kind.DAY) & Q(target_due__isnull=True, target_assumed=False)),
        name=name,
        violation_error_message="A target has a day exactly when it is due by a day.",
    )
