from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.views.generic import View

from improvement.bundle_forms import BundleForm
from improvement.bundles.making import KEPT, ask_bundle
from plans.access import Permission
from plans.models import PackState
from plans.views.base import BoardMixin
from plans.views.editing import FormPage

# Making takes seconds, and a minute for a large plan; later something has gone wrong.
PATIENCE = timedelta(minutes=3)


class BundleView(FormPage):
    """Asks for an inspector's bundle, and lists those of the last thirty days."""

    permission = Permission.VIEW
    template_name = "improvement/bundle_page.html"
    form_class = BundleForm
    title = "Inspector’s bundle"
    button = "Make the bundle"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"board": self.board}

    def get_initial(self):
        """`?about=area-7&as_at=2026-03-30`: from the page on which somebody asked for it."""
        asked = self.request.GET
        return {"about": asked.get("about", ""), "day": self.shown.day}

    def write(self, form):
        chosen = form.cleaned_data
        bundle = ask_bundle(
            self.board,
            chosen["about"],
            chosen["day"],
            by=self.request.user,
            with_files=chosen["with_files"],
        )
        return f"“{bundle.title}” is being made."

    def cancel_url(self):
        return self.address("bundle")

    def get_context_data(self, **kwargs):
        late = timezone.now() - PATIENCE
        recent = self.board.bundles.filter(
            asked_at__gte=timezone.now() - KEPT, emptied_at=None
        ).select_related("by")
        bundles = list(recent.defer("content", "archive"))
        making = [each for each in bundles if each.state == PackState.MAKING]
        return super().get_context_data(
            bundles=bundles,
            stuck={each.pk for each in making if each.asked_at < late},
            is_making=any(each.asked_at >= late for each in making),
            days=KEPT.days,
            **kwargs,
        )


class BundleFileView(BoardMixin, View):
    permission = Permission.VIEW

    def enter(self):
        kept = self.board.bundles.filter(emptied_at=None, asked_at__gte=timezone.now() - KEPT)
        ready = kept.filter(state=PackState.READY)
        self.bundle = get_object_or_404(ready.defer("content"), pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        bundle = self.bundle
        name = f"{slugify(bundle.title)[:60] or 'bundle'}-{bundle.as_at.isoformat()}.zip"
        return HttpResponse(
            bytes(bundle.archive),
            content_type="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
