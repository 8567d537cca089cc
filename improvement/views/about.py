"""The pages about the site itself."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.templatetags.static import static
from django.utils.decorators import method_decorator
from django.views.generic import RedirectView, TemplateView

from improvement.gallery import gallery_context
from plans.views.staff import StaffMixin


@method_decorator(login_not_required, name="dispatch")
class HelpView(TemplateView):
    template_name = "improvement/help.html"


@method_decorator(login_not_required, name="dispatch")
class FaviconView(RedirectView):
    """For browsers that ask without being told where it is."""

    def get_redirect_url(self):
        return static("img/favicon.svg")


@method_decorator(login_not_required, name="dispatch")
class AccessibilityView(TemplateView):
    template_name = "improvement/accessibility.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(contact=settings.CONTACT_EMAIL, **kwargs)


class ComponentsView(StaffMixin, TemplateView):
    template_name = "components/gallery.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | gallery_context(self.request)
