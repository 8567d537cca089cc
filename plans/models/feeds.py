"""Tokens with which a program reads what a person may see."""

from django.db import models
from django.db.models import F, Q

from plans.models.people import User


class FeedToken(models.Model):
    """Only the SHA-256 of the token is kept: it is shown once, when it is made."""

    user = models.ForeignKey(User, models.CASCADE, related_name="feed_tokens")
    name = models.CharField("what reads with it", max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # Made in a session that passed the second step: boards that ask for one take no other.
    second_step = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="feed_token_has_a_name"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="feed_token_ends"),
        ]

    def __str__(self):
        return self.name
