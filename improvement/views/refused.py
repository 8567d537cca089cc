from django.shortcuts import redirect, render
from django.views.csrf import csrf_failure as refuse

from improvement.middleware import to_sign_in
from plans.services.safety import keep_form
from plans.views.unsaved import sent_fields


def csrf_failure(request, reason=""):
    """Signing in anew spoils the tokens of pages opened before: what they send is kept, never acted on."""
    kept = keep_form(request.POST.get("who", ""), sent_fields(request))
    if kept is None:
        return refuse(request, reason)
    if not request.user.is_authenticated:
        return to_sign_in(request, kept)
    if request.user.pk == kept.user_id:
        return redirect(kept.path)
    return render(request, "403_csrf.html", {"is_kept": True}, status=403)
