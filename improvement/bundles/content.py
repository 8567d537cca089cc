"""All that a bundle says, as plain data: its files say the same whenever they are made."""

from improvement.bundles.acting import (
    actions,
    evidence,
    evidence_index,
    moves,
    ratings,
    recommendations,
    sign_offs,
)
from improvement.bundles.around import audits, challenges, decisions, measures, narratives
from improvement.bundles.scope import Scope
from improvement.packs.telling import iso
from plans.models import Evidence
from plans.templatetags.components import long_date
from plans.wording.phrases import plural, shortened

LONGEST_FILE_NAME, LONGEST_ENDING = 80, 10
LONGEST_TITLE = 200


def gather(scope: Scope, *, with_files: bool) -> dict:
    """In a number of queries that does not grow with what there is."""
    found = evidence(scope)
    held = [each for each in found if each.filename] if with_files else []
    names = {each.pk: path_of(n, each) for n, each in enumerate(held, 1)}
    return {
        "about": about(scope),
        "files": [[names[each.pk], each.pk, each.file.sha256] for each in held],
        "parts": [
            actions(scope),
            recommendations(scope),
            ratings(scope),
            moves(scope),
            sign_offs(scope),
            evidence_index(found, names),
            narratives(scope),
            *measures(scope),
            *audits(scope),
            challenges(scope),
            decisions(scope),
        ],
    }


def about(scope: Scope) -> dict:
    notes = [then.note for then in scope.thens.values() if then.note]
    return {
        "council": scope.board.council,
        "board": scope.board.name,
        "title": title_of(scope),
        "as_at": iso(scope.day),
        "sentence": f"{plural(len(scope.actions), 'action')} as they stood on {long_date(scope.day)}.",
        "notes": notes,
        "below": scope.board.small_numbers_below,
    }


def title_of(scope: Scope) -> str:
    """Such as "Area: 1 Front door"; one line."""
    return shortened(f"{scope.kind}: {scope.about}", LONGEST_TITLE)


def path_of(number: int, evidence: Evidence) -> str:
    """A name in the bundle that every system can keep, in the order of the index."""
    plain = "".join(each if each.isalnum() or each in "._-" else "-" for each in evidence.filename)
    stem, dot, ending = plain.rpartition(".")
    if not (stem and ending.isalnum() and len(ending) <= LONGEST_ENDING):
        stem, dot, ending = plain, "", ""
    return f"evidence/{number:03}-{stem[:LONGEST_FILE_NAME]}{dot}{ending}"
