"""What is asked of a single action. Each function gives a sentence, or "" where there is nothing to ask."""

from datetime import date

from plans.rating import NEEDS_WAY_BACK, Meaning, compare
from plans.wording.phrases import days_overdue, moved_words, plural
from plans.wording.silence import says_nothing

from .contradictions import contradictions
from .kinds import Check, Mend, Severity
from .values import ActionSeen

MOST_QUOTED = 3
MOVES_ASKED = 2
ON_TRACK, COMPLETE = frozenset([Meaning.ON_TRACK]), frozenset([Meaning.COMPLETE])


def said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def listed(words: list[str]) -> str:
    """ "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def since(seen: ActionSeen) -> str:
    return f" on {said(seen.updated_on)}" if seen.updated_on else ""


def overdue_on_track(seen: ActionSeen) -> str:
    if not seen.is_on_track or seen.due is None or seen.due >= seen.day:
        return ""
    return f"{days_overdue(seen.due, seen.day)} (due {said(seen.due)}) and still rated {seen.word}."


def step_overdue_on_track(seen: ActionSeen) -> str:
    if not seen.is_on_track or not seen.late_steps:
        return ""
    number, due = min(seen.late_steps, key=lambda step: step[1])
    if len(seen.late_steps) == 1:
        return f"{days_overdue(due, seen.day)}: step {number} (due {said(due)}), and still rated {seen.word}."
    steps = plural(len(seen.late_steps), "step")
    return f"{steps} overdue, the first due {said(due)}, and still rated {seen.word}."


def complete_without_evidence(seen: ActionSeen) -> str:
    if not seen.is_complete or seen.has_evidence:
        return ""
    return f"No evidence shows it: rated {seen.word}{since(seen)}."


def complete_without_sign_off(seen: ActionSeen) -> str:
    if not seen.is_complete or not seen.needs_sign_off or seen.signed_off:
        return ""
    waits = ": it waits for an answer" if seen.sign_off_waits else " or put forward for it"
    return f"Rated {seen.word}{since(seen)} and not signed off{waits}."


def complete_without_so_what(seen: ActionSeen) -> str:
    if not seen.is_complete or seen.has_so_what:
        return ""
    return f"Rated {seen.word}{since(seen)}, and no “So what?” of its area says what difference it made."


def no_way_back(seen: ActionSeen) -> str:
    if not seen.needs_way_back or seen.says_way_back:
        return ""
    return f"Rated {seen.word}{since(seen)}, and nothing says what would make it {seen.good_word}."


def worse_without_reason(seen: ActionSeen) -> str:
    if compare(seen.earlier, seen.rating) != "down" or not says_nothing(seen.happened):
        return ""
    return f"{seen.earlier_word} before, {seen.word} now, and no update says why."


def slipping_for_three(seen: ActionSeen) -> str:
    if seen.rating != Meaning.SLIPPAGE or not seen.slipping:
        return ""
    if not seen.slipping_at:
        return f"{seen.word} for 2 months and more: what will end it?"
    days = listed([said(day) for day in sorted(seen.slipping_at)])
    return f"{seen.word} at {len(seen.slipping_at)} meetings running: {days}."


def no_update(seen: ActionSeen) -> str:
    if seen.is_complete or seen.since is None or seen.is_new:
        return ""
    if seen.updated_on is not None and seen.updated_on > seen.since:
        return ""
    met = f"; the board met on {said(seen.since)}" if seen.met else ""
    return f"No update since {said(seen.updated_on)}{met}." if seen.updated_on else f"Never updated{met}."


def moved_twice(seen: ActionSeen) -> str:
    if seen.is_complete or seen.moves < MOVES_ASKED:
        return ""
    return f"{moved_words(seen.moves, seen.moved_days).capitalize()}: will this date hold?"


def better_in_concern(seen: ActionSeen) -> str:
    if compare(seen.before, seen.rating) != "up" or not seen.concern:
        return ""
    names = listed([f"“{name}”" for name in seen.concern[:MOST_QUOTED]])
    more = len(seen.concern) - MOST_QUOTED
    names += f" and {more} more" if more > 0 else ""
    verb = "is" if len(seen.concern) == 1 else "are"
    return f"{seen.before_word} before, {seen.word} now, while {names} {verb} in concern."


def words_against_rating(seen: ActionSeen) -> str:
    if not (seen.is_on_track or seen.is_complete):
        return ""
    found = contradictions(seen.happened)[:MOST_QUOTED]
    if not found:
        return ""
    quoted = listed([f"“{words}”" for words in found])
    return f"The last update says {quoted}: is {seen.word} still right?"


def no_lead(seen: ActionSeen) -> str:
    return "" if seen.is_complete or seen.lead_pk else "Nobody is accountable for it."


def lead_left(seen: ActionSeen) -> str:
    if seen.is_complete or not seen.lead_left:
        return ""
    return f"Nobody on the board now holds its accountable lead, {seen.lead}."


def _update(words: str, anchor: str = ""):
    return lambda seen: Mend(words, "plans:action_update", seen.pk, anchor=anchor)


ACTION_CHECKS = sorted(
    [
        Check(
            "overdue_on_track",
            "On track, but overdue",
            Severity.FIRST,
            90,
            ("is_on_track", "due"),
            overdue_on_track,
            _update("Change the rating or move the date"),
            rated=ON_TRACK,
        ),
        Check(
            "complete_without_sign_off",
            "Complete, but not signed off",
            Severity.FIRST,
            80,
            ("is_complete", "updated_on", "needs_sign_off", "signed_off", "sign_off_waits"),
            complete_without_sign_off,
            lambda seen: Mend("See its sign-off", "action", seen.pk, anchor="sign-off", who="view"),
            rated=COMPLETE,
        ),
        Check(
            "complete_without_evidence",
            "Complete, without evidence",
            Severity.FIRST,
            70,
            ("is_complete", "updated_on", "has_evidence"),
            complete_without_evidence,
            _update("Show evidence"),
            rated=COMPLETE,
        ),
        Check(
            "no_way_back",
            "Slipping or off track, with no way back",
            Severity.FIRST,
            60,
            ("rating", "updated_on", "says_way_back"),
            no_way_back,
            _update("Say what would put it right"),
            rated=NEEDS_WAY_BACK,
        ),
        Check(
            "better_in_concern",
            "Rated better while its measure is in concern",
            Severity.FIRST,
            50,
            ("rating", "before", "concern"),
            better_in_concern,
            _update("Change the rating or say why it is right"),
        ),
        Check(
            "worse_without_reason",
            "Worse, and nothing says why",
            Severity.FIRST,
            45,
            ("rating", "updated_on", "happened", "earlier"),
            worse_without_reason,
            _update("Say why it is worse"),
        ),
        Check(
            "step_overdue_on_track",
            "On track, but a step is overdue",
            Severity.NEXT,
            90,
            ("is_on_track", "late_steps"),
            step_overdue_on_track,
            _update("Tick the step or change the rating"),
            rated=ON_TRACK,
        ),
        Check(
            "words_against_rating",
            "Its own words say otherwise",
            Severity.NEXT,
            80,
            ("rating", "happened"),
            words_against_rating,
            _update("Change the rating or the words"),
            rated=ON_TRACK | COMPLETE,
        ),
        Check(
            "slipping_for_three",
            "Some slippage for three meetings",
            Severity.NEXT,
            70,
            ("rating", "slipping", "slipping_at", "updated_on"),
            slipping_for_three,
            _update("Say what has changed"),
            rated=frozenset([Meaning.SLIPPAGE]),
        ),
        Check(
            "moved_twice",
            "Date moved twice or more",
            Severity.NEXT,
            60,
            ("is_complete", "moves", "moved_days"),
            moved_twice,
            lambda seen: Mend("See every move", "action", seen.pk, anchor="date", who="view"),
        ),
        Check(
            "lead_left",
            "Its lead has left",
            Severity.NEXT,
            50,
            ("is_complete", "lead_pk", "lead", "lead_left"),
            lead_left,
            lambda seen: Mend("Say who holds the lead", "plans:lead_edit", seen.lead_pk, who="manage_leads"),
        ),
        Check(
            "no_lead",
            "Nobody is accountable",
            Severity.NEXT,
            40,
            ("is_complete", "lead_pk"),
            no_lead,
            lambda seen: Mend("Name a lead", "plans:action_edit", seen.pk, who="edit_plan"),
        ),
        Check(
            "no_update",
            "No update this round",
            Severity.ALSO,
            90,
            ("is_complete", "updated_on", "round", "met", "is_new"),
            no_update,
            _update("Add an update"),
        ),
        Check(
            "complete_without_so_what",
            "Complete, without a “So what?”",
            Severity.ALSO,
            80,
            ("is_complete", "updated_on", "has_so_what"),
            complete_without_so_what,
            lambda seen: Mend("Write the “So what?”", "impact:narrative_new", query=f"area={seen.area}"),
            rated=COMPLETE,
        ),
    ],
    key=lambda check: check.order,
)
