"""The chain of one heading: its actions, the measures that should move, what is said of it, the evidence."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from impact.judging import judge_all
from impact.models import Measure, MeasureAction, Narrative
from impact.rows import MeasureRow, panel_of
from impact.services.narrative_board import with_support
from plans.models import Action, Area, Evidence, UpdateEvidence
from plans.standing import AsAt


@dataclass
class Piece:
    """A piece of evidence with the actions and narratives that show it."""

    evidence: Evidence
    actions: list[Action] = field(default_factory=list)
    narratives: list[Narrative] = field(default_factory=list)


@dataclass(frozen=True)
class Measured:
    row: MeasureRow
    actions: list[Action]


class AreaChain:
    """`inside` holds the ids of the heading and of all inside it."""

    def __init__(self, area: Area, inside: set[int], shown: AsAt):
        self.area, self.inside, self.shown = area, inside, shown

    @cached_property
    def links(self) -> dict[int, list[Action]]:
        """By measure the actions here that are to move it."""
        links = MeasureAction.objects.filter(
            action__in=Action.objects.shown(self.shown).filter(area__in=self.inside)
        ).select_related("action")
        found: dict[int, list[Action]] = {}
        for link in links.order_by("action__position", "action_id"):
            found.setdefault(link.measure_id, []).append(link.action)
        return found

    @cached_property
    def measures(self) -> list[Measured]:
        """Concern first; those linked to the heading itself too, with no action where none is linked."""
        linked = Q(areas__in=self.inside) | Q(pk__in=list(self.links))
        measures = Measure.objects.filter(board=self.area.plan.board_id).current(self.shown.day)
        linked_here = measures.filter(linked).distinct()
        panel = panel_of(judge_all(linked_here, until=self.shown.day, known=self.shown.past_day))
        judged = {row.measure.pk for row in panel.rows}
        rows = [*panel.rows, *(row for row in panel.stocks if row.measure.pk not in judged)]
        return [Measured(row, self.links.get(row.measure.pk, [])) for row in rows]

    @cached_property
    def narratives(self) -> list[Narrative]:
        """The newest published of each heading here, the newest first."""
        told = Narrative.objects.published(self.shown.past_day).filter(area__in=self.inside)
        latest: dict[int, Narrative] = {}
        for narrative in with_support(told):
            latest.setdefault(narrative.area_id, narrative)
        return list(latest.values())

    @cached_property
    def evidence(self) -> list[Piece]:
        """What the updates of the actions and the narratives here show, the newest first."""
        pieces: dict[int, Piece] = {}
        for link in self._shown_in_updates:
            piece = pieces.setdefault(link.evidence_id, Piece(link.evidence))
            if link.update.action not in piece.actions:
                piece.actions.append(link.update.action)
        for narrative in self.narratives:
            for evidence in narrative.evidence.all():
                pieces.setdefault(evidence.pk, Piece(evidence)).narratives.append(narrative)
        return sorted(pieces.values(), key=lambda piece: piece.evidence.dated, reverse=True)

    @property
    def _shown_in_updates(self):
        links = UpdateEvidence.objects.filter(
            update__withdrawn_at__isnull=True,
            update__replacement__isnull=True,
            update__action__in=Action.objects.shown(self.shown).filter(area__in=self.inside),
        )
        if self.shown.is_past:
            links = links.filter(update__on__lte=self.shown.day)
        return links.select_related("evidence", "update__action")
