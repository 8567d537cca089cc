"""Which audits, findings and products stand, and which of them wait for somebody."""

from datetime import date

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery


class AuditQuerySet(models.QuerySet):
    def standing(self):
        """All but the cancelled."""
        return self.exclude(status="cancelled")

    def done(self, as_at: date | None = None):
        done = self.filter(status="done")
        return done if as_at is None else done.filter(done_on__lte=as_at)

    def open(self):
        return self.filter(status__in=["planned", "under_way"])

    def overdue(self, today: date):
        """Still to be done though the latest day it was planned for has passed."""
        return self.open().filter(planned_due__lt=today)


class FindingQuerySet(models.QuerySet):
    def needs(self):
        return self.filter(kind="need")


class ProductQuerySet(models.QuerySet):
    def current(self, as_at: date | None = None):
        standing = Q(closed_on__isnull=True)
        return self.filter(standing if as_at is None else standing | Q(closed_on__gt=as_at))

    def with_last_review(self):
        """Annotates `reviewed_on` and `learnt` of the latest review that stands."""
        reviews = self.model._meta.get_field("reviews").related_model.objects.standing()
        latest = reviews.filter(product=OuterRef("pk")).order_by("-on", "-id")
        return self.annotate(
            reviewed_on=Subquery(latest.values("on")[:1]), last_learnt=Subquery(latest.values("learnt")[:1])
        )

    def soonest_first(self):
        """Overdue ones first, those without a day last."""
        return self.order_by(F("next_due").asc(nulls_last=True), *self.model._meta.ordering)
