"""What every page's frame shows: the board, its navigation, and in the demonstration who can sign in."""

from django.conf import settings
from django.urls import reverse

from plans.access import Permission
from plans.models import User

PAGES = [
    ("Dashboard", "dashboard", Permission.VIEW),
    ("Plan", "plans:plan", Permission.VIEW),
    ("Actions", "plans:action_list", Permission.VIEW),
    ("My updates", "my_updates", Permission.UPDATE),
    ("Import", "import_list", Permission.IMPORT),
    ("People", "plans:member_list", Permission.MANAGE_MEMBERS),
    ("History", "plans:history", Permission.VIEW),
]


def board(request):
    """The board whose gate the request has passed, the person's access to it, and its navigation."""
    access = getattr(request, "access", None)
    if access is None:
        return {}
    navigation = [(label, url, request.path == url) for label, url in _pages(access)]
    return {"board": access.board, "access": access, "navigation": navigation}


def _pages(access):
    for label, name, permission in PAGES:
        if access.may(permission):
            yield label, reverse(name, args=[access.board.slug])


def demonstration(request):
    """The demonstration's users, for the sign-in page; nothing where real plans are kept."""
    if not settings.DEMONSTRATION or request.user.is_authenticated:
        return {}
    return {"demonstration_users": User.objects.filter(email__endswith="@example.org", is_active=True)}
