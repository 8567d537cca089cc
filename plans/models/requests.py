"""What one person asks for and another agrees or refuses, checks that were answered, and decisions."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from plans.dates import Kind, Target
from plans.models.meetings import Challenge, Meeting
from plans.models.people import User
from plans.models.plan import Action, Step
from plans.models.progress import Dated, ProgressUpdate, TargetMove, not_future
from plans.models.querysets import DatedQuerySet, RequestQuerySet, SignOffQuerySet
from plans.models.recommendations import Recommendation
from plans.wording.phrases import asked_words, day_or_words


class Outcome(models.TextChoices):
    WAITING = "waiting", "Waiting"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"
    # Taken back by who asked, or overtaken by a later update.
    DROPPED = "dropped", "No longer asked"


class Asked(Dated):
    """`on` and `by` say when and by whom it was asked; the outcome, by whom and when it was decided."""

    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decision_reason = models.TextField(blank=True)
    # The meeting at which it was decided, where it was at one.
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="%(class)ss")

    objects = RequestQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_waiting(self):
        return self.outcome == Outcome.WAITING and self.withdrawn_at is None


def request_constraints(noun):
    """What holds of every request: an outcome with who and when, by another; a refusal has a reason."""
    waiting = Q(outcome=Outcome.WAITING)
    return [
        not_future(f"{noun}_not_in_the_future"),
        models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name=f"{noun}_outcome_known"),
        models.CheckConstraint(
            condition=(waiting & Q(decided_by__isnull=True, decided_on__isnull=True))
            | (~waiting & Q(decided_on__isnull=False)),
            name=f"{noun}_decided_on_a_day",
        ),
        models.CheckConstraint(
            condition=~Q(outcome__in=[Outcome.AGREED, Outcome.REFUSED])
            | (Q(decided_by__isnull=False) & (Q(by__isnull=True) | ~Q(decided_by=F("by")))),
            name=f"{noun}_decided_by_another",
            violation_error_message="Somebody other than who asked for it decides.",
        ),
        models.CheckConstraint(
            condition=~Q(outcome=Outcome.REFUSED) | ~Q(decision_reason=""),
            name=f"{noun}_refused_with_a_reason",
            violation_error_message="Say why it is refused.",
        ),
    ]


class SignOff(Asked):
    """Complete as reported by one person with evidence, agreed or refused by another."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="sign_offs")
    # The update that reported it complete; the evidence stands with that.
    update = models.OneToOneField(ProgressUpdate, models.PROTECT, related_name="sign_off")
    reopened_on = models.DateField(null=True, blank=True)
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True, editable=False)
    reopened_reason = models.TextField(blank=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            *request_constraints("sign_off"),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(outcome=Outcome.WAITING, withdrawn_at__isnull=True),
                name="sign_off_asked_once",
                violation_error_message="A sign-off of this action is asked for already.",
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(outcome=Outcome.AGREED, reopened_on__isnull=True, withdrawn_at__isnull=True),
                name="sign_off_stands_once",
                violation_error_message="This action is signed off already.",
            ),
            models.CheckConstraint(
                condition=Q(reopened_on__isnull=True, reopened_by__isnull=True, reopened_reason="")
                | (
                    Q(outcome=Outcome.AGREED, reopened_on__gte=F("decided_on"), reopened_by__isnull=False)
                    & ~Q(reopened_reason="")
                ),
                name="sign_off_reopened_with_a_reason",
                violation_error_message="Say why the action is opened again.",
            ),
        ]

    def __str__(self):
        return f"{self.action}: sign-off {self.get_outcome_display().lower()}"


class MoveRequest(Asked):
    """A move of a target where the plan asks for the chair's agreement: it stands only once agreed."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="move_requests")
    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="move_requests")
    to_text = models.TextField()
    to_kind = models.CharField(max_length=10, default=Kind.NONE)
    to_due = models.DateField(null=True, blank=True)
    to_assumed = models.BooleanField(default=False)
    reason = models.TextField()
    # The move that agreeing made.
    move = models.OneToOneField(TargetMove, models.PROTECT, null=True, blank=True, related_name="request")

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            *request_constraints("move_request"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="move_request_has_a_reason",
                violation_error_message="Give the reason for moving the date.",
            ),
            models.CheckConstraint(
                condition=Q(to_kind=Kind.DAY, to_due__isnull=False)
                | (~Q(to_kind=Kind.DAY) & Q(to_due__isnull=True)),
                name="move_request_to_paired",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.AGREED, move__isnull=False)
                | (~Q(outcome=Outcome.AGREED) & Q(move__isnull=True)),
                name="move_request_agreed_made_a_move",
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(step__isnull=True, outcome=Outcome.WAITING, withdrawn_at__isnull=True),
                name="move_of_an_action_asked_once",
                violation_error_message="Another date is asked for already and waits to be agreed.",
            ),
            models.UniqueConstraint(
                fields=["step"],
                condition=Q(step__isnull=False, outcome=Outcome.WAITING, withdrawn_at__isnull=True),
                name="move_of_a_step_asked_once",
                violation_error_message="Another date is asked for already and waits to be agreed.",
            ),
        ]

    def __str__(self):
        return f"{self.action}: {self.to_text} asked for"

    @property
    def after(self):
        return Target(self.to_text, Kind(self.to_kind), self.to_due, self.to_assumed)

    @property
    def to(self):
        return day_or_words(self.to_due, self.to_text)

    @property
    def words(self):
        return asked_words(self.to_due, self.to_text)


class CheckAnswer(Dated):
    """ "Accepted because": it answers a check as long as what the check saw (`basis`) has not changed."""

    action = models.ForeignKey(Action, models.CASCADE, null=True, blank=True, related_name="check_answers")
    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, null=True, blank=True, related_name="check_answers"
    )
    check_name = models.CharField(max_length=60)
    basis = models.CharField(max_length=64)
    # The question as it was asked then: what it says changes with the plan.
    question = models.TextField(blank=True)
    reason = models.TextField("accepted because")
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            not_future("check_answer_not_in_the_future"),
            models.CheckConstraint(
                condition=Q(action__isnull=False, recommendation__isnull=True)
                | Q(action__isnull=True, recommendation__isnull=False),
                name="check_answer_is_on_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="check_answer_has_a_reason",
                violation_error_message="Say why it is accepted.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True) | Q(withdrawn_at__isnull=False),
                name="check_answer_taken_back_at_a_time",
            ),
        ]

    def __str__(self):
        return self.reason


class Decision(models.Model):
    """What a meeting decided, with the action, the move of a date or the challenge that it concerns."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    text = models.TextField("decision")
    action = models.ForeignKey(Action, models.CASCADE, null=True, blank=True, related_name="decisions")
    move = models.OneToOneField(TargetMove, models.PROTECT, null=True, blank=True, related_name="decision")
    challenge = models.ForeignKey(Challenge, models.CASCADE, null=True, blank=True, related_name="decisions")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="decision_says_something",
                violation_error_message="Write what was decided.",
            )
        ]

    def __str__(self):
        return self.text
