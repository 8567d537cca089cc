"""Plausible words of a plan, the same for the same number."""

from random import Random

DOINGS = (
    "Check", "Rewrite", "Agree", "Publish", "Test", "Simplify", "Bring together", "Train staff in",
    "Set a standard for", "Report each month on", "Ask families about", "Fill the gaps in",
)  # fmt: skip
THINGS = (
    "the first visit to a family", "notes of supervision", "the threshold between early help and social work",
    "plans for leaving care", "health checks before placement", "the handover between two teams",
    "the weekly list of missing children", "letters that tell parents what was decided",
    "the out-of-hours rota", "how managers sign off assessments", "the order of audits", "pathway reviews",
)  # fmt: skip
ENDS = (
    "so that nobody waits longer than ten days", "with the health trust and schools",
    "in every team of the service", "and show the board what has changed",
    "before the next visit of the inspectors", "for all new starters and agency staff",
    "by reading twenty cases a month", "with one page that workers can use",
)  # fmt: skip
HAPPENED = (
    "Two of the three workshops are held.", "The draft went to managers, who asked for shorter forms.",
    "Sampling shows seven in ten done on time.", "One post is still empty; an offer is out.",
    "The new form is live since the start of the month.", "Young people read it and changed two questions.",
    "Late because the supplier moved its release.", "Audit found the same gap in two teams.",
)  # fmt: skip
WAYS_BACK = (
    "Fill both posts and clear the oldest cases first.", "Hold the last workshop before the half-term break.",
    "Give each team one afternoon to catch up.", "Agree the date with the supplier in writing.",
)  # fmt: skip
ROLES = (
    "Head of Service", "Service Manager", "Principal Social Worker", "Assistant Director", "Team Manager",
    "Designated Nurse", "Performance Lead", "Commissioning Manager",
)  # fmt: skip
PLACES = (
    "Assessment", "Early Help", "Children in Care", "Leaving Care", "Fostering", "Safeguarding",
    "Quality", "Schools", "Health", "Youth Justice", "Workforce", "Data",
)  # fmt: skip


def sentence(random: Random) -> str:
    return f"{random.choice(DOINGS)} {random.choice(THINGS)} {random.choice(ENDS)}"


def paragraph(random: Random, least: int = 2, most: int = 4) -> str:
    return " ".join(random.choice(HAPPENED) for _ in range(random.randint(least, most)))


def lead_name(number: int) -> str:
    """A role of its own for every number."""
    place, round_ = divmod(number, len(ROLES))
    group, place = divmod(place, len(PLACES))
    return f"{ROLES[round_]} for {PLACES[place]}" + (f" {group + 1}" if group else "")
