from django.urls import path

from audits.views import assurance, audits, editing, findings, scales

app_name = "audits"
urlpatterns = [
    path("<slug:board>/audits/", audits.AuditBoardView.as_view(), name="board"),
    path("<slug:board>/audits/all/", audits.AuditListView.as_view(), name="audit_list"),
    path("<slug:board>/audits/published/", audits.AuditPublishedView.as_view(), name="audit_published"),
    path("<slug:board>/audits/new/", editing.AuditNewView.as_view(), name="audit_new"),
    path("<slug:board>/audits/<int:pk>/", audits.AuditView.as_view(), name="audit"),
    path("<slug:board>/audits/<int:pk>/edit/", editing.AuditEditView.as_view(), name="audit_edit"),
    path("<slug:board>/audits/<int:pk>/results/", editing.AuditResultsView.as_view(), name="audit_results"),
    path(
        "<slug:board>/audits/<int:pk>/results/back/",
        editing.AuditResultsBackView.as_view(),
        name="audit_results_back",
    ),
    path("<slug:board>/audits/<int:pk>/cancel/", editing.AuditCancelView.as_view(), name="audit_cancel"),
    path("<slug:board>/audits/<int:pk>/reopen/", editing.AuditReopenView.as_view(), name="audit_reopen"),
    path(
        "<slug:board>/audits/<int:pk>/learning/", editing.AuditLearningView.as_view(), name="audit_learning"
    ),
    path("<slug:board>/audits/<int:pk>/findings/new/", findings.FindingNewView.as_view(), name="finding_new"),
    path("<slug:board>/findings/<int:pk>/edit/", findings.FindingEditView.as_view(), name="finding_edit"),
    path(
        "<slug:board>/findings/<int:pk>/remove/", findings.FindingRemoveView.as_view(), name="finding_remove"
    ),
    path(
        "<slug:board>/findings/<int:pk>/action/", findings.FindingActionView.as_view(), name="finding_action"
    ),
    path("<slug:board>/findings/<int:pk>/link/", findings.FindingLinkView.as_view(), name="finding_link"),
    path("<slug:board>/audits/scales/", scales.ScaleListView.as_view(), name="scale_list"),
    path("<slug:board>/audits/scales/new/", editing.ScaleNewView.as_view(), name="scale_new"),
    path("<slug:board>/audits/scales/<int:pk>/edit/", editing.ScaleEditView.as_view(), name="scale_edit"),
    path("<slug:board>/audits/assurance/", assurance.ProductListView.as_view(), name="product_list"),
    path("<slug:board>/audits/assurance/new/", assurance.ProductNewView.as_view(), name="product_new"),
    path("<slug:board>/audits/assurance/<int:pk>/", assurance.ProductView.as_view(), name="product"),
    path(
        "<slug:board>/audits/assurance/<int:pk>/edit/",
        assurance.ProductEditView.as_view(),
        name="product_edit",
    ),
    path(
        "<slug:board>/audits/assurance/<int:pk>/close/",
        assurance.ProductCloseView.as_view(),
        name="product_close",
    ),
    path(
        "<slug:board>/audits/assurance/<int:pk>/reopen/",
        assurance.ProductReopenView.as_view(),
        name="product_reopen",
    ),
    path(
        "<slug:board>/audits/assurance/<int:pk>/review/",
        assurance.ReviewNewView.as_view(),
        name="product_review",
    ),
    path(
        "<slug:board>/reviews/<int:pk>/withdraw/",
        assurance.ReviewWithdrawView.as_view(),
        name="review_withdraw",
    ),
]
