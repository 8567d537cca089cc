from plans.models.bundles import Bundle
from plans.models.evidence import Evidence, EvidenceFile, EvidenceKind, UpdateEvidence
from plans.models.feeds import FeedToken
from plans.models.imports import ColumnMemory, Import, ImportState, Workbook
from plans.models.meetings import (
    Attendance,
    Challenge,
    ChallengeAnswer,
    ChallengeOutcome,
    Meeting,
    MeetingKind,
    Presence,
)
from plans.models.packs import Nudge, Pack, PackFile, PackKind, PackSending, PackState
from plans.models.people import Board, Holding, Lead, Membership, Role, User
from plans.models.plan import (
    WHOLE_PLAN,
    Action,
    ActionLead,
    Area,
    Plan,
    PlanStatus,
    RatingKey,
    Step,
)
from plans.models.progress import Dated, ProgressUpdate, TargetMove, not_future
from plans.models.recommendations import (
    ActionRecommendation,
    ClockStop,
    Inspection,
    InspectionKind,
    Recommendation,
)
from plans.models.removals import BoardRemoval, RedactedFile, Redaction, RedactionKind
from plans.models.requests import CheckAnswer, Decision, MoveRequest, Outcome, SignOff
from plans.models.safety import KeptForm, SpentToken

__all__ = [
    "WHOLE_PLAN",
    "Action",
    "ActionLead",
    "ActionRecommendation",
    "Area",
    "Attendance",
    "Board",
    "BoardRemoval",
    "Bundle",
    "Challenge",
    "ChallengeAnswer",
    "ChallengeOutcome",
    "CheckAnswer",
    "ClockStop",
    "ColumnMemory",
    "Dated",
    "Decision",
    "Evidence",
    "EvidenceFile",
    "EvidenceKind",
    "FeedToken",
    "Holding",
    "Import",
    "ImportState",
    "Inspection",
    "InspectionKind",
    "KeptForm",
    "Lead",
    "Meeting",
    "MeetingKind",
    "Membership",
    "MoveRequest",
    "Nudge",
    "Outcome",
    "Pack",
    "PackFile",
    "PackKind",
    "PackSending",
    "PackState",
    "Plan",
    "PlanStatus",
    "Presence",
    "ProgressUpdate",
    "RatingKey",
    "Recommendation",
    "RedactedFile",
    "Redaction",
    "RedactionKind",
    "Role",
    "SignOff",
    "SpentToken",
    "Step",
    "TargetMove",
    "UpdateEvidence",
    "User",
    "Workbook",
    "not_future",
]
