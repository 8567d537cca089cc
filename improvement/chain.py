"""The chain from action to difference, and where it breaks: values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plans.standing import Parents, inside


@dataclass(frozen=True, slots=True)
class ActionLink:
    """An action that counts; `measures` are the ids of those linked to it."""

    pk: int
    area: int
    is_done: bool
    measures: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class MeasureLink:
    """A measure as judged: `has_moved` is None where there are too few months to tell."""

    pk: int
    in_concern: bool
    has_moved: bool | None


@dataclass(frozen=True, slots=True)
class SoWhatLink:
    """The latest published "so what" of an area, and whether a measure or evidence stands behind it."""

    pk: int
    area: int
    is_supported: bool


@dataclass(frozen=True, slots=True)
class Breaks:
    """Ids, each list in the order in which its things were given."""

    done_unmoved: Sequence[int]
    concern_without_action: Sequence[int]
    unsupported: Sequence[int]
    done_without_so_what: Sequence[int]

    @property
    def total(self) -> int:
        return sum(
            len(found)
            for found in (
                self.done_unmoved,
                self.concern_without_action,
                self.unsupported,
                self.done_without_so_what,
            )
        )


def find_breaks(
    actions: Sequence[ActionLink],
    measures: Sequence[MeasureLink],
    so_whats: Sequence[SoWhatLink],
    parents: Parents,
) -> Breaks:
    """`parents` maps each heading of the plan to the one around it."""
    return Breaks(
        done_unmoved=done_unmoved(actions, measures),
        concern_without_action=concern_without_action(measures, actions),
        unsupported=[each.pk for each in so_whats if not each.is_supported],
        done_without_so_what=done_without_so_what(actions, so_whats, parents),
    )


def done_unmoved(actions: Iterable[ActionLink], measures: Iterable[MeasureLink]) -> list[int]:
    """Actions marked done none of whose measures has moved, so far as any of them can tell."""
    moved = {measure.pk: measure.has_moved for measure in measures}
    return [action.pk for action in actions if action.is_done and _is_unmoved(action, moved)]


def _is_unmoved(action: ActionLink, moved: Mapping[int, bool | None]) -> bool:
    told = [moved[pk] for pk in action.measures if moved.get(pk) is not None]
    return bool(told) and not any(told)


def concern_without_action(measures: Iterable[MeasureLink], actions: Iterable[ActionLink]) -> list[int]:
    """Measures in concern that no action of the plan is linked to."""
    acting = {pk for action in actions for pk in action.measures}
    return [measure.pk for measure in measures if measure.in_concern and measure.pk not in acting]


def done_without_so_what(
    actions: Iterable[ActionLink], so_whats: Iterable[SoWhatLink], parents: Parents
) -> list[int]:
    """Actions marked done under no heading that says what difference was made."""
    told: set[int] = set()
    for each in so_whats:
        told |= inside(parents, each.area)
    return [action.pk for action in actions if action.is_done and action.area not in told]
