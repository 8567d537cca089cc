"""Small words of templates, which need no `{% load %}`."""

from datetime import date

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone

from plans.models import Plan, PlanStatus
from plans.templatetags.components import long_date
from plans.wording.phrases import sentence, shortened

register = template.Library()
register.filter("sentence", sentence)
register.filter("shortened", stringfilter(shortened))


@register.simple_tag
def plan_state(*, plan: Plan, day: date | None = None) -> str:
    """What a plan is on a day (today), by its status and its dates: "live", or "ended on 31 March 2020, not
    closed"."""
    day = day or timezone.localdate()
    if plan.ends and plan.ends < day and plan.status != PlanStatus.DRAFT:
        ended = f"ended on {long_date(plan.ends)}"
        return f"closed, {ended}" if plan.status == PlanStatus.CLOSED else f"{ended}, not closed"
    starts_later = plan.status == PlanStatus.LIVE and plan.starts and plan.starts > day
    status = plan.get_status_display().lower()
    return f"{status}, starts on {long_date(plan.starts)}" if starts_later else status
