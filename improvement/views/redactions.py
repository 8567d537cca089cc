"""Where the site's staff take out words and files that should never have been written."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import DetailView, FormView

from improvement.redact_forms import PieceForm, ReasonForm, WordsForm
from improvement.redacting.apart import MOST_LISTED, find_apart
from improvement.redacting.finding import find_words
from improvement.redacting.packs import sent_to
from improvement.redacting.removing import check_reason, remove_file, remove_words
from improvement.redacting.telling import (
    NO_RECALL,
    apart_left,
    apart_told,
    done_told,
    files_told,
    other_lines,
    places_told,
    warnings,
)
from improvement.redacting.words import BadWords
from plans.models import Evidence, Pack, Redaction
from plans.views.editing import show_refusal
from plans.views.staff import StaffMixin

NOWHERE = "The words stand nowhere that can be written again."


def parents(*more):
    return [("Site administration", reverse("admin:index")), *more]


@method_decorator([never_cache, sensitive_post_parameters("words")], name="dispatch")
class RedactView(StaffMixin, FormView):
    """Asks for the words, shows where they stand, and takes them out once that was seen."""

    template_name = "improvement/redact.html"
    form_class = WordsForm

    def form_valid(self, form):
        chosen = form.cleaned_data
        try:
            if "sure" in self.request.POST:
                return self._remove(chosen)
            check_reason(chosen["reason"], chosen["words"])
            marks = chosen["words"].marks(timezone.localdate())
        except BadWords as error:
            form.add_error("words", str(error))
        except ValidationError as error:
            show_refusal(form, error)
        else:
            return self._look(form, find_words(chosen["words"], marks, chosen["board"]))
        return self.form_invalid(form)

    def _look(self, form, found):
        """What was typed travels on in the page itself, in no address and no session."""
        apart = find_apart(form.cleaned_data["words"], form.cleaned_data["board"])
        context = {
            "form": form,
            "found": found,
            "boards": places_told(found),
            "others": other_lines(found),
            "warnings": warnings(found),
            "apart": apart_told(apart),
            "apart_more": max(len(apart) - MOST_LISTED, 0),
            "by_hand": files_told(found.by_hand),
            "unread": files_told(found.unread),
            "sendings": sent_to(found.packs),
            "breadcrumbs": parents(("Take out words or a file", reverse("redact"))),
        }
        return render(self.request, "improvement/redact_look.html", context)

    def _remove(self, chosen):
        done = remove_words(
            chosen["words"], by=self.request.user, reason=chosen["reason"], board=chosen["board"]
        )
        if done is None:
            messages.info(self.request, NOWHERE)
            return redirect("redact")
        return redirect("redaction", done.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            piece_form=PieceForm(),
            redactions=Redaction.objects.select_related("by"),
            breadcrumbs=parents(),
            **kwargs,
        )


class RedactPieceView(StaffMixin, FormView):
    """Leads from the number of a piece of evidence to the page on which its file is taken out."""

    http_method_names = ["post"]
    template_name = "improvement/redact.html"
    form_class = PieceForm

    def form_valid(self, form):
        return redirect("redact_file", form.cleaned_data["number"].pk)

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        return {"view": self, "piece_form": form, "errors_of": form, "form": WordsForm()} | {
            "redactions": Redaction.objects.select_related("by"),
            "breadcrumbs": parents(),
        }


class RedactFileView(StaffMixin, FormView):
    """Takes out the file of one piece of evidence; the piece itself stays."""

    template_name = "improvement/redact_file.html"
    form_class = ReasonForm

    @cached_property
    def piece(self):
        return get_object_or_404(Evidence.objects.select_related("board", "by"), pk=self.kwargs["pk"])

    def form_valid(self, form):
        try:
            done = remove_file(self.piece, by=self.request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            show_refusal(form, error)
            return self.form_invalid(form)
        return redirect("redaction", done.pk)

    def get_context_data(self, **kwargs):
        steps = parents(("Take out words or a file", reverse("redact")))
        return super().get_context_data(piece=self.piece, breadcrumbs=steps, **kwargs)


class RedactionView(StaffMixin, DetailView):
    """What was done: who, when, why, where, and the digests of what was changed."""

    template_name = "improvement/redaction.html"
    queryset = Redaction.objects.select_related("by")

    def get_context_data(self, **kwargs):
        files = list(self.object.files.select_related("pack__board", "pack__meeting").defer("pack__content"))
        packs = Pack.objects.filter(redactions__in=files).only("pk")
        return super().get_context_data(
            places=done_told(self.object),
            apart=apart_left(self.object),
            files=files,
            sendings=sent_to(packs),
            no_recall=NO_RECALL,
            breadcrumbs=parents(("Take out words or a file", reverse("redact"))),
            **kwargs,
        )
