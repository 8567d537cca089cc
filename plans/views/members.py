from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.views.generic import ListView

from plans.access import Permission
from plans.forms.base import TidyForm
from plans.forms.people import MemberForm, RoleForm
from plans.models import Holding
from plans.services.feeds import tokens_in_force
from plans.services.invitations import needs_invitation, password_path, send_invitation
from plans.services.people import invite_member, remove_member, set_role
from plans.views.base import BoardMixin
from plans.views.editing import FormPage


class MemberListView(BoardMixin, ListView):
    permission = Permission.MANAGE_MEMBERS
    template_name = "plans/member_list.html"
    context_object_name = "members"

    def get_queryset(self):
        here = Holding.objects.filter(lead__board=self.board).select_related("lead").order_by("lead")
        holdings = Prefetch("user__holdings", queryset=here, to_attr="holdings_here")
        feeds = Prefetch("user__feed_tokens", queryset=tokens_in_force(), to_attr="feeds")
        return self.board.memberships.select_related("user").prefetch_related(holdings, feeds)


class MemberPage(FormPage):
    permission = Permission.MANAGE_MEMBERS

    def enter(self):
        if "pk" in self.kwargs:
            members = self.board.memberships.select_related("user", "board")
            self.member = get_object_or_404(members, pk=self.kwargs["pk"])

    def cancel_url(self):
        return self.address("plans:member_list")

    def breadcrumbs(self):
        return [("People", self.cancel_url())]

    def get_context_data(self, **kwargs):
        if not hasattr(self, "member"):
            return super().get_context_data(caption="", **kwargs)
        user = self.member.user
        held = self.board.leads.held_by(user)
        return super().get_context_data(caption=user.name, held=held, **kwargs)


class MemberNewView(MemberPage):
    title = "Add a person"
    button = "Add to the board"
    form_class = MemberForm

    def write(self, form):
        member = invite_member(self.board, by=self.request.user, **form.cleaned_data)
        if needs_invitation(member.user):
            self.send_password_link(member)
        return f"{member.user.name} is on the board as {member.get_role_display().lower()}."

    def send_password_link(self, member):
        """By email; where the site sends none, the administrator passes the link on."""
        user = member.user
        if not settings.EMAIL_HOST and not self.may_pass_on_link(user):
            words = f"{user.name} has an account without a password. Ask the site's staff to give them one."
            messages.warning(self.request, words)
        elif settings.EMAIL_HOST:
            send_invitation(member, by=self.request.user)
            messages.info(self.request, f"An email to {user.email} says how to choose a password.")
        else:
            link = self.request.build_absolute_uri(password_path(user))
            words = f"This site sends no email. Give {user.name} this link to choose a password: {link}"
            messages.info(self.request, words)

    def may_pass_on_link(self, user):
        """Whoever holds the link becomes that person: it opens this board and nothing else."""
        elsewhere = user.memberships.exclude(board=self.board).exists()
        return not (elsewhere or user.is_staff or user.is_superuser)


class MemberEditView(MemberPage):
    title = "Change the role"
    template_name = "plans/member_form.html"
    form_class = RoleForm

    def get_initial(self):
        return {"role": self.member.role}

    def write(self, form):
        member = set_role(self.board, self.member.user, form.cleaned_data["role"], by=self.request.user)
        return f"{member.user.name} is now {member.get_role_display().lower()}."


class MemberRemoveView(MemberPage):
    title = "Remove from the board"
    button = "Remove"
    template_name = "plans/member_remove.html"
    form_class = TidyForm

    def write(self, form):
        remove_member(self.member, by=self.request.user)
        return f"{self.member.user.name} is no longer on the board. What they wrote stays."
