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
from plans.models.progress import ProgressUpdate, TargetMove
from plans.models.safety import KeptForm, SpentToken

__all__ = [
    "WHOLE_PLAN",
    "Action",
    "ActionLead",
    "ActionRecommendation",
    "Area",
    "Board",
    "ColumnMemory",
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
    "User",
    "Workbook",
]
