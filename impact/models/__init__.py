"""Difference made: monthly measures, and narratives of what was done and so what."""

from impact.models.measures import (
    EARLIEST,
    Direction,
    Frequency,
    Measure,
    MeasureAction,
    MeasureArea,
    MeasureChallenge,
    MeasureTarget,
    Note,
    Observation,
    StepChange,
    TwoOfThree,
    Unit,
    known_month,
)
from impact.models.narratives import Narrative, NarrativeEvidence, NarrativeMeasure, NarrativeStatus

__all__ = [
    "EARLIEST",
    "Direction",
    "Frequency",
    "Measure",
    "MeasureAction",
    "MeasureArea",
    "MeasureChallenge",
    "MeasureTarget",
    "Narrative",
    "NarrativeEvidence",
    "NarrativeMeasure",
    "NarrativeStatus",
    "Note",
    "Observation",
    "StepChange",
    "TwoOfThree",
    "Unit",
    "known_month",
]
