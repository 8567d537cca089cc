"""What is asked of a recommendation: does anything answer it, and does that go well?"""

from plans.wording.phrases import plural

from .kinds import Check, Mend, Severity
from .values import RecommendationSeen


def no_action(seen: RecommendationSeen) -> str:
    return "" if seen.ratings or seen.elsewhere else "No action answers this recommendation."


def no_good_action(seen: RecommendationSeen) -> str:
    if not seen.ratings or seen.is_met:
        return ""
    actions = plural(len(seen.ratings), "action")
    verb = "answers" if len(seen.ratings) == 1 else "answer"
    none = "it is not" if len(seen.ratings) == 1 else "none is"
    return f"{actions} {verb} this recommendation, and {none} {seen.good_word} or complete."


RECOMMENDATION_CHECKS = [
    Check(
        "recommendation_without_action",
        "Recommendation without an action",
        Severity.FIRST,
        40,
        ("ratings", "elsewhere"),
        no_action,
        lambda seen: Mend("Name an action", "plans:recommendation_answer", seen.pk, who="edit_plan"),
        on="recommendation",
    ),
    Check(
        "recommendation_not_met",
        "Recommendation with no action on track",
        Severity.NEXT,
        30,
        ("ratings",),
        no_good_action,
        lambda seen: Mend("See its actions", "plans:recommendation", seen.pk, who="view"),
        on="recommendation",
    ),
]
