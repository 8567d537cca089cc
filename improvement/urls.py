from django.contrib import admin
from django.urls import include, path

from improvement.views import about

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include("allauth.account.urls")),
    path("help/", about.HelpView.as_view(), name="help"),
    path("accessibility/", about.AccessibilityView.as_view(), name="accessibility"),
    path("components/", about.ComponentsView.as_view(), name="components"),
]
