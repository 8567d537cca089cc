"""How the site's staff help whoever lost a way to sign in: they take it away, and make or read none."""

from allauth.mfa.admin import Authenticator
from allauth.socialaccount.admin import SocialAccount, SocialApp, SocialToken
from django.contrib import admin

from plans.admin import ReadOnly
from plans.views.staff import with_second_step

unstepped_view = admin.site.admin_view
# Who is staff Django asks itself; this asks for the second step before that.
admin.site.admin_view = lambda view, cacheable=False: with_second_step(unstepped_view(view, cacheable))

for model in (Authenticator, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(model)


class WayToSignInAdmin(ReadOnly, admin.ModelAdmin):
    """Without the columns that hold secrets and what the directory said."""

    search_fields = ["user__name", "user__email"]
    list_select_related = ["user"]

    def has_delete_permission(self, request, obj=None):
        return request.user.is_staff


@admin.register(Authenticator)
class AuthenticatorAdmin(WayToSignInAdmin):
    list_display = fields = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]


@admin.register(SocialAccount)
class SocialAccountAdmin(WayToSignInAdmin):
    list_display = fields = ["user", "provider", "uid", "date_joined", "last_login"]
