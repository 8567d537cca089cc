from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from plans.access import Permission
from plans.forms.attendance import AttendanceForm
from plans.forms.ids import read_id
from plans.forms.meetings import CancelMeetingForm, DecisionForm, MeetingForm, RhythmForm, YearForm
from plans.models import Decision, Meeting
from plans.rhythm import Partners, Rhythm, propose_year
from plans.services.meetings import (
    MeetingDay,
    add_meeting,
    cancel_meeting,
    edit_decision,
    edit_meeting,
    record_attendance,
    record_decision,
    set_up_rhythm,
)
from plans.templatetags.components import long_date
from plans.views.editing import FormPage
from plans.wording.phrases import plural


class MeetingsPage(FormPage):
    permission = Permission.MANAGE_MEETINGS

    def cancel_url(self):
        return self.address("meeting_list")

    def breadcrumbs(self):
        return [("Meetings", self.address("meeting_list"))]


class MeetingNewView(MeetingsPage):
    title = "Add a meeting"
    button = "Add the meeting"
    form_class = MeetingForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Meeting(board=self.board)}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        meeting = add_meeting(self.board, by=self.request.user, **fields)
        return f"The meeting of {long_date(meeting.on)} is added."


class MeetingYearView(MeetingsPage):
    """A year of meetings: what is asked for stands in the address, what is proposed is then sent."""

    title = "Set up a year of meetings"
    button = "Set up these meetings"
    template_name = "plans/meeting_year.html"
    form_class = YearForm

    @cached_property
    def rhythm_form(self):
        return RhythmForm(self.request.GET if "first" in self.request.GET else None, auto_id="rhythm_%s")

    @cached_property
    def proposed(self):
        if not self.rhythm_form.is_valid():
            return []
        asked = self.rhythm_form.cleaned_data
        return propose_year(asked["first"], Rhythm(asked["rhythm"]), Partners(asked["partners"]))

    def get_form_kwargs(self):
        taken = set(self.board.meetings.standing().values_list("on", flat=True))
        return super().get_form_kwargs() | {"proposed": self.proposed, "taken": taken}

    def write(self, form):
        days = [MeetingDay(on, kind) for on, kind in form.chosen()]
        said = {name: form.cleaned_data[name] for name in ("starts_at", "place")}
        added = set_up_rhythm(self.board, days, by=self.request.user, **said)
        return f"{plural(len(added), 'meeting is', 'meetings are')} set up."

    def get_context_data(self, **kwargs):
        return super().get_context_data(rhythm=self.rhythm_form, proposed=self.proposed, **kwargs)


class MeetingPage(MeetingsPage):
    """A form about one meeting."""

    def enter(self):
        meetings = self.board.meetings.select_related("board")
        self.meeting = get_object_or_404(meetings, pk=self.kwargs["pk"])

    def cancel_url(self):
        return self.address("meeting", self.meeting.pk)

    def breadcrumbs(self):
        return [*super().breadcrumbs(), (str(self.meeting), self.cancel_url())]

    def get_context_data(self, **kwargs):
        return super().get_context_data(caption=str(self.meeting), meeting=self.meeting, **kwargs)


class MeetingEditView(MeetingPage):
    title = "Edit the meeting"
    template_name = "plans/meeting_form.html"
    form_class = MeetingForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.meeting}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        edit_meeting(self.meeting, by=self.request.user, **fields)
        return "The meeting is saved."


class MeetingCancelView(MeetingPage):
    title = "Cancel the meeting"
    button = "Cancel the meeting"
    template_name = "plans/meeting_cancel.html"
    form_class = CancelMeetingForm

    def write(self, form):
        cancel_meeting(self.meeting, by=self.request.user, reason=form.cleaned_data["reason"])
        return f"The meeting of {long_date(self.meeting.on)} is cancelled."


class MeetingAttendanceView(MeetingPage):
    title = "Attendance"
    template_name = "plans/meeting_attendance.html"
    form_class = AttendanceForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meeting": self.meeting}

    def write(self, form):
        said = {"people": form.said_of_people(), "guests": form.said_of_guests()}
        record_attendance(self.meeting, by=self.request.user, **said)
        return "The attendance is saved."


class DecisionNewView(MeetingPage):
    title = "Record a decision"
    button = "Record the decision"
    form_class = DecisionForm

    def get_initial(self):
        return {name: read_id(self.request.GET.get(name, "")) for name in ("action", "challenge", "move")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "instance": Decision(meeting=self.meeting),
            "board": self.board,
        }

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        record_decision(self.meeting, by=self.request.user, **fields)
        return "The decision is recorded."

    def get_success_url(self):
        return f"{self.cancel_url()}#decisions"


class DecisionEditView(MeetingPage):
    title = "Edit the decision"
    form_class = DecisionForm

    def enter(self):
        decisions = Decision.objects.select_related("meeting__board", "move")
        self.decision = get_object_or_404(decisions, meeting__board=self.board, pk=self.kwargs["pk"])
        self.meeting = self.decision.meeting

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.decision, "board": self.board}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        edit_decision(self.decision, by=self.request.user, **fields)
        return "The decision is saved. The history keeps what it said."

    def get_success_url(self):
        return f"{self.cancel_url()}#decisions"
