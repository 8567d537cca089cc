from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView

from impact.access import enterable
from impact.grid_forms import MeasureGrid
from impact.months import month_words
from impact.pasting import read_paste
from impact.years import year_from
from plans.access import Permission
from plans.services.boards import hold_board
from plans.views.base import BoardMixin
from plans.views.safety import SafeFormMixin

MEASURES = 30
NO_FIGURE = "No figure was found in the block. Copy it again with its figures."


class MeasureGridView(SafeFormMixin, BoardMixin, TemplateView):
    permission = Permission.UPDATE
    template_name = "impact/measure_grid.html"
    heading, read = "There is a problem", 0

    def enter(self):
        self.today = timezone.localdate()
        self.year = year_from(self.request.GET.get("year"), self.request.GET.get("by"), self.today)
        self.measures = list(enterable(self.access))
        self.page = Paginator(self.measures, MEASURES).get_page(self.request.GET.get("page"))
        sent = self.request.POST if self.request.method == "POST" else self.kept_fields
        self.grid = MeasureGrid(self.measures, list(self.page), self.year.months, self.today, sent)

    @property
    def block(self):
        """What stands in the field for a pasted block."""
        return (self.grid.sent or {}).get("pasted", "").strip("\r\n")

    @property
    def block_start(self):
        """The id of the measure and the month at which a block without headings starts."""
        sent = self.grid.sent or {}
        first = sent.get("first", "")
        return int(first) if first.isdecimal() else 0, self.year.month_at(sent.get("from", ""))

    @property
    def reads_block(self):
        return "read" in self.request.POST

    def send(self):
        # Two people saving at once wait for one another; the second meets what the first has saved.
        if hold_board(self.board.pk).closed_on:
            return redirect(self.request.get_full_path())
        if self.reads_block:
            return None
        self.grid.save(by=self.request.user)
        if self.grid.wrong:
            return None
        messages.success(self.request, _saved(self.grid.saved))
        return redirect(self.request.get_full_path())

    def finish(self, response):
        if response is not None:
            return response
        if self.reads_block:
            self.read_block()
        else:
            self.grid.load_again()
            self.heading = _heading(self.grid.saved, len(self.grid.wrong))
        return self.render_to_response(self.get_context_data())

    def read_block(self):
        """Shows a pasted block in the cells; nothing is saved."""
        first, month = self.block_start
        if self.block and self.measures:
            read = read_paste(self.block, self.grid.names, self.year.months, first=first, month=month)
            self.grid.problems += read.problems
            self.grid.paste(read.cells)
            self.grid.check()
            self.read = len(read.cells)
            if not (self.read or read.problems):
                self.grid.problems.append(NO_FIGURE)
        else:
            self.grid.problems.append("Paste the block into the field first.")

    def get_context_data(self, **kwargs):
        grid, (first, month) = self.grid, self.block_start
        pasted = [cell for cell in grid.changed if cell.is_pasted]
        return super().get_context_data(
            grid=grid,
            year=self.year,
            page=self.page,
            pasted_block=self.block,
            first=first,
            from_month=f"{month:%Y%m}",
            read=self.read,
            pasted=len(pasted),
            unsaved=bool(grid.changed),
            mistakes=[(f"{cell.label}: {cell.error}", f"#{cell.name}") for cell in grid.wrong]
            + [(problem, "#pasted") for problem in grid.problems],
            heading=self.heading,
            no_forms=[],
            starts=[(f"{month:%Y%m}", month_words(month)) for month in self.year.months],
            **kwargs,
        )


def _saved(number):
    return f"{number} value{' is' if number == 1 else 's are'} saved." if number else "Nothing was changed."


def _heading(saved, wrong):
    return f"{saved} value{'' if saved == 1 else 's'} saved, {wrong} need{'s' if wrong == 1 else ''} you"
