"""The addresses of meetings, decisions and challenges."""

from django.urls import path

from plans.views import challenges, meetings

urlpatterns = [
    path("<slug:board>/meetings/new/", meetings.MeetingNewView.as_view(), name="meeting_new"),
    path("<slug:board>/meetings/year/", meetings.MeetingYearView.as_view(), name="meeting_rhythm"),
    path("<slug:board>/meetings/<int:pk>/edit/", meetings.MeetingEditView.as_view(), name="meeting_edit"),
    path(
        "<slug:board>/meetings/<int:pk>/cancel/", meetings.MeetingCancelView.as_view(), name="meeting_cancel"
    ),
    path(
        "<slug:board>/meetings/<int:pk>/attendance/",
        meetings.MeetingAttendanceView.as_view(),
        name="meeting_attendance",
    ),
    path(
        "<slug:board>/meetings/<int:pk>/decisions/new/",
        meetings.DecisionNewView.as_view(),
        name="decision_new",
    ),
    path("<slug:board>/decisions/<int:pk>/edit/", meetings.DecisionEditView.as_view(), name="decision_edit"),
    path(
        "<slug:board>/actions/<int:pk>/challenge/",
        challenges.ActionChallengeView.as_view(),
        name="action_challenge",
    ),
    path(
        "<slug:board>/areas/<int:pk>/challenge/",
        challenges.AreaChallengeView.as_view(),
        name="area_challenge",
    ),
    path(
        "<slug:board>/challenges/<int:pk>/edit/",
        challenges.ChallengeEditView.as_view(),
        name="challenge_edit",
    ),
    path(
        "<slug:board>/challenges/<int:pk>/answer/",
        challenges.ChallengeAnswerView.as_view(),
        name="challenge_answer",
    ),
    path(
        "<slug:board>/challenges/<int:pk>/close/",
        challenges.ChallengeCloseView.as_view(),
        name="challenge_close",
    ),
    path(
        "<slug:board>/challenges/<int:pk>/reopen/",
        challenges.ChallengeReopenView.as_view(),
        name="challenge_reopen",
    ),
]
