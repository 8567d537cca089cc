"""What the administrator decided about an import, row by row."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from plans.dates import Period
from plans.spreadsheets.preview import Comparison, FieldChange, Status


@dataclass
class Decisions:
    """A row is named by `Comparison.key`; rows not named in a set follow the default.

    `on` is the day from which the ratings count.
    """

    on: date
    left_out: set[str] = field(default_factory=set)
    without_reference: set[str] = field(default_factory=set)
    updates: dict[str, bool] = field(default_factory=dict)
    moves: dict[str, bool] = field(default_factory=dict)
    # Fields that the file changes, and those that the board has changed since the file was written.
    changes: dict[str, bool] = field(default_factory=dict)
    stale: dict[str, bool] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def takes_row(self, one: Comparison) -> bool:
        if one.key in self.left_out:
            return False
        return not one.trouble or (one.can_be_mended and one.key in self.without_reference)

    def taken_changes(self, one: Comparison) -> list[FieldChange]:
        takes = {
            True: self.changes.get(one.key, True),
            False: self.stale.get(one.key, False),
        }
        return [change for change in one.changes if takes[change.is_news]]

    def writes(self, one: Comparison, name: str) -> bool:
        """Whether the field of a row that is taken is written."""
        return one.status is Status.NEW or any(each.field == name for each in self.taken_changes(one))

    def takes_update(self, one: Comparison) -> bool:
        return one.update and self.updates.get(one.key, one.update_is_news)

    def takes_move(self, one: Comparison) -> bool:
        return one.move and not one.move_waits and self.moves.get(one.key, one.move_is_news)


def decisions_of(choices: Mapping, period: Period, today: date, stated: Collection[date] = ()) -> Decisions:
    """The administrator's decisions out of an Import's `choices`.

    Keys: on (ISO day), left_out and without_reference (lists of row keys), updates, moves,
    changes and stale ({row key: bool}), reasons ({row key: text}). Without a day, ratings count from
    the last of the days that the workbook states, else from today; never from a day to come or after the
    plan's last.
    """
    day = max((day for day in stated if day <= today), default=today)
    on = date.fromisoformat(choices["on"]) if choices.get("on") else min(day, period.ends or today)
    return Decisions(
        on=on,
        left_out=set(choices.get("left_out", ())),
        without_reference=set(choices.get("without_reference", ())),
        updates=dict(choices.get("updates", {})),
        moves=dict(choices.get("moves", {})),
        changes=dict(choices.get("changes", {})),
        stale=dict(choices.get("stale", {})),
        reasons=dict(choices.get("reasons", {})),
    )
