from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from plans.keeping import years_later
from plans.models.ordering import Alphabetical


class UserManager(BaseUserManager):
    def create_user(self, email, name="", password=None, **fields):
        user = self.model(email=self.normalize_email(email), name=name or email, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email, name="", password=None, **fields):
        return self.create_user(email, name, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("site staff", default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = [Alphabetical("name"), "id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_any_case",
                violation_error_message="Someone already has this email address.",
            )
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name


class Role(models.TextChoices):
    MEMBER = "member", "Member"
    LEAD = "lead", "Lead"
    EDITOR = "editor", "Editor"
    CHAIR = "chair", "Chair"
    ADMINISTRATOR = "administrator", "Administrator"


class Board(models.Model):
    council = models.CharField(max_length=150)
    name = models.CharField(max_length=150)
    slug = models.SlugField(unique=True)
    # Counts from 1 to below this are not shown outside the board's own circle.
    small_numbers_below = models.PositiveSmallIntegerField(default=5)
    # How long before a meeting people are reminded of what waits for them.
    nudge_days = models.PositiveSmallIntegerField("days before a meeting to send reminders", default=7)
    # Nobody sees the board who signs in by a password alone.
    requires_second_factor = models.BooleanField("everybody needs a second step at sign-in", default=False)
    # A closed board is read and no longer written; so many years later all of it is removed.
    closed_on = models.DateField(null=True, blank=True)
    closing_reason = models.TextField(blank=True)
    keep_years = models.PositiveSmallIntegerField("years to keep it once it is closed", default=10)

    history = HistoricalRecords()

    class Meta:
        ordering = [Alphabetical("council"), Alphabetical("name"), "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closing_reason="")
                | (Q(closed_on__isnull=False) & ~Q(closing_reason="")),
                name="board_closed_with_a_reason",
                violation_error_message="Say why the board is closed.",
            ),
            models.CheckConstraint(
                condition=Q(keep_years__gte=1, keep_years__lte=100),
                name="board_kept_some_years",
                violation_error_message="Give a number of years from 1 to 100.",
            ),
        ]

    def __str__(self):
        return f"{self.council}: {self.name}"

    @property
    def kept_until(self):
        """The last day on which a closed board is here; None for one that is open."""
        return self.closed_on and years_later(self.closed_on, self.keep_years)


class Membership(models.Model):
    board = models.ForeignKey(Board, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role, default=Role.MEMBER)
    wants_nudges = models.BooleanField("reminders by email", default=True)

    history = HistoricalRecords()

    class Meta:
        ordering = [Alphabetical("user__name"), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "user"],
                name="one_role_per_person_and_board",
                violation_error_message="This person is on the board already. Change their role instead.",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display().lower()}"


class LeadQuerySet(models.QuerySet):
    def held_by(self, user):
        return self.filter(holdings__user=user)


class Lead(models.Model):
    board = models.ForeignKey(Board, models.CASCADE, related_name="leads")
    name = models.CharField(max_length=200)
    # The name folded by leads.lead_key: two spellings of one role are one lead.
    key = models.CharField(max_length=200, editable=False)
    holders = models.ManyToManyField(User, through="Holding", related_name="leads_held")

    history = HistoricalRecords()
    objects = LeadQuerySet.as_manager()

    class Meta:
        ordering = [Alphabetical("name"), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "key"],
                name="lead_named_once_per_board",
                violation_error_message="The board already has a lead of this name.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="lead_has_a_name"),
        ]

    def __str__(self):
        return self.name


class Holding(models.Model):
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="holdings")
    user = models.ForeignKey(User, models.PROTECT, related_name="holdings")

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "user"],
                name="lead_held_once_per_person",
                violation_error_message="This person already holds the lead.",
            )
        ]

    def __str__(self):
        return f"{self.lead}: {self.user}"
