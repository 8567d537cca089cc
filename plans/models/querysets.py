"""Who sees what, annotations and lists."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from plans.rating import ORDER, UNRATED, Meaning
from plans.standing import AsAt
from plans.wording.phrases import OPENED_AGAIN, SIGN_OFF_REFUSED, TAKEN_BACK


def rank_of(column: str):
    """A number that orders ratings from worst to best; NULL for those of no common meaning and for none."""
    whens = [models.When(**{column: code}, then=Value(rank)) for rank, code in enumerate(ORDER)]
    return models.Case(*whens, default=Value(None), output_field=IntegerField())


def end_of(day: date) -> datetime:
    """The first moment after a day, by the clocks here."""
    return timezone.make_aware(datetime.combine(day + timedelta(1), time.min))


class DatedQuerySet(models.QuerySet):
    def standing(self, as_at: date | None = None):
        """Rows that were not taken back, counting from a day up to `as_at`."""
        standing = self.filter(withdrawn_at__isnull=True)
        return standing if as_at is None else standing.filter(on__lte=as_at)


class RequestQuerySet(DatedQuerySet):
    def waiting(self, as_at: date | None = None):
        """Asked for and not decided; with `as_at` not decided by the end of that day."""
        standing = self.standing(as_at)
        if as_at is None:
            return standing.filter(outcome="waiting")
        return standing.filter(Q(decided_on__isnull=True) | Q(decided_on__gt=as_at))

    def decidable(self):
        """Waiting, and not of a withdrawn action or plan: somebody can decide them."""
        waiting = self.waiting().filter(action__withdrawn_on__isnull=True)
        return waiting.exclude(action__plan__status="withdrawn")


class SignOffQuerySet(RequestQuerySet):
    def in_force(self, as_at: date | None = None):
        """Agreed and not opened again; with `as_at` by the end of that day."""
        agreed = self.standing(as_at).filter(outcome="agreed")
        if as_at is None:
            return agreed.filter(reopened_on__isnull=True)
        still = Q(reopened_on__isnull=True) | Q(reopened_on__gt=as_at)
        return agreed.filter(still, decided_on__lte=as_at)


class MeetingQuerySet(models.QuerySet):
    def standing(self):
        """Meetings that were not cancelled."""
        return self.filter(cancelled_on__isnull=True)

    def before(self, day: date):
        """The latest first."""
        return self.standing().filter(on__lt=day).order_by("-on", "-id")

    def coming(self, day: date):
        """On that day or later, the next first."""
        return self.standing().filter(on__gte=day).order_by("on", "id")


class ChallengeQuerySet(models.QuerySet):
    def open(self, as_at: date | None = None):
        """Not closed; with `as_at` those raised by that day and not closed by its end."""
        if as_at is None:
            return self.filter(closed_on__isnull=True)
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=as_at), raised_on__lte=as_at)

    def unanswered(self):
        """Open ones without an answer."""
        return self.open().filter(answers__isnull=True)

    def waiting_for(self, user):
        """Unanswered ones that are asked of a lead which the person holds."""
        return self.unanswered().filter(owner__holdings__user=user)


class PlanQuerySet(models.QuerySet):
    def current(self):
        """Plans that are shown: all but those whose import was taken back."""
        return self.exclude(status="withdrawn")

    def known_by(self, day: date):
        """Those started or made by the end of `day`, and later ones with an action or update from before."""
        started = Q(starts__lte=day)
        made = Q(pk__in=self.model.history.filter(history_date__lt=end_of(day)).values("id"))
        added = Q(actions__added_on__lte=day)
        updated = Q(actions__updates__on__lte=day, actions__updates__withdrawn_at__isnull=True)
        return self.filter(pk__in=self.model.objects.filter(started | made | added | updated).values("pk"))

    def begun_by(self, day: date):
        """Those that start by `day`; one without a first day begins when it is first known."""
        return self.known_by(day).filter(Q(starts__isnull=True) | Q(starts__lte=day))

    def running_on(self, day: date):
        """Begun and not ended by then, and no draft."""
        return self.begun_by(day).filter(Q(ends__isnull=True) | Q(ends__gte=day)).exclude(status="draft")

    def newest_first(self, day: date | None = None):
        """Live plans before closed before draft, the newest first; before them those that ran on `day`."""
        whens = [models.When(status="live", then=Value(1)), models.When(status="closed", then=Value(2))]
        if day:
            running = self.model.objects.running_on(day).values("pk")
            whens.insert(0, models.When(pk__in=running, then=Value(0)))
        order = models.Case(*whens, default=3)
        return self.current().order_by(order, models.F("starts").desc(nulls_last=True), "-id")


class AreaQuerySet(models.QuerySet):
    def current(self):
        return self.filter(withdrawn_on__isnull=True)

    def top(self):
        return self.filter(parent__isnull=True)


class ProgressUpdateQuerySet(models.QuerySet):
    def standing(self, as_at: date | None = None):
        """Updates that count: neither taken back nor replaced, and counting from a day up to `as_at`."""
        standing = self.filter(withdrawn_at__isnull=True, replacement__isnull=True)
        return standing if as_at is None else standing.filter(on__lte=as_at)

    def latest_first(self):
        return self.order_by("-on", "-id")

    def with_decision(self):
        """Annotates `decision`: the words of the decision about a sign-off that wrote the update, or ""."""
        sign_offs = self.model._meta.get_field("sign_off").related_model.objects
        mine = sign_offs.filter(action=OuterRef("action")).order_by()
        whens = [
            models.When(
                Exists(mine.filter(**{who: OuterRef("by")})), happened__startswith=words, then=Value(words)
            )
            for words, who in ((SIGN_OFF_REFUSED, "decided_by"), (OPENED_AGAIN, "reopened_by"))
        ]
        return self.annotate(decision=models.Case(*whens, default=Value("")))

    def latest_of_each(self, as_at: date | None = None):
        """Of each action the update that stands as its latest."""
        of_action = self.model.objects.standing(as_at).filter(action=OuterRef("action")).latest_first()
        return self.filter(pk=Subquery(of_action.values("pk")[:1]))


class ActionQuerySet(models.QuerySet):
    def current(self):
        """Neither withdrawn nor merged: the actions that count."""
        return self.filter(withdrawn_on__isnull=True)

    def standing_on(self, day: date):
        """Part of the plan at the end of `day`: added by then and not withdrawn by then.

        What an import brought in after that day and its undo took back was never there.
        """
        known = self.model.history.filter(id=OuterRef("pk"), history_date__lt=end_of(day))
        was_there = ~Q(withdrawn_reason__regex=TAKEN_BACK) | Exists(known)
        return self.filter(
            Q(added_on__isnull=True) | Q(added_on__lte=day),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day) & was_there,
            ~self._brought_back_later(day),
        )

    def _brought_back_later(self, day):
        """Whether it was withdrawn at the end of `day`, whatever it is now."""
        known = self.model.history.filter(history_date__lt=end_of(day))
        later = known.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
        return Exists(known.filter(~Exists(later), id=OuterRef("pk"), withdrawn_on__lte=day))

    def gone(self, shown: AsAt):
        """Those withdrawn or merged by the day that the reader asked for, else those that are so now."""
        if not shown.is_past:
            return self.filter(withdrawn_on__isnull=False)
        return self.filter(Q(withdrawn_on__lte=shown.day) | self._brought_back_later(shown.day))

    def shown(self, shown: AsAt):
        """The actions that a page counts: those of the day the reader asked for, else all that stand now."""
        return self.standing_on(shown.day) if shown.is_past else self.current()

    def led_by(self, user):
        return self.filter(leads__holdings__user=user).distinct()

    def with_rating(self, as_at: date | None = None):
        """Annotates `rating` (a code of the plan's key, "" when not rated) and `updated_on` (or None)."""
        latest = self._updates(as_at)
        return self.annotate(
            rating=Coalesce(Subquery(latest.values("rating")[:1]), Value(UNRATED)),
            updated_on=Subquery(latest.values("on")[:1]),
        )

    def with_rating_before(self, day: date):
        """Annotates `rating_before`: the rating that stood on `day`."""
        before = Subquery(self._updates(day).values("rating")[:1])
        return self.annotate(rating_before=Coalesce(before, Value(UNRATED)))

    def with_sign_off(self, as_at: date | None = None):
        """Annotates `signed_off_on` (the day of the sign-off in force, or None) and `sign_off_waiting`."""
        sign_offs = self.model._meta.get_field("sign_offs").related_model.objects
        mine = sign_offs.filter(action=OuterRef("pk")).order_by()
        return self.annotate(
            signed_off_on=Subquery(mine.in_force(as_at).values("decided_on")[:1]),
            sign_off_waiting=Exists(mine.waiting(as_at)),
        )

    def with_target(self, day: date | None = None):
        """Annotates `due`, `due_text` and `due_kind`: the target as it was at the end of `day`.

        That is what the first later move moved it from; without a later move it is the target of now.
        """
        if day is None:
            return self.annotate(
                due=models.F("target_due"), due_text=models.F("target_text"), due_kind=models.F("target_kind")
            )
        later = self._moves().filter(on__gt=day).order_by("on", "id")
        return self.annotate(
            due=models.Case(
                models.When(Exists(later), then=Subquery(later.values("from_due")[:1])), default="target_due"
            ),
            due_text=Coalesce(Subquery(later.values("from_text")[:1]), models.F("target_text")),
            due_kind=Coalesce(Subquery(later.values("from_kind")[:1]), models.F("target_kind")),
        )

    def with_moves(self, as_at: date | None = None):
        """Annotates `moves_count` and `first_due` (the day of the target before any move, ever), and the day
        and words to which a move is asked for and waits: `asked_due` and `asked_text`, None where none does.
        """
        requests = self.model._meta.get_field("move_requests").related_model.objects
        asked = requests.waiting(as_at).filter(action=OuterRef("pk"), step__isnull=True)
        moves, ever = self._moves(as_at), self._moves().order_by("on", "id")
        count = moves.order_by().values("action").annotate(n=Count("id")).values("n")
        return self.annotate(
            moves_count=Coalesce(Subquery(count, output_field=IntegerField()), 0),
            asked_due=Subquery(asked.values("to_due")[:1]),
            asked_text=Subquery(asked.values("to_text")[:1]),
            first_due=models.Case(
                models.When(Exists(ever), then=Subquery(ever.values("from_due")[:1])), default="target_due"
            ),
        )

    def moved(self, *, since: date | None = None, as_at: date | None = None, times: int = 1):
        """The target has moved at least so many times, after `since` and up to `as_at`."""
        moves = self._moves(as_at)
        if since is not None:
            moves = moves.filter(on__gt=since)
        if times == 1:
            return self.filter(Exists(moves))
        counts = moves.order_by().values("action").annotate(n=Count("id")).values("n")
        counted = self.alias(times_moved=Subquery(counts, output_field=IntegerField()))
        return counted.filter(times_moved__gte=times)

    def changed(self, way: str):
        """The rating went "up", "down" or came "first". Needs `with_rating` and `with_rating_before`."""
        if way == "first":
            return self.filter(rating_before=UNRATED).exclude(rating=UNRATED)
        ranked = self.alias(rank=rank_of("rating"), rank_before=rank_of("rating_before"))
        if way == "up":
            return ranked.filter(rank__gt=models.F("rank_before"))
        return ranked.filter(rank__lt=models.F("rank_before"))

    def overdue(self, today: date):
        """Past the latest possible day and not complete. Needs `with_rating` and `with_target`."""
        return self.filter(due__lt=today).exclude(rating=Meaning.COMPLETE)

    def due_within(self, today: date, days: int):
        """Due from `today` to `days` later and not complete. Needs `with_rating` and `with_target`."""
        return self.filter(due__range=(today, today + timedelta(days))).exclude(rating=Meaning.COMPLETE)

    def without_date(self):
        """Needs `with_target`."""
        return self.filter(due__isnull=True)

    def without_lead(self):
        return self.filter(~Exists(self.model.leads.through.objects.filter(action=OuterRef("pk"))))

    def not_updated(self, shown: AsAt):
        """Not complete, and not updated for this round; none before the plan starts. Needs `with_rating`."""
        if shown.begins:
            return self.none()
        old = Q(updated_on__isnull=True) | Q(updated_on__lte=shown.updated_after)
        return self.filter(old).exclude(rating=Meaning.COMPLETE)

    def _updates(self, as_at):
        updates = self.model._meta.get_field("updates").related_model.objects
        return updates.standing(as_at).filter(action=OuterRef("pk")).latest_first()

    def _moves(self, as_at=None):
        moves = self.model._meta.get_field("moves").related_model.objects
        return moves.standing(as_at).filter(action=OuterRef("pk"), step__isnull=True)
