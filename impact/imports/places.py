"""Which area of which plan a workbook's figures and narratives belong to."""

from collections.abc import Iterable, Mapping
from datetime import date

from plans.imports.decisions import decisions_of
from plans.imports.reader import PlanPreview
from plans.models import WHOLE_PLAN, Area, Board, Plan
from plans.spreadsheets.results import Level
from plans.spreadsheets.vocabulary import fold
from plans.wording.numbering import numbered


class Places:
    """The headings that stand in the plan, and those that the same workbook brings; `plan` is None for a
    plan still to be made."""

    def __init__(self, plan: Plan | None, brought: Iterable[tuple[str, ...]] = ()):
        self.plan = plan
        self.by_words: dict[str, str] = {}
        self.names: dict[str, str] = {}
        for area in plan.areas.current() if plan else ():
            self._add(area.title, str(area))
        for path in brought:
            for title in path:
                self._add(title, title)

    def _add(self, title: str, name: str) -> None:
        if fold(title) == fold(WHOLE_PLAN):
            return
        self.names.setdefault(fold(name), name)
        for words in (name, title):
            self.by_words.setdefault(fold(words), fold(name))

    def find(self, words: str) -> str:
        """The key in `names` of the heading that the words mean, "" where there is none."""
        return self.by_words.get(fold(words), "") if words else ""


def places_for(board: Board, beside: PlanPreview, titles: Iterable[str]) -> Places:
    """The places of the plan that the workbook goes into, else of the one that has most of `titles`."""
    wanted = list(titles)
    if not wanted:
        return Places(None)
    paths = [
        tuple(part for level in one.proposal.row.levels for part in (level.title, _whole(level)))
        for one in beside.comparisons
    ]
    if beside.comparisons or beside.plan:
        return Places(beside.plan, paths)
    plans = [Places(plan) for plan in board.plans.newest_first()]
    best = max(plans, key=lambda each: sum(bool(each.find(title)) for title in wanted), default=None)
    return best or Places(None)


def _whole(level: Level) -> str:
    return numbered(level.reference, level.title)


def areas_by_key(plan: Plan | None) -> Mapping[str, Area]:
    """The areas that stand now, by the keys of `Places.names` and by their bare titles."""
    found: dict[str, Area] = {}
    areas = list(plan.areas.current()) if plan else []
    for words in (str, lambda area: area.title):
        for area in areas:
            found.setdefault(fold(words(area)), area)
    return found


def day_of(choices: Mapping, beside: PlanPreview, plan: Plan | None, today: date) -> date:
    """The day from which what the workbook says counts."""
    if beside.comparisons or plan is None:
        return beside.decisions.on
    return decisions_of(choices, plan.period, today, beside.reading.stated_days).on
