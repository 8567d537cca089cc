"""What the impact wing adds to a board's history."""

from django.db.models import Q
from django.urls import reverse

from impact.models import Measure, MeasureAction, MeasureArea, Narrative
from plans.history.changes import Tracked, Wing
from plans.models import Action, Area, Board


def _conditions(board: Board) -> dict[str, Q]:
    measures = Measure.history.filter(board_id=board.pk).values("id")
    areas = Area.history.filter(plan__board=board).values("id")
    return {"measure": Q(measure_id__in=measures), "narrative": Q(area_id__in=areas)}


def _measure_page(pk, names) -> str:
    return reverse("measure", args=[names.board.slug, pk]) if names.stands(Measure, pk) else ""


def _narrative_page(row, names) -> str:
    stands = names.stands(Narrative, row.id)
    return reverse("impact:narrative", args=[names.board.slug, row.id]) if stands else ""


WING = Wing(
    kinds={"measure": "Measures", "narrative": "Narratives"},
    sources=(
        Tracked(Measure, "measure", "board"),
        Tracked(MeasureArea, "measure", "measure"),
        Tracked(MeasureAction, "measure", "measure"),
        Tracked(Narrative, "narrative", "narrative"),
    ),
    conditions=_conditions,
    columns={Measure: ("name",), Narrative: ("done",)},
    told={
        Measure: (
            lambda row, names: f"Measure {row.name}",
            lambda row, names: _measure_page(row.id, names),
        ),
        MeasureArea: (
            lambda row, names: (
                f"Measure {names.of(Measure, row.measure_id)} for {names.of(Area, row.area_id)}"
            ),
            lambda row, names: _measure_page(row.measure_id, names),
        ),
        MeasureAction: (
            lambda row, names: (
                f"Measure {names.of(Measure, row.measure_id)} for action {names.of(Action, row.action_id)}"
            ),
            lambda row, names: _measure_page(row.measure_id, names),
        ),
        Narrative: (
            lambda row, names: f"Narrative on {names.of(Area, row.area_id)}",
            _narrative_page,
        ),
    },
)
