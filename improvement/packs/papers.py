"""A plan as at a meeting: what every part of a pack is told from, each thing looked up once."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db.models import Prefetch

from improvement.checking import findings_of
from improvement.checks import Finding
from improvement.dashboards import Dashboard
from improvement.findings import Findings
from improvement.measures_panel import MeasuresPanel
from plans.document import labels_of
from plans.history.answers import AnswersThen, answers_on, recommendations_by_id, tell_answers
from plans.history.then import PlanThen
from plans.models import (
    Action,
    ActionLead,
    Area,
    Meeting,
    Plan,
    ProgressUpdate,
    Step,
    TargetMove,
)
from plans.rating import ORDER, KeyEntry
from plans.standing import AsAt, Standing, shown_day
from plans.standing.compare import Compared
from plans.templatetags.components import long_date


class Papers:
    """As at the meeting's day, or `today` where the meeting is still to come."""

    def __init__(self, plan: Plan, meeting: Meeting, today: date):
        self.plan, self.meeting = plan, meeting
        self.board = meeting.board
        day = plan.as_at(min(meeting.on, today))
        self.meetings = list(self.board.meetings.standing())
        chosen = day if day < today else None
        self.shown: AsAt = shown_day(plan, today, chosen=chosen, meetings=self.meetings)

    @property
    def since(self) -> Meeting | None:
        """The last meeting before the day."""
        return self.shown.since

    @property
    def day(self) -> date:
        return self.shown.day

    @cached_property
    def dashboard(self) -> Dashboard:
        return Dashboard(self.plan, self.shown)

    @cached_property
    def measures(self) -> MeasuresPanel:
        return MeasuresPanel(self.board, self.shown)

    @cached_property
    def then(self) -> PlanThen:
        """The plan's words as they were on the day; those of now, unless the meeting has been."""
        return PlanThen(self.plan, self.shown)

    @property
    def key(self) -> dict[str, KeyEntry]:
        return self.dashboard.key

    @cached_property
    def standings(self) -> dict[int, Standing]:
        """Every action that counts as it stands, in the plan's order."""
        return {standing.pk: standing for standing in self.dashboard.actions}

    @property
    def note(self) -> str:
        """Says that words are later than the day shown, of all that was looked up: asked for last."""
        return self.dashboard.note or self.then.note

    @property
    def areas(self) -> list[Area]:
        return self.then.areas

    @cached_property
    def actions(self) -> dict[int, Action]:
        """The actions that count with all that is said of them, in the plan's order."""
        moves = TargetMove.objects.standing(self.day).filter(step__isnull=True)
        actions = (
            self.plan.actions.shown(self.shown)
            .with_target(self.day)
            .prefetch_related(
                "steps",
                "recommendations",
                Prefetch("action_leads", ActionLead.objects.select_related("lead")),
                Prefetch("moves", moves, to_attr="standing_moves"),
            )
        )
        self.then.tell(actions)
        tell_answers(actions, self.answers)
        return {action.pk: action for action in actions}

    @cached_property
    def steps(self) -> dict[int, list[Step]]:
        return self.then.steps(self.actions.values())

    @cached_property
    def answers(self) -> AnswersThen | None:
        """What was recommended and answered, where the meeting has been."""
        return answers_on(self.board, self.shown.past_day)

    @cached_property
    def findings(self) -> Findings:
        return findings_of(
            self.plan,
            self.shown,
            key=self.dashboard.entries,
            meetings=self.meetings,
            rows=self.measures.panel.rows,
            stand=self.dashboard.rows,
            answers=self.answers,
        )

    def subjects_of(self, findings: Iterable[Finding]) -> list[str]:
        """What each finding is about, in words; one query, and that for recommendations alone."""
        findings = list(findings)
        wanted = [each.pk for each in findings if each.check.on != "action"]
        recommendations = recommendations_by_id(wanted, self.answers)
        known = (
            self.actions[each.pk] if each.check.on == "action" else recommendations[each.pk]
            for each in findings
        )
        return [" ".join(str(one).split()) for one in known]

    def last_update(self, action: Action | Compared) -> str:
        update = self.updates.get(action.pk)
        return f"Last update {long_date(update.on)}" if update else "Never updated"

    @cached_property
    def labels(self) -> dict[str, str]:
        return labels_of(self.plan)

    @cached_property
    def updates(self) -> dict[int, ProgressUpdate]:
        """Of each action the update that stands as its latest."""
        rows = ProgressUpdate.objects.standing(self.day).filter(action__plan=self.plan)
        return {row.action_id: row for row in rows.latest_of_each(self.day).select_related("by")}

    def rank(self, standing: Standing) -> int:
        """The order of attention: off track first, ratings of no common meaning and none last."""
        return ORDER.index(standing.rating) if standing.rating in ORDER else len(ORDER)
