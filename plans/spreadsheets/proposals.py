"""What a comparison of a workbook with the board is about: plain values, no models."""

from dataclasses import dataclass, field
from enum import StrEnum

from plans.dates import Target, no_such_day
from plans.spreadsheets.results import ActionRow


class Status(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Content:
    """An action's own words, whether a workbook proposes them or they stand on the board."""

    path: tuple[str, ...]
    texts: dict[str, str]
    leads: tuple[str, ...]
    steps: tuple[tuple[str, str, str], ...]
    recommendations: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    target: Target
    rating: str = ""
    happened: str = ""
    way_back: str = ""


@dataclass(slots=True, kw_only=True)
class Proposal(Content):
    """What a row says of an action; `key` names the row in a form by its place in the workbook.

    `cited` are recommendations that its texts refer to, apart from those that its columns name.
    """

    row: ActionRow
    key: str = ""
    cited: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True, kw_only=True)
class Standing(Content):
    """An action as it stands on the board.

    `earlier_targets` are the words of targets moved away from; `imported` the (rating, happened) that
    imports brought: where the file says no more than these, the board has moved on since. The rating of
    an action that is signed off stays as it is.
    """

    id: int
    earlier_targets: tuple[str, ...] = ()
    imported: frozenset[tuple[str, str]] = frozenset()
    is_signed_off: bool = False
    # The words of the date that waits for the chair, and of those asked for before without becoming moves.
    waiting_target: str = ""
    asked_targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    field: str
    before: str
    after: str
    # False where the board had the file's words already and somebody has changed them since.
    is_news: bool = True


@dataclass(slots=True)
class Comparison:
    """One row against what stands. `update` and `move` are proposals: taken by default unless the
    board has moved on since the file was written."""

    proposal: Proposal
    status: Status
    standing: Standing | None = None
    changes: list[FieldChange] = field(default_factory=list)
    update: bool = False
    update_is_news: bool = False
    # The file rates otherwise an action that is signed off: its rating is kept in words alone.
    rating_left_alone: bool = False
    move: bool = False
    move_is_news: bool = False
    # Why the row is left out unless somebody mends it; "" for a row that is all right.
    trouble: str = ""

    @property
    def key(self) -> str:
        return self.proposal.key

    @property
    def move_waits(self) -> bool:
        """Another date waits for the chair, so that none can be asked for beside it."""
        return bool(self.move and self.standing and self.standing.waiting_target)

    @property
    def names_no_day(self) -> bool:
        """The file's date is a day that no calendar has: it does not take the board's away by itself."""
        target = self.proposal.target
        return target.due is None and no_such_day(target.text)

    @property
    def was_asked(self) -> bool:
        """The file's date was asked for before and has not become a move."""
        return bool(self.standing) and self.proposal.target.text in self.standing.asked_targets

    @property
    def row(self) -> ActionRow:
        return self.proposal.row

    @property
    def can_be_mended(self) -> bool:
        """A row without words is no action, with a reference or without."""
        return bool(self.proposal.texts["title"])

    @property
    def own_changes(self) -> list[FieldChange]:
        """The changes to show: steps that follow from the activity's words would say the same twice."""
        return [each for each in self.changes if not (each.field == "steps" and self.steps_follow)]

    @property
    def steps_follow(self) -> bool:
        """The activity changes, and with it the steps that it numbers."""
        activity = self.proposal.texts["activity"]
        changes = any(change.field == "activity" for change in self.changes)
        return changes and all(text in activity for _, text, _ in self.proposal.steps)

    @property
    def is_left_alone(self) -> bool:
        """It differs, but only in what the board has moved on from: nothing is taken by default."""
        news = any(change.is_news for change in self.changes) or self.update_is_news or self.move_is_news
        return self.status is Status.CHANGED and not news

    @property
    def rates(self) -> bool:
        """The update gives a rating that the action does not have; else it is a progress note."""
        return self.update and self.proposal.rating not in ("", self.standing.rating if self.standing else "")
