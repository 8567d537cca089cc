from plans.models.evidence import Evidence, EvidenceFile, EvidenceKind, UpdateEvidence
from plans.models.imports import ColumnMemory, Import, ImportState, Workbook
from plans.models.people import Board, Holding, Lead, Membership, Role, User
from plans.models.plan import (
    WHOLE_PLAN,
    Action,
    ActionLead,
    ActionRecommendation,
    Area,
    Plan,
    PlanStatus,
    RatingKey,
    Recommendation,
    Step,
)
from plans.models.progress import Dated, ProgressUpdate, TargetMove, not_future
from plans.models.safety import KeptForm, SpentToken

__all__ = [
    "WHOLE_PLAN",
    "Action",
    "ActionLead",
    "ActionRecommendation",
    "Area",
    "Board",
    "ColumnMemory",
    "Dated",
    "Evidence",
    "EvidenceFile",
    "EvidenceKind",
    "Holding",
    "Import",
    "ImportState",
    "KeptForm",
    "Lead",
    "Membership",
    "Plan",
    "PlanStatus",
    "ProgressUpdate",
    "RatingKey",
    "Recommendation",
    "Role",
    "SpentToken",
    "Step",
    "TargetMove",
    "UpdateEvidence",
    "User",
    "Workbook",
    "not_future",
]
