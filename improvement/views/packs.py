from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View

from improvement.pack_forms import CloseForm, ReissueForm, SendForm
from improvement.packs.closing import close_papers, light, standing_pack, try_again
from improvement.packs.html import body_of
from improvement.packs.removed import removals_of
from improvement.packs.sending import TYPES, NotSent, send_pack
from plans.access import Permission
from plans.forms.ids import read_id
from plans.models import Meeting, Pack, PackKind, PackState
from plans.services.safety import new_token, spend_token
from plans.templatetags.components import long_date
from plans.views.base import BoardMixin
from plans.views.editing import FormPage, show_refusal
from plans.views.safety import KeptFormMixin
from plans.wording.phrases import plural

# Making takes seconds, half a minute for a large plan, minutes on a busy machine; later it has gone wrong.
PATIENCE = timedelta(minutes=6)


class PackMixin(BoardMixin):
    permission = Permission.VIEW

    def enter(self):
        related = Pack.objects.select_related("plan", "meeting", "closed_by", "replaces", "replacement")
        packs = light(related).defer("content", "replaces__content", "replacement__content")
        self.pack = get_object_or_404(packs, board=self.board, pk=self.kwargs["pk"])

    def address(self, name, *args):
        return reverse(name, args=[self.board.slug, *args])

    def breadcrumbs(self):
        meeting = self.pack.meeting
        return [
            ("Meetings", self.address("meeting_list")),
            (long_date(meeting.on), self.address("meeting", meeting.pk)),
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(pack=self.pack, breadcrumbs=self.breadcrumbs(), **kwargs)


class PackView(PackMixin, TemplateView):
    """What the pack says, in the site's frame; while it is made, how that goes."""

    template_name = "improvement/pack.html"

    def get_context_data(self, **kwargs):
        page = self.pack.files.filter(kind=PackKind.HTML).first()
        files = self.pack.files.exclude(kind=PackKind.HTML).defer("content")
        return super().get_context_data(
            body=body_of(bytes(page.content)) if page else "",
            files={file.kind: file for file in files},
            is_making=self.pack.state == PackState.MAKING and not self._is_stuck,
            is_stuck=self._is_stuck,
            sendings=self.pack.sendings.select_related("by"),
            removals=removals_of(self.pack.content, self.pack.digest),
            **kwargs,
        )

    @property
    def _is_stuck(self):
        began = self.pack.started_at or self.pack.closed_at
        return self.pack.state == PackState.MAKING and began < timezone.now() - PATIENCE


class PackRetry(PackMixin, View):
    permission = Permission.MANAGE_MEETINGS
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try_again(self.pack)
        return redirect("pack", self.board.slug, self.pack.pk)


class PackFileView(PackMixin, View):
    """A file of the pack as it was made, byte for byte."""

    def get(self, request, *args, **kwargs):
        kind = self.kwargs["kind"]
        if kind not in PackKind.values:
            raise Http404("No such file")
        file = get_object_or_404(self.pack.files, kind=kind)
        name = f"pack-{self.pack.number}-{self.pack.meeting.on.isoformat()}.{kind}"
        return HttpResponse(
            bytes(file.content),
            content_type=TYPES.get(kind, "text/html; charset=utf-8"),
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class PackClose(FormPage):
    """Closes the papers of a meeting; with `?replaces=` a pack's id, issues them again."""

    permission = Permission.MANAGE_MEETINGS
    template_name = "improvement/pack_close.html"
    button = "Close the papers"

    def enter(self):
        self.meeting = get_object_or_404(Meeting, board=self.board, pk=self.kwargs["pk"])
        wanted = self.request.GET.get("replaces", "")
        packs = light(Pack.objects.filter(board=self.board, meeting=self.meeting).select_related("plan"))
        self.replaced = get_object_or_404(packs, pk=read_id(wanted)) if wanted else None

    @property
    def title(self):
        day = long_date(self.meeting.on)
        return f"Issue {self.replaced} again" if self.replaced else f"Close the papers of {day}"

    def get_form_class(self):
        return ReissueForm if self.replaced else CloseForm

    def get_form_kwargs(self):
        plans = {} if self.replaced else {"plans": self.board.plans.newest_first(self.meeting.on)}
        return super().get_form_kwargs() | plans

    def write(self, form):
        chosen = form.cleaned_data
        plan = self.replaced.plan if self.replaced else chosen["plan"]
        self.pack = close_papers(
            self.meeting,
            plan,
            by=self.request.user,
            replaces=self.replaced,
            reason=chosen.get("reason", ""),
        )
        return f"{self.pack} is closed. What is written from now on does not change it."

    def get_success_url(self):
        return self.address("pack", self.pack.pk)

    def cancel_url(self):
        return self.address("meeting", self.meeting.pk)

    def breadcrumbs(self):
        return [
            ("Meetings", self.address("meeting_list")),
            (long_date(self.meeting.on), self.cancel_url()),
        ]

    def get_context_data(self, **kwargs):
        plans = self.board.plans.newest_first()
        closed = [] if self.replaced else filter(None, (standing_pack(self.meeting, plan) for plan in plans))
        today = timezone.localdate()
        return super().get_context_data(
            meeting=self.meeting,
            replaced=self.replaced,
            closed=list(closed),
            day=min(self.meeting.on, today),
            is_to_come=self.meeting.on > today,
            **kwargs,
        )


class PackSend(PackMixin, KeptFormMixin, FormView):
    permission = Permission.MANAGE_MEETINGS
    form_class = SendForm
    template_name = "improvement/pack_send.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"board": self.board}

    def breadcrumbs(self):
        return [*super().breadcrumbs(), (str(self.pack), self.address("pack", self.pack.pk))]

    def post(self, request, *args, **kwargs):
        return self.turned_back(request) or super().post(request, *args, **kwargs)

    def get_initial(self):
        kept = self.kept_fields
        return {"members": kept.getlist("members"), "others": kept.get("others")} if kept else {}

    def form_valid(self, form):
        # Spent before anything is sent: emails are not taken back, so no transaction holds them.
        if spend_token(self.request.POST.get("token") or new_token()):
            messages.info(self.request, "You had sent this already: it went out once.")
            return redirect("pack", self.board.slug, self.pack.pk)
        try:
            sent = send_pack(self.pack, form.addresses, by=self.request.user)
        except NotSent as trouble:
            form.add_error(None, str(trouble))
            return self.form_invalid(form)
        except ValidationError as error:
            show_refusal(form, error)
            return self.form_invalid(form)
        self.forget_kept()
        messages.success(self.request, f"{self.pack} is sent to {plural(len(sent), 'address', 'addresses')}.")
        return redirect("pack", self.board.slug, self.pack.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            sendings=self.pack.sendings.select_related("by"),
            is_ready=self.pack.state == PackState.READY,
            token=new_token(),
            **kwargs,
        )
