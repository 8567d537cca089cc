"""What a pack says of words that were taken out of it, in the papers themselves and on their page."""

import json
from collections.abc import Mapping
from datetime import date

from plans.templatetags.components import long_date
from plans.wording.phrases import sentence


def removal_words(on: date, by: str, reason: str, before: str, after: str) -> str:
    """One sentence on what was done and why, and one with both digests."""
    why = sentence(reason.strip())
    return (
        f"Words were removed on {long_date(on)} by {by} because: {why} Digest before {before}, after {after}."
    )


def removals_told(about: Mapping, digest: str) -> list[str]:
    """The words for each time, the first first; `digest` is the pack's own of now."""
    told = about.get("removals", [])
    after = [*(each["before"] for each in told[1:]), digest]
    return [
        removal_words(date.fromisoformat(each["on"]), each["by"], each["reason"], each["before"], new)
        for each, new in zip(told, after, strict=bool(told))
    ]


def removals_of(content: str, digest: str) -> list[str]:
    """The same of a pack's whole content; most say nothing of it and are not read for it."""
    return removals_told(json.loads(content)["about"], digest) if '"removals"' in content else []
