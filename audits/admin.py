"""Audits and the register for the site's staff to read; they are changed on the board's own pages."""

from django.contrib import admin
from django.urls import reverse

from audits.models import AssuranceProduct, Audit, AuditGrade, Finding, GradeScale, Review
from plans.admin import Reading, board_of, reading


class ReadingOfAudit(Reading):
    """What hangs on an audit has its place on the audit's page."""

    way = ("audit", "board")
    list_select_related = ["audit__board"]

    def address(self, row):
        return reverse("audits:audit", args=[board_of(row, self.way).slug, row.audit_id])


class ReadingOfProduct(Reading):
    way = ("product", "board")
    list_select_related = ["product__board"]

    def address(self, row):
        return reverse("audits:product", args=[board_of(row, self.way).slug, row.product_id])


ON_BOARD = {"way": ("board",), "list_select_related": ["board"]}
admin.site.register(Audit, reading(Reading, page="audits:audit", search_fields=["title"], **ON_BOARD))
admin.site.register(AssuranceProduct, reading(Reading, page="audits:product", **ON_BOARD))
admin.site.register(GradeScale, reading(Reading, page="audits:scale_edit", **ON_BOARD))
admin.site.register([AuditGrade, Finding], ReadingOfAudit)
admin.site.register(Review, ReadingOfProduct)
