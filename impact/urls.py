from django.urls import path

from impact.views import challenges, editing, grid, measures, narratives, publishing

app_name = "impact"
urlpatterns = [
    path("<slug:board>/measures/", measures.MeasureListView.as_view(), name="measure_list"),
    path("<slug:board>/measures/new/", editing.MeasureNewView.as_view(), name="measure_new"),
    path(
        "<slug:board>/measures/published/",
        publishing.MeasurePublishedView.as_view(),
        name="measure_published",
    ),
    path("<slug:board>/measures/small-numbers/", publishing.ThresholdView.as_view(), name="threshold"),
    path("<slug:board>/measures/grid/", grid.MeasureGridView.as_view(), name="measure_grid"),
    path("<slug:board>/measures/<int:pk>/edit/", editing.MeasureEditView.as_view(), name="measure_edit"),
    path("<slug:board>/measures/<int:pk>/rules/", editing.MeasureRulesView.as_view(), name="measure_rules"),
    path("<slug:board>/measures/<int:pk>/links/", editing.MeasureLinksView.as_view(), name="measure_links"),
    path(
        "<slug:board>/measures/<int:pk>/target/", editing.MeasureTargetView.as_view(), name="measure_target"
    ),
    path(
        "<slug:board>/measures/<int:pk>/step-change/",
        editing.MeasureStepChangeView.as_view(),
        name="measure_step_change",
    ),
    path("<slug:board>/measures/<int:pk>/remark/", editing.MeasureNoteView.as_view(), name="measure_note"),
    path(
        "<slug:board>/measures/<int:pk>/challenge/",
        challenges.MeasureChallengeView.as_view(),
        name="measure_challenge",
    ),
    path("<slug:board>/measures/<int:pk>/close/", editing.MeasureCloseView.as_view(), name="measure_close"),
    path(
        "<slug:board>/measures/<int:pk>/reopen/", editing.MeasureReopenView.as_view(), name="measure_reopen"
    ),
    path(
        "<slug:board>/step-changes/<int:pk>/remove/",
        editing.StepChangeRemoveView.as_view(),
        name="stepchange_remove",
    ),
    path("<slug:board>/remarks/<int:pk>/remove/", editing.NoteRemoveView.as_view(), name="note_remove"),
    path("<slug:board>/narratives/", narratives.NarrativeListView.as_view(), name="narrative_list"),
    path("<slug:board>/narratives/new/", narratives.NarrativeNewView.as_view(), name="narrative_new"),
    path("<slug:board>/narratives/<int:pk>/", narratives.NarrativeView.as_view(), name="narrative"),
    path(
        "<slug:board>/narratives/<int:pk>/edit/",
        narratives.NarrativeEditView.as_view(),
        name="narrative_edit",
    ),
    path(
        "<slug:board>/narratives/<int:pk>/publish/",
        narratives.NarrativePublishView.as_view(),
        name="narrative_publish",
    ),
    path(
        "<slug:board>/narratives/<int:pk>/discard/",
        narratives.NarrativeDiscardView.as_view(),
        name="narrative_discard",
    ),
    path(
        "<slug:board>/narratives/<int:pk>/support/",
        narratives.NarrativeSupportView.as_view(),
        name="narrative_support",
    ),
    path(
        "<slug:board>/areas/<int:pk>/narratives/",
        narratives.AreaNarrativesView.as_view(),
        name="area_narratives",
    ),
]
