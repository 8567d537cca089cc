"""Which plan of the board everybody sees first where an import makes another one."""

from dataclasses import dataclass

from plans.imports.reader import PlanPreview
from plans.models import Board, Import, ImportState, Plan


@dataclass(frozen=True)
class Front:
    """`new_leads`: the plan of the import stands before `other`, else behind it."""

    other: Plan
    new_leads: bool


def front_after(preview: PlanPreview, board: Board) -> Front | None:
    """As applying would leave it; None where it makes no plan, or the board's only one."""
    first = board.plans.newest_first().first() if preview.plan is None and preview.has_rows else None
    return Front(first, first.gives_way_to(preview.reading.title_period.starts)) if first else None


def front_now(imported: Import) -> Front | None:
    """As it stands today; None where the import made no plan, or the board's only one."""
    made = imported.state == ImportState.APPLIED and imported.undo.get("plan", {}).get("created_plan")
    plans = list(imported.board.plans.newest_first()[:2]) if made else []
    if len(plans) < 2:
        return None
    leads = plans[0].pk == imported.plan_id
    return Front(plans[leads], leads)
