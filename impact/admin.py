"""Measures and narratives for the site's staff to read; they are changed on the board's own pages."""

from django.contrib import admin
from django.urls import reverse

from impact.models import Measure, MeasureTarget, Narrative, Note, Observation, StepChange
from plans.admin import Reading, board_of, reading


class ReadingOfMeasure(Reading):
    """What hangs on a measure has its place on the measure's page."""

    way = ("measure", "board")
    list_select_related = ["measure__board"]

    def address(self, row):
        return reverse("measure", args=[board_of(row, self.way).slug, row.measure_id])


ON_BOARD = {"way": ("board",), "list_select_related": ["board"]}
IN_AREA = {"way": ("area", "plan", "board"), "list_select_related": ["area__plan__board"]}
admin.site.register(Measure, reading(Reading, page="measure", search_fields=["name"], **ON_BOARD))
admin.site.register([MeasureTarget, Observation, StepChange, Note], ReadingOfMeasure)
admin.site.register(Narrative, reading(Reading, page="impact:narrative", **IN_AREA))
