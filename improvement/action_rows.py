"""The actions of a plan as they stand on a day: gathered once, for its counts and for its checks."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from plans.models import Action, ActionLead, Plan, ProgressUpdate, TargetMove
from plans.models.querysets import ActionQuerySet
from plans.rating import UNRATED
from plans.standing import AsAt, Moves, moves_by_action
from plans.wording.silence import NOTHING, WORD

NO_UPDATE = (UNRATED, None, "", "", UNRATED)
SAYS_SOMETHING = Q(happened__iregex=WORD) & ~Q(happened__iregex=NOTHING)


@dataclass(slots=True)
class ActionRow:
    """`rating` to `way_back` are of the update that stands as its latest, `earlier` the rating of the last
    one before it that said something or rated otherwise, `before` the rating compared with; `area` and the
    leads are those of now: `led` says that it has any, `lead` that one is accountable. `stands` says that it
    counts, `stood` that it counted on the day compared with.
    """

    pk: int
    area: int
    due: date | None = None
    added_on: date | None = None
    before: str = UNRATED
    led: bool = True
    lead: int | None = None
    lead_name: str | None = None
    rating: str = UNRATED
    updated_on: date | None = None
    happened: str = ""
    way_back: str = ""
    earlier: str = UNRATED
    moves: Moves = field(default_factory=Moves)
    stands: bool = True
    stood: bool = True

    @property
    def accountable(self) -> tuple[int, str] | None:
        """The id and name of who is accountable now."""
        return None if self.lead is None else (self.lead, self.lead_name)


def action_rows(plan: Plan, shown: AsAt, actions: Collection[int] | None = None) -> list[ActionRow]:
    """Every action that counts, or `actions` by id, in the plan's own order: three queries."""
    if actions is None:
        return [row for row in rows_compared(plan, shown) if row.stands]
    chosen = Action.objects.filter(pk__in=actions)
    return _rows(plan, shown, chosen, chosen, actions)


def rows_compared(plan: Plan, shown: AsAt) -> list[ActionRow]:
    """The same, and with them the actions that counted on the day compared with and count no more."""
    rows = _rows(plan, shown, plan.actions.all(), plan.actions.shown(shown))
    return [row for row in rows if row.stands or row.stood]


def _rows(
    plan: Plan,
    shown: AsAt,
    read: ActionQuerySet,
    chosen: ActionQuerySet,
    actions: Collection[int] | None = None,
) -> list[ActionRow]:
    moved, latest = _moves(plan, shown, actions), latest_updates(chosen, shown.day)
    behind = shown.is_past or shown.ended
    accountable = FilteredRelation("action_leads", condition=Q(action_leads__accountable=True))
    rows = read.with_target(shown.day if behind else None).with_rating_before(shown.before)
    rows = rows.annotate(
        accountable=accountable,
        led=Exists(ActionLead.objects.filter(action=OuterRef("pk"))),
        stands=_is_among(chosen),
        stood=_is_among(plan.actions.standing_on(shown.before)),
    )
    columns = ("pk", "area_id", "due", "added_on", "rating_before", "led")
    columns += ("accountable__lead_id", "accountable__lead__name", "stands", "stood")
    return [
        ActionRow(*row, *latest.get(row[0], NO_UPDATE), moved.get(row[0]) or Moves(), stands, stood)
        for *row, stands, stood in rows.order_by("area__position", "position", "id").values_list(*columns)
    ]


def _is_among(actions: ActionQuerySet) -> ExpressionWrapper:
    return ExpressionWrapper(Q(pk__in=actions.values("pk")), output_field=BooleanField())


def _moves(plan: Plan, shown: AsAt, actions: Collection[int] | None) -> dict[int, Moves]:
    scope = Q(action__plan=plan) if actions is None else Q(action__in=actions)
    moves = TargetMove.objects.standing(shown.day).filter(scope, step__isnull=True).order_by()
    return moves_by_action(moves.values_list("action_id", "on", "from_due", "to_due"), shown)


def latest_updates(actions: ActionQuerySet, day: date) -> dict[int, tuple[str, date, str, str, str]]:
    """By action (rating, day, what happened, way back, rating earlier) of the update that is the latest
    on `day`."""
    standing = ProgressUpdate.objects.standing(day).latest_first()
    latest = standing.filter(action=OuterRef("pk"))
    ids = actions.order_by().annotate(latest=Subquery(latest.values("pk")[:1])).values("latest")
    others = standing.filter(action=OuterRef("action")).exclude(pk=OuterRef("pk"))
    told = others.filter(~Q(rating=OuterRef("rating")) | SAYS_SOMETHING)
    earlier = Coalesce(Subquery(told.values("rating")[:1]), Value(UNRATED))
    rows = ProgressUpdate.objects.filter(pk__in=ids).order_by().annotate(earlier=earlier)
    columns = ("action_id", "rating", "on", "happened", "way_back", "earlier")
    return {pk: tuple(said) for pk, *said in rows.values_list(*columns)}
