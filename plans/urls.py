from django.urls import path

from plans import meeting_urls
from plans.views import (
    action_editing,
    actions,
    areas,
    evidence,
    handover,
    history,
    leads,
    members,
    moves,
    plan_editing,
    plans,
    recommendations,
    reminders,
    second_factor_setting,
    sign_offs,
    steps,
    updates,
)

app_name = "plans"
urlpatterns = [
    path("<slug:board>/plan/", plans.PlanView.as_view(), name="plan"),
    path("<slug:board>/plans/", plans.PlanListView.as_view(), name="plan_list"),
    path("<slug:board>/plans/<int:pk>/download/", plans.PlanDownloadView.as_view(), name="plan_download"),
    path("<slug:board>/actions/", actions.ActionListView.as_view(), name="action_list"),
    path("<slug:board>/actions/<int:pk>/update/", updates.ActionUpdateView.as_view(), name="action_update"),
    path("<slug:board>/actions/<int:pk>/steps/", actions.StepsDoneView.as_view(), name="steps_done"),
    path("<slug:board>/plans/new/", plan_editing.PlanNewView.as_view(), name="plan_new"),
    path("<slug:board>/plans/<int:pk>/edit/", plan_editing.PlanEditView.as_view(), name="plan_edit"),
    path("<slug:board>/plans/<int:pk>/close/", plan_editing.PlanCloseView.as_view(), name="plan_close"),
    path("<slug:board>/plans/<int:pk>/levels/", plan_editing.PlanLevelsView.as_view(), name="plan_levels"),
    path("<slug:board>/plans/<int:pk>/key/", plan_editing.PlanKeyView.as_view(), name="plan_key"),
    path("<slug:board>/areas/new/", areas.AreaNewView.as_view(), name="area_new"),
    path("<slug:board>/areas/<int:pk>/edit/", areas.AreaEditView.as_view(), name="area_edit"),
    path("<slug:board>/areas/<int:pk>/move/", areas.AreaMoveView.as_view(), name="area_move"),
    path("<slug:board>/areas/<int:pk>/remove/", areas.AreaRemoveView.as_view(), name="area_remove"),
    path("<slug:board>/areas/<int:pk>/reorder/", areas.ActionReorderView.as_view(), name="action_reorder"),
    path("<slug:board>/actions/new/", action_editing.ActionNewView.as_view(), name="action_new"),
    path("<slug:board>/actions/<int:pk>/edit/", action_editing.ActionEditView.as_view(), name="action_edit"),
    path(
        "<slug:board>/actions/<int:pk>/date/", action_editing.ActionTargetView.as_view(), name="action_target"
    ),
    path(
        "<slug:board>/actions/<int:pk>/withdraw/",
        action_editing.ActionWithdrawView.as_view(),
        name="action_withdraw",
    ),
    path(
        "<slug:board>/actions/<int:pk>/restore/",
        action_editing.ActionRestoreView.as_view(),
        name="action_restore",
    ),
    path("<slug:board>/actions/<int:pk>/sign-off/", sign_offs.AskView.as_view(), name="action_sign_off"),
    path("<slug:board>/actions/<int:pk>/reopen/", sign_offs.ReopenView.as_view(), name="action_reopen"),
    path("<slug:board>/sign-off/<int:pk>/agree/", sign_offs.AgreeView.as_view(), name="sign_off_agree"),
    path("<slug:board>/sign-off/<int:pk>/refuse/", sign_offs.RefuseView.as_view(), name="sign_off_refuse"),
    path("<slug:board>/sign-off/<int:pk>/drop/", sign_offs.DropView.as_view(), name="sign_off_drop"),
    path("<slug:board>/actions/<int:pk>/steps/new/", steps.StepNewView.as_view(), name="step_new"),
    path(
        "<slug:board>/actions/<int:pk>/steps/reorder/", steps.StepReorderView.as_view(), name="step_reorder"
    ),
    path("<slug:board>/steps/<int:pk>/edit/", steps.StepEditView.as_view(), name="step_edit"),
    path("<slug:board>/steps/<int:pk>/date/", steps.StepTargetView.as_view(), name="step_target"),
    path("<slug:board>/steps/<int:pk>/remove/", steps.StepRemoveView.as_view(), name="step_remove"),
    path(
        "<slug:board>/recommendations/",
        recommendations.RecommendationListView.as_view(),
        name="recommendation_list",
    ),
    path(
        "<slug:board>/recommendations/new/",
        recommendations.RecommendationNewView.as_view(),
        name="recommendation_new",
    ),
    path(
        "<slug:board>/recommendations/<int:pk>/",
        recommendations.RecommendationView.as_view(),
        name="recommendation",
    ),
    path(
        "<slug:board>/recommendations/<int:pk>/edit/",
        recommendations.RecommendationEditView.as_view(),
        name="recommendation_edit",
    ),
    path(
        "<slug:board>/recommendations/<int:pk>/answer/",
        recommendations.RecommendationAnswerView.as_view(),
        name="recommendation_answer",
    ),
    path(
        "<slug:board>/recommendations/<int:pk>/remove/",
        recommendations.RecommendationRemoveView.as_view(),
        name="recommendation_remove",
    ),
    path("<slug:board>/inspections/new/", recommendations.InspectionNewView.as_view(), name="inspection_new"),
    path(
        "<slug:board>/inspections/<int:pk>/edit/",
        recommendations.InspectionEditView.as_view(),
        name="inspection_edit",
    ),
    path(
        "<slug:board>/inspections/<int:pk>/done/",
        recommendations.InspectionClockView.as_view(),
        name="inspection_clock",
    ),
    path("<slug:board>/moves/<int:pk>/", moves.MoveRequestView.as_view(), name="move_request"),
    path(
        "<slug:board>/moves/<int:pk>/drop/", moves.MoveRequestDropView.as_view(), name="move_request_drop"
    ),
    path("<slug:board>/people/", members.MemberListView.as_view(), name="member_list"),
    path("<slug:board>/people/reminders/", reminders.BoardRemindersView.as_view(), name="board_reminders"),
    path(
        "<slug:board>/people/second-step/",
        second_factor_setting.SecondFactorView.as_view(),
        name="second_factor",
    ),
    path("<slug:board>/people/handover/", handover.HandoverView.as_view(), name="handover"),
    path("<slug:board>/people/new/", members.MemberNewView.as_view(), name="member_new"),
    path("<slug:board>/people/<int:pk>/", members.MemberEditView.as_view(), name="member_edit"),
    path("<slug:board>/people/<int:pk>/remove/", members.MemberRemoveView.as_view(), name="member_remove"),
    path("<slug:board>/leads/", leads.LeadListView.as_view(), name="lead_list"),
    path("<slug:board>/leads/new/", leads.LeadNewView.as_view(), name="lead_new"),
    path("<slug:board>/leads/<int:pk>/", leads.LeadEditView.as_view(), name="lead_edit"),
    path("<slug:board>/leads/<int:pk>/remove/", leads.LeadRemoveView.as_view(), name="lead_remove"),
    path("<slug:board>/evidence/new/", evidence.EvidenceNewView.as_view(), name="evidence_new"),
    path("<slug:board>/evidence/<int:pk>/edit/", evidence.EvidenceEditView.as_view(), name="evidence_edit"),
    path(
        "<slug:board>/evidence/<int:pk>/remove/",
        evidence.EvidenceRemoveView.as_view(),
        name="evidence_remove",
    ),
    path("<slug:board>/evidence/<int:pk>/file/", evidence.EvidenceFileView.as_view(), name="evidence_file"),
    *meeting_urls.urlpatterns,
    path("<slug:board>/history/", history.HistoryView.as_view(), name="history"),
]
