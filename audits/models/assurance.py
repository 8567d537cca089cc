"""The register of reports by which a board knows its own services, and when each was last reviewed."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from audits.models.findings import Finding
from audits.querysets import ProductQuerySet
from plans.models import Action, Board, Dated, Decision, Lead, not_future
from plans.models.ordering import Alphabetical
from plans.models.querysets import DatedQuerySet


class AssuranceProduct(models.Model):
    board = models.ForeignKey(Board, models.CASCADE, related_name="assurance_products")
    name = models.CharField(max_length=300)
    purpose = models.TextField("to what end", blank=True)
    reviewed_by = models.CharField("reviewed by", max_length=500, blank=True)
    lead = models.ForeignKey(Lead, models.SET_NULL, null=True, blank=True, related_name="assurance_products")
    # As the board writes it; audits.frequency reads it.
    frequency = models.CharField("how often reviewed", max_length=200, blank=True)
    next_due = models.DateField("next review due", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField("no longer used since", null=True, blank=True)

    history = HistoricalRecords()
    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["position", Alphabetical("name"), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "name"],
                condition=Q(closed_on__isnull=True),
                name="product_name_once_per_board",
                violation_error_message="The register already has a product of this name.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="product_has_a_name"),
        ]

    def __str__(self):
        return self.name


class Review(Dated):
    """Append-only: one look at a product, what was learnt and what it led to."""

    product = models.ForeignKey(AssuranceProduct, models.CASCADE, related_name="reviews")
    who = models.CharField("reviewed by", max_length=500, blank=True)
    learnt = models.TextField("what was learnt")
    led_to = models.TextField("what it led to", blank=True)
    action = models.ForeignKey(Action, models.SET_NULL, null=True, blank=True, related_name="reviews")
    finding = models.ForeignKey(Finding, models.SET_NULL, null=True, blank=True, related_name="reviews")
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="reviews")

    # Who took it back, too.
    history = HistoricalRecords()
    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            not_future("review_not_in_the_future"),
            models.CheckConstraint(
                condition=~Q(learnt=""),
                name="review_says_what_was_learnt",
                violation_error_message="Write what was learnt.",
            ),
        ]

    def __str__(self):
        return f"{self.product}: {self.on}"
