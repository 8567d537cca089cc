"""What the audits wing adds to a board's history."""

from django.db.models import Q
from django.urls import reverse

from audits.models import (
    AssuranceProduct,
    Audit,
    AuditGrade,
    Finding,
    FindingAction,
    Grade,
    GradeScale,
    Review,
)
from plans.history.changes import Tracked, Wing
from plans.models import Action, Board


def _conditions(board: Board) -> dict[str, Q]:
    """By the history itself, so that what hung on something removed is found too."""
    audits = Audit.history.filter(board_id=board.pk).values("id")
    findings = Finding.history.filter(audit_id__in=audits).values("id")
    return {
        "audit": Q(audit_id__in=audits),
        "finding": Q(finding_id__in=findings),
        "product": Q(product_id__in=AssuranceProduct.history.filter(board_id=board.pk).values("id")),
        "scale": Q(scale_id__in=GradeScale.history.filter(board_id=board.pk).values("id")),
    }


def _audit_page(pk, names) -> str:
    return reverse("audits:audit", args=[names.board.slug, pk]) if names.stands(Audit, pk) else ""


def _product_page(pk, names) -> str:
    stands = names.stands(AssuranceProduct, pk)
    return reverse("audits:product", args=[names.board.slug, pk]) if stands else ""


WING = Wing(
    kinds={"audit": "Practice audits", "assurance": "Assurance register"},
    sources=(
        Tracked(Audit, "audit", "board"),
        Tracked(AuditGrade, "audit", "audit"),
        Tracked(Finding, "audit", "audit"),
        Tracked(FindingAction, "audit", "finding"),
        Tracked(GradeScale, "audit", "board"),
        Tracked(Grade, "audit", "scale"),
        Tracked(AssuranceProduct, "assurance", "board"),
        Tracked(Review, "assurance", "product"),
    ),
    conditions=_conditions,
    columns={
        Audit: ("title",),
        Finding: ("text",),
        GradeScale: ("name",),
        AssuranceProduct: ("name",),
    },
    told={
        Audit: (
            lambda row, names: f"Audit {row.title}",
            lambda row, names: _audit_page(row.id, names),
        ),
        AuditGrade: (
            lambda row, names: f"Grade {row.word} of audit {names.of(Audit, row.audit_id)}",
            lambda row, names: _audit_page(row.audit_id, names),
        ),
        Finding: (
            lambda row, names: f"Finding of audit {names.of(Audit, row.audit_id)}",
            lambda row, names: _audit_page(row.audit_id, names),
        ),
        FindingAction: (
            lambda row, names: (
                f"Action {names.of(Action, row.action_id)} for the finding "
                f"“{names.of(Finding, row.finding_id)}”"
            ),
            lambda row, names: "",
        ),
        GradeScale: (lambda row, names: f"Scale {row.name}", lambda row, names: ""),
        Grade: (
            lambda row, names: f"Grade {row.word} of scale {names.of(GradeScale, row.scale_id)}",
            lambda row, names: "",
        ),
        AssuranceProduct: (
            lambda row, names: f"Assurance product {row.name}",
            lambda row, names: _product_page(row.id, names),
        ),
        Review: (
            lambda row, names: f"Review of {names.of(AssuranceProduct, row.product_id)}",
            lambda row, names: _product_page(row.product_id, names),
        ),
    },
)
