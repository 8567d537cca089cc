"""The second pair of eyes: practice audits with their findings, and the register of assurance products."""

from audits.models.assurance import AssuranceProduct, Review
from audits.models.audits import (
    Audit,
    AuditGrade,
    AuditKind,
    AuditStatus,
    Grade,
    GradeScale,
    Grading,
)
from audits.models.findings import Finding, FindingAction, FindingKind

__all__ = [
    "AssuranceProduct",
    "Audit",
    "AuditGrade",
    "AuditKind",
    "AuditStatus",
    "Finding",
    "FindingAction",
    "FindingKind",
    "Grade",
    "GradeScale",
    "Grading",
    "Review",
]
