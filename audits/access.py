"""Who may enter an audit's results and findings: whoever manages audits, and whoever holds its lead."""

from audits.models import Audit
from plans.access import Access, Permission


def may_enter(access: Access, audit: Audit) -> bool:
    return access.may(Permission.MANAGE_AUDITS) or audit.lead_id in access.held_leads
