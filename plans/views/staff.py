"""Pages for the site's staff: to others they are not there, and staff come to them with a second step."""

from functools import wraps

from django.conf import settings
from django.http import Http404

from plans.views.second_factor import has_second_factor, lead_to_second_factor


def lacks_staff_second_factor(request):
    """Whether this is somebody of the site's staff without the second step that such pages need."""
    asks = settings.STAFF_SECOND_FACTOR and request.user.is_staff
    return asks and not has_second_factor(request)


def with_second_step(view):
    """Leads staff without a second step to setting one up; who else may see the view is for it to say."""

    @wraps(view)
    def stepped(request, *args, **kwargs):
        if lacks_staff_second_factor(request):
            return lead_to_second_factor(request)
        return view(request, *args, **kwargs)

    return stepped


class StaffMixin:
    """Stands first among a view's bases: 404 for whoever is not of the site's staff, then the second step."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_staff:
            raise Http404("No such page")
        if lacks_staff_second_factor(request):
            return lead_to_second_factor(request)
        return super().dispatch(request, *args, **kwargs)
