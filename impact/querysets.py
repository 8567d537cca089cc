"""Who sees what, and which rows stand."""

from datetime import date

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from plans.models.querysets import DatedQuerySet


class ObservationQuerySet(DatedQuerySet):
    def latest(self, as_at: date | None = None):
        """Of each measure and month the value that stands, as known on `as_at`."""
        of_month = (
            self.model.objects.standing(as_at)
            .filter(measure=OuterRef("measure"), month=OuterRef("month"))
            .order_by("-on", "-id")
        )
        return self.filter(pk=Subquery(of_month.values("pk")[:1]))


class MeasureQuerySet(models.QuerySet):
    def current(self, as_at: date | None = None):
        """Those still reported; with `as_at` those that were so on that day."""
        standing = Q(closed_on__isnull=True)
        return self.filter(standing if as_at is None else standing | Q(closed_on__gt=as_at))


class NarrativeQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at__isnull=True)

    def published(self, as_at: date | None = None):
        """What a board sees: published, by `as_at` where that is given."""
        published = self.standing().filter(status="published")
        return published if as_at is None else published.filter(published_on__lte=as_at)
