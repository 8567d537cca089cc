"""The parents of a page inside a plan, for its breadcrumbs."""

from collections.abc import Iterable

from django.urls import reverse

from plans.models import Area, Board, Plan
from plans.standing import AsAt


def trail(board: Board, plan: Plan, areas: Iterable[Area], shown: AsAt) -> list[tuple[str, str]]:
    """The plan and these headings, each with its address on the day shown."""
    of_plan = (plan.title, f"{reverse('plans:plan', args=[board.slug])}?plan={plan.pk}{shown.query}")
    places = ((str(area), reverse("area", args=[board.slug, area.pk]) + shown.start) for area in areas)
    return [of_plan, *places]


def headings(area: Area) -> list[Area]:
    """The heading and those above it, the topmost first."""
    return [*headings(area.parent), area] if area.parent_id else [area]
