"""The first page of a pack: one answer, what slipped, whether children are better off, what to ask."""

from collections.abc import Callable

from improvement.checks import Finding
from improvement.packs.measured import better_off
from improvement.packs.papers import Papers
from improvement.packs.telling import LONGEST_NAME, short_name
from plans.standing import Standing
from plans.templatetags.components import long_date
from plans.wording.phrases import plural, shortened

# So that everything stands on one page whatever the size of the plan.
LONGEST_LINE = 70
MOST_QUESTIONS = 3
LONGEST_QUESTION = 110


def summary(papers: Papers) -> dict:
    return {
        "headline": headline(papers),
        "counts": [
            {"rating": code, "number": count.number, "change": count.change}
            for code, count in zip(papers.dashboard.shown_codes, papers.dashboard.ratings, strict=True)
        ],
        "slipped": slipped(papers),
        "since": since(papers),
        "better": better_off(papers),
        "questions": questions(papers),
    }


def headline(papers: Papers) -> str:
    """Such as "4 of 24 actions are off track, 1 more than on 24 February 2020; 3 dates moved."."""
    board = papers.dashboard
    total, off, moved = board.total.number, board.off_track.number, board.moved.number
    if not total:
        return "This plan has no actions yet."
    said = f"{off or 'None'} of {plural(total, 'action')} {'are' if off > 1 else 'is'} off track"
    if board.off_track_than:
        said += f", {board.off_track_than} on {long_date(papers.shown.before)}"
    return f"{said}; {plural(moved, 'date') if moved else 'no date'} moved."


def slipped(papers: Papers) -> list[str]:
    board = papers.dashboard
    overdue, on_track = board.overdue.number, board.overdue_on_track
    rated = f", {on_track.number} of them rated {on_track.entry.word.lower()}" if on_track.number else ""
    moved = f"{plural(board.moved.number, 'date')} moved"
    if board.moved_days:
        moved += f", {board.moved_days}"
    return [
        f"{overdue} overdue{rated}" if overdue else "Nothing is overdue",
        moved if board.moved.number else "No date moved",
        _number(board.quiet.number, "had no update", "Every action had an update"),
        _number(board.undated.number, "without a date", "Every action has a date"),
    ]


def _number(number: int, words: str, none: str) -> str:
    return f"{number} {words}" if number else none


def since(papers: Papers) -> dict:
    """What changed, in at most four lines."""
    lines = [
        _named(papers, "worse", lambda one: one.change == "down", _from_to(papers)),
        _named(papers, "better", lambda one: one.change == "up", _from_to(papers)),
        _named(papers, "moved", lambda one: one.moves.lately > 0, _days_moved),
    ]
    found = [line for line in lines if line] or ["No rating changed"]
    joined = [papers.dashboard.came_and_left] if papers.dashboard.came_and_left else []
    return {"heading": f"Since {long_date(papers.shown.before)}", "lines": [*found, *joined]}


def _from_to(papers: Papers) -> Callable[[Standing], str]:
    return lambda one: f"{papers.key[one.before].word.lower()} to {papers.key[one.rating].word.lower()}"


def _days_moved(one: Standing) -> str:
    return f"({plural(abs(one.moves.days_lately), 'day')})" if one.moves.days_lately else ""


def _named(
    papers: Papers, label: str, fits: Callable[[Standing], bool], words: Callable[[Standing], str]
) -> str:
    """Such as "3 worse: 10, amber to red; 12, green to amber; and 1 more"; "" where none is."""
    found = [one for one in papers.standings.values() if fits(one)]
    if not found:
        return ""
    named = [_name_and_words(papers, one, words(one)) for one in found]
    shown = 1
    while shown < len(named) and len("; ".join(named[: shown + 1])) <= LONGEST_LINE:
        shown += 1
    more = [f"and {len(named) - shown} more"] if len(named) > shown else []
    return f"{len(found)} {label}: {'; '.join([*named[:shown], *more])}"


def _name_and_words(papers: Papers, one: Standing, words: str) -> str:
    name = short_name(papers.actions[one.pk])
    return f"{name} {words}".strip() if words.startswith("(") or not words else f"{name}, {words}"


def questions(papers: Papers) -> list[str]:
    """At most three, each of another kind, the gravest first."""
    kinds: dict[str, list[Finding]] = {}
    for finding in papers.findings.open:
        kinds.setdefault(finding.check.name, []).append(finding)
    chosen = list(kinds.values())[:MOST_QUESTIONS]
    subjects = papers.subjects_of(found[0] for found in chosen)
    return [_question(found, name) for found, name in zip(chosen, subjects, strict=True)]


def _question(found: list[Finding], name: str) -> str:
    """The first of its kind, and how many more there are."""
    more = f" And {len(found) - 1} more like it." if len(found) > 1 else ""
    return f"{shortened(name, LONGEST_NAME)}: {shortened(found[0].words, LONGEST_QUESTION)}{more}"
