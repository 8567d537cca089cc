"""What changed since the last meeting, in groups that a board reads one after another."""

from collections.abc import Callable, Iterable

from improvement.changes import changes_between
from improvement.packs.papers import Papers
from improvement.packs.telling import LONGEST_TITLE, iso
from plans.ledger import Moved
from plans.standing.compare import Changes, Compared
from plans.templatetags.components import long_date
from plans.wording.phrases import sentence, shortened

LONGEST_REASON = 400


def changes(papers: Papers) -> dict:
    """Groups of rows; a row has a rating before and after, or words alone."""
    found = changes_between(papers.plan, papers.shown.before, papers.day, papers.then)
    return {
        "since": iso(found.first),
        "sentence": found.sentence,
        "groups": [group for group in _groups(papers, found) if group["rows"]],
    }


def _groups(papers: Papers, found: Changes) -> list[dict]:
    return [
        _group("Ratings that got worse", found.down, rated=True),
        _group("Ratings that got better", found.up, rated=True),
        _group("First ratings", found.first_rated, rated=True),
        _group("Dates moved", found.moved, _moves),
        _group("Done", found.done, lambda one: "Signed off" if papers.plan.blue_needs_sign_off else "Done"),
        _group("Added to the plan", found.added, lambda one: "Added"),
        _group("Taken out of the plan", found.removed, lambda one: shortened(one.gone, LONGEST_REASON)),
        _group("Not reported on", _quiet(papers, found), papers.last_update),
        _group(f"Due by {long_date(found.until)}", found.due, lambda one: f"Due {long_date(one.after.due)}"),
    ]


def _group(
    title: str,
    actions: Iterable[Compared],
    words: Callable[[Compared], str] = lambda one: "",
    *,
    rated: bool = False,
) -> dict:
    return {"title": title, "rows": [_row(one, words(one), rated) for one in actions]}


def _quiet(papers: Papers, found: Changes) -> list[Compared]:
    """Those that the first page counts as without an update."""
    quiet = {pk for pk, standing in papers.standings.items() if standing.is_quiet(papers.shown)}
    return [one for one in found.actions if one.pk in quiet]


def _row(one: Compared, words: str, rated: bool) -> dict:
    row = {"reference": "", "title": shortened(one.name, LONGEST_TITLE), "lead": one.lead, "words": words}
    return row | {"before": one.rating_before, "after": one.rating_after} if rated else row


def _moves(one: Compared) -> str:
    return " ".join(map(_move, one.moves))


def _move(move: Moved) -> str:
    before, after = (
        long_date(day) if day else text or "no date"
        for day, text in ((move.before, move.before_text), (move.after, move.after_text))
    )
    agreed = f" Agreed by {move.agreed_by}." if move.agreed_by else ""
    at = f" Agreed at the meeting of {long_date(move.meeting)}." if move.meeting else agreed
    reason = f" {sentence(shortened(move.reason, LONGEST_REASON))}" if move.reason else ""
    return f"{before} to {after}, {move.words}.{reason}{at}"
