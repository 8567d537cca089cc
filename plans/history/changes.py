"""Who changed what on a board: its history and its append-only rows as one list, the newest first.

A page of it takes a fixed number of queries for each kind of row on it, however long the history is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value

from plans.models import (
    Action,
    ActionRecommendation,
    Area,
    Attendance,
    Board,
    Bundle,
    Challenge,
    ChallengeAnswer,
    CheckAnswer,
    ClockStop,
    Decision,
    Evidence,
    Holding,
    Inspection,
    Lead,
    Meeting,
    Membership,
    MoveRequest,
    Pack,
    PackSending,
    Plan,
    ProgressUpdate,
    RatingKey,
    Recommendation,
    Redaction,
    SignOff,
    Step,
    TargetMove,
)
from plans.models.querysets import end_of

from .asked import describe_accepted, describe_asked, doing_of
from .names import COLUMNS, Known, Names
from .packs import describe_bundle, describe_pack
from .removed import describe_redaction
from .scopes import of_action, of_board
from .words import Change, describe_appended, describe_history

PER_PAGE = 50
KINDS = {
    "plan": "Plans and rating keys",
    "area": "Areas",
    "action": "Actions",
    "step": "Steps",
    "update": "Updates",
    "move": "Dates moved",
    "evidence": "Evidence",
    "recommendation": "Inspections and recommendations",
    "meeting": "Meetings and decisions",
    "challenge": "Challenges",
    "lead": "Leads",
    "person": "People and the board",
}
MOVED = ("action", "by", "imported_by__undone_by", "meeting")
ASKED, AGREED = (*MOVED, "decided_by"), (*MOVED, "request__by", "request__decided_by")
SIGNED = ("action", "by", "decided_by", "meeting", "reopened_by", "update__imported_by__undone_by")
SIGN_OFF_TAKEN_BY = "update__imported_by__undone_by_id"
ACCEPTED = ("by", "withdrawn_by")
SAID_WHOLE = {Bundle: describe_bundle, Redaction: describe_redaction}
CLOSED, SENT = ("meeting", "closed_by"), ("pack__meeting", "by")


@dataclass(frozen=True)
class Tracked:
    """A model with history; `scope` names the column by which a row belongs to a board."""

    model: type
    kind: str
    scope: str

    @property
    def name(self) -> str:
        return self.model._meta.model_name

    def rows(self, condition: Q, person: int | None) -> QuerySet:
        rows = self.model.history.filter(condition)
        rows = rows if person is None else rows.filter(history_user_id=person)
        return _place(rows, self.name, "history_date", "history_id")

    def changes(self, ids: Sequence[int], known: Known) -> dict[int, tuple]:
        """The history rows of these ids, each with the row before it (or None)."""
        history = self.model.history
        earlier = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
        before = Subquery(earlier.order_by("-history_id").values("history_id")[:1])
        rows = list(
            history.filter(history_id__in=ids).annotate(before_id=before).select_related("history_user")
        )
        earlier_rows = history.in_bulk(
            [row.before_id for row in rows if row.before_id], field_name="history_id"
        )
        return {row.history_id: (row, earlier_rows.get(row.before_id)) for row in rows}


@dataclass(frozen=True)
class Appended:
    """An append-only model: its rows are told when each was recorded, decided on or taken back."""

    model: type
    kind: str
    moment: str
    scope: str = "appended"
    related: tuple[str, ...] = ("action", "by", "imported_by__undone_by")
    taken_by: str = "imported_by__undone_by_id"
    # Columns that are long and say nothing here.
    heavy: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.model._meta.model_name} {self.moment}"

    def rows(self, condition: Q, person: int | None) -> QuerySet:
        rows = self.model.objects.filter(condition, **{f"{self.moment}__isnull": False})
        if person is not None:
            rows = rows.filter(doing_of(person, self.model, self.moment, self.taken_by))
        return _place(rows, self.name, self.moment, "id")

    def changes(self, ids: Sequence[int], known: Known) -> dict[int, tuple]:
        rows = known.rows.get(self.model, {})
        found = {pk: rows[pk] for pk in ids if pk in rows}
        if missing := [pk for pk in ids if pk not in found]:
            rows = self.model.objects.select_related(*self.related).defer(*self.heavy)
            found |= {row.pk: row for row in rows.filter(pk__in=missing)}
        return {pk: (row, self.moment) for pk, row in found.items()}


def _place(rows: QuerySet, name: str, moment: str, key: str) -> QuerySet:
    placed = rows if moment == "at" else rows.annotate(at=F(moment))
    named = placed.order_by().annotate(told_by=Value(name, output_field=CharField()), row=F(key))
    return named.values_list("at", "told_by", "row")


SOURCES = [
    Tracked(Board, "person", "itself"),
    Tracked(Membership, "person", "board"),
    Tracked(Lead, "lead", "board"),
    Tracked(Holding, "lead", "lead"),
    Tracked(Plan, "plan", "board"),
    Tracked(RatingKey, "plan", "plan"),
    Tracked(Area, "area", "plan"),
    Tracked(Action, "action", "action itself"),
    Tracked(Step, "step", "action"),
    Tracked(Inspection, "recommendation", "board"),
    Tracked(ClockStop, "recommendation", "inspection"),
    Tracked(Recommendation, "recommendation", "board"),
    Tracked(ActionRecommendation, "action", "action"),
    Tracked(Evidence, "evidence", "board"),
    Tracked(Meeting, "meeting", "board"),
    Tracked(Attendance, "meeting", "meeting"),
    Tracked(Decision, "meeting", "decision"),
    Tracked(Challenge, "challenge", "challenge itself"),
    Appended(ChallengeAnswer, "challenge", "recorded_at", "challenge", ("by",)),
    Appended(ProgressUpdate, "update", "recorded_at"),
    Appended(ProgressUpdate, "update", "withdrawn_at"),
    Appended(TargetMove, "move", "recorded_at", related=AGREED),
    Appended(TargetMove, "move", "withdrawn_at", related=AGREED),
    Appended(MoveRequest, "move", "recorded_at", related=ASKED),
    Appended(MoveRequest, "move", "decided_at", related=ASKED),
    Appended(MoveRequest, "move", "withdrawn_at", related=ASKED),
    Appended(SignOff, "update", "recorded_at", related=SIGNED),
    Appended(SignOff, "update", "decided_at", related=SIGNED),
    Appended(SignOff, "update", "reopened_at", related=SIGNED),
    Appended(SignOff, "update", "withdrawn_at", related=SIGNED, taken_by=SIGN_OFF_TAKEN_BY),
    Appended(CheckAnswer, "update", "recorded_at", "answered", ACCEPTED, "withdrawn_by_id"),
    Appended(CheckAnswer, "update", "withdrawn_at", "answered", ACCEPTED, "withdrawn_by_id"),
    Appended(Pack, "meeting", "closed_at", "pack", CLOSED, heavy=("content",)),
    Appended(PackSending, "meeting", "sent_at", "sent", SENT, heavy=("pack__content",)),
    Appended(Redaction, "plan", "at", "redacted", ("by",)),
    Appended(Bundle, "plan", "asked_at", "pack", ("by",), heavy=("content", "archive")),
]


@dataclass(frozen=True)
class Wing:
    """What another app adds to a board's history: its models with history, by kind, and their conditions.

    `columns` name a row; `told` gives for each model what a row is called and the address of its page,
    both as functions of (row, names).
    """

    kinds: Mapping[str, str]
    sources: Sequence[Tracked]
    conditions: Callable[[Board], dict[str, Q]]
    columns: Mapping[type, tuple[str, ...]]
    told: Mapping[type, tuple[Callable, Callable]]


def board_changes(
    board: Board,
    *,
    page: int | str = 1,
    kind: str = "",
    person: int | None = None,
    action: Action | None = None,
    wings: Sequence[Wing] = (),
) -> Page:
    """A page of the board's changes: its `object_list` is a list of Change.

    `kind` is one of KINDS or of a wing's, `person` a user's id. A page that does not exist gives the
    nearest one.
    """
    conditions = of_action(action) if action else of_board(board)
    for wing in () if action else wings:
        conditions |= wing.conditions(board)
    feed = _feed([source for source in _all_sources(wings) if kind in ("", source.kind)], conditions, person)
    found = Paginator(feed, PER_PAGE).get_page(page)
    found.object_list = describe(board, list(found.object_list), wings)
    return found


def _all_sources(wings: Sequence[Wing]) -> list[Tracked | Appended]:
    return [*SOURCES, *chain.from_iterable(wing.sources for wing in wings)]


def changes_of(
    action: Action, limit: int = 20, *, until: date | None = None, known: Known | None = None
) -> list[Change]:
    """The newest changes of an action with its steps, updates and moves, recorded by the end of `until`."""
    feed = _feed(SOURCES, of_action(action), None, before=until and end_of(until))
    return describe(action.plan.board, list(feed[:limit]), known=known)


def _feed(
    sources: Iterable[Tracked | Appended],
    conditions: dict[str, Q],
    person: int | None,
    before: datetime | None = None,
) -> QuerySet:
    parts = [
        source.rows(condition, person)
        for source in sources
        if (condition := conditions.get(source.scope)) is not None
    ]
    if before is not None:
        parts = [part.filter(at__lt=before) for part in parts]
    if not parts:
        return Board.objects.none()
    feed = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    return feed.order_by("-at", "told_by", "-row")


def describe(
    board: Board, places: Sequence[tuple], wings: Sequence[Wing] = (), known: Known | None = None
) -> list[Change]:
    """The changes at these (moment, source, id) places of the feed, in their order."""
    by_name = {source.name: source for source in _all_sources(wings)}
    wanted = defaultdict(list)
    for _, source, row in places:
        wanted[source].append(row)
    found = {source: by_name[source].changes(ids, known or Known()) for source, ids in wanted.items()}
    names = Names(
        board,
        {**COLUMNS, **dict(chain.from_iterable(wing.columns.items() for wing in wings))},
        dict(chain.from_iterable(wing.told.items() for wing in wings)),
        known,
    )
    for source, rows in found.items():
        for row, before in rows.values():
            names.want(by_name[source].model, row, before)
    changes = []
    for _, source, row in places:
        model = by_name[source].model
        changes += _teller(by_name[source])(model, *found[source][row], names)
    return changes


def _teller(source: Tracked | Appended) -> Callable:
    if isinstance(source, Tracked):
        return describe_history
    if source.model in (Pack, PackSending):
        return describe_pack
    if source.model in SAID_WHOLE:
        return SAID_WHOLE[source.model]
    return {ASKED: describe_asked, SIGNED: describe_asked, ACCEPTED: describe_accepted}.get(
        source.related, describe_appended
    )
