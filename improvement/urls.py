from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from audits.history import WING as AUDITS
from impact.history import WING as IMPACT
from improvement.views import (
    about,
    actions,
    areas,
    bundles,
    chain,
    challenges,
    changes,
    checks,
    dashboard,
    evidence,
    feed_tokens,
    feeds,
    health,
    home,
    imports,
    measures,
    meetings,
    packs,
    questions,
    reminders,
    sign_offs,
    slippage,
    updates,
)
from plans.views.history import HistoryView

handler500 = "improvement.views.away.failed"

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("reminders/", reminders.RemindersView.as_view(), name="reminders"),
    path("boards/<slug:board>/", dashboard.DashboardView.as_view(), name="dashboard"),
    path("boards/<slug:board>/actions/<int:pk>/", actions.ActionView.as_view(), name="action"),
    path("boards/<slug:board>/areas/<int:pk>/", areas.AreaView.as_view(), name="area"),
    path("boards/<slug:board>/measures/<int:pk>/", measures.MeasureView.as_view(), name="measure"),
    path("boards/<slug:board>/chain/", chain.BreaksView.as_view(), name="breaks"),
    path("boards/<slug:board>/feed/", feeds.FeedPage.as_view(), name="feed"),
    path("boards/<slug:board>/feed/index.json", feeds.FeedIndexView.as_view(), name="feed_index"),
    path(
        "boards/<slug:board>/feed/<slug:dataset>.<slug:form>",
        feeds.FeedDataView.as_view(),
        name="feed_data",
    ),
    path("boards/<slug:board>/meetings/", meetings.MeetingListView.as_view(), name="meeting_list"),
    path("boards/<slug:board>/meetings/<int:pk>/", meetings.MeetingView.as_view(), name="meeting"),
    path("boards/<slug:board>/meetings/<int:pk>/papers/", packs.PackClose.as_view(), name="pack_close"),
    path("boards/<slug:board>/packs/<int:pk>/", packs.PackView.as_view(), name="pack"),
    path("boards/<slug:board>/packs/<int:pk>/again/", packs.PackRetry.as_view(), name="pack_retry"),
    path("boards/<slug:board>/packs/<int:pk>/send/", packs.PackSend.as_view(), name="pack_send"),
    path("boards/<slug:board>/packs/<int:pk>/<str:kind>/", packs.PackFileView.as_view(), name="pack_file"),
    path("boards/<slug:board>/bundle/", bundles.BundleView.as_view(), name="bundle"),
    path("boards/<slug:board>/bundle/<int:pk>/", bundles.BundleFileView.as_view(), name="bundle_file"),
    path("boards/<slug:board>/challenges/", challenges.ChallengeListView.as_view(), name="challenge_list"),
    path("boards/<slug:board>/challenges/<int:pk>/", challenges.ChallengeView.as_view(), name="challenge"),
    path(
        "boards/<slug:board>/actions/<int:pk>/update/",
        updates.CheckedUpdateView.as_view(),
        name="action_update",
    ),
    path("boards/<slug:board>/updates/", updates.MyUpdatesView.as_view(), name="my_updates"),
    path("boards/<slug:board>/sign-off/", sign_offs.SignOffListView.as_view(), name="sign_off_list"),
    path("boards/<slug:board>/slippage/", slippage.SlippageView.as_view(), name="slippage"),
    path("boards/<slug:board>/changes/", changes.ChangesView.as_view(), name="changes"),
    path("boards/<slug:board>/evidence/", evidence.EvidenceListView.as_view(), name="evidence_list"),
    path("boards/<slug:board>/imports/", imports.ImportList.as_view(), name="import_list"),
    path("boards/<slug:board>/imports/new/", imports.ImportNew.as_view(), name="import_new"),
    path("boards/<slug:board>/imports/template/", imports.ImportTemplate.as_view(), name="import_template"),
    path("boards/<slug:board>/imports/<int:pk>/", imports.ImportCheck.as_view(), name="import_check"),
    path("boards/<slug:board>/imports/<int:pk>/cells/", imports.ImportCells.as_view(), name="import_cells"),
    path("boards/<slug:board>/imports/<int:pk>/file/", imports.ImportFile.as_view(), name="import_file"),
    path(
        "boards/<slug:board>/imports/<int:pk>/cancel/", imports.ImportCancel.as_view(), name="import_cancel"
    ),
    path("boards/<slug:board>/imports/<int:pk>/undo/", imports.ImportUndo.as_view(), name="import_undo"),
    path("boards/<slug:board>/questions/", questions.QuestionsView.as_view(), name="questions"),
    path(
        "boards/<slug:board>/actions/<int:pk>/questions/",
        checks.ActionAnswerView.as_view(),
        name="check_answer",
    ),
    path(
        "boards/<slug:board>/recommendations/<int:pk>/questions/",
        checks.RecommendationAnswerView.as_view(),
        name="recommendation_check",
    ),
    path(
        "boards/<slug:board>/questions/<int:pk>/withdraw/",
        checks.WithdrawAnswerView.as_view(),
        name="checkanswer_withdraw",
    ),
    path("boards/<slug:board>/history/", HistoryView.as_view(wings=[IMPACT, AUDITS]), name="history"),
    path("boards/", include("plans.urls")),
    path("boards/", include("impact.urls")),
    path("boards/", include("audits.urls")),
    path("healthz", health.HealthView.as_view(), name="healthz"),
    path("admin/", admin.site.urls),
    # Whoever changed their own address could take up an invitation that is meant for somebody else.
    path("account/email/", RedirectView.as_view(pattern_name="socialaccount_connections")),
    path("account/feeds/", feed_tokens.FeedTokensView.as_view(), name="feed_tokens"),
    path("account/feeds/<int:pk>/", feed_tokens.FeedTokenWithdraw.as_view(), name="feed_token_withdraw"),
    path("account/", include("allauth.urls")),
    path("help/", about.HelpView.as_view(), name="help"),
    path("accessibility/", about.AccessibilityView.as_view(), name="accessibility"),
    path("components/", about.ComponentsView.as_view(), name="components"),
]
