"""The site's staff: boards with their first administrator, users, and reading everything else.

What has consequences is changed on the board's own pages, where its rules hold; from here a link leads there.
"""

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.html import format_html

from plans.models import (
    Action,
    Area,
    Board,
    BoardRemoval,
    Challenge,
    Evidence,
    Import,
    Inspection,
    Lead,
    Meeting,
    Membership,
    MoveRequest,
    Pack,
    PackFile,
    PackSending,
    Plan,
    ProgressUpdate,
    RatingKey,
    Recommendation,
    SignOff,
    Step,
    TargetMove,
    User,
)
from plans.services.history import save
from plans.services.people import open_board

admin.site.site_header = "Site administration"
admin.site.site_title = "Improvement boards"
admin.site.index_title = "Boards and users"
# Signing in passes the same limits here as everywhere.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.unregister(Group)


class ForStaff:
    """Whoever is site staff sees everything; what they may change is said by each class."""

    def has_module_permission(self, request):
        return request.user.is_staff

    has_view_permission = has_add_permission = has_change_permission = lambda self, request, obj=None: (
        request.user.is_staff
    )

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnly(ForStaff):
    has_add_permission = has_change_permission = lambda self, request, obj=None: False


class MembershipInline(ReadOnly, admin.TabularInline):
    model = Membership
    fields = ["user", "role"]


class NewBoardForm(forms.ModelForm):
    administrator = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        label="First administrator",
        help_text="Looks after the board's people from then on. Add the user first if they are new.",
    )

    class Meta:
        model = Board
        fields = ["council", "name", "slug"]


@admin.register(Board)
class BoardAdmin(ForStaff, admin.ModelAdmin):
    list_display = ["name", "council", "slug", "closed_on", "kept_until"]
    search_fields = ["name", "council"]
    fields = ["council", "name", "slug", "closed_on", "closing_reason", "kept_until"]
    readonly_fields = ["closed_on", "closing_reason", "kept_until"]
    inlines = [MembershipInline]

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **kwargs) if obj else NewBoardForm

    def get_fields(self, request, obj=None):
        return self.fields if obj else ["council", "name", "slug", "administrator"]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def save_model(self, request, obj, form, change):
        if change:
            save(obj, by=request.user)
        else:
            open_board(obj, form.cleaned_data["administrator"], by=request.user)


@admin.register(BoardRemoval)
class BoardRemovalAdmin(ReadOnly, admin.ModelAdmin):
    """What is left of boards whose keeping time ended."""

    list_display = ["name", "council", "closed_on", "keep_years", "removed_at"]
    search_fields = ["name", "council"]


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = ["email", "name", "password", "is_active", "is_staff"]


@admin.register(User)
class UserAdmin(ForStaff, BaseUserAdmin):
    form = UserForm
    add_form = NewUserForm
    list_display = ["name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["name", "email"]
    ordering = None
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        ("Signing in", {"fields": ["is_active", "is_staff", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]


class Reading(ReadOnly, admin.ModelAdmin):
    """Rows of boards, to read. `way` leads from a row to its board and `page` names its page there, which
    is found by the board's people alone.
    """

    list_display = ["__str__", "board_page"]
    page, way = "", ()

    def get_queryset(self, request):
        mine = Membership.objects.filter(board=OuterRef("__".join(self.way)), user=request.user)
        return super().get_queryset(request).annotate(is_of_mine=Exists(mine))

    def get_readonly_fields(self, request, obj=None):
        return ["board_page"]

    @admin.display(description="Page on the board, for its people")
    def board_page(self, row):
        if not row.is_of_mine:
            return "You are not on this board"
        return format_html('<a href="{}">Open</a>', self.address(row))

    def address(self, row):
        return reverse(self.page, args=[board_of(row, self.way).slug, row.pk])


class ReadingOfAction(Reading):
    """What hangs on an action has its place on the action's page."""

    way = ("action", "plan", "board")
    list_select_related = ["action__plan__board"]

    def address(self, row):
        return reverse("action", args=[board_of(row, self.way).slug, row.action_id])


class ReadingOfPlan(Reading):
    """A plan, and what is shown with its plan alone."""

    def address(self, row):
        plan = row if isinstance(row, Plan) else row.plan
        return f"{reverse('plans:plan', args=[plan.board.slug])}?plan={plan.pk}"


class ReadingOfBoard(Reading):
    way = ("board",)
    list_select_related = ["board"]

    def address(self, row):
        return reverse("plans:history", args=[row.board.slug])


class ReadingOfPack(Reading):
    """A pack and what was made of it or sent: nobody changes any of them, here or elsewhere."""

    way = ("pack", "board")
    exclude = ["content"]

    def get_queryset(self, request):
        """Without what is large: a pack's text and the bytes of its files."""
        rows = super().get_queryset(request)
        if self.model is Pack:
            return rows.select_related("board").defer("content")
        large = ["pack__content", *(["content"] if self.model is PackFile else [])]
        return rows.select_related("pack__board").defer(*large)

    def address(self, row):
        pack = row if isinstance(row, Pack) else row.pack
        return reverse("pack", args=[pack.board.slug, pack.pk])


def board_of(row, way):
    for name in way:
        row = getattr(row, name)
    return row


def reading(base, **attributes):
    return type("ReadingAdmin", (base,), attributes)


IN_PLAN = {"way": ("plan", "board"), "list_select_related": ["plan__board"]}
ON_BOARD = {"way": ("board",), "list_select_related": ["board"]}
admin.site.register(Plan, reading(ReadingOfPlan, search_fields=["title"], **ON_BOARD))
admin.site.register(RatingKey, reading(ReadingOfPlan, **IN_PLAN))
admin.site.register(Area, reading(Reading, page="area", search_fields=["title"], **IN_PLAN))
admin.site.register(Action, reading(Reading, page="action", search_fields=["title", "reference"], **IN_PLAN))
admin.site.register([Step, ProgressUpdate, TargetMove, SignOff, MoveRequest], ReadingOfAction)
admin.site.register([Membership, Inspection], ReadingOfBoard)
admin.site.register(Recommendation, reading(Reading, page="plans:recommendation", **ON_BOARD))
admin.site.register(Meeting, reading(Reading, page="meeting", **ON_BOARD))
admin.site.register(Challenge, reading(Reading, page="challenge", search_fields=["question"], **ON_BOARD))
admin.site.register(
    Evidence, reading(Reading, page="plans:evidence_edit", search_fields=["title"], **ON_BOARD)
)
admin.site.register(Lead, reading(Reading, page="plans:lead_edit", search_fields=["name"], **ON_BOARD))
admin.site.register(Import, reading(Reading, page="import_check", **ON_BOARD))
admin.site.register(Pack, reading(ReadingOfPack, way=("board",)))
admin.site.register([PackFile, PackSending], ReadingOfPack)
