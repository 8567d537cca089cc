from tempfile import TemporaryFile

from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    raise_if_reauthentication_required,
)
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from improvement.backups import BackupError
from improvement.board_forms import CloseBoardForm, KeepYearsForm, ReopenBoardForm
from improvement.whole_boards.exporting import export_to
from plans.access import Permission
from plans.services.boards import close_board, keep_for, reopen_board
from plans.templatetags.components import long_date
from plans.views.base import BoardMixin
from plans.views.editing import FormPage


class BoardKeepPage(FormPage):
    permission = Permission.KEEP_BOARD

    def cancel_url(self):
        return self.address("dashboard")


class BoardCloseView(BoardKeepPage):
    title = "Close this board"
    button = "Close the board"
    template_name = "improvement/board_close.html"
    form_class = CloseBoardForm

    def get(self, request, *args, **kwargs):
        if self.board.closed_on:
            return redirect(self.address("board_reopen"))
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return {"keep_years": self.board.keep_years}

    def write(self, form):
        close_board(self.board, by=self.request.user, **form.cleaned_data)
        self.board.refresh_from_db()
        return f"The board is closed. It is kept until {long_date(self.board.kept_until)}."


class ClosedBoardPage(BoardKeepPage):
    def get(self, request, *args, **kwargs):
        if not self.board.closed_on:
            return redirect(self.address("board_close"))
        return super().get(request, *args, **kwargs)


class BoardYearsView(ClosedBoardPage):
    title = "Change how long this board is kept"
    template_name = "improvement/board_years.html"
    form_class = KeepYearsForm

    def get_initial(self):
        return {"keep_years": self.board.keep_years}

    def write(self, form):
        keep_for(self.board, by=self.request.user, **form.cleaned_data)
        self.board.refresh_from_db()
        return f"The board is kept until {long_date(self.board.kept_until)}."


class BoardReopenView(ClosedBoardPage):
    title = "Open this board again"
    button = "Open the board again"
    template_name = "improvement/board_reopen.html"
    form_class = ReopenBoardForm

    def write(self, form):
        reopen_board(self.board, by=self.request.user, **form.cleaned_data)
        return "The board is open again."


@method_decorator(never_cache, name="dispatch")
class BoardCopyView(BoardMixin, TemplateView):
    permission = Permission.KEEP_BOARD
    template_name = "improvement/board_copy.html"

    def get(self, request, *args, **kwargs):
        if "confirm" in request.GET:
            raise_if_reauthentication_required(request, app="")
        return super().get(request, *args, **kwargs)


# Whoever finds a desk left alone takes no board away from it. Asked on the way to the page, not to the file:
# a file leaves the question standing on the screen.
@method_decorator(never_cache, name="dispatch")
class BoardCopyFileView(BoardMixin, View):
    """Written whole before the first byte goes, so that a slow reader holds no snapshot open."""

    permission = Permission.KEEP_BOARD

    def get(self, request, *args, **kwargs):
        if is_reauthentication_required(request, app=""):
            return redirect(reverse("board_copy", args=[self.board.slug]) + "?confirm=1")
        file = TemporaryFile()  # noqa: SIM115 (the response closes it)
        try:
            export_to(self.board, file)
        except BackupError:
            file.close()
            raise
        file.seek(0)
        name = f"{self.board.slug}-{timezone.localdate():%Y-%m-%d}.board.gz"
        return FileResponse(file, as_attachment=True, filename=name, content_type="application/gzip")
