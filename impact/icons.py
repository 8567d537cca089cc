"""The two icons of a measure in words: which drawing, the word beside it and what a screen reader says."""

from dataclasses import dataclass, replace

from impact.spc import Assurance, Variation

EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Icon:
    """`key` names the drawing: a value of Variation or Assurance, or "empty"; `aside` follows the word."""

    key: str
    word: str
    description: str
    aside: str = ""

    @property
    def said(self) -> str:
        return f"{self.word}{self.aside}"

    @property
    def is_empty(self) -> bool:
        return self.key == EMPTY


VARIATION_ICONS = {
    icon.key: icon
    for icon in (
        Icon(Variation.COMMON, "No significant change", "Common cause variation: within the usual range"),
        Icon(
            Variation.IMPROVEMENT_HIGH,
            "Improving (high)",
            "Special cause improvement: unusually high, higher is better",
        ),
        Icon(
            Variation.IMPROVEMENT_LOW,
            "Improving (low)",
            "Special cause improvement: unusually low, lower is better",
        ),
        Icon(
            Variation.CONCERN_HIGH,
            "Concern (high)",
            "Special cause concern: unusually high, lower is better",
        ),
        Icon(
            Variation.CONCERN_LOW,
            "Concern (low)",
            "Special cause concern: unusually low, higher is better",
        ),
        Icon(
            Variation.NEUTRAL_HIGH,
            "Unusual (high)",
            "Special cause, unusually high; no better direction set",
        ),
        Icon(
            Variation.NEUTRAL_LOW,
            "Unusual (low)",
            "Special cause, unusually low; no better direction set",
        ),
    )
}
ASSURANCE_ICONS = {
    icon.key: icon
    for icon in (
        Icon(Assurance.PASS, "Will consistently meet the target", "Whole expected range meets the target"),
        Icon(Assurance.FAIL, "Will consistently miss the target", "Even the best expected month misses it"),
        Icon(Assurance.INCONSISTENT, "Hit or miss", "Target lies inside the expected range"),
    )
}
# What to say instead where the latest month, being outside the expected range, does otherwise: met or not.
AGAINST_LATEST = {
    (Assurance.PASS, False): replace(
        ASSURANCE_ICONS[Assurance.PASS], aside=", though the latest month misses it"
    ),
    (Assurance.FAIL, True): replace(
        ASSURANCE_ICONS[Assurance.FAIL],
        description="Whole expected range misses the target",
        aside=", though the latest month meets it",
    ),
}


def no_icon(word: str, why: str) -> Icon:
    """The empty ring: not assessed, and why."""
    return Icon(EMPTY, word, f"Not assessed: {why}")
