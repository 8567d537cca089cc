"""What the page of one action says: rating and why, its date and every move, steps, and updates."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from impact.judging import judge_all
from impact.models import Narrative
from impact.rows import MeasureRow, panel_of
from impact.services.narrative_board import with_support
from improvement.action_moves import MovesPart
from improvement.action_rows import ActionRow
from improvement.action_sign_off import ActionSignOff
from improvement.checking_loaded import row_of_loaded
from improvement.trails import headings
from plans.dates import Kind
from plans.document import TEXTS, activity_of, labels_of
from plans.history import Change, Known, changes_of
from plans.history.answers import answered_by, answers_on, tell_answers
from plans.history.leads import accountable_of, leads_then
from plans.history.then import PlanThen
from plans.models import Action, Evidence, ProgressUpdate, Recommendation, Step
from plans.rating import NEEDS_WAY_BACK, KeyEntry
from plans.standing import AsAt
from plans.templatetags.components import long_date
from plans.wording.phrases import days_overdue, days_until, plural

MOST_UPDATES = 8
MOST_CHANGES = 10
KINDS = {
    Kind.RECURRING: "It recurs, so it has no date and cannot become overdue.",
    Kind.STARTS: "That is a start, so it has no date and cannot become overdue.",
    Kind.NONE: "No day can be read from that, so it has no date and cannot become overdue.",
}


@dataclass(frozen=True)
class Moment:
    """An update in the timeline with the rating before it."""

    update: ProgressUpdate
    entry: KeyEntry | None
    before: KeyEntry | None
    first: bool

    @property
    def by(self) -> str:
        return self.update.by.name if self.update.by else "Not recorded who"

    @property
    def note(self) -> str:
        said = []
        if self.update.imported_by:
            said.append(f"from the import of {self.update.imported_by.filename}")
        if self.update.is_late:
            said.append(f"recorded {long_date(self.update.recorded_on)}")
        return " · ".join(said)

    @property
    def needs_way_back(self) -> bool:
        return bool(self.update.way_back) or self.update.rating in NEEDS_WAY_BACK


@dataclass(frozen=True)
class StepState:
    step: Step
    words: str
    kind: str


class ActionPage(MovesPart):
    def __init__(self, action: Action, shown: AsAt):
        self.action, self.shown = action, shown
        self.then = PlanThen(action.plan, shown)
        self.key = self.then.key
        related = ("by", "imported_by__undone_by", "replacement", "replacement__by")
        updates = action.updates.select_related(*related).prefetch_related("evidence")
        if shown.is_past:
            updates = updates.filter(on__lte=shown.day)
        self._updates = list(updates.latest_first())
        self._steps = self.then.steps([action])[action.pk]
        self.then.tell([action, *([action.merged_into] if action.merged_into else [])])
        self._tell_target()

    def _tell_target(self) -> None:
        """On a past day the target that the first later move moved it from."""
        moves = self.action.moves.standing().filter(step__isnull=True, on__gt=self.shown.day)
        later = moves.first() if self.shown.is_past else None
        if later:
            self.action.target = later.before

    @cached_property
    def labels(self) -> dict[str, str]:
        return labels_of(self.action.plan)

    @cached_property
    def standing(self) -> list[ProgressUpdate]:
        return [each for each in self._updates if not each.withdrawn_at and not hasattr(each, "replacement")]

    @property
    def set_aside(self) -> list[ProgressUpdate]:
        """Updates that were replaced, or taken back with their import."""
        return [each for each in self._updates if each not in self.standing]

    @cached_property
    def latest(self) -> ProgressUpdate | None:
        """The update whose rating is shown: the last that counts by the day shown."""
        return next((each for each in self.standing if each.on <= self.shown.day), None)

    @cached_property
    def sign_off(self) -> ActionSignOff:
        return ActionSignOff(self.action, self.shown, self._updates, self.latest)

    @property
    def entry(self) -> KeyEntry | None:
        return self.key.get(self.latest.rating) if self.latest else None

    @cached_property
    def moments(self) -> list[Moment]:
        found = []
        for position, update in enumerate(self.standing):
            earlier = [each.rating for each in self.standing[position + 1 :]]
            before = self.key.get(earlier[0]) if earlier else None
            found.append(Moment(update, self.key.get(update.rating), before, first=not any(earlier)))
        return found

    @property
    def recent(self) -> list[Moment]:
        return self.moments[:MOST_UPDATES]

    @property
    def earlier(self) -> list[Moment]:
        return self.moments[MOST_UPDATES:]

    @property
    def accountable(self) -> str:
        return accountable_of(self.action)

    @property
    def others(self) -> list[str]:
        """Who is named beside the accountable lead."""
        return [name for name, is_accountable in leads_then(self.action) if not is_accountable]

    @property
    def stand(self) -> list[ActionRow] | None:
        """How the action stands for the checks; None where its date of then is not that of now."""
        if self.shown.is_past or self.shown.ended:
            return None
        self.action.standing_updates, self.action.standing_moves = self.standing, self.own_moves
        return [row_of_loaded(self.action, self.shown)]

    @property
    def is_to_come(self) -> bool:
        """Not yet part of the plan on the day shown."""
        added = self.action.added_on
        return self.shown.is_past and added is not None and added > self.shown.day

    @property
    def is_complete(self) -> bool:
        return bool(self.latest and self.latest.rating == "complete")

    @property
    def is_overdue(self) -> bool:
        due = self.action.target_due
        return due is not None and due < self.shown.day and not self.is_complete

    @property
    def when(self) -> str:
        return days_until(self.action.target_due, self.shown.day)

    @property
    def overdue_words(self) -> str:
        return days_overdue(self.action.target_due, self.shown.day) if self.is_overdue else ""

    @property
    def kind_words(self) -> str:
        return KINDS.get(self.action.target.kind, "")

    @cached_property
    def steps(self) -> list[StepState]:
        return [StepState(step, *self._state(step)) for step in self._steps]

    def _state(self, step: Step) -> tuple[str, str]:
        if step.done_on:
            return f"Done {short(step.done_on)}", "ok"
        if step.target_due and step.target_due < self.shown.day:
            return days_overdue(step.target_due, self.shown.day), "late"
        return "Not done yet", "plain"

    @property
    def steps_heading(self) -> str:
        done = sum(state.kind == "ok" for state in self.steps)
        late = sum(state.kind == "late" for state in self.steps)
        heading = f"Steps: {done} of {len(self.steps)} done"
        return f"{heading}, {late} overdue" if late else heading

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What the action is for, each under the council's own heading."""
        action = self.action
        named = [(self.labels["activity"], activity_of(action, [state.step for state in self.steps]))]
        named += [(self.labels[name], getattr(action, name)) for name in TEXTS]
        return [(label, words) for label, words in [*named, *map(tuple, action.notes)] if words]

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        if not self.shown.is_past:
            return list(self.action.recommendations.select_related("inspection"))
        tell_answers([self.action], answers_on(self.action.plan.board, self.shown.past_day))
        return answered_by(self.action)

    @cached_property
    def merged(self) -> list[Action]:
        """Withdrawn actions that this one covers."""
        merged = list(self.action.merged_from.gone(self.shown))
        self.then.tell(merged)
        return merged

    @cached_property
    def changes(self) -> list[tuple[Change, str]]:
        """The newest changes, each with the part of the action that it is about."""
        until = self.shown.past_day
        found = changes_of(self.action, MOST_CHANGES, until=until, known=self._known())
        return [(change, part_of(change)) for change in found]

    def _known(self) -> Known | None:
        """What stands here already, for the history to name; the words of a past day are not those of now."""
        if self.shown.is_past:
            return None
        rows = [self.action, *self.action.steps.all(), *self.recommendations]
        rows += [*self._updates, *self.moves, *self.moves_asked, *self.sign_off.all]
        by_model = {
            model: {row.pk: row for row in rows if type(row) is model} for model in set(map(type, rows))
        }
        return Known(by_model, {(self.action.plan_id, code): entry.word for code, entry in self.key.items()})

    @cached_property
    def measures(self) -> list[MeasureRow]:
        """The measures that the action is to move, concern first; of a stock its monthly change."""
        measures = self.action.measures.current(self.shown.day)
        return panel_of(judge_all(measures, until=self.shown.day, known=self.shown.past_day)).rows

    @cached_property
    def narratives(self) -> list[Narrative]:
        """What was said last, with what difference, of the headings that the action stands under."""
        above = [area.pk for area in headings(self.action.area)]
        told = Narrative.objects.published(self.shown.past_day).filter(area__in=above).exclude(so_what="")
        latest: dict[int, Narrative] = {}
        for narrative in with_support(told):
            latest.setdefault(narrative.area_id, narrative)
        return list(latest.values())

    @cached_property
    def evidence(self) -> list[Evidence]:
        """Every piece that a standing update shows, each once, the newest first."""
        pieces = {piece for update in self.standing for piece in update.evidence.all()}
        return sorted(pieces, key=lambda piece: (piece.dated, piece.pk), reverse=True)

    @property
    def update_words(self) -> str:
        return plural(len(self.standing), "update")

    @property
    def earlier_words(self) -> str:
        return plural(len(self.earlier), "earlier update")

    @property
    def set_aside_words(self) -> str:
        return f"{plural(len(self.set_aside), 'update')} replaced or taken back"


def short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def part_of(change: Change) -> str:
    """Which part of the action a change is about; "" for the action itself."""
    return "" if change.what.startswith("Action ") else change.what.partition(" of action ")[0]
