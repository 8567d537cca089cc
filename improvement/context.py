"""What every page's frame shows: the board, its navigation, and in the demonstration who can sign in."""

from django.conf import settings
from django.urls import reverse

from improvement.demonstration import PASSWORD
from plans.access import Permission
from plans.models import User

PAGES = [
    ("Dashboard", "dashboard", Permission.VIEW),
    ("Plan", "plans:plan", Permission.VIEW),
    ("Actions", "plans:action_list", Permission.VIEW),
    ("Measures", "impact:measure_list", Permission.VIEW),
    ("Impact", "impact:narrative_list", Permission.VIEW),
    ("Audits", "audits:board", Permission.VIEW),
    ("My updates", "my_updates", Permission.UPDATE),
    ("Meetings", "meeting_list", Permission.VIEW),
    ("Import", "import_list", Permission.IMPORT),
    ("People", "plans:member_list", Permission.MANAGE_MEMBERS),
    ("History", "plans:history", Permission.VIEW),
]
# Those that can be seen as at a past day.
AS_AT = {
    "dashboard",
    "plans:plan",
    "plans:action_list",
    "impact:measure_list",
    "impact:narrative_list",
    "audits:board",
}
# Of pages that the navigation does not name, the one that leads to them, by its part of the address.
SECTIONS = {
    "areas": "plan",
    "plans": "plan",
    "recommendations": "plan",
    "slippage": "plan",
    "questions": "",
    "chain": "narratives",
    "challenges": "meetings",
    "changes": "meetings",
    "packs": "meetings",
    "leads": "people",
}


def board(request):
    """The board whose gate the request has passed, the person's access to it, and its navigation.

    `may` says by a permission's name what to show: `{% if may.edit_plan %}`.
    """
    access = getattr(request, "access", None)
    if access is None:
        return {}
    navigation = [
        (label, url + _day_kept(request, name), _current(request.path, url))
        for label, name, url in _pages(access)
    ]
    may = {permission.name.lower(): access.may(permission) for permission in Permission}
    return {"board": access.board, "access": access, "may": may, "navigation": navigation}


def _day_kept(request, name):
    """A page that shows a past day leads to those that can."""
    shown = getattr(request, "shown", None)
    return shown.start if shown and name in AS_AT else ""


def _current(path, url):
    """What `aria-current` says of a link to `url`: the page itself, or the section that it is in."""
    if path == url:
        return "page"
    here, there = path.split("/")[3], url.split("/")[3]
    return "true" if here and there == SECTIONS.get(here, here) else ""


def _pages(access):
    for label, name, permission in PAGES:
        if access.may(permission):
            yield label, name, reverse(name, args=[access.board.slug])


def demonstration(request):
    """The demonstration's users, for the sign-in page; nothing where real plans are kept."""
    if not settings.DEMONSTRATION or request.user.is_authenticated:
        return {}
    people = User.objects.filter(email__endswith="@example.org", is_active=True)
    people = people.prefetch_related("memberships__board")
    return {"demonstration_users": people, "demonstration_password": PASSWORD}
