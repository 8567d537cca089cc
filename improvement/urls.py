from django.contrib import admin
from django.urls import include, path

from improvement.views import about, actions, areas, dashboard, home, updates

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("boards/<slug:board>/", dashboard.DashboardView.as_view(), name="dashboard"),
    path("boards/<slug:board>/actions/<int:pk>/", actions.ActionView.as_view(), name="action"),
    path("boards/<slug:board>/areas/<int:pk>/", areas.AreaView.as_view(), name="area"),
    path("boards/<slug:board>/updates/", updates.MyUpdatesView.as_view(), name="my_updates"),
    path("boards/", include("plans.urls")),
    path("admin/", admin.site.urls),
    path("account/", include("allauth.account.urls")),
    path("help/", about.HelpView.as_view(), name="help"),
    path("accessibility/", about.AccessibilityView.as_view(), name="accessibility"),
    path("components/", about.ComponentsView.as_view(), name="components"),
]
